import { type SchedulingLog, SYNC_QUEUE, type TurnAnnouncer } from '@castellan/scheduling';
import { IntegrationPausedError, type Run, type Storage } from '@castellan/storage';
import type { RunCause } from '@castellan/sync-engine';
import { Inject, Injectable } from '@nestjs/common';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';

export const RUN_LOG = Symbol('RunLog');

/** Makes runs: the row first, which counts, then the message, which only hurries. */
@Injectable()
export class RunStarter {
  readonly #storage: Storage;
  readonly #queue: TurnAnnouncer;
  readonly #log: SchedulingLog;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(SYNC_QUEUE) queue: TurnAnnouncer,
    @Inject(RUN_LOG) log: SchedulingLog,
  ) {
    this.#storage = storage;
    this.#queue = queue;
    this.#log = log;
  }

  /**
   * The new run, or the one that is still under way. Announce it once its transaction is over: before, nobody can see it.
   * @throws Problem when the integration is gone (404) or paused (409).
   */
  async make(workspaceId: string, integrationId: string, cause: RunCause): Promise<Run> {
    const started = await this.#enqueue(workspaceId, integrationId, cause);
    if (started === undefined) throw notFound('id', 'integration with this id');
    const run = await this.#storage.runs.get(workspaceId, started.runId);
    if (run === undefined) throw notFound('id', 'integration with this id');
    return run;
  }

  async #enqueue(workspaceId: string, integrationId: string, cause: RunCause) {
    try {
      return await this.#storage.runs.enqueue(workspaceId, integrationId, cause);
    } catch (error) {
      if (error instanceof IntegrationPausedError) throw paused();
      throw error;
    }
  }

  async announce(runId: string): Promise<void> {
    try {
      await this.#queue.announce();
    } catch (error) {
      // The run is in its table: the reconcile tick finds it within seconds.
      this.#log.warn('run not announced', { run: runId, error: String(error) });
    }
  }
}

function paused(): Problem {
  const detail = 'The integration is paused. Resume it first.';
  return new Problem({ code: 'paused', detail });
}
