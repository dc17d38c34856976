import type { Activity } from '@castellan/connector-sdk';
import { attackScenarios, playScenario, type Simulator, startSimulator } from '@castellan/okta-simulator';
import { TinyHost } from './support/tiny-host.js';

describe('the scenarios of the simulator, read through the connector', () => {
  let simulator: Simulator;
  const written: string[] = [];
  let read: ReadonlyMap<string, Activity>;
  beforeAll(async () => {
    // Far enough back: they take hours each, and a reader does not ask for the future.
    const epoch = new Date(Date.now() - 40 * 86_400_000);
    simulator = await startSimulator({ users: 120, groups: 20, apps: 20, events: 100, seed: 3, epoch });
    let at = epoch.getTime() + 60_000;
    for (const { name } of attackScenarios) {
      written.push(...playScenario(simulator.org, name, { at: new Date(at) }));
      at = simulator.org.log.lastPersisted + 3_600_000;
    }
    const host = await TinyHost.create({ ...simulator.config, activityDays: 90 });
    await host.run(['activity']);
    read = new Map(host.all('activity').map(({ key, data }) => [key, data]));
  });
  afterAll(() => simulator.close());

  it('arrive, each event once and whole', () => {
    expect(written.length).toBeGreaterThan(1_500);
    expect(written.filter((uuid) => !read.has(uuid))).toEqual([]);
    const events = written.flatMap((uuid) => read.get(uuid) ?? []);
    expect(events.filter(({ actor, outcome }) => actor === null || outcome === null)).toEqual([]);
    const times = events.map(({ published }) => Date.parse(published));
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(times.at(-1)).toBeLessThan(Date.now());
  });

  it('say who has used what: the token that was made, applications, administration', () => {
    const events = written.flatMap((uuid) => read.get(uuid) ?? []);
    const uses = new Set(events.map(({ use }) => use));
    expect([...uses].toSorted()).toEqual(['administration', 'api', 'application', 'authenticator', 'sign_in', null].toSorted());
    const tokens = events
      .filter(({ type }) => type === 'system.api_token.create')
      .flatMap(({ targets }) => targets[0]?.id ?? []);
    expect(events.filter(({ use, used }) => use === 'api' && tokens.includes(used ?? '')).length).toBeGreaterThanOrEqual(2);
  });
});
