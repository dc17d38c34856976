import type { HttpResponse } from '@castellan/connector-sdk';
import type { Clock } from '../clock.js';
import type { Limits } from '../limits.js';
import { Ledger } from './ledger.js';
import { Parallelism } from './parallelism.js';
import { readDate, readRateHeaders, readRetryAfter } from './rate-headers.js';
import { ServerClock } from './server-clock.js';

/** Something waits, for progress displays. */
export interface Wait {
  readonly bucket: string;
  readonly until: Date;
  /** `budget`: our share of the window is spent. `rate_limit`, `concurrency`: the provider said so. `retry`: after an error. */
  readonly reason: 'budget' | 'rate_limit' | 'concurrency' | 'retry';
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
  /** A request that others wait for while they hold their permits, e.g. a token: it must not wait for them in turn. */
  readonly ahead: boolean;
}

/** The right to send one request. To be released whatever happens. */
export interface Permit {
  /** Books the head of the answer as soon as it is there, so that the rest of the bucket need not wait for the body. */
  answered(status: number, headers: HttpResponse['headers']): void;
  release(): void;
}

interface Waiter {
  readonly grant: (permit: Permit) => void;
  readonly refuse: (error: unknown) => void;
}

interface Lane {
  readonly bucket: string;
  readonly ledger: Ledger;
  readonly ahead: Waiter[];
  readonly waiting: Waiter[];
  announced: number;
}

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

  acquire({ bucket, ahead }: Demand): Promise<Permit> {
    const { signal } = this.#options;
    return new Promise((grant, refuse) => {
      if (signal.aborted) return refuse(signal.reason);
      const lane = this.#lane(bucket);
      (ahead ? lane.ahead : lane.waiting).push({ grant, refuse });
      this.#pump();
    });
  }

  #stop(): void {
    this.#cancelTimer?.();
    for (const lane of this.#lanes.values()) refuseAll(lane, this.#options.signal.reason);
  }

  /** When a bucket may be used again, where that is known. */
  opensAt(bucket: string): number | undefined {
    const opening = this.#lanes.get(bucket)?.ledger.opening(this.#options.clock.now(), true);
    return typeof opening === 'object' ? opening.at : undefined;
  }

  #lane(bucket: string): Lane {
    const known = this.#lanes.get(bucket);
    if (known !== undefined) return known;
    const { share, limits, random } = this.#options;
    const ledger = new Ledger({ share, limits, random, serverClock: this.serverClock });
    const lane: Lane = { bucket, ledger, ahead: [], waiting: [], announced: 0 };
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
    const ahead = lane.ahead.length > 0;
    const queue = ahead ? lane.ahead : lane.waiting;
    if (queue.length === 0) return undefined;
    const { clock, limits, onWait, tooLong } = this.#options;
    const now = clock.now();
    const opening = lane.ledger.opening(now, ahead);
    if (opening === 'probing') return undefined;
    if (opening === 'open') {
      if (!ahead && this.#active >= this.#parallelism.allowed) return undefined;
      const waiter = queue.shift();
      // Behind the others from now on, who so get the next place that falls free.
      this.#lanes.delete(lane.bucket);
      this.#lanes.set(lane.bucket, lane);
      waiter?.grant(this.#permit(lane, ahead, now));
      return 'served';
    }
    const until = new Date(opening.at);
    if (opening.at - now > limits.maxWaitMs) {
      refuseAll(lane, tooLong(until));
      return undefined;
    }
    if (lane.announced !== opening.at) {
      lane.announced = opening.at;
      onWait({ bucket: lane.bucket, until, reason: opening.reason });
    }
    return opening.at;
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

function refuseAll(lane: Lane, error: unknown): void {
  for (const waiter of [...lane.ahead.splice(0), ...lane.waiting.splice(0)]) waiter.refuse(error);
}
