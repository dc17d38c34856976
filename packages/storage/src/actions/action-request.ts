import type { ComparablePlan, JsonObject } from '@castellan/connector-sdk';
import type { AuditActor } from '../audit/audit-log.js';

/**
 * `proposed`: somebody else has to agree. `approved`: to be done. `running`: somebody does it. `done`: it was done, and is not seen yet.
 * `verified`: it was seen to be so. `failed`: it is not so, or nobody knows. `rejected`, `withdrawn`: it will not be done.
 */
export type ActionState = 'proposed' | 'approved' | 'running' | 'done' | 'verified' | 'failed' | 'rejected' | 'withdrawn';

/** Who asks: a caller, or a playbook that has begun by itself, which is nobody's second person. */
export interface Requester extends Omit<AuditActor, 'kind'> {
  readonly kind: AuditActor['kind'] | 'playbook';
  /** The user behind it, where that is not `id`: who made the key. */
  readonly userId?: string | null;
}

/** Why it was not done. */
export interface ActionProblem {
  readonly kind: string;
  readonly message: string;
  readonly field?: string;
  readonly missing?: readonly string[];
  /** What would be done now, where that is something else than what was agreed to. */
  readonly outdated?: ComparablePlan;
}

export interface NewActionRequest {
  readonly integrationId: string;
  readonly action: string;
  readonly title: string;
  readonly effect: 'write' | 'destructive';
  readonly input: JsonObject;
  readonly plan: ComparablePlan;
  readonly reason: string | null;
  readonly findingId: string | null;
  readonly incidentId: string | null;
  readonly undoOf: string | null;
  /** Somebody has done it in the provider's own console: it begins as `done`, and is looked at only. */
  readonly byHand: boolean;
  readonly requestedBy: Requester;
  /** The same for one wish, however often it comes. */
  readonly wish: string;
  /** A second person has to agree, also where it is not destructive: so many of them are. Left out: only where it is. */
  readonly needsApproval?: boolean;
  /** The batch that it is of: it is decided and stopped there. */
  readonly batchId: string | null;
}

export interface ActionRequest extends Omit<NewActionRequest, 'needsApproval'> {
  readonly id: string;
  readonly workspaceId: string;
  readonly subject: { readonly kind: string; readonly key: string; readonly name: string };
  readonly state: ActionState;
  readonly decidedBy: AuditActor | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly tries: number;
  readonly changed: boolean | null;
  readonly message: string | null;
  readonly problem: ActionProblem | null;
  /** The request that took it back. */
  readonly undoneBy: string | null;
}
