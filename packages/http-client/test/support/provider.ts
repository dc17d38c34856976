import type { HttpResponse } from '@castellan/connector-sdk';
import { Governor, type Wait } from '../../src/governor/governor.js';
import type { Priority } from '../../src/governor/ledger.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { seeded } from './random.js';
import { SimulatedClock } from './simulated-clock.js';

export interface Reply {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
}

export interface ProviderOptions {
  readonly skewMs?: number;
  /** `none`: no reset header. `whole`: windows that really end with a full second. Default `floor`. */
  readonly rounding?: 'floor' | 'ceil' | 'whole' | 'none';
  /** What the header says instead of the truth. */
  readonly reset?: (end: number) => number;
  /** The headers twice, a wrong and roomier pair first: in one line or as two. */
  readonly double?: 'comma' | 'lines';
  readonly date?: boolean;
  /** What others spend of each window as soon as it opens. */
  readonly others?: number;
}

/** A provider that enforces fixed windows, opened by the first request in them, and tells the truth with a clock of its own. */
export class Provider {
  refused = 0;
  served = 0;
  readonly perWindow: number[] = [];
  /** When each good answer was counted. */
  readonly times: number[] = [];
  #windowEnd = 0;
  #used = 0;

  constructor(
    readonly clock: SimulatedClock,
    readonly limit: number,
    readonly options: ProviderOptions = {},
  ) {}

  async ask(latencyMs: number): Promise<Reply> {
    await this.clock.sleep(latencyMs / 2);
    const reply = this.#reply(this.clock.now() + (this.options.skewMs ?? 0));
    await this.clock.sleep(latencyMs / 2);
    return reply;
  }

  #reply(now: number): Reply {
    const { rounding = 'floor', others = 0, date } = this.options;
    if (now >= this.#windowEnd) {
      this.#windowEnd = rounding === 'whole' ? Math.ceil(now / 1000) * 1000 + 60_000 : now + 60_000;
      this.#used = others;
      this.perWindow.push(0);
    }
    const good = this.#used < this.limit;
    if (good) {
      this.#used += 1;
      this.served += 1;
      this.perWindow[this.perWindow.length - 1] = this.#used;
      this.times.push(this.clock.now());
    } else this.refused += 1;
    const dated = date === false ? {} : { date: [new Date(now).toUTCString()] };
    return { status: good ? 200 : 429, headers: { ...this.#rateHeaders(), ...dated } };
  }

  #rateHeaders(): HttpResponse['headers'] {
    const { rounding = 'floor', reset, double } = this.options;
    const round = rounding === 'ceil' ? Math.ceil : Math.floor;
    const seconds = round((reset?.(this.#windowEnd) ?? this.#windowEnd) / 1000);
    const twice = (value: number, other: number): string[] =>
      double === 'comma' ? [`${other}, ${value}`] : double === 'lines' ? [String(other), String(value)] : [String(value)];
    return {
      'x-rate-limit-limit': twice(this.limit, this.limit * 10),
      'x-rate-limit-remaining': twice(this.limit - this.#used, this.limit * 10),
      ...(rounding !== 'none' && { 'x-rate-limit-reset': twice(seconds, seconds + 3600) }),
    };
  }
}

export function governed(clock: SimulatedClock, options: { share?: number; concurrency?: number; seed?: number } = {}) {
  const waits: Wait[] = [];
  const abort = new AbortController();
  const governor = new Governor({
    share: options.share ?? 0.8,
    concurrency: options.concurrency ?? 8,
    limits: DEFAULT_LIMITS,
    clock,
    random: seeded(options.seed ?? 1),
    signal: abort.signal,
    onWait: (wait) => waits.push(wait),
    tooLong: (until) => Object.assign(new Error('too long'), { until }),
  });
  return { governor, waits, abort };
}

/** Asks until the provider says yes, as a client does. */
export async function ask(
  governor: Governor,
  bucket: string,
  answer: () => Promise<Reply>,
  priority: Priority = 'normal',
): Promise<void> {
  for (let tries = 0; tries < 11; tries += 1) {
    const permit = await governor.acquire({ bucket, priority });
    const reply = await answer();
    permit.answered(reply.status, reply.headers);
    permit.release();
    if (reply.status === 200) return;
  }
  throw new Error('refused too often');
}

export const crowd = (count: number, one: () => Promise<void>): Promise<void[]> =>
  Promise.all(Array.from({ length: count }, one));

/** The most requests that are in flight at once when so many are asked for. */
export async function mostAtOnce(
  governor: Governor,
  clock: SimulatedClock,
  count: number,
  priority: Priority = 'normal',
): Promise<number> {
  let flying = 0;
  let most = 0;
  const answer = async (): Promise<Reply> => {
    flying += 1;
    most = Math.max(most, flying);
    await clock.sleep(10);
    flying -= 1;
    return { status: 200, headers: {} };
  };
  await clock.run(crowd(count, () => ask(governor, 'b', answer, priority)));
  return most;
}
