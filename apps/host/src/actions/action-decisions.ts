import type { ActionRequest, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { decidedAlready, type Decision, requireMayDecide } from './action-deciding.js';
import { notedRequest, requestTarget } from './action-notes.js';
import { ActionRefusals } from './action-refusals.js';
import { ActionTicks } from './action-ticks.js';

const DECISIONS = { approved: 'action.approve', rejected: 'action.reject', withdrawn: 'action.withdraw' } as const;

/** What became of requests that were decided at once. */
export interface Decided {
  readonly decided: readonly ActionRequest[];
  readonly refused: readonly { readonly request: string; readonly problem: Problem }[];
}

/** Requests that people decide, one by one or several at once; each decision, and each that is refused, is in the audit log. */
@Injectable()
export class ActionDecisions {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
    @Inject(ActionRefusals) private readonly refusals: ActionRefusals,
    @Inject(ActionTicks) private readonly ticks: ActionTicks,
  ) {}

  async require({ workspaceId }: Caller, id: string, field = 'id'): Promise<ActionRequest> {
    const found = await this.storage.actions.find(workspaceId, readId(id, field, 'request'));
    if (found === undefined) throw notFound(field, 'request with this id');
    return found;
  }

  async decide(caller: Caller, id: string, state: Decision): Promise<ActionRequest> {
    return this.#decide(caller, await this.require(caller, id), state);
  }

  /**
   * Each by the rules of one by itself, and each for itself: what is refused does not stop the others.
   * @throws Problem where one is not there, or nothing was decided
   */
  async decideEach(caller: Caller, ids: readonly string[], state: Decision): Promise<Decided> {
    const requests: ActionRequest[] = [];
    for (const [index, id] of ids.entries()) requests.push(await this.require(caller, id, `requests.${index}`));
    const decided: ActionRequest[] = [];
    const refused: { request: string; problem: Problem }[] = [];
    for (const request of requests)
      try {
        decided.push(await this.#decide(caller, request, state));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refused.push({ request: request.id, problem: error });
      }
    const [first] = refused;
    if (decided.length === 0 && first !== undefined) throw first.problem;
    return { decided, refused };
  }

  async #decide(caller: Caller, request: ActionRequest, state: Decision): Promise<ActionRequest> {
    const about = { target: requestTarget(request), after: notedRequest(request) };
    const decided = await this.refusals.noted(caller, DECISIONS[state], about, async () => {
      if (request.batchId !== null) throw inBatch(request.batchId);
      requireMayDecide(caller, request.requestedBy, state);
      return this.trail.record(caller, DECISIONS[state], async (notes) => {
        const { kind, id, name, workspaceId } = caller;
        const kept = await this.storage.actions.decide(workspaceId, request.id, state, { kind, id, name });
        if (kept === undefined) throw decidedAlready();
        notes.target = requestTarget(kept);
        notes.after = notedRequest(kept);
        return kept;
      });
    });
    if (state === 'approved') this.ticks.begin(decided);
    return decided;
  }
}

function inBatch(id: string): Problem {
  return new Problem({ code: 'action-in-batch', detail: `It is part of the batch ${id}, and is decided with all of it.` });
}
