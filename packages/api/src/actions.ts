import type { ActionPurpose, ComparablePlan, JsonObject } from '@castellan/connector-sdk';
import type { FormSchema } from '@castellan/form-schema';

export const ACTION_STATES = [
  'proposed',
  'approved',
  'running',
  'done',
  'verified',
  'failed',
  'rejected',
  'withdrawn',
  'undone',
] as const;
/**
 * `proposed`: somebody else has to agree. `approved`: it is done next. `running`: it is done now. `done`: it was done, and is not seen yet.
 * `verified`: it was seen to be so. `failed`: it is not so, or nobody knows. `rejected`, `withdrawn`: it will not be done. `undone`: it was
 * taken back.
 */
export type ActionState = (typeof ACTION_STATES)[number];

/** What can be done at the provider of an integration: from here where it is offered, by hand in any case. */
export interface OfferedAction {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** The kind of record that it is done to. */
  readonly subject: string;
  readonly effect: 'read' | 'write' | 'destructive';
  readonly purpose: ActionPurpose;
  /** The action that takes it back. */
  readonly undo: string | null;
  /** Permissions at the provider that it needs. */
  readonly requires: readonly string[];
  /** Whether the settings of the integration let it be done from here. What it would do is looked at in any case. */
  readonly isOffered: boolean;
  /**
   * Of `requires` what was seen not to be granted (`grants` says when): it is shown beforehand, and its plan decides. Empty where nothing is
   * known, and where it is not offered.
   */
  readonly notGranted: readonly string[];
  /** What a person does instead in the provider's own console, a sentence a step. At least one. */
  readonly byHand: readonly string[];
  readonly form: FormSchema;
}

export interface OfferedActions {
  /** All that the connector knows. */
  readonly items: readonly OfferedAction[];
  /** What is known of the permissions that they need; `null`: the provider does not say, or was not asked yet. */
  readonly grants: SeenActionGrants | null;
}

/** What was seen at a test of the connection, after a sync, or by a plan that found it otherwise. */
export interface SeenActionGrants {
  readonly seenAt: string;
  /** For people: where a missing one is granted. */
  readonly where: string;
}

export interface ActionPlanInput {
  readonly action: string;
  readonly input: JsonObject;
}

export interface ActionPlanView {
  readonly plan: ComparablePlan;
  /** Whether a second person has to agree. */
  readonly needsApproval: boolean;
  readonly canRun: ActionCanRun;
  /** What would be lost, as far as the last sync knows; `null`: nothing is taken away, or nobody knows. */
  readonly access: ActionAccessLoss | null;
  /** Roles that would be taken away, and who has them still; `null`: none is, or nobody knows. */
  readonly administrators: ActionAdministratorsLeft | null;
}

/** Applications that would not be reached any more. */
export interface ActionAccessLoss {
  /** Accounts that would not reach them. */
  readonly accounts: number;
  readonly lost: number;
  /** The first of them, by name. */
  readonly applications: readonly { readonly key: string; readonly name: string }[];
  /** `false`: what the sync has not all read may be lost as well. */
  readonly complete: boolean;
  /** Of the sync that knows it. */
  readonly asOf: string;
}

export interface ActionAdministratorsLeft {
  readonly roles: readonly ActionRoleLeft[];
  readonly asOf: string;
}

export interface ActionRoleLeft {
  readonly key: string;
  readonly name: string;
  /** Accounts that can sign in and have it still. */
  readonly left: number;
}

/** Whether it can be done from here. `not-offered`: the settings do not let it. `permission`: the provider does not. */
export type ActionCanRun =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly because: 'not-offered' | 'permission';
      /** For people: what is missing, and where it is given. */
      readonly message: string;
      /** Permissions at the provider, by its names; where it is not offered those that it would need. */
      readonly missing: readonly string[];
    };

export interface ActionRequestInput extends ActionPlanInput {
  readonly integrationId: string;
  /** Of the plan that was shown. Needed unless it was done by hand. */
  readonly fingerprint?: string;
  /** Why; by hand, what was done. Needed where it was done by hand. */
  readonly reason?: string;
  /** It was done in the provider's own console already: nothing is sent, and it is looked whether it is so. Also of what is not offered. */
  readonly byHand?: boolean;
  readonly findingId?: string;
  readonly incidentId?: string;
  /** The request that this takes back, with the step that its plan names. */
  readonly undoOf?: string;
  /** The same for one wish, however often it is sent. */
  readonly wish?: string;
}

/** Who asked, who decided. `playbook`: one that has begun by itself asked. */
export interface ActionPerson {
  readonly kind: 'user' | 'api_key' | 'playbook';
  readonly id: string | null;
  readonly name: string;
  /** The user behind it: themselves, who made the key, or who has switched the playbook on. They are no second person. `null`: gone since. */
  readonly userId: string | null;
}

export interface ActionRequestView {
  readonly id: string;
  readonly integration: { readonly id: string; readonly name: string };
  readonly action: string;
  readonly title: string;
  readonly effect: 'write' | 'destructive';
  /** Done by a person in the provider's own console; Castellan only looks. */
  readonly byHand: boolean;
  readonly subject: { readonly kind: string; readonly key: string; readonly name: string };
  /** The batch that it is of: decided and stopped there. */
  readonly batchId: string | null;
  /** The step of a run of a playbook that has asked for it: what one step asks for can be decided at once. */
  readonly playbookStep: { readonly run: string; readonly step: string } | null;
  readonly input: JsonObject;
  readonly plan: ComparablePlan;
  readonly state: ActionState;
  readonly reason: string | null;
  readonly findingId: string | null;
  readonly incidentId: string | null;
  readonly requestedBy: ActionPerson;
  readonly decidedBy: ActionPerson | null;
  readonly decidedAt: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Whether anything was changed; `false`: it was so already. */
  readonly changed: boolean | null;
  readonly message: string | null;
  readonly problem: ActionProblemView | null;
  /** The request that this took back, and the one that took this back. */
  readonly undoOf: string | null;
  readonly undoneBy: string | null;
  /** Until when it can be taken back; `null`: it cannot. */
  readonly undoUntil: string | null;
}

/** Why it was not done. */
export interface ActionProblemView {
  readonly kind: string;
  readonly message: string;
  /** Of the input. */
  readonly field?: string;
  readonly missing?: readonly string[];
  /** What would be done now, where that is something else. */
  readonly outdated?: ComparablePlan;
}

/** Requests that are decided at once. */
export const MOST_DECIDED = 200;

export interface ActionDecisionsInput {
  readonly decision: 'approve' | 'reject';
  /** At most {@link MOST_DECIDED}. What is not named is not decided. */
  readonly requests: readonly string[];
}

export interface ActionDecisionsView {
  readonly decided: readonly ActionRequestView[];
  readonly refused: readonly ActionDecisionRefused[];
}

/** What was not decided, and why. */
export interface ActionDecisionRefused {
  readonly request: string;
  readonly problem: ActionProblemView;
}
