import { ACTION_STATES, type ActionBatchView, type ActionState } from '@castellan/api';
import type { ActionBatch } from '@castellan/storage';
import { personOf } from '../action-views.js';

export function batchView(batch: ActionBatch, integration: ActionBatchView['integration']): ActionBatchView {
  const { id, action, title, effect, state, reason, size, refused, requestedBy, decidedBy } = batch;
  const counts = ACTION_STATES.map((one) => [one, batch.counts[one] ?? 0]);
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
    counts: Object.fromEntries(counts) as Record<ActionState, number>,
    refused,
    stop: stopOf(batch),
    requestedBy: personOf(requestedBy),
    decidedBy: decidedBy === null ? null : personOf(decidedBy),
    decidedAt: textOf(batch.decidedAt),
    createdAt: batch.createdAt.toISOString(),
    endedAt: textOf(batch.endedAt),
  };
}

function stopOf({ stoppedAt, stoppedBy, stopReason }: ActionBatch): ActionBatchView['stop'] {
  if (stoppedAt === null || stopReason === null) return null;
  return { at: stoppedAt.toISOString(), by: stoppedBy === null ? null : personOf(stoppedBy), ...stopReason };
}

const textOf = (at: Date | null): string | null => at?.toISOString() ?? null;
