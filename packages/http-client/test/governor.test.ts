import type { HttpResponse } from '@castellan/connector-sdk';
import { Governor, type Permit, type Wait } from '../src/governor/governor.js';
import { DEFAULT_LIMITS } from '../src/limits.js';
import { seeded } from './support/random.js';
import { SimulatedClock } from './support/simulated-clock.js';

type Headers = HttpResponse['headers'];

interface Reply {
  readonly status: number;
  readonly headers: Headers;
}

/** A provider that enforces fixed windows, opened by the first request in them, and tells the truth with a clock of its own. */
class Provider {
  refused = 0;
  served = 0;
  readonly perWindow: number[] = [];
  #windowEnd = 0;
  #used = 0;

  constructor(
    readonly clock: SimulatedClock,
    readonly limit: number,
    readonly options: {
      readonly skewMs?: number;
      readonly reset?: (end: number) => number;
      readonly double?: boolean;
      readonly date?: boolean;
      /** What others spend of each window as soon as it opens. */
      readonly others?: number;
    } = {},
  ) {}

  async ask(latencyMs: number): Promise<Reply> {
    await this.clock.sleep(latencyMs / 2);
    const reply = this.#reply(this.clock.now() + (this.options.skewMs ?? 0));
    await this.clock.sleep(latencyMs / 2);
    return reply;
  }

  #reply(now: number): Reply {
    if (now >= this.#windowEnd) {
      this.#windowEnd = now + 60_000;
      this.#used = this.options.others ?? 0;
      this.perWindow.push(0);
    }
    const good = this.#used < this.limit;
    if (good) {
      this.#used += 1;
      this.served += 1;
      this.perWindow[this.perWindow.length - 1] = this.#used;
    } else this.refused += 1;
    const reset = String(Math.floor((this.options.reset?.(this.#windowEnd) ?? this.#windowEnd) / 1000));
    const remaining = String(this.limit - this.#used);
    const twice = (value: string, other: string): string[] => (this.options.double ? [`${other}, ${value}`] : [value]);
    return {
      status: good ? 200 : 429,
      headers: {
        'x-rate-limit-limit': twice(String(this.limit), String(this.limit * 10)),
        'x-rate-limit-remaining': twice(remaining, String(this.limit * 10)),
        'x-rate-limit-reset': twice(reset, String(Number(reset) + 3600)),
        ...(this.options.date !== false && { date: [new Date(now).toUTCString()] }),
      },
    };
  }
}

function governed(clock: SimulatedClock, options: { share?: number; concurrency?: number; seed?: number } = {}) {
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
async function ask(
  governor: Governor,
  bucket: string,
  answer: () => Promise<Reply>,
  onPermit: (permit: Permit) => void = () => undefined,
): Promise<void> {
  for (let tries = 0; tries < 11; tries += 1) {
    const permit = await governor.acquire({ bucket, ahead: false });
    onPermit(permit);
    const reply = await answer();
    permit.answered(reply.status, reply.headers);
    permit.release();
    if (reply.status === 200) return;
  }
  throw new Error('refused too often');
}

const crowd = (count: number, one: () => Promise<void>): Promise<void[]> => Promise.all(Array.from({ length: count }, one));

describe('the governor', () => {
  test.each([
    ['an honest provider', {}],
    ['headers that come twice', { double: true }],
    ['a clock two hours ahead', { skewMs: 7_200_000 }],
    ['a clock two hours behind', { skewMs: -7_200_000 }],
    ['a clock 0.7 s off', { skewMs: 700 }],
    ['no Date header', { date: false }],
  ])('%s: no 429 at all, the share kept, the window used', async (_name, options) => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100, options);
    const { governor, waits } = governed(clock);
    const random = seeded(3);
    const start = clock.now();
    await clock.run(crowd(400, () => ask(governor, 'b', () => provider.ask(20 + random() * 40))));
    expect(provider.refused).toBe(0);
    expect(provider.served).toBe(400);
    expect(provider.perWindow).toEqual([80, 80, 80, 80, 80]);
    // Four whole windows and the start of a fifth: at most 2 s lost at each.
    expect(clock.now() - start).toBeLessThan(4 * 62_000 + 2_000);
    expect(waits).toHaveLength(4);
    expect(waits[0]).toMatchObject({ bucket: 'b', reason: 'budget' });
  });

  test('the whole share may be spent without a single 429', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 50);
    const { governor } = governed(clock, { share: 1 });
    await clock.run(crowd(240, () => ask(governor, 'b', () => provider.ask(30))));
    expect(provider.refused).toBe(0);
    expect(provider.perWindow).toEqual([50, 50, 50, 50, 40]);
  });

  test.each([{}, { double: true }])('what others spend of the same bucket is seen in time (%j)', async (options) => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100, { others: 65, ...options });
    const random = seeded(13);
    const { governor } = governed(clock, { share: 1 });
    await clock.run(crowd(100, () => ask(governor, 'b', () => provider.ask(20 + random() * 200))));
    expect(provider.refused).toBe(0);
    expect(provider.perWindow).toEqual([100, 100, 95]);
  });

  test('answers that overtake each other do not hide what is spent', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 60);
    const random = seeded(11);
    const { governor } = governed(clock, { share: 1, concurrency: 30 });
    await clock.run(crowd(300, () => ask(governor, 'b', () => provider.ask(random() * 5_000))));
    expect(provider.refused).toBe(0);
  });

  test('starts into a spent window: what a killed run has spent counts against the share', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100);
    const random = seeded(5);
    const before = governed(clock);
    await clock.run(crowd(70, () => ask(before.governor, 'b', () => provider.ask(random() * 50))));
    const after = governed(clock, { seed: 2 });
    await clock.run(crowd(40, () => ask(after.governor, 'b', () => provider.ask(random() * 50))));
    expect(provider.refused).toBe(0);
    expect(provider.perWindow).toEqual([80, 30]);
  });

  test('the first request to an unknown bucket goes alone', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100);
    const { governor } = governed(clock);
    let flying = 0;
    const most: number[] = [];
    const answer = async (): Promise<Reply> => {
      flying += 1;
      most.push(flying);
      const reply = await provider.ask(30);
      flying -= 1;
      return reply;
    };
    await clock.run(crowd(20, () => ask(governor, 'b', answer)));
    expect(most.slice(0, 2)).toEqual([1, 1]);
    expect(Math.max(...most)).toBe(8);
  });

  test('without rate headers the bucket is free after its first answer', async () => {
    const clock = new SimulatedClock();
    const { governor, waits } = governed(clock);
    const answer = async (): Promise<Reply> => {
      await clock.sleep(30);
      return { status: 200, headers: {} };
    };
    const start = clock.now();
    await clock.run(crowd(81, () => ask(governor, 'b', answer)));
    expect(clock.now() - start).toBe(30 * 11);
    expect(waits).toEqual([]);
  });

  test('resets in the past cost a short back-off, not a minute and not a storm', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 40, { reset: () => Date.UTC(2001, 0, 1) });
    const { governor } = governed(clock);
    await clock.run(crowd(100, () => ask(governor, 'b', () => provider.ask(30))));
    expect(provider.served).toBe(100);
    // Nothing but trying can tell when such a window ends: one request at a time tries, ever more rarely.
    expect(provider.refused).toBeLessThanOrEqual(20);
    expect(Math.max(...provider.perWindow)).toBeLessThanOrEqual(40);
  });

  test('a reset two hours ahead is not believed, and the window goes on after 90 s', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 40, { reset: (end) => end + 7_200_000 });
    const { governor } = governed(clock);
    const start = clock.now();
    await clock.run(crowd(60, () => ask(governor, 'b', () => provider.ask(30))));
    expect(provider.refused).toBe(0);
    expect(clock.now() - start).toBeLessThan(95_000);
  });

  test('a reset far ahead that is confirmed by a second 429 is too long a wait', async () => {
    const clock = new SimulatedClock();
    const { governor } = governed(clock);
    const reset = Math.floor(clock.now() / 1000) + 7_200;
    let asked = 0;
    const answer = async (): Promise<Reply> => {
      asked += 1;
      const headers = { 'x-rate-limit-limit': ['40'], 'x-rate-limit-remaining': ['0'], 'x-rate-limit-reset': [String(reset)] };
      return { status: 429, headers };
    };
    await expect(clock.run(crowd(5, () => ask(governor, 'b', answer)))).rejects.toMatchObject({
      message: 'too long',
      until: new Date(reset * 1000 + 1000),
    });
    expect(asked).toBe(2);
  });

  test('Retry-After is believed, in seconds and as a date', async () => {
    for (const form of ['seconds', 'date']) {
      const clock = new SimulatedClock();
      const { governor } = governed(clock);
      let asked = 0;
      const answer = async (): Promise<Reply> => {
        asked += 1;
        if (asked > 1) return { status: 200, headers: {} };
        const later = form === 'seconds' ? '200' : new Date(clock.now() + 200_000).toUTCString();
        return { status: 429, headers: { 'retry-after': [later], date: [new Date(clock.now()).toUTCString()] } };
      };
      const start = clock.now();
      await clock.run(ask(governor, 'b', answer));
      expect(asked).toBe(2);
      expect(clock.now() - start).toBeGreaterThanOrEqual(200_000);
      expect(clock.now() - start).toBeLessThan(202_000);
    }
  });

  test('a waiting bucket keeps nobody else from working', async () => {
    const clock = new SimulatedClock();
    const slow = new Provider(clock, 10);
    const fast = new Provider(clock, 1_000);
    const { governor } = governed(clock);
    const start = clock.now();
    let fastDone = 0;
    const work = Promise.all([
      crowd(30, () => ask(governor, 'slow', () => slow.ask(30))),
      crowd(500, () => ask(governor, 'fast', () => fast.ask(30))).finally(() => {
        fastDone = clock.now() - start;
      }),
    ]);
    await clock.run(work);
    expect(fastDone).toBeLessThan(3_000);
    expect(slow.refused).toBe(0);
  });

  test('a long queue leaves places for a short one', async () => {
    const clock = new SimulatedClock();
    const { governor } = governed(clock);
    const answer = async (): Promise<Reply> => {
      await clock.sleep(100);
      return { status: 200, headers: {} };
    };
    const start = clock.now();
    let short = 0;
    const long = crowd(400, () => ask(governor, 'long', answer));
    await clock.run(
      Promise.all([
        long,
        clock
          .sleep(1_000)
          .then(() => crowd(4, () => ask(governor, 'short', answer)))
          .finally(() => {
            short = clock.now() - start;
          }),
      ]),
    );
    expect(short).toBeLessThan(1_500);
  });

  test('too many at once: parallelism halves and creeps up, nobody waits for the reset', async () => {
    const clock = new SimulatedClock();
    const { governor, waits } = governed(clock, { concurrency: 16 });
    let flying = 0;
    let refused = 0;
    let mostLate = 0;
    const answer = async (): Promise<Reply> => {
      flying += 1;
      const crowded = flying > 4;
      if (crowded) refused += 1;
      if (clock.now() - start > 20_000) mostLate = Math.max(mostLate, flying);
      await clock.sleep(50);
      flying -= 1;
      if (!crowded) return { status: 200, headers: {} };
      const reset = String(Math.floor(clock.now() / 1000) + 3_000);
      return {
        status: 429,
        headers: { 'x-rate-limit-limit': ['0'], 'x-rate-limit-remaining': ['0'], 'x-rate-limit-reset': [reset] },
      };
    };
    const start = clock.now();
    const patient = async (): Promise<void> => {
      for (;;) {
        const permit = await governor.acquire({ bucket: 'b', ahead: false });
        const reply = await answer();
        permit.answered(reply.status, reply.headers);
        permit.release();
        if (reply.status === 200) return;
        await clock.sleep(1_000);
      }
    };
    await clock.run(crowd(2_000, patient));
    // 2,000 requests at 4 at a time need 25 s.
    expect(clock.now() - start).toBeLessThan(60_000);
    expect(refused / 2_000).toBeLessThan(0.06);
    expect(mostLate).toBeLessThanOrEqual(6);
    expect(waits).toEqual([]);
  });

  test('a probe that is lost is followed by another', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100);
    const { governor } = governed(clock);
    const lost = await governor.acquire({ bucket: 'b', ahead: false });
    const rest = crowd(3, () => ask(governor, 'b', () => provider.ask(10)));
    lost.release();
    lost.release();
    await clock.run(rest);
    expect(provider.served).toBe(3);
  });

  test('a request that others wait for passes a full house', async () => {
    const clock = new SimulatedClock();
    const { governor } = governed(clock, { concurrency: 1 });
    const holder = await governor.acquire({ bucket: 'b', ahead: false });
    const queued = governor.acquire({ bucket: 'b', ahead: false });
    const token = await governor.acquire({ bucket: 'b', ahead: true });
    token.answered(200, {});
    token.release();
    holder.answered(200, {});
    holder.release();
    (await queued).release();
  });

  test('abort lets every waiting request go at once', async () => {
    const clock = new SimulatedClock();
    const { governor, abort } = governed(clock);
    const first = await governor.acquire({ bucket: 'b', ahead: false });
    const waiting = [1, 2, 3].map(() => governor.acquire({ bucket: 'b', ahead: false }));
    abort.abort(new Error('stop'));
    for (const one of waiting) await expect(one).rejects.toThrow('stop');
    await expect(governor.acquire({ bucket: 'b', ahead: false })).rejects.toThrow('stop');
    first.release();
  });
});
