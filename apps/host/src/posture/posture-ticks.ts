import type { Logger } from '@castellan/connector-sdk';
import { dueForEvaluation } from '@castellan/posture';
import { TickRunner, type WorkAnnouncer } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';
import { POSTURE_LOG, PostureEvaluation } from './posture-evaluation.js';

export const POSTURE_QUEUE = Symbol('PostureQueue');

const EVERY_MS = 5_000;
/** What is more waits for the next tick: the queue keeps their order, and whoever comes later may be due before most of them. */
const AT_ONCE = 20;

/** Finds who is to be looked at, and announces it. Every host ticks; the queue sees to it that one looks at a time. */
@Injectable()
export class PostureTicks implements OnModuleDestroy {
  readonly #storage: Storage;
  readonly #queue: WorkAnnouncer;
  readonly #evaluation: PostureEvaluation;
  readonly #runner: TickRunner;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(POSTURE_QUEUE) queue: WorkAnnouncer,
    @Inject(PostureEvaluation) evaluation: PostureEvaluation,
    @Inject(POSTURE_LOG) log: Logger,
  ) {
    this.#storage = storage;
    this.#queue = queue;
    this.#evaluation = evaluation;
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  announce(): Promise<void> {
    return this.#runner.once('looks', async () => {
      const due = await dueForEvaluation(this.#storage.queries, AT_ONCE + this.#evaluation.setAside.size);
      for (const id of due) if (!this.#evaluation.setAside.has(id)) await this.#queue.enqueue(id);
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
