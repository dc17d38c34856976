import type { AuditTarget, ActionBatch } from '@castellan/storage';

export function batchTarget({ id, title, size }: ActionBatch): AuditTarget {
  return { kind: 'action_batch', id, name: `${title}: ${size} objects` };
}

/** What of it stands in the audit log: each object is a request with entries of its own. */
export function notedBatch(batch: ActionBatch): object {
  const { integrationId, action, size, counts, refused, reason, state, stopReason, undoOf } = batch;
  return { integration: integrationId, action, size, counts, refused: refused.length, reason, state, stop: stopReason, undoOf };
}
