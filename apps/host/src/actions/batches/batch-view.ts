import { ACTION_STATES, type ActionBatchUndoStep, type ActionBatchUndoView, type ActionBatchView } from '@castellan/api';
import type { ActionBatch, ActionRequest } from '@castellan/storage';
import { personOf } from '../action-views.js';
import { whyNotUndoable } from '../undoing.js';

export function batchView(batch: ActionBatch, integration: ActionBatchView['integration']): ActionBatchView {
  const { id, action, title, effect, state, reason, size, refused, requestedBy, decidedBy } = batch;
  const counts = [...ACTION_STATES, 'already' as const].map((one) => [one, batch.counts[one] ?? 0]);
  return {
    id,
    integration,
    action,
    title,
    effect,
    state,
    reason,
    size,
    // Of each of the states there is one.
    counts: Object.fromEntries(counts) as ActionBatchView['counts'],
    undoable: batch.undoable,
    undoOf: batch.undoOf,
    refused,
    stop: stopOf(batch),
    requestedBy: personOf(requestedBy),
    decidedBy: decidedBy === null ? null : personOf(decidedBy),
    decidedAt: textOf(batch.decidedAt),
    createdAt: batch.createdAt.toISOString(),
    endedAt: textOf(batch.endedAt),
  };
}

/** @param requests all of it, in the order in which they are taken back. @param beingUndone ids of those that are about to be */
export function batchUndoView(requests: readonly ActionRequest[], beingUndone: ReadonlySet<string>): ActionBatchUndoView {
  const steps = new Map<string, ActionBatchUndoStep['items'][number][]>();
  const leftOut: ActionBatchUndoView['leftOut'][number][] = [];
  for (const request of requests) {
    const { id, subject, plan, findingId, incidentId } = request;
    const why = beingUndone.has(id) ? 'It is being taken back already.' : whyNotUndoable(request);
    if (why !== undefined || plan.undo === null) {
      leftOut.push({ request: id, name: subject.name, why: why ?? 'Nothing takes it back.' });
      continue;
    }
    const { action, input } = plan.undo;
    const items = steps.get(action) ?? [];
    items.push({ undoOf: id, input, name: subject.name, findingId, incidentId });
    steps.set(action, items);
  }
  return { steps: [...steps].map(([action, items]) => ({ action, items })), leftOut };
}

function stopOf({ stoppedAt, stoppedBy, stopReason }: ActionBatch): ActionBatchView['stop'] {
  if (stoppedAt === null || stopReason === null) return null;
  return { at: stoppedAt.toISOString(), by: stoppedBy === null ? null : personOf(stoppedBy), ...stopReason };
}

const textOf = (at: Date | null): string | null => at?.toISOString() ?? null;
