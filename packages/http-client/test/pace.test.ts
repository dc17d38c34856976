import { paceMs } from '../src/governor/pace.js';
import { Provider, type ProviderOptions, type Reply, ask, crowd, governed } from './support/provider.js';
import { seeded } from './support/random.js';
import { SimulatedClock } from './support/simulated-clock.js';

interface Run {
  readonly calls: number;
  readonly limit: number;
  readonly share?: number;
  readonly latency?: readonly [least: number, most: number];
  readonly provider?: ProviderOptions;
}

/** Milliseconds that a run takes, and what its provider has seen. */
async function timed({ calls, limit, share = 1, latency = [30, 30], provider: options }: Run) {
  const clock = new SimulatedClock();
  const provider = new Provider(clock, limit, options);
  const { governor, waits } = governed(clock, { share, concurrency: 24 });
  const random = seeded(17);
  const start = clock.now();
  const answer = (): Promise<Reply> => provider.ask(latency[0] + random() * (latency[1] - latency[0]));
  await clock.run(crowd(calls, () => ask(governor, 'b', answer)));
  return { ms: clock.now() - start, provider, waits, times: provider.times.map((at) => at - start) };
}

describe('the long run', () => {
  test.each<Run>([
    { calls: 1_358, limit: 250 },
    { calls: 151, limit: 50 },
    { calls: 1_358, limit: 250, provider: { rounding: 'ceil' } },
    { calls: 151, limit: 50, provider: { rounding: 'ceil' } },
    { calls: 600, limit: 50, provider: { rounding: 'whole' } },
    { calls: 600, limit: 50, provider: { skewMs: 5_000_123 } },
    { calls: 600, limit: 50, provider: { date: false } },
    { calls: 3_000, limit: 300, share: 0.8, latency: [20, 3_000] },
    { calls: 200, limit: 20, latency: [50, 400] },
    { calls: 40, limit: 10, share: 0.4 },
  ])('is no slower than the limit allows: %j', async (run) => {
    const { ms, provider } = await timed(run);
    const perMinute = Math.floor(run.limit * (run.share ?? 1));
    expect(provider.refused).toBe(0);
    expect(Math.max(...provider.perWindow)).toBeLessThanOrEqual(perMinute);
    expect(ms).toBeLessThanOrEqual((run.calls / perMinute) * 60_000 * 1.05 + 3_000);
  });

  test('holds for many a provider, and the provider never has to refuse', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seeded(seed);
      const limit = 1 + Math.floor(random() ** 2 * 200);
      const share = [1, 0.8, 0.3, 0.05][seed % 4] ?? 1;
      const perMinute = Math.max(1, Math.floor(limit * share));
      const calls = Math.ceil(perMinute * (3 + random() * 3));
      const rounding = (['floor', 'ceil', 'whole'] as const)[seed % 3] ?? 'floor';
      const skewMs = Math.floor((random() - 0.5) * 2e7);
      const run: Run = { calls, limit, share, latency: [10, seed % 5 === 0 ? 3_000 : 200], provider: { rounding, skewMs } };
      const { ms, provider } = await timed(run);
      const kept = Math.max(...provider.perWindow) <= perMinute;
      const swift = ms <= (calls / perMinute) * 60_000 * 1.05 + 3_000;
      expect({ run, kept, swift, refused: provider.refused }).toEqual({ run, kept: true, swift: true, refused: 0 });
    }
  });

  test.each<[string, ProviderOptions, number]>([
    ['rounded up', { rounding: 'ceil' }, 1_300],
    ['rounded down', { rounding: 'floor' }, 400],
    ['ends with a full second', { rounding: 'whole' }, 1_300],
  ])('little is lost between windows: %s', async (_name, provider, most) => {
    const { times } = await timed({ calls: 2_050, limit: 200, latency: [20, 60], provider });
    const openings = times.filter((_, index) => index % 200 === 0);
    const lost = openings.slice(1).map((at, index) => at - (openings[index] ?? 0) - 60_000);
    // The first window ends by a clock that is hardly known yet.
    expect(Math.max(...lost.slice(1))).toBeLessThan(most);
  });
});

describe('the spread', () => {
  test('a third at once, the rest evenly, everything by four fifths of the window', async () => {
    const { times } = await timed({ calls: 200, limit: 200 });
    expect(times.filter((at) => at < 1_000).length).toBeGreaterThanOrEqual(60);
    expect(times.filter((at) => at < 1_000).length).toBeLessThanOrEqual(63);
    for (const half of [12_000, 24_000, 36_000]) {
      const expected = 60 + (140 * half) / 48_000;
      expect(Math.abs(times.filter((at) => at < half).length - expected)).toBeLessThan(4);
    }
    expect(times.at(-1)).toBeGreaterThan(45_000);
    expect(times.at(-1)).toBeLessThan(48_200);
  });

  test('small work is never slowed', async () => {
    for (const limit of [5, 6, 20, 100]) {
      const { ms } = await timed({ calls: 5, limit });
      expect(ms).toBeLessThan(100);
    }
  });

  test('a window that is half over when we come is spread over what is left of it', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100);
    await clock.run(provider.ask(0));
    await clock.run(clock.sleep(40_000));
    const { governor } = governed(clock, { share: 1, concurrency: 24 });
    const start = clock.now();
    await clock.run(crowd(90, () => ask(governor, 'b', () => provider.ask(30))));
    expect(clock.now() - start).toBeGreaterThan(12_000);
    expect(clock.now() - start).toBeLessThan(17_000);
  });

  test('a limit that never matters slows nothing', async () => {
    const { ms, waits } = await timed({ calls: 3_000, limit: 1_000_000, share: 0.8 });
    // 24 at a time, 30 ms each, and the probe.
    expect(ms).toBeLessThanOrEqual(30 * (3_000 / 24 + 2));
    expect(waits).toEqual([]);
  });

  test('is told only where a request waits for more than two seconds', async () => {
    const often = await timed({ calls: 90, limit: 100 });
    expect(often.waits).toEqual([]);
    const rarely = await timed({ calls: 9, limit: 10 });
    expect(rarely.waits.map(({ reason }) => reason)).toEqual(['pace', 'pace', 'pace']);
  });

  test('a request that others wait for keeps no pace', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 50);
    const { governor } = governed(clock, { share: 1 });
    const start = clock.now();
    const token = async (): Promise<number> => {
      await clock.sleep(1_000);
      await ask(governor, 'b', () => provider.ask(30), 'ahead');
      return clock.now() - start;
    };
    const [took] = await clock.run(Promise.all([token(), crowd(40, () => ask(governor, 'b', () => provider.ask(30)))]));
    expect(took).toBe(1_030);
  });

  test('the schedule: milliseconds from the opening', () => {
    const span = { amount: 100, lengthMs: 60_000 };
    expect([0, 29, 99].map((gone) => paceMs(gone, span))).toEqual([0, 0, 48_000]);
    expect(paceMs(64, span)).toBe(24_000);
    expect(paceMs(4, { amount: 1, lengthMs: 60_000 })).toBe(0);
  });
});
