import type { SessionLimits, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { SchedulingLog } from '@castellan/scheduling';
import { RUN_LOG } from '../runs/run-starter.js';
import { SESSION_LIMITS } from '../sessions/session-opening.js';
import { STORAGE } from '../storage/storage-token.js';
import { TRY_WINDOW_SECONDS } from './sign-in-tries.js';

const EVERY_MS = 10 * 60 * 1_000;

/** Takes away what is over: tries, sign-ins that nobody finished, invitations, sessions. Nothing depends on when. */
@Injectable()
export class DoorKeeping {
  readonly #storage: Storage;
  readonly #limits: SessionLimits;
  readonly #log: SchedulingLog;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(SESSION_LIMITS) limits: SessionLimits,
    @Inject(RUN_LOG) log: SchedulingLog,
  ) {
    this.#storage = storage;
    this.#limits = limits;
    this.#log = log;
  }

  @Interval(EVERY_MS)
  async purge(): Promise<void> {
    try {
      await this.#storage.door.purge(TRY_WINDOW_SECONDS, this.#limits.idleSeconds);
    } catch (error) {
      this.#log.warn('tick failed', { tick: 'door', error: error instanceof Error ? error.message : String(error) });
    }
  }
}
