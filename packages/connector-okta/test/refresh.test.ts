import { type ChangeKind, changeKinds, Random, type Simulator, startSimulator } from '@castellan/okta-simulator';
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
/**
 * A full sync to compare with costs many times what a change does, so that some changes share one. They lie far apart in the list,
 * where neighbours change the same objects: what one leaves wrong, the next of its set does not put right.
 */
const SHARING = 3;
const SETS = Math.ceil(kindsOfChange.length / SHARING);
const TOGETHER = Array.from({ length: SETS }, (_, set) => {
  const kinds = kindsOfChange.filter((_kind, index) => index % SETS === set);
  return { kinds, names: kinds.map(({ name }) => name).join(', ') };
});

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

  /** Makes the change and reads it again. The log takes two of the requests: a page of events, and one that says there are no more. */
  const readAgain = async ({ name, apply }: ChangeKind): Promise<void> => {
    const random = Random.of(5, name);
    const needed = changeKinds.find((kind) => kind.name === AFTER[name]);
    if (needed !== undefined) {
      needed.apply(simulator.org, random);
      needed.apply(simulator.org, random);
      await host.poll();
    }
    const done = apply(simulator.org, random);
    const before = apiRequests(simulator);
    await host.poll();
    const requests = apiRequests(simulator) - before;
    expect([name, done]).toEqual([name, true]);
    expect([name, host.unread]).toEqual([name, []]);
    expect(requests).toBeLessThanOrEqual(14);
    if (process.env['SHOW_REQUESTS'] !== undefined) process.stdout.write(`${name}: ${requests} requests\n`);
  };

  it.each(TOGETHER)('$names', async ({ kinds }) => {
    for (const kind of kinds) await readAgain(kind);
    expect(host.differencesFrom(await freshlySynced(simulator))).toEqual([]);
  });
});
