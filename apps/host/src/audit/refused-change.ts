import type { AuditNotes } from './audit-trail.js';

/** Ids and names in a path are short; what is longer was never one, and the log keeps every row for good. */
const LONGEST_PATH = 300;

/** What the log says of a change that did not come about: which one, and why. Never its body, which may hold secrets. */
export function refusedChange(request: { readonly method: string; readonly path: string }, why: object): AuditNotes {
  const { method, path } = request;
  return { target: { kind: 'route', id: `${method} ${path.slice(0, LONGEST_PATH)}` }, after: why };
}
