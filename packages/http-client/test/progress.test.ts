import { Governors } from '../src/governor/governors.js';
import { DEFAULT_LIMITS } from '../src/limits.js';
import { Provider, ask, crowd, governed, mostAtOnce } from './support/provider.js';
import { seeded } from './support/random.js';
import { SimulatedClock } from './support/simulated-clock.js';

function governors(clock: SimulatedClock): Governors {
  const { signal } = new AbortController();
  return new Governors({ limits: DEFAULT_LIMITS, clock, random: seeded(1), signal, onWait: () => undefined });
}

const ORIGIN = new URL('https://acme.example.com/');

describe('the share', () => {
  test.each([
    [1, 20, 20],
    [0.05, 10, 1],
    [0.05, 100, 5],
    [0.8, 1, 1],
    [0.29, 100, 29],
    [0.57, 1_000, 570],
    [undefined, 50, 40],
  ])('%s of %i a minute is %i', async (share, limit, budget) => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, limit);
    const governor = governors(clock).of({ origin: ORIGIN, share, concurrency: undefined });
    await clock.run(crowd(budget + 1, () => ask(governor, 'b', () => provider.ask(30))));
    expect(governor.limitOf('b')).toBe(budget);
    expect(provider.perWindow).toEqual([budget, 1]);
    expect(provider.refused).toBe(0);
  });

  test.each([0, 0.04, 1.01, 80, Number.NaN, -1])('%d is none', (share) => {
    expect(() => governors(new SimulatedClock()).of({ origin: ORIGIN, share, concurrency: undefined })).toThrow(
      'impossible share',
    );
  });
});

describe('clients of one origin', () => {
  test('share one ledger, by origin and share', () => {
    const all = governors(new SimulatedClock());
    const one = all.of({ origin: ORIGIN, share: 0.8, concurrency: undefined });
    expect(all.of({ origin: new URL('https://ACME.example.com:443/x'), share: undefined, concurrency: 3 })).toBe(one);
    expect(all.of({ origin: ORIGIN, share: 0.5, concurrency: undefined })).not.toBe(one);
    expect(all.of({ origin: new URL('https://other.example.com'), share: 0.8, concurrency: undefined })).not.toBe(one);
  });

  test.each([
    [[undefined], 24],
    [[undefined, 5], 5],
    [[undefined, 30], 30],
    [[30, undefined, 28], 28],
    [[4, 9], 4],
  ])('the smallest concurrency that one of %j names holds: %i', async (asked, most) => {
    const clock = new SimulatedClock();
    const all = governors(clock);
    for (const concurrency of asked) all.of({ origin: ORIGIN, share: undefined, concurrency });
    const governor = all.of({ origin: ORIGIN, share: undefined, concurrency: undefined });
    expect(await mostAtOnce(governor, clock, 100)).toBe(most);
  });
});

describe('progress', () => {
  test('says what is spent, what waits, why and until when', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 50);
    const all = governors(clock);
    const governor = all.of({ origin: ORIGIN, share: undefined, concurrency: undefined });
    const start = clock.now();
    const work = crowd(60, () => ask(governor, 'users', () => provider.ask(30)));
    const watch = clock.sleep(20_000).then(() => all.progress());
    const late = clock.sleep(55_000).then(() => all.progress());
    await clock.run(work);
    const [paced] = await watch;
    expect(paced).toMatchObject({
      origin: 'https://acme.example.com',
      name: 'users',
      limit: 50,
      budget: 40,
      wait: { reason: 'pace' },
      refused: 0,
    });
    expect(paced?.spent).toBe(paced?.sent);
    expect(paced?.remaining).toBe(50 - (paced?.sent ?? 0));
    expect(paced?.waiting).toBe(60 - (paced?.sent ?? 0));
    expect(paced?.windowEndsAt?.getTime()).toBeGreaterThan(start + 60_000);
    expect(paced?.windowEndsAt?.getTime()).toBeLessThan(start + 61_500);
    const [spent] = await late;
    expect(spent).toMatchObject({ spent: 40, remaining: 10, waiting: 20, sent: 40, wait: { reason: 'budget' } });
    expect(spent?.wait?.until).toEqual(spent?.windowEndsAt);
    expect(spent?.wait?.since.getTime()).toBeGreaterThan(start + 45_000);
    expect(spent?.wait?.since.getTime()).toBeLessThan(start + 49_000);
    // By the clock, not a sum over all who waited: from the first pace to the 55th second.
    expect(spent?.waitedMs).toBeGreaterThan(54_000);
    expect(spent?.waitedMs).toBeLessThan(55_000);
    const [done] = all.progress();
    expect(done).toMatchObject({ waiting: 0, wait: null, sent: 60 });
    expect(Math.abs((done?.waitedMs ?? 0) - (clock.now() - start))).toBeLessThan(1_000);
  });

  test('knows no limit before the first answer, none without headers, and counts 429s', async () => {
    const clock = new SimulatedClock();
    const all = governors(clock);
    const governor = all.of({ origin: ORIGIN, share: undefined, concurrency: undefined });
    const unknown = { limit: null, budget: null, spent: 0, remaining: null, windowEndsAt: null };
    const permit = await governor.acquire({ bucket: 'b', priority: 'normal' });
    expect(all.progress()).toMatchObject([{ ...unknown, sent: 1, refused: 0 }]);
    permit.answered(429, { 'retry-after': ['30'] });
    permit.release();
    const second = governor.acquire({ bucket: 'b', priority: 'normal' });
    await clock.run(clock.sleep(10_000));
    expect(all.progress()).toMatchObject([
      { ...unknown, refused: 1, waiting: 1, wait: { reason: 'rate_limit' }, waitedMs: 10_000 },
    ]);
    const granted = await clock.run(second);
    granted.answered(200, {});
    granted.release();
    expect(all.progress()).toMatchObject([{ ...unknown, sent: 2, waiting: 0, wait: null }]);
    expect([governor.limitOf('b'), governor.forecast('b', 5), governor.forecast('never', 5)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('a window that is over has nothing spent', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 50);
    const all = governors(clock);
    const governor = all.of({ origin: ORIGIN, share: 1, concurrency: undefined });
    await clock.run(ask(governor, 'b', () => provider.ask(30)));
    await clock.run(clock.sleep(70_000));
    expect(all.progress()).toMatchObject([{ limit: 50, budget: 50, spent: 0, remaining: null, windowEndsAt: null }]);
    expect(governor.limitOf('b')).toBe(50);
  });
});

describe('the forecast', () => {
  test.each([
    [250, 1, 1_358],
    [50, 1, 151],
    [50, 0.8, 30],
    [50, 0.8, 5],
    [20, 1, 200],
    [10, 0.05, 4],
  ])('at %i a minute and a share of %d it is right for %i requests', async (limit, share, calls) => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, limit);
    const { governor } = governed(clock, { share, concurrency: 24 });
    await clock.run(ask(governor, 'b', () => provider.ask(30)));
    await clock.run(clock.sleep(10_000));
    const forecast = governor.forecast('b', calls) ?? Number.NaN;
    const start = clock.now();
    await clock.run(crowd(calls, () => ask(governor, 'b', () => provider.ask(30))));
    const took = clock.now() - start;
    expect(Math.abs(forecast - took)).toBeLessThan(500 + took * 0.02);
  });

  test('nothing takes no time, and a refusal counts', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 50);
    const { governor } = governed(clock);
    await clock.run(ask(governor, 'b', () => provider.ask(30)));
    expect(governor.forecast('b', 0)).toBe(0);
    const permit = await governor.acquire({ bucket: 'b', priority: 'normal' });
    permit.answered(429, { 'retry-after': ['20'] });
    permit.release();
    expect(governor.forecast('b', 1)).toBeGreaterThanOrEqual(20_000);
    expect(governor.forecast('b', 1)).toBeLessThan(21_000);
  });
});
