import type { Logger } from '@castellan/connector-sdk';
import { TickRunner, type WorkAnnouncer } from '@castellan/scheduling';
import { dueForDetection, type Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';
import { DETECTION_LOG, DetectionWork } from './detection-work.js';

export const DETECTION_QUEUE = Symbol('DetectionQueue');

const EVERY_MS = 2_000;
/** What is more waits for the next tick: the queue keeps their order, and whoever comes later may be due before most of them. */
const AT_ONCE = 20;
/** What has not come so long after it should have is missed: a log is read every minute, and some events come late. */
const QUIET_MS = 5 * 60_000;

/** Finds whose log has something new, and announces it. Every host ticks; one host at a time has an organisation. */
@Injectable()
export class DetectionTicks implements OnModuleDestroy {
  readonly #storage: Storage;
  readonly #queue: WorkAnnouncer;
  readonly #work: DetectionWork;
  readonly #runner: TickRunner;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(DETECTION_QUEUE) queue: WorkAnnouncer,
    @Inject(DetectionWork) work: DetectionWork,
    @Inject(DETECTION_LOG) log: Logger,
  ) {
    this.#storage = storage;
    this.#queue = queue;
    this.#work = work;
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  announce(): Promise<void> {
    return this.#runner.once('new activity', async () => {
      const due = await dueForDetection(this.#storage.queries, QUIET_MS, AT_ONCE + this.#work.setAside.size);
      for (const id of due) if (!this.#work.setAside.has(id)) await this.#queue.enqueue(id);
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
