import type { Caller } from '../callers/caller.js';
import type { DeniedChange, Denials } from '../callers/denials.js';
import type { AuditTrail } from './audit-trail.js';

/** Ids and names in a path are short; what is longer was never one, and the log keeps every row for good. */
const LONGEST_PATH = 300;

/** Who tries what he may not do stands in the audit log of his workspace. */
export class AuditedDenials implements Denials {
  readonly #trail: AuditTrail;

  constructor(trail: AuditTrail) {
    this.#trail = trail;
  }

  note(caller: Caller, { method, path, permission }: DeniedChange): Promise<void> {
    const target = { kind: 'route', id: `${method} ${path.slice(0, LONGEST_PATH)}` };
    return this.#trail.refused(caller, 'access.denied', { target, after: { permission } });
  }
}
