import type { Balance, Ledger, Opening, Priority } from './ledger.js';
import type { Permit } from './permit.js';

/** One request that waits for its permit. */
export interface Waiter {
  readonly grant: (permit: Permit) => void;
  readonly refuse: (error: unknown) => void;
}

/** When a lane stands still, and why: an opening that is still to come. */
export type Closed = Exclude<Opening, string>;

/** Why a bucket stands still: its budget is spent, is let go bit by bit, or the provider refused (429). */
export interface BucketWait {
  /** Since when nothing has gone. */
  readonly since: Date;
  readonly until: Date;
  readonly reason: Closed['reason'];
}

/** How one bucket of one provider is getting on, for displays. */
export interface BucketProgress extends Balance {
  /** As `HttpOptions.bucketOf` names it. */
  readonly name: string;
  /** Requests in the queue. */
  readonly waiting: number;
  /** `null` when nothing holds the queue up but the requests in flight. */
  readonly wait: BucketWait | null;
  /** Attempts since the start, retries included. */
  readonly sent: number;
  /** Answers with status 429, of both kinds. */
  readonly refused: number;
  /** Milliseconds by the clock for which requests stood in this queue for nothing but budget, pace or a 429. */
  readonly waitedMs: number;
}

/** A wait for the pace is told only beyond this: nobody wants to read of each single request. */
const SILENT_PACE_MS = 2_000;
/** An end that moves by less is the same wait: the provider's clock becomes known better all the time. */
const SAME_WAIT_MS = 1_500;

/** The queue of one bucket and what there is to tell about it. */
export class Lane {
  sent = 0;
  refused = 0;
  readonly #queues: Readonly<Record<Priority, Waiter[]>> = { ahead: [], normal: [], low: [] };
  #closed: (Closed & { readonly since: number }) | undefined;
  #announcedUntil = 0;
  #waitedMs = 0;

  constructor(
    readonly bucket: string,
    readonly ledger: Ledger,
  ) {}

  add(priority: Priority, waiter: Waiter): void {
    this.#queues[priority].push(waiter);
  }

  /** Whose turn it is. */
  get turn(): Priority | undefined {
    const { ahead, normal, low } = this.#queues;
    if (ahead.length > 0) return 'ahead';
    if (normal.length > 0) return 'normal';
    return low.length > 0 ? 'low' : undefined;
  }

  take(priority: Priority, now: number): Waiter | undefined {
    this.#endWait(now);
    this.sent += 1;
    return this.#queues[priority].shift();
  }

  refuseAll(error: unknown, now: number): void {
    this.#endWait(now);
    for (const queue of Object.values(this.#queues)) for (const waiter of queue.splice(0)) waiter.refuse(error);
  }

  /** Notes that the queue stands still. Gives back whether that is news for displays. */
  standsStill(closed: Closed, now: number): boolean {
    this.#closed = { ...closed, since: this.#closed?.since ?? now };
    if (closed.reason === 'pace' && closed.at - now <= SILENT_PACE_MS) return false;
    if (Math.abs(closed.at - this.#announcedUntil) < SAME_WAIT_MS) return false;
    this.#announcedUntil = closed.at;
    return true;
  }

  progress(now: number): BucketProgress {
    const { ahead, normal, low } = this.#queues;
    const closed = this.#closed;
    return {
      name: this.bucket,
      ...this.ledger.balance(now),
      waiting: ahead.length + normal.length + low.length,
      wait: closed === undefined ? null : { since: new Date(closed.since), until: new Date(closed.at), reason: closed.reason },
      sent: this.sent,
      refused: this.refused,
      waitedMs: this.#waitedMs + (closed === undefined ? 0 : now - closed.since),
    };
  }

  #endWait(now: number): void {
    if (this.#closed === undefined) return;
    this.#waitedMs += now - this.#closed.since;
    this.#closed = undefined;
  }
}
