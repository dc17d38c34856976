import { type SchedulingLog, TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';

export const EXCEPTION_LOG = Symbol('ExceptionLog');

const EVERY_MS = 10_000;
/** A rule that was excepted as a whole ends as a whole: what is more waits for the next piece. */
const AT_ONCE = 1_000;

/** Opens what was allowed until a date, once that has come. Every host ticks; each takes others. */
@Injectable()
export class ExceptionTick implements OnModuleDestroy {
  readonly #storage: Storage;
  readonly #log: SchedulingLog;
  readonly #runner: TickRunner;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(EXCEPTION_LOG) log: SchedulingLog) {
    this.#storage = storage;
    this.#log = log;
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  end(): Promise<void> {
    return this.#runner.once('exceptions', async () => {
      for (let ended = AT_ONCE; ended === AT_ONCE && !this.#runner.isStopped; ) {
        ended = await this.#storage.findingChanges.endExceptions(AT_ONCE);
        if (ended > 0) this.#log.debug('exceptions ended', { findings: ended });
      }
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
