import type { ActionPerson, ActionRequestView, OfferedAction } from '@castellan/api';
import type { ActionInfo } from '@castellan/connector-sdk';
import { describeForm } from '@castellan/form-schema';
import type { ActionRequest, AuditActor } from '@castellan/storage';

/** How long what was done can be taken back from here: later nobody knows what has been built on it. */
export const UNDO_MS = 7 * 86_400_000;

export function offeredAction({ input, ...action }: ActionInfo): OfferedAction {
  return { ...action, form: describeForm(input) };
}

export function actionRequestView(request: ActionRequest, integration: ActionRequestView['integration']): ActionRequestView {
  const { id, action, title, effect, subject, input, plan, reason, findingId, incidentId, changed, message, problem } = request;
  const { undoOf, undoneBy } = request;
  return {
    id,
    integration,
    action,
    title,
    effect,
    subject,
    input,
    plan,
    state: undoneBy === null ? request.state : 'undone',
    reason,
    findingId,
    incidentId,
    requestedBy: personOf(request.requestedBy),
    decidedBy: request.decidedBy === null ? null : personOf(request.decidedBy),
    decidedAt: textOf(request.decidedAt),
    createdAt: request.createdAt.toISOString(),
    startedAt: textOf(request.startedAt),
    endedAt: textOf(request.endedAt),
    changed,
    message,
    problem,
    undoOf,
    undoneBy,
    undoUntil: textOf(undoUntil(request)),
  };
}

/** Until when it can be taken back; `null`: it cannot. */
export function undoUntil({ state, changed, plan, endedAt, undoneBy }: ActionRequest): Date | null {
  const isDone = (state === 'verified' || state === 'done') && changed === true;
  if (!isDone || plan.undo === null || endedAt === null || undoneBy !== null) return null;
  return new Date(endedAt.getTime() + UNDO_MS);
}

const textOf = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Only callers ask and decide. */
function personOf({ kind, id, name }: AuditActor): ActionPerson {
  return { kind: kind === 'api_key' ? 'api_key' : 'user', id, name };
}
