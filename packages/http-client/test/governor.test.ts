import { Provider, type ProviderOptions, type Reply, ask, crowd, governed } from './support/provider.js';
import { seeded } from './support/random.js';
import { SimulatedClock } from './support/simulated-clock.js';

describe('the governor', () => {
  test.each<[string, ProviderOptions]>([
    ['an honest provider', {}],
    ['headers that come twice', { double: 'comma' }],
    ['headers on two lines', { double: 'lines' }],
    ['resets rounded up', { rounding: 'ceil' }],
    ['windows that end with a full second', { rounding: 'whole' }],
    ['no reset header', { rounding: 'none' }],
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
    // Four whole windows and the 48 s over which the fifth is spread: at most 1.5 s lost at each.
    expect(clock.now() - start).toBeLessThan(4 * 61_500 + 50_000);
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

  test.each<ProviderOptions>([{}, { double: 'comma' }])(
    'what others spend of the same bucket is seen in time (%j)',
    async (options) => {
      const clock = new SimulatedClock();
      const provider = new Provider(clock, 100, { others: 65, ...options });
      const random = seeded(13);
      const { governor } = governed(clock, { share: 1 });
      await clock.run(crowd(100, () => ask(governor, 'b', () => provider.ask(20 + random() * 200))));
      expect(provider.refused).toBe(0);
      expect(provider.perWindow).toEqual([100, 100, 95]);
    },
  );

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

  test('a waiting bucket keeps nobody else from working', async () => {
    const clock = new SimulatedClock();
    const slow = new Provider(clock, 10);
    const fast = new Provider(clock, 10_000);
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
        const permit = await governor.acquire({ bucket: 'b', priority: 'normal' });
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
    const lost = await governor.acquire({ bucket: 'b', priority: 'normal' });
    const rest = crowd(3, () => ask(governor, 'b', () => provider.ask(10)));
    lost.release();
    lost.release();
    await clock.run(rest);
    expect(provider.served).toBe(3);
  });

  test('a request that others wait for passes a full house', async () => {
    const clock = new SimulatedClock();
    const { governor } = governed(clock, { concurrency: 1 });
    const holder = await governor.acquire({ bucket: 'b', priority: 'normal' });
    const queued = governor.acquire({ bucket: 'b', priority: 'normal' });
    const token = await governor.acquire({ bucket: 'b', priority: 'ahead' });
    token.answered(200, {});
    token.release();
    holder.answered(200, {});
    holder.release();
    (await queued).release();
  });

  test('abort lets every waiting request go at once', async () => {
    const clock = new SimulatedClock();
    const { governor, abort } = governed(clock);
    const first = await governor.acquire({ bucket: 'b', priority: 'normal' });
    const waiting = [1, 2, 3].map(() => governor.acquire({ bucket: 'b', priority: 'normal' }));
    abort.abort(new Error('stop'));
    for (const one of waiting) await expect(one).rejects.toThrow('stop');
    await expect(governor.acquire({ bucket: 'b', priority: 'normal' })).rejects.toThrow('stop');
    first.release();
  });
});
