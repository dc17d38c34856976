import { isDeepStrictEqual } from 'node:util';
import type { ActionPlanInput } from '@castellan/api';
import { type ActionRequest, UNDO_DAYS } from '@castellan/storage';

const UNDO_MS = UNDO_DAYS * 86_400_000;

/** Until when it can be taken back; `null`: it cannot. */
export function undoUntil(request: ActionRequest): Date | null {
  return request.endedAt === null || neverUndoable(request) !== undefined
    ? null
    : new Date(request.endedAt.getTime() + UNDO_MS);
}

/** A sentence. @param wanted what shall take it back; left out: what its plan names. @returns `undefined`: it can be taken back */
export function whyNotUndoable(request: ActionRequest, wanted?: ActionPlanInput): string | undefined {
  const never = neverUndoable(request);
  if (never !== undefined) return never;
  const until = undoUntil(request);
  if (until === null || until.getTime() <= Date.now())
    return `It was done more than ${UNDO_DAYS} days ago: nobody knows what has been built on it.`;
  if (wanted !== undefined && !isDeepStrictEqual(request.plan.undo, wanted)) return 'It is not taken back by this.';
  return undefined;
}

function neverUndoable({ state, changed, plan, endedAt, undoneBy }: ActionRequest): string | undefined {
  if (undoneBy !== null) return 'It was taken back already.';
  if (state === 'failed') return 'It failed: there is nothing to take back from here.';
  if (state === 'rejected' || state === 'withdrawn') return 'It was not done.';
  if (endedAt === null) return 'It is not over yet.';
  if (changed !== true) return 'It was so already, and nothing was sent.';
  return plan.undo === null ? 'Nothing takes it back.' : undefined;
}
