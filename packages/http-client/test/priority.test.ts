import { Provider, ask, crowd, governed, mostAtOnce } from './support/provider.js';
import { SimulatedClock } from './support/simulated-clock.js';

async function pending(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Milliseconds that 14 requests take which come only after `ms`. */
async function lateCrowd(clock: SimulatedClock, ms: number, one: () => Promise<void>): Promise<number> {
  await clock.sleep(ms);
  const start = clock.now();
  await crowd(14, one);
  return clock.now() - start;
}

describe('low priority', () => {
  test('goes last in its bucket', async () => {
    const clock = new SimulatedClock();
    const { governor } = governed(clock, { concurrency: 1 });
    const order: string[] = [];
    const one = (name: string, priority: 'normal' | 'low'): Promise<void> =>
      ask(
        governor,
        'b',
        async () => {
          order.push(name);
          await clock.sleep(10);
          return { status: 200, headers: {} };
        },
        priority,
      );
    await clock.run(
      Promise.all([one('first', 'normal'), one('low 1', 'low'), one('low 2', 'low'), one('a', 'normal'), one('b', 'normal')]),
    );
    expect(order).toEqual(['first', 'a', 'b', 'low 1', 'low 2']);
  });

  test('leaves the last 15 % of each window alone, and goes on in the next', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100);
    const { governor } = governed(clock, { share: 1, concurrency: 24 });
    await clock.run(crowd(200, () => ask(governor, 'b', () => provider.ask(30), 'low')));
    expect(provider.refused).toBe(0);
    // Of the 99 that the opening leaves, 14 are kept.
    expect(provider.perWindow).toEqual([86, 86, 28]);
  });

  test('a normal crowd that comes late finds room at once, and its work is not slowed', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100);
    const { governor } = governed(clock, { share: 1, concurrency: 24 });
    const low = crowd(200, () => ask(governor, 'b', () => provider.ask(30), 'low'));
    const [took] = await clock.run(
      Promise.all([lateCrowd(clock, 55_000, () => ask(governor, 'b', () => provider.ask(30))), low]),
    );
    expect(took).toBe(30);
    expect(provider.perWindow[0]).toBe(100);
  });

  test('at every moment of the window some normal requests go without a wait for the pace', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100);
    const { governor } = governed(clock, { share: 1, concurrency: 24 });
    const low = crowd(80, () => ask(governor, 'b', () => provider.ask(30), 'low'));
    const [took] = await clock.run(
      Promise.all([lateCrowd(clock, 20_000, () => ask(governor, 'b', () => provider.ask(30))), low]),
    );
    expect(took).toBe(30);
  });

  test.each([
    [8, 6],
    [3, 1],
    [1, 1],
  ])('of %i places it takes %i', async (concurrency, most) => {
    const clock = new SimulatedClock();
    const { governor } = governed(clock, { concurrency });
    expect(await mostAtOnce(governor, clock, 50, 'low')).toBe(most);
  });

  test.each([1, 2, 5])('gets on in a bucket of %i a minute', async (limit) => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, limit);
    const { governor } = governed(clock, { share: 1 });
    const start = clock.now();
    await clock.run(crowd(3 * limit, () => ask(governor, 'b', () => provider.ask(30), 'low')));
    expect(provider.refused).toBe(0);
    expect(clock.now() - start).toBeLessThan(185_000);
  });

  test('gets on where others spend nearly everything', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 100, { others: 97 });
    const { governor } = governed(clock, { share: 1 });
    await clock.run(crowd(6, () => ask(governor, 'b', () => provider.ask(30), 'low')));
    expect(provider.perWindow.slice(0, 2)).toEqual([100, 100]);
  });

  test('another bucket’s normal requests come first where places are short', async () => {
    const clock = new SimulatedClock();
    const { governor } = governed(clock, { concurrency: 4 });
    const first = await governor.acquire({ bucket: 'a', priority: 'normal' });
    first.answered(200, {});
    const second = await governor.acquire({ bucket: 'a', priority: 'low' });
    let third = false;
    const low = governor.acquire({ bucket: 'b', priority: 'low' }).then((permit) => {
      third = true;
      return permit;
    });
    await pending();
    expect(third).toBe(false);
    (await governor.acquire({ bucket: 'c', priority: 'normal' })).release();
    second.release();
    first.release();
    (await low).release();
  });
});
