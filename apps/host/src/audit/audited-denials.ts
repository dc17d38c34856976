import type { Caller } from '../callers/caller.js';
import type { DeniedChange, Denials } from '../callers/denials.js';
import type { AuditTrail } from './audit-trail.js';
import { refusedChange } from './refused-change.js';

/** Who tries what he may not do stands in the audit log of his workspace. */
export class AuditedDenials implements Denials {
  readonly #trail: AuditTrail;

  constructor(trail: AuditTrail) {
    this.#trail = trail;
  }

  note(caller: Caller, { permission, ...change }: DeniedChange): Promise<void> {
    return this.#trail.refused(caller, 'access.denied', refusedChange(change, { permission }));
  }
}
