import { type Simulator, startSimulator, applyRandomChanges } from '@castellan/okta-simulator';
import fc from 'fast-check';
import { apiRequests, freshlySynced, hostOf, kindsOfChange } from './support/changing-org.js';
import { Cut, type PollingHost } from './support/polling-host.js';

describe('polls of an organisation that changes', () => {
  let simulator: Simulator;
  let host: PollingHost;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 30, groups: 10, apps: 6, assignmentsPerApp: 8, events: 30, seed: 3 });
    host = await hostOf(simulator);
    await host.sync();
    await host.poll();
  });
  afterAll(() => simulator.close());

  it('asks once when nothing has happened', async () => {
    const before = apiRequests(simulator);
    await host.poll();
    expect(apiRequests(simulator) - before).toBe(1);
  });

  it('end with what a full sync gives, whatever happened in whatever order, and wherever they were cut', async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 });
    const property = fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 25 }), cuts, async (seed, count, pages) => {
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
    await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 15) });
  }, 240_000);
});

describe('a hundred scattered changes in an organisation of 2,000', () => {
  it('take no more than 250 requests', async () => {
    const simulator = await startSimulator({
      users: 2_000,
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
