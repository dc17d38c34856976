import type { JsonObject } from '@castellan/connector-sdk';
import type { ActionPerson, ActionPlanView, ActionProblemView, ActionState } from './actions.js';

/** Objects in one batch: what a person can look through before agreeing to it. */
export const MOST_BATCHED = 100;

/** What somebody wants to know before the same is done to many. */
export interface ActionBatchPlanInput {
  readonly action: string;
  /** One for each object, as the form of the action asks for it. At most {@link MOST_BATCHED}. */
  readonly inputs: readonly JsonObject[];
}

/** One object of it: a plan, or why there is none. */
export interface ActionBatchPlanned {
  readonly input: JsonObject;
  readonly planned: Omit<ActionPlanView, 'needsApproval'> | null;
  readonly problem: ActionProblemView | null;
}

export interface ActionBatchPlanView {
  /** In the order of the inputs. */
  readonly items: readonly ActionBatchPlanned[];
  /** Whether a second person has to agree, once for all of it. */
  readonly needsApproval: boolean;
}

export interface ActionBatchItem {
  readonly input: JsonObject;
  /** Of the plan that was shown. */
  readonly fingerprint: string;
  readonly findingId?: string;
  readonly incidentId?: string;
  /** The request that this takes back, with the step that its plan names. */
  readonly undoOf?: string;
}

export interface ActionBatchInput {
  readonly integrationId: string;
  readonly action: string;
  /** At most {@link MOST_BATCHED}; done in this order, one after another. */
  readonly items: readonly ActionBatchItem[];
  readonly reason?: string;
  /** The same for one wish, however often it is sent. */
  readonly wish?: string;
}

export const ACTION_BATCH_STATES = ['proposed', 'running', 'ended', 'stopped', 'rejected', 'withdrawn'] as const;
/**
 * `proposed`: somebody else has to agree. `running`: something is to be done still. `ended`: nothing is. `stopped`: what had not begun is
 * not done. `rejected`, `withdrawn`: nothing of it is done.
 */
export type ActionBatchState = (typeof ACTION_BATCH_STATES)[number];

/** Why the rest is not done. */
export interface ActionBatchStop {
  readonly at: string;
  /** `null`: it stopped by itself. */
  readonly by: ActionPerson | null;
  readonly why: string;
  /** Permissions at the provider that are missing, where it is that. */
  readonly missing: readonly string[];
}

/** What was not taken into the batch. */
export interface ActionBatchRefused {
  readonly input: JsonObject;
  readonly problem: ActionProblemView;
}

/** Its objects are the requests of `GET /api/actions?batch=`. */
export interface ActionBatchView {
  readonly id: string;
  readonly integration: { readonly id: string; readonly name: string };
  readonly action: string;
  readonly title: string;
  readonly effect: 'write' | 'destructive';
  readonly state: ActionBatchState;
  readonly reason: string | null;
  /** Objects in it. */
  readonly size: number;
  /** How many of them are in which state; `already`: it was so, and nothing was sent. */
  readonly counts: Readonly<Record<ActionState | 'already', number>>;
  /** How many can be taken back still, and are not being taken back. */
  readonly undoable: number;
  /** The batch that this takes back, all or some of it. */
  readonly undoOf: string | null;
  /** Objects that were asked for, and are not in it. */
  readonly refused: readonly ActionBatchRefused[];
  readonly stop: ActionBatchStop | null;
  readonly requestedBy: ActionPerson;
  readonly decidedBy: ActionPerson | null;
  readonly decidedAt: string | null;
  readonly createdAt: string;
  /** When the last of it had ended. */
  readonly endedAt: string | null;
}

/** What takes a batch back: each step is planned and asked for as any batch is. */
export interface ActionBatchUndoView {
  /** Mostly one. What was done last is taken back first. */
  readonly steps: readonly ActionBatchUndoStep[];
  /** What is not taken back, and why. */
  readonly leftOut: readonly ActionBatchNotUndone[];
}

export interface ActionBatchUndoStep {
  readonly action: string;
  readonly items: readonly ActionBatchUndoItem[];
}

export interface ActionBatchUndoItem {
  /** The request that it takes back. */
  readonly undoOf: string;
  readonly input: JsonObject;
  /** Whom that was done to. */
  readonly name: string;
  readonly findingId: string | null;
  readonly incidentId: string | null;
}

export interface ActionBatchNotUndone {
  readonly request: string;
  readonly name: string;
  readonly why: string;
}
