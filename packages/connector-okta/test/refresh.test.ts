import { changeKinds, Random, type Simulator, startSimulator } from '@castellan/okta-simulator';
import { apiRequests, freshlySynced, hostOf, kindsOfChange } from './support/changing-org.js';
import type { PollingHost } from './support/polling-host.js';

/** Few enough that a full sync, to compare with, takes no time. */
const SETTINGS = { users: 12, groups: 7, apps: 8, assignmentsPerApp: 4, events: 10, seed: 11 } as const;
/** What must have happened before. */
const AFTER: Readonly<Record<string, string>> = {
  'app deleted': 'app deactivated',
  'IdP deleted': 'IdP deactivated',
  'user deleted': 'user deactivated',
  'user reactivated': 'user deactivated',
  'zone deleted': 'zone created',
  'role revoked from client': 'role granted to client',
};

describe('a change, read again by its event', () => {
  let simulator: Simulator;
  let host: PollingHost;
  beforeAll(async () => {
    simulator = await startSimulator(SETTINGS);
    host = await hostOf(simulator);
    await host.sync();
    await host.poll();
  });
  afterAll(() => simulator.close());

  it.each(kindsOfChange)('$name', async ({ name, apply }) => {
    const random = Random.of(5, name);
    const needed = changeKinds.find((kind) => kind.name === AFTER[name]);
    needed?.apply(simulator.org, random);
    needed?.apply(simulator.org, random);
    await host.poll();
    const done = apply(simulator.org, random) ? 1 : 0;
    const before = apiRequests(simulator);
    await host.poll();
    const requests = apiRequests(simulator) - before;
    expect(done).toBe(1);
    expect(host.unread).toEqual([]);
    expect(host.differencesFrom(await freshlySynced(simulator))).toEqual([]);
    // The log takes two of them: one page of events, and one that says there are no more.
    expect(requests).toBeLessThanOrEqual(14);
    if (process.env['SHOW_REQUESTS'] !== undefined) process.stdout.write(`${name}: ${requests} requests\n`);
  });
});
