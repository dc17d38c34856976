import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { REFRESHABLE_STREAMS } from '../src/refresh/refreshable-streams.js';
import { apiRequests, freshlySynced, hostOf } from './support/changing-org.js';
import { PollingHost } from './support/polling-host.js';
import { TinyHost } from './support/tiny-host.js';

const MINUTE = 60_000;

describe('a delta', () => {
  let simulator: Simulator;
  // So that what the generator has made is not among what has changed lately.
  const base = Date.now();
  let now = base;
  beforeAll(async () => {
    simulator = await startSimulator({
      users: 40,
      groups: 12,
      apps: 3,
      assignmentsPerApp: 3,
      events: 30,
      seed: 2,
      now: () => new Date(now),
    });
    // So that even few are several pages.
    simulator.org.largestPage = 25;
  });
  afterAll(() => simulator.close());

  it('goes on five minutes before the listing began, by the time of Okta', async () => {
    const host = await hostOf(simulator);
    await host.sync();
    const expected = { from: new Date(Math.floor(base / 1_000) * 1_000 - 5 * MINUTE).toISOString() };
    expect(host.states.get('accounts')).toEqual(expected);
    expect(host.states.get('groups')).toEqual(expected);
  });

  it('does so too when the listing was cut', async () => {
    const host = await TinyHost.create(simulator.config, () => new Date(now));
    await host.run(['accounts'], 1);
    const began = new Date(Math.floor(now / 1_000) * 1_000).toISOString();
    expect(host.checkpoints['accounts']).toMatchObject({ began });
    now += 10 * MINUTE;
    await host.run(['accounts']);
    expect(host.stopped).toEqual([]);
    expect(host.states['accounts']).toEqual({ from: new Date(Date.parse(began) - 5 * MINUTE).toISOString() });
  });

  it('brings what has changed, as a listing shows it, and whose members have', async () => {
    const host = new PollingHost(await TinyHost.create(simulator.config, () => new Date(now)));
    await host.sync();
    now += 30 * MINUTE;
    const { org } = simulator;
    const [first = '', second = '', third = ''] = [...org.directory.users.keys()];
    const group = [...org.directory.groups.values()].find(({ type }) => type === 'OKTA_GROUP')?.id ?? '';
    org.updateUser(first, { lastName: 'Renamed' });
    org.setStatus(second, 'DEPROVISIONED');
    org.addUser({ lastName: 'Arrived' });
    if (org.directory.members(group).has(third)) org.removeMember(group, third);
    else org.addMember(group, third);
    const before = apiRequests(simulator);
    await host.delta('accounts');
    await host.delta('groups');
    expect(apiRequests(simulator) - before).toBe(2);
    expect(host.states.get('accounts')).toEqual({
      from: new Date(Math.floor(now / 1_000) * 1_000 - 5 * MINUTE).toISOString(),
    });
    expect([...host.pending.keys()]).toContain(`memberships group=${group}`);
    expect([...host.pending.keys()]).toContain(`authenticators account=${second}`);
    // Everyone's statistics follow from the memberships.
    await host.poll();
    expect(host.differencesFrom(await freshlySynced(simulator))).toEqual([]);
  });
});

describe('a log that does not reach back to the last run', () => {
  it('has everything listed again, and says so', async () => {
    const simulator = await startSimulator({ users: 10, groups: 3, apps: 1, events: 5 });
    try {
      let now = Date.now();
      const tiny = await TinyHost.create(simulator.config, () => new Date(now));
      const host = new PollingHost(tiny);
      await host.sync();
      simulator.org.signIn([...simulator.org.directory.users.keys()][0] ?? '');
      await host.poll();
      expect(host.relisted).toEqual([]);
      now += 91 * 24 * 60 * MINUTE;
      await host.poll();
      expect(host.relisted.toSorted()).toEqual(REFRESHABLE_STREAMS.filter((name) => tiny.names.includes(name)).toSorted());
      expect(tiny.logger.text).toContain('does not reach back');
    } finally {
      await simulator.close();
    }
  });
});
