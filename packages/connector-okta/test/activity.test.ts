import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { REFUSED, scripted } from './support/scripted-okta.js';
import { TinyHost } from './support/tiny-host.js';

const writesOf = (host: TinyHost): readonly number[] => [...host.writes.values()];

describe('the System Log, run after run', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ users: 20, groups: 10, apps: 10, events: 1_100 });
  });
  afterEach(() => simulator.close());

  const calls = (): number => simulator.requests.byTemplate['/api/v1/logs'] ?? 0;
  const emit = (count: number): void => {
    for (let index = 0; index < count; index += 1) simulator.org.emit({ eventType: 'user.session.start', displayMessage: 'x' });
  };

  it('ends with the empty page', async () => {
    const host = await TinyHost.create({ ...simulator.config, activityDays: 90 });
    await host.run(['activity']);
    expect(host.count('activity')).toBe(simulator.org.log.length);
    expect(calls()).toBe(Math.ceil(simulator.org.log.length / 1_000) + 1);
  });

  it('neither misses nor doubles an event, whenever it comes', async () => {
    const host = await TinyHost.create({ ...simulator.config, activityDays: 90 });
    for (const [fresh, pages] of [
      [3, 1],
      [0, 9],
      [1, 9],
      [0, 9],
      [2_400, 2],
      [7, 9],
      [1_000, 9],
      [0, 9],
    ] as const) {
      emit(fresh);
      host.completed.clear();
      await host.run(['activity'], pages);
      expect(host.stopped).toEqual([]);
    }
    expect(host.count('activity')).toBe(simulator.org.log.length);
    expect(writesOf(host).filter((times) => times !== 1)).toEqual([]);
  });
});

describe('the System Log of an organisation where something happens all the time', () => {
  const START = Date.parse('2026-11-23T09:30:00.000Z');
  const LOGS = '/api/v1/logs';
  const page = (number: number, published: (index: number) => number, size = 1_000): readonly unknown[] =>
    Array.from({ length: size }, (_, index) => ({
      uuid: `e${number}-${index}`,
      published: new Date(published(index)).toISOString(),
      eventType: 't',
    }));
  const numberOf = (query: URLSearchParams): number => Number(query.get('after') ?? '0');

  it('ends where the run began, and goes on behind it', async () => {
    // Each page covers a minute, the run begins within the fourth; there is always one more.
    const { host, asked } = await scripted(
      (_, query) => ({
        body: page(numberOf(query), (index) => START + (numberOf(query) - 3.5) * 60_000 + index),
        next: `${LOGS}?limit=1000&after=${numberOf(query) + 1}`,
      }),
      () => new Date(START),
    );
    await host.run(['activity']);
    expect(host.stopped).toEqual([]);
    expect(asked).toHaveLength(5);
    expect(host.checkpoints['activity']).toMatchObject({ next: expect.stringMatching(/after=5$/) });
    host.completed.clear();
    await host.run(['activity']);
    expect(asked).toHaveLength(6);
    expect(host.count('activity')).toBe(6_000);
    expect(writesOf(host).filter((times) => times !== 1)).toEqual([]);
  });

  it('does not take a short page for the last one', async () => {
    const { host, asked } = await scripted((_, query) => {
      const number = numberOf(query);
      return {
        body: page(number, () => START - 60_000, number < 7 ? 100 : number === 7 ? 20 : 0),
        next: `${LOGS}?limit=100&after=${number + 1}`,
      };
    });
    host.checkpoints['activity'] = { next: `https://127.0.0.1${LOGS}?limit=100&after=4`, published: null, restarts: 0 };
    await host.run(['activity']);
    expect(asked).toHaveLength(5);
    expect(host.count('activity')).toBe(320);
  });

  it('does not pass over anything for an event whose time lies ahead', async () => {
    const { host, asked } = await scripted(
      (_, query) => {
        if (query.get('after') === '1') return REFUSED;
        const ahead = START + 400 * 86_400_000;
        return { body: page(0, (index) => (index === 1 ? ahead : START - 7_200_000), 2), next: `${LOGS}?limit=1000&after=1` };
      },
      () => new Date(START),
    );
    await host.run(['activity']);
    host.completed.clear();
    await host.run(['activity']);
    expect(host.stopped).toEqual([]);
    const since = new URLSearchParams(asked.at(-1)?.split('?')[1]).get('since');
    expect(since).toBe(new Date(START - 7_200_000 - 3_600_000).toISOString());
  });

  it('looks back no further than Okta keeps events, which it would refuse', async () => {
    const { host, asked } = await scripted(
      (_, query) => (query.has('after') ? REFUSED : { body: [], next: `${LOGS}?limit=1000&after=2` }),
      () => new Date(START),
    );
    const published = '2026-01-01T00:00:00.000Z';
    host.checkpoints['activity'] = { next: `https://127.0.0.1${LOGS}?limit=1000&after=1`, published, restarts: 0 };
    await host.run(['activity']);
    const since = new URLSearchParams(asked.at(-1)?.split('?')[1]).get('since');
    expect(since).toBe(new Date(START - 90 * 86_400_000).toISOString());
  });

  it('says which field of an event was missing', async () => {
    const { host } = await scripted(() => ({
      body: [{ uuid: 'e1', eventType: 't' }, { uuid: 'e2', published: '2026-01-01' }, {}],
    }));
    await host.run(['activity']);
    expect(host.reasons).toEqual(['has no usable published', 'has no usable eventType', 'has no usable uuid']);
  });
});
