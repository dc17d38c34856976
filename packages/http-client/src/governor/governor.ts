import type { HttpResponse } from '@castellan/connector-sdk';
import type { Clock } from '../clock.js';
import type { Limits } from '../limits.js';
import { type BucketProgress, type Closed, Lane } from './lane.js';
import { Ledger, type Priority } from './ledger.js';
import { Parallelism } from './parallelism.js';
import type { Permit } from './permit.js';
import { readDate, readRateHeaders, readRetryAfter } from './rate-headers.js';
import { ServerClock } from './server-clock.js';

/** Something waits, for progress displays. */
export interface Wait {
  readonly bucket: string;
  readonly until: Date;
  /**
   * `budget`: our share of the window is spent. `pace`: it is let go bit by bit, and the next bit is more than 2 s away.
   * `rate_limit`, `concurrency`: the provider said so. `retry`: after an error.
   */
  readonly reason: Closed['reason'] | 'concurrency' | 'retry';
}

export interface GovernorOptions {
  readonly share: number;
  readonly concurrency: number;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onWait: (wait: Wait) => void;
  /** The error for those who would have to wait longer than `maxWaitMs`. */
  readonly tooLong: (until: Date) => Error;
}

export interface Demand {
  readonly bucket: string;
  readonly priority: Priority;
}

/** Places that requests of low priority leave free. */
const KEPT_PLACES = 2;

/** Too many at once, as opposed to too many in a window: the answer grants a limit of nothing. */
export function isConcurrencyRefusal(status: number, headers: HttpResponse['headers']): boolean {
  return status === 429 && readRateHeaders(headers)?.limit === 0;
}

/**
 * Decides which request goes next. A request holds one of the client's places only while it is in flight: those that
 * wait for a bucket hold none, and so never keep another bucket from working.
 */
export class Governor {
  readonly #options: GovernorOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #parallelism: Parallelism;
  readonly serverClock = new ServerClock();
  #active = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(options: GovernorOptions) {
    this.#options = options;
    this.#parallelism = new Parallelism(options.concurrency);
    options.signal.addEventListener('abort', () => this.#stop(), { once: true });
  }

  acquire({ bucket, priority }: Demand): Promise<Permit> {
    const { signal } = this.#options;
    return new Promise((grant, refuse) => {
      if (signal.aborted) return refuse(signal.reason);
      this.#lane(bucket).add(priority, { grant, refuse });
      this.#pump();
    });
  }

  /** Most requests in flight from now on. */
  limitTo(concurrency: number): void {
    this.#parallelism.limitTo(concurrency);
    this.#pump();
  }

  /** When a bucket may be used again, where that is known. */
  opensAt(bucket: string): number | undefined {
    const opening = this.#lanes.get(bucket)?.ledger.opening(this.#options.clock.now(), 'ahead');
    return typeof opening === 'object' ? opening.at : undefined;
  }

  /** What a window grants us of a bucket, where that is known. */
  limitOf(bucket: string): number | undefined {
    return this.#lanes.get(bucket)?.ledger.budget;
  }

  /** Milliseconds until the last of `calls` more requests may go, where the limit is known. */
  forecast(bucket: string, calls: number): number | undefined {
    return this.#lanes.get(bucket)?.ledger.forecast(calls, this.#options.clock.now());
  }

  /** Every bucket that was ever asked for, by name. */
  progress(): readonly BucketProgress[] {
    const now = this.#options.clock.now();
    const lanes = [...this.#lanes.values()].map((lane) => lane.progress(now));
    return lanes.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  }

  #stop(): void {
    this.#cancelTimer?.();
    const now = this.#options.clock.now();
    for (const lane of this.#lanes.values()) lane.refuseAll(this.#options.signal.reason, now);
  }

  #lane(bucket: string): Lane {
    const known = this.#lanes.get(bucket);
    if (known !== undefined) return known;
    const { share, limits, random } = this.#options;
    const lane = new Lane(bucket, new Ledger({ share, limits, random, serverClock: this.serverClock }));
    this.#lanes.set(bucket, lane);
    return lane;
  }

  /** Lets go whatever may go now, and wakes itself when the next bucket opens. */
  #pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    let wakeAt = Number.POSITIVE_INFINITY;
    // One a lane and round, so that a long queue cannot take every place from a short one.
    for (let granted = true; granted; ) {
      granted = false;
      wakeAt = Number.POSITIVE_INFINITY;
      // A copy: a lane that is served moves to the end, where the loop would meet it again.
      for (const lane of Array.from(this.#lanes.values())) {
        const opensAt = this.#serve(lane);
        if (opensAt === 'served') granted = true;
        else if (opensAt !== undefined) wakeAt = Math.min(wakeAt, opensAt);
      }
    }
    if (!Number.isFinite(wakeAt)) return;
    this.#cancelTimer = this.#options.clock.after(wakeAt - this.#options.clock.now(), () => this.#pump());
  }

  /** Serves at most one waiter. Gives back when to look again, or `undefined` when something else will wake us. */
  #serve(lane: Lane): 'served' | number | undefined {
    const priority = lane.turn;
    if (priority === undefined) return undefined;
    const { clock, limits, onWait, tooLong } = this.#options;
    const now = clock.now();
    const opening = lane.ledger.opening(now, priority);
    if (opening === 'probing') return undefined;
    if (opening === 'open') {
      if (this.#active >= this.#places(priority)) return undefined;
      const waiter = lane.take(priority, now);
      // Behind the others from now on, who so get the next place that falls free.
      this.#lanes.delete(lane.bucket);
      this.#lanes.set(lane.bucket, lane);
      waiter?.grant(this.#permit(lane, priority === 'ahead', now));
      return 'served';
    }
    const until = new Date(opening.at);
    if (opening.at - now > limits.maxWaitMs) {
      lane.refuseAll(tooLong(until), now);
      return undefined;
    }
    if (lane.standsStill(opening, now)) onWait({ bucket: lane.bucket, until, reason: opening.reason });
    return opening.at;
  }

  /** How many may be in flight for one more of this priority to go. */
  #places(priority: Priority): number {
    if (priority === 'ahead') return Number.POSITIVE_INFINITY;
    const { allowed } = this.#parallelism;
    return priority === 'low' ? Math.max(1, allowed - KEPT_PLACES) : allowed;
  }

  #permit(lane: Lane, ahead: boolean, sentAt: number): Permit {
    const { ledger } = lane;
    const probe = ledger.take();
    const { generation } = ledger;
    if (!ahead) this.#active += 1;
    let headSeen = false;
    let released = false;
    return {
      answered: (status, headers) => {
        if (headSeen || released) return;
        headSeen = true;
        if (status === 429) lane.refused += 1;
        const now = this.#options.clock.now();
        this.serverClock.learn(readDate(headers), now);
        const crowded = isConcurrencyRefusal(status, headers);
        if (crowded) this.#parallelism.shrink(sentAt, now);
        else if (status < 400) this.#parallelism.grow();
        const retryAfter = readRetryAfter(headers, this.serverClock.at(now));
        ledger.answered(
          { rate: readRateHeaders(headers), limited: status === 429 && !crowded, retryAfter, generation, now },
          probe,
        );
        this.#pump();
      },
      release: () => {
        if (released) return;
        released = true;
        if (!ahead) this.#active -= 1;
        if (!headSeen) ledger.lost(probe);
        this.#pump();
      },
    };
  }
}
