import { Provider, type Reply, ask, crowd, governed } from './support/provider.js';
import { SimulatedClock } from './support/simulated-clock.js';

describe('headers that mislead', () => {
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

  test('a reset two hours ahead is not believed, and the next window begins after 90 s', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 40, { reset: (end) => end + 7_200_000 });
    const { governor } = governed(clock);
    const start = clock.now();
    await clock.run(crowd(60, () => ask(governor, 'b', () => provider.ask(30))));
    expect(provider.refused).toBe(0);
    // 90 s, and the 28 of the second window at its pace.
    expect(clock.now() - start).toBeLessThan(130_000);
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

  test('429 without any header: one at a time tries again, ever more rarely, and then all go', async () => {
    const clock = new SimulatedClock();
    const { governor } = governed(clock);
    const asked: number[] = [];
    const start = clock.now();
    const answer = async (): Promise<Reply> => {
      asked.push(clock.now() - start);
      await clock.sleep(10);
      return { status: clock.now() - start < 20_000 ? 429 : 200, headers: {} };
    };
    await clock.run(crowd(30, () => ask(governor, 'b', answer)));
    const early = asked.filter((at) => at < 20_000);
    expect(early.length).toBeLessThanOrEqual(9);
    expect(new Set(early).size).toBe(early.length);
    expect(Math.max(...asked)).toBeLessThan(60_000);
  });

  test('429 with a limit and no reset is a short back-off as well', async () => {
    const clock = new SimulatedClock();
    const { governor } = governed(clock);
    let asked = 0;
    const answer = async (): Promise<Reply> => {
      asked += 1;
      const headers = { 'x-rate-limit-limit': ['40'], 'x-rate-limit-remaining': [asked > 1 ? '39' : '0'] };
      return { status: asked > 1 ? 200 : 429, headers };
    };
    const start = clock.now();
    await clock.run(ask(governor, 'b', answer));
    expect(asked).toBe(2);
    expect(clock.now() - start).toBeLessThan(1_500);
  });

  test('a limit of 0 on a good answer says nothing about the window', async () => {
    const clock = new SimulatedClock();
    const { governor, waits } = governed(clock);
    const answer = async (): Promise<Reply> => {
      await clock.sleep(30);
      return { status: 200, headers: { 'x-rate-limit-limit': ['0'], 'x-rate-limit-remaining': ['0'] } };
    };
    const start = clock.now();
    await clock.run(crowd(20, () => ask(governor, 'b', answer)));
    expect(waits).toEqual([]);
    expect(clock.now() - start).toBeLessThan(1_000);
  });

  test('one answer with a Date hours ahead does not end the window', async () => {
    const clock = new SimulatedClock();
    const provider = new Provider(clock, 40);
    const { governor } = governed(clock, { share: 0.5 });
    let asked = 0;
    const answer = async (): Promise<Reply> => {
      asked += 1;
      const ahead = asked === 10;
      const { status, headers } = await provider.ask(30);
      return { status, headers: ahead ? { ...headers, date: [new Date(clock.now() + 7_200_000).toUTCString()] } : headers };
    };
    await clock.run(crowd(30, () => ask(governor, 'b', answer)));
    expect(provider.perWindow).toEqual([20, 10]);
  });
});
