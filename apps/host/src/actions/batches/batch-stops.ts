import type { ActionProblem, ActionRequest, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import { STORAGE } from '../../storage/storage-token.js';
import { batchTarget, notedBatch } from './batch-notes.js';

/** Failures, one after another, after which the rest is left. */
const MOST_IN_ROW = 3;
/** What the next object would fail of as well. */
const OF_ALL: readonly string[] = ['permission', 'auth'];

/** Batches that stop by themselves: what has failed of the provider, or of what we may do there, would go on failing. */
@Injectable()
export class BatchStops {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
  ) {}

  async isStopped({ batchId }: ActionRequest): Promise<boolean> {
    return batchId !== null && this.storage.actionBatches.isStopped(batchId);
  }

  /** One of its objects has failed. */
  async failed({ batchId, workspaceId, subject }: ActionRequest, problem: ActionProblem): Promise<void> {
    if (batchId === null) return;
    const why = await this.#whyToStop(batchId, `${subject.name}: ${problem.message}`, problem);
    if (why === undefined) return;
    await this.storage.transaction(async () => {
      const { missing = [] } = problem;
      const stopped = await this.storage.actionBatches.stop(workspaceId, batchId, null, { why, missing });
      // Somebody else was first, or it was the last of it.
      if (stopped === undefined) return;
      await this.trail.byHost(workspaceId, 'action-batch.stop', { target: batchTarget(stopped), after: notedBatch(stopped) });
    });
  }

  async #whyToStop(batchId: string, what: string, { kind }: ActionProblem): Promise<string | undefined> {
    if (OF_ALL.includes(kind)) return what;
    const failed = await this.storage.actionBatches.failedInRow(batchId, MOST_IN_ROW);
    return failed < MOST_IN_ROW ? undefined : `${MOST_IN_ROW} failed one after another, the last one ${what}`;
  }
}
