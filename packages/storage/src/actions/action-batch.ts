import type { JsonObject } from '@castellan/connector-sdk';
import type { AuditActor } from '../audit/audit-log.js';
import type { ActionProblem, ActionState, NewActionRequest } from './action-request.js';

/** `running`: something is to be done still. `ended`: nothing is. `stopped`: what had not begun is not done. */
export type ActionBatchState = 'proposed' | 'running' | 'ended' | 'stopped' | 'rejected' | 'withdrawn';

/** What was asked for and is not in it. */
export interface BatchRefused {
  readonly input: JsonObject;
  readonly problem: ActionProblem;
}

export interface NewActionBatch
  extends Pick<NewActionRequest, 'integrationId' | 'action' | 'title' | 'effect' | 'reason' | 'requestedBy' | 'wish'> {
  readonly needsApproval: boolean;
  readonly items: readonly Pick<NewActionRequest, 'input' | 'plan' | 'findingId' | 'incidentId' | 'undoOf'>[];
  readonly refused: readonly BatchRefused[];
}

export interface BatchStopReason {
  readonly why: string;
  readonly missing: readonly string[];
}

export interface ActionBatch extends Omit<NewActionBatch, 'items' | 'needsApproval'> {
  readonly id: string;
  readonly workspaceId: string;
  readonly state: ActionBatchState;
  readonly size: number;
  /** By state, without those that nothing is in; `undone`, and `already` (it was so, and nothing was sent), count by themselves. */
  readonly counts: Readonly<Partial<Record<ActionState | 'undone' | 'already', number>>>;
  /** How many of it can be taken back still. */
  readonly undoable: number;
  /** The batch that it takes back, all or some of it. */
  readonly undoOf: string | null;
  readonly decidedBy: AuditActor | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
  readonly stoppedAt: Date | null;
  /** `null` of one that was stopped: by itself. */
  readonly stoppedBy: AuditActor | null;
  readonly stopReason: BatchStopReason | null;
  readonly endedAt: Date | null;
}
