import { RECORD_KINDS } from '@castellan/connector-sdk';
import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { truthOf } from './support/org-truth.js';
import { TinyHost } from './support/tiny-host.js';

const counts = (host: TinyHost): Record<string, number> =>
  Object.fromEntries(RECORD_KINDS.map((kind) => [kind, host.count(kind)]));
/** As texts: Jest takes longer to compare a hundred thousand fields than a sync to read them. */
const dump = (host: TinyHost): readonly string[] =>
  RECORD_KINDS.flatMap((kind) => host.keys(kind).map((key) => JSON.stringify(host.rows.get(kind)?.get(key))));

describe('a whole organisation', () => {
  let simulator: Simulator;
  let whole: TinyHost;
  // Short pages, so that not only lists but also groups and applications have several pages inside. By Okta's own sizes the plan's
  // tests read.
  beforeAll(async () => {
    const size = { users: 160, groups: 45, apps: 14, assignmentsPerApp: 110, memberships: 1_600, events: 450 };
    simulator = await startSimulator({ ...size, seed: 7 });
    simulator.org.largestPage = 25;
    whole = await TinyHost.create({ ...simulator.config, activityDays: 90 });
    await whole.run();
  });
  afterAll(() => simulator.close());

  it('stores exactly what there is', () => {
    expect(whole.stopped).toEqual([]);
    expect(whole.rejected).toEqual([]);
    expect(counts(whole)).toEqual(truthOf(simulator.org));
    expect(whole.logger.notUnderstood()).toEqual([]);
    expect(whole.completed.size).toBe(whole.names.length);
  });

  it('gives the same rows, each once, when it is cut after every page', async () => {
    const cut = await TinyHost.create({ ...simulator.config, activityDays: 90 });
    let runs = 0;
    for (const stream of cut.names) {
      do runs += 1;
      while (!(await cut.run([stream], 1)) && !cut.completed.has(stream) && runs < 300);
    }
    // More pages than streams, or nothing was cut inside of one.
    expect(runs).toBeGreaterThan(whole.names.length + 15);
    expect(cut.stopped).toEqual([]);
    expect([...cut.writes.values()].filter((times) => times !== 1)).toEqual([]);
    expect(dump(cut)).toEqual(dump(whole));
  });
});

describe('some streams of an organisation', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 60, groups: 40, apps: 14, events: 1_100, seed: 7 });
  });
  afterAll(() => simulator.close());

  it('reads members only of groups that have some, roles only of those who have some', async () => {
    const before = simulator.requests.total;
    const host = await TinyHost.create(simulator.config);
    await host.run(['groups', 'group-role-assignments']);
    const withRoles = simulator.org.administration.holders('group').length;
    // Organisation, token, one page of groups, one call for each group with roles, and their targets.
    expect(simulator.requests.total - before).toBeLessThanOrEqual(3 + 3 * withRoles);
  });

  it('goes on with the System Log where it stopped, and asks once when nothing is new', async () => {
    const host = await TinyHost.create({ ...simulator.config, activityDays: 90 });
    await host.run(['activity']);
    const known = host.count('activity');
    const position = host.checkpoints['activity'];
    expect(position).toMatchObject({ next: expect.stringContaining('/api/v1/logs') });
    host.completed.clear();
    await host.run(['activity']);
    expect(host.checkpoints['activity']).toEqual(position);
    simulator.org.emit({ eventType: 'user.session.start', displayMessage: 'User signed in' });
    host.completed.clear();
    await host.run(['activity']);
    expect(host.count('activity')).toBe(known + 1);
  });

  it.each(['clientSecret', 'privateKey', 'apiToken'] as const)('signs in with %s', async (name) => {
    const host = await TinyHost.create({ domain: simulator.url, auth: simulator.credentials[name] });
    await host.run(['groups']);
    expect(host.stopped).toEqual([]);
    expect(host.count('group')).toBe(simulator.org.directory.groups.size);
  });
});

describe('an app that demands DPoP', () => {
  it('is served, page after page', async () => {
    const simulator = await startSimulator({ users: 450, groups: 12, apps: 12, dpop: 'required' });
    try {
      const host = await TinyHost.create({ domain: simulator.url, auth: simulator.credentials.privateKey });
      await host.run(['accounts', 'groups', 'memberships', 'everyone-memberships']);
      expect(host.stopped).toEqual([]);
      expect(host.count('account')).toBe(450);
      expect(host.count('membership')).toBe(truthOf(simulator.org).membership);
    } finally {
      await simulator.close();
    }
  });
});
