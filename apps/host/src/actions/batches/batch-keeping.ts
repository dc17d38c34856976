import { type ActionBatchUndoView, MOST_BATCHED } from '@castellan/api';
import type { ActionBatch, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { Caller } from '../../callers/caller.js';
import { readId } from '../../input/parameters.js';
import { notFound, Problem } from '../../problems/problem.js';
import { IntegrationLookup } from '../../storage/integration-lookup.js';
import { STORAGE } from '../../storage/storage-token.js';
import { wishOf } from '../action-asking.js';
import { decidedAlready, type Decision, requireMayDecide } from '../action-deciding.js';
import { ActionRefusals } from '../action-refusals.js';
import { ActionTicks } from '../action-ticks.js';
import { BatchAsking } from './batch-asking.js';
import type { BatchBody } from './batch-input.js';
import { batchTarget, notedBatch } from './batch-notes.js';
import { batchUndoView } from './batch-view.js';

const DECISIONS = {
  approved: 'action-batch.approve',
  rejected: 'action-batch.reject',
  withdrawn: 'action-batch.withdraw',
} as const;

/** Batches that people ask for, decide and stop; each step, and each that is refused, is in the audit log. */
@Injectable()
export class BatchKeeping {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(IntegrationLookup) private readonly integrations: IntegrationLookup,
    @Inject(BatchAsking) private readonly asking: BatchAsking,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
    @Inject(ActionRefusals) private readonly refusals: ActionRefusals,
    @Inject(ActionTicks) private readonly ticks: ActionTicks,
  ) {}

  async require({ workspaceId }: Caller, id: string): Promise<ActionBatch> {
    const found = await this.storage.actionBatches.find(workspaceId, readId(id, 'id', 'batch'));
    if (found === undefined) throw notFound('id', 'batch with this id');
    return found;
  }

  async ask(caller: Caller, body: BatchBody, gone: AbortSignal): Promise<ActionBatch> {
    const after = { action: body.action, objects: body.items.length };
    const about = { target: { kind: 'integration', id: body.integrationId }, after };
    const batch = await this.refusals.noted(caller, 'action-batch.request', about, () => this.#create(caller, body, gone));
    if (batch.state === 'running') void this.ticks.look();
    return batch;
  }

  async decide(caller: Caller, id: string, decision: Decision): Promise<ActionBatch> {
    const batch = await this.require(caller, id);
    const decided = await this.refusals.noted(caller, DECISIONS[decision], aboutOf(batch), async () => {
      requireMayDecide(caller, batch.requestedBy, decision);
      return this.trail.record(caller, DECISIONS[decision], async (notes) => {
        const { kind, id: by, name, workspaceId } = caller;
        const kept = await this.storage.actionBatches.decide(workspaceId, batch.id, decision, { kind, id: by, name });
        if (kept === undefined) throw decidedAlready();
        return Object.assign(notes, aboutOf(kept)) && kept;
      });
    });
    if (decision === 'approved') void this.ticks.look();
    return decided;
  }

  /** What takes all of it back, and what is left out. */
  async undo(caller: Caller, id: string): Promise<ActionBatchUndoView> {
    const batch = await this.require(caller, id);
    const { requests } = await this.storage.actions.list(caller.workspaceId, { batchId: batch.id, limit: MOST_BATCHED });
    return batchUndoView(requests, await this.storage.actionBatches.beingUndone(batch.id));
  }

  async stop(caller: Caller, id: string): Promise<ActionBatch> {
    const batch = await this.require(caller, id);
    const stopped = await this.refusals.noted(caller, 'action-batch.stop', aboutOf(batch), () =>
      this.trail.record(caller, 'action-batch.stop', async (notes) => {
        const { kind, id: by, name, workspaceId } = caller;
        const reason = { why: `Stopped by ${name}.`, missing: [] };
        const kept = await this.storage.actionBatches.stop(workspaceId, batch.id, { kind, id: by, name }, reason);
        if (kept === undefined) throw over(batch);
        return Object.assign(notes, aboutOf(kept)) && kept;
      }),
    );
    void this.ticks.look();
    return stopped;
  }

  async #create(caller: Caller, body: BatchBody, gone: AbortSignal): Promise<ActionBatch> {
    const { workspaceId } = caller;
    const integration = await this.integrations.require(caller, body.integrationId);
    // Nothing is looked at for what was asked for already.
    const known = body.wish === undefined ? undefined : await this.#ofWish(caller, body.wish);
    if (known !== undefined) return known;
    const wanted = await this.asking.toBatch(caller, integration, body, gone);
    return this.trail.record(caller, 'action-batch.request', async (notes) => {
      const created = await this.storage.actionBatches.create(workspaceId, wanted);
      if (created === undefined) throw notFound('integrationId', 'integration with this id');
      const { batch, isNew } = created;
      if (isNew && batch.size === 0) throw underWay(batch);
      notes.isUnchanged = !isNew;
      return Object.assign(notes, aboutOf(batch)) && batch;
    });
  }

  #ofWish(caller: Caller, wish: string): Promise<ActionBatch | undefined> {
    return this.storage.actionBatches.ofWish(caller.workspaceId, wishOf(caller, wish));
  }
}

const aboutOf = (batch: ActionBatch) => ({ target: batchTarget(batch), after: notedBatch(batch) });

function underWay({ refused: [first] }: ActionBatch): Problem {
  const detail = `The same is to be done already to each of these. ${first?.problem.message ?? ''}`.trim();
  return new Problem({ code: 'action-under-way', detail });
}

function over({ state }: ActionBatch): Problem {
  const detail =
    state === 'proposed' ? 'Nobody has agreed to it yet: withdraw or reject it.' : 'Nothing of it is to be done any more.';
  return new Problem({ code: 'batch-over', detail });
}
