import { type Simulator, startSimulator, applyRandomChanges } from '@castellan/okta-simulator';
import fc from 'fast-check';
import { apiRequests, freshlySynced, hostOf, kindsOfChange } from './support/changing-org.js';
import { Cut, type PollingHost } from './support/polling-host.js';

describe('polls of an organisation that changes', () => {
  let simulator: Simulator;
  let host: PollingHost;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 18, groups: 9, apps: 6, assignmentsPerApp: 6, events: 10, seed: 3 });
    host = await hostOf(simulator);
    await host.sync();
    await host.poll();
  });
  afterAll(() => simulator.close());

  it('asks once when nothing has happened', async () => {
    const before = simulator.requests.total;
    await host.poll();
    // Neither for a token nor for the organisation's document: both are remembered.
    expect(simulator.requests.total - before).toBe(1);
  });

  // Every length of page in its turn, and many changes at once: the full sync to compare with costs far more than a change.
  it.each([7, 1, 1_000, 2, 3])(
    'end with what a full sync gives, whatever happened in whatever order, wherever they were cut, by pages of %i',
    async (size) => {
      const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 6 });
      const property = fc.asyncProperty(fc.integer(), fc.integer({ min: 10, max: 70 }), cuts, async (seed, count, pages) => {
        simulator.org.largestPage = size;
        const done = applyRandomChanges(simulator.org, count, seed, kindsOfChange);
        for (const most of pages) {
          await host.poll(most).catch((error: unknown) => {
            if (!(error instanceof Cut)) throw error;
          });
          // Things go on happening while the host is down.
          applyRandomChanges(simulator.org, 1, seed + most, kindsOfChange);
        }
        await host.poll();
        expect(host.unread).toEqual([]);
        expect([done, host.differencesFrom(await freshlySynced(simulator))]).toEqual([done, []]);
      });
      await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 1) });
    },
    240_000,
  );
});

describe('polls with settings that leave something out', () => {
  it('end with what a full sync gives', async () => {
    const simulator = await startSimulator({ users: 15, groups: 12, apps: 6, assignmentsPerApp: 5, events: 10, seed: 6 });
    const names = [...simulator.org.directory.groups.values()].flatMap(({ type, profile }) =>
      type === 'OKTA_GROUP' ? [profile] : [],
    );
    const excludeGroups = names.slice(0, 4).map((profile) => (isNamed(profile) ? profile.name : ''));
    const labels = [...simulator.org.applications.apps.values()].map(({ label }) => label);
    const settings = { excludeGroups, excludeApplications: labels.slice(0, 2), skipAppGroups: true };
    // Which applications a group had that is not synced, nobody knows any more; Okta writes it for each person.
    const kinds = kindsOfChange.filter(({ name }) => !/^group .*deleted/.test(name));
    try {
      const host = await hostOf(simulator, settings);
      await host.sync();
      for (let seed = 1; seed <= 3; seed += 1) {
        applyRandomChanges(simulator.org, 32, seed, kinds);
        await host.poll();
        expect([seed, host.differencesFrom(await freshlySynced(simulator, settings))]).toEqual([seed, []]);
      }
    } finally {
      await simulator.close();
    }
  }, 120_000);
});

describe('an application that is gone', () => {
  it('is missed by the groups that were written into it, also by one that never had it', async () => {
    const simulator = await startSimulator({ users: 5, groups: 4, apps: 4, assignmentsPerApp: 2, events: 5, seed: 11 });
    try {
      const { org } = simulator;
      const apps = [...org.applications.apps.values()].filter(({ features }) =>
        JSON.stringify(features ?? []).includes('GROUP_PUSH'),
      );
      const [app] = apps;
      const group = [...org.directory.groups.values()].find(
        ({ id, type }) => type === 'OKTA_GROUP' && app !== undefined && !org.applications.groups(app.id).has(id),
      );
      if (app === undefined || group === undefined)
        throw new Error('The organisation has no such application, or no such group.');
      org.pushGroup(app.id, group.id);
      const host = await hostOf(simulator);
      await host.sync();
      await host.poll();
      org.setAppStatus(app.id, 'INACTIVE');
      org.deleteApp(app.id);
      await host.poll();
      expect(host.differencesFrom(await freshlySynced(simulator))).toEqual([]);
    } finally {
      await simulator.close();
    }
  });
});

describe('a group that gets an application and is deleted', () => {
  it('leaves nobody with the application, wherever the poll between the two was cut', async () => {
    const simulator = await startSimulator({ users: 6, groups: 4, apps: 3, assignmentsPerApp: 2, events: 5, seed: 12 });
    try {
      const { org } = simulator;
      const [app] = org.applications.apps.values();
      const host = await hostOf(simulator);
      await host.sync();
      await host.poll();
      for (let pages = 1; pages <= 8; pages += 1) {
        const group = org.addGroup({ name: `For a while ${pages}` });
        for (const user of org.directory.users.keys()) org.addMember(group.id, user);
        await host.poll();
        org.assignGroup(app?.id ?? '', group.id);
        await host.poll(pages).catch((error: unknown) => {
          if (!(error instanceof Cut)) throw error;
        });
        org.deleteGroup(group.id);
        await host.poll();
        expect([pages, host.differencesFrom(await freshlySynced(simulator))]).toEqual([pages, []]);
      }
    } finally {
      await simulator.close();
    }
  }, 60_000);
});

function isNamed(profile: unknown): profile is { readonly name: string } {
  return typeof profile === 'object' && profile !== null && 'name' in profile && typeof profile.name === 'string';
}

describe('a hundred scattered changes in an organisation of 800', () => {
  it('take no more than 250 requests', async () => {
    const simulator = await startSimulator({
      users: 800,
      groups: 250,
      apps: 30,
      assignmentsPerApp: 100,
      events: 200,
      seed: 9,
    });
    try {
      const host = await hostOf(simulator);
      await host.sync();
      await host.poll();
      expect(applyRandomChanges(simulator.org, 100, 21, kindsOfChange)).toHaveLength(100);
      const before = apiRequests(simulator);
      await host.poll();
      const requests = apiRequests(simulator) - before;
      process.stdout.write(`100 changes: ${requests} requests\n`);
      expect(requests).toBeLessThanOrEqual(250);
      expect(host.differencesFrom(await freshlySynced(simulator))).toEqual([]);
    } finally {
      await simulator.close();
    }
  }, 240_000);
});
