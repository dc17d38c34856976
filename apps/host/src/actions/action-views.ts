import { userBehind } from './action-deciding.js';
import type { ActionCanRun, ActionPerson, ActionPlanView, ActionRequestView, OfferedAction } from '@castellan/api';
import type { ActionGrants, ActionInfo, ActionLack, ComparablePlan } from '@castellan/connector-sdk';
import { describeForm } from '@castellan/form-schema';
import type { ActionRequest, Requester } from '@castellan/storage';
import { stepOfWish } from './step-wish.js';
import { undoUntil } from './undoing.js';
import { notGranted } from './granted-actions.js';

export function offeredAction(
  { input, ...action }: ActionInfo,
  isOffered: boolean,
  grants: ActionGrants | null,
): OfferedAction {
  return { ...action, isOffered, notGranted: isOffered ? notGranted(action, grants) : [], form: describeForm(input) };
}

/** What it would do, and whether that can be done from here. */
export function planView(
  { lacks, ...plan }: ComparablePlan,
  { effect }: ActionInfo,
  isOffered: boolean,
  consequences: Pick<ActionPlanView, 'access' | 'administrators'>,
): ActionPlanView {
  return { plan, needsApproval: effect === 'destructive', canRun: canRun(lacks, isOffered), ...consequences };
}

function canRun(lacks: ActionLack | undefined, isOffered: boolean): ActionCanRun {
  if (isOffered) return lacks === undefined ? { ok: true } : { ok: false, because: 'permission', ...lacks };
  const { message, missing } = lacks ?? {
    message: 'The settings of the integration do not let it be done from here.',
    missing: [],
  };
  return { ok: false, because: 'not-offered', message, missing };
}

export function actionRequestView(request: ActionRequest, integration: ActionRequestView['integration']): ActionRequestView {
  const { id, action, title, effect, subject, input, plan, reason, findingId, incidentId, changed, message, problem } = request;
  const { undoOf, undoneBy, byHand } = request;
  return {
    id,
    integration,
    action,
    title,
    effect,
    byHand,
    subject,
    batchId: request.batchId,
    playbookStep: stepOfWish(request.wish),
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

const textOf = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Only callers ask and decide, and playbooks ask. */
export function personOf(who: Requester): ActionPerson {
  const { kind, id, name } = who;
  return { kind: kind === 'api_key' || kind === 'playbook' ? kind : 'user', id, name, userId: userBehind(who) };
}
