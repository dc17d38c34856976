import type { AccessNodeRef } from '@castellan/api';
import { changes, reach, reachedBy, reasons } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { RecordedOrg } from './fixtures/recorded-org.js';
import * as records from './fixtures/records.js';

const ANA = { kind: 'account', key: 'ana' } as const;
const APP = { kind: 'application', key: 'app' } as const;

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
}, 60_000);
afterAll(() => database.close());

async function newOrg(): Promise<RecordedOrg> {
  return new RecordedOrg(database.storage, database.client, await newIntegration(database.storage));
}

const layer = (number: number, count: number): readonly string[] => Array.from({ length: count }, (_, n) => `l${number}-${n}`);
const pairs = (from: readonly string[], into: readonly string[]) =>
  from.flatMap((one) => into.map((group) => records.membership(group, 'group', one)));

test('of more ways than are listed the shortest are, and it is said that there are more', async () => {
  const org = await newOrg();
  // One way of two links, 15 of three, 15 * 15 of four.
  const [one, two] = [layer(1, 15), layer(2, 15)];
  await org.run([
    { stream: records.ACCOUNTS, records: [records.account('ana')] },
    { stream: records.MEMBERS, records: ['near', ...one].map((key) => records.membership(key, 'account', 'ana')) },
    { stream: records.NESTED, records: [...pairs(one, ['last']), ...pairs(one, two), ...pairs(two, ['last'])] },
    { stream: records.APP_ASSIGNMENTS, records: ['near', 'last'].map((key) => records.appAssignment('app', 'group', key)) },
  ]);
  const { integrationId } = org;
  const why = await reasons(database.storage.queries, { integrationId, from: ANA, to: APP });
  const lengths = why?.chains.map(({ links }) => links.length) ?? [];
  expect([lengths.length, why?.more]).toEqual([200, true]);
  expect(lengths).toEqual([2, ...Array<number>(15).fill(3), ...Array<number>(184).fill(4)]);
  const page = await reach(database.storage.queries, { integrationId, from: ANA, to: 'application' });
  expect(page?.items).toMatchObject([{ node: { key: 'app' }, chainCount: 50, more: true }]);
});

test('what is reached by more ways than anybody could look at is reached all the same', async () => {
  const org = await newOrg();
  const layers = [layer(1, 32), layer(2, 32), layer(3, 32)] as const;
  await org.run([
    { stream: records.ACCOUNTS, records: [records.account('ana')] },
    { stream: records.MEMBERS, records: layers[0].map((key) => records.membership(key, 'account', 'ana')) },
    {
      stream: records.NESTED,
      records: [...pairs(layers[0], layers[1]), ...pairs(layers[1], layers[2]), ...pairs(layers[2], ['last'])],
    },
    { stream: records.APP_ASSIGNMENTS, records: [records.appAssignment('app', 'group', 'last')] },
  ]);
  const { integrationId } = org;
  const page = await reach(database.storage.queries, { integrationId, from: ANA, to: 'application' });
  expect(page?.items).toMatchObject([{ node: { key: 'app' }, more: true }]);
  expect(page?.items[0]?.chains[0]?.links.length).toBe(5);
  const who = await reachedBy(database.storage.queries, { integrationId, to: APP, from: 'account' });
  expect(who?.items.map(({ node }) => node.key)).toEqual(['ana']);
});

test('an edge holds from its first instant on, and at its last no more', async () => {
  const org = await newOrg();
  const ends = { stream: records.ACCOUNTS, records: [records.account('ana')] };
  const given = [records.appAssignment('app', 'account', 'ana')];
  for (const held of [given, [], given, []]) await org.run([ends, { stream: records.APP_ASSIGNMENTS, records: held }]);
  const { integrationId } = org;
  const { client, storage } = database;
  // Instants of questions have milliseconds: those of the rows are made such.
  await client.query(
    `UPDATE app_assignments SET present_since = date_trunc('milliseconds', present_since), removed_at = date_trunc('milliseconds', removed_at) WHERE integration_id = $1`,
    [integrationId],
  );
  await client.query(
    `UPDATE past_presences SET since = date_trunc('milliseconds', since), until = date_trunc('milliseconds', until) WHERE integration_id = $1`,
    [integrationId],
  );
  const presences = org.find('app_assignment', 'app|ana')?.presences ?? [];
  expect(presences.length).toBe(2);
  const reaches = async (at: Date): Promise<boolean> =>
    (await reachedBy(storage.queries, { integrationId, to: APP, from: 'account', at }))?.items.length === 1;
  const around = (instant: Date | null | undefined): readonly Date[] =>
    [-1, 0, 1].map((shift) => new Date((instant?.getTime() ?? 0) + shift));
  const said: boolean[][] = [];
  for (const { since, until } of presences)
    for (const instant of [since, until]) said.push(await Promise.all(around(instant).map(reaches)));
  expect(said).toEqual([
    [false, true, true],
    [true, false, false],
    [false, true, true],
    [true, false, false],
  ]);
});

test.each<[string, AccessNodeRef]>([
  ['account', { kind: 'account', key: 'nobody' }],
  ['group', { kind: 'group', key: 'none' }],
  ['client', { kind: 'client', key: 'none' }],
])('of the %s that nobody knows there is no answer', async (_, from) => {
  const { integrationId } = await newOrg();
  expect(await reach(database.storage.queries, { integrationId, from, to: 'application' })).toBeUndefined();
  expect(await reasons(database.storage.queries, { integrationId, from, to: APP })).toBeUndefined();
});

test('who is known to another integration alone is not known to this one', async () => {
  const [here, there] = [await newOrg(), await newOrg()];
  const given = { stream: records.APP_ASSIGNMENTS, records: [records.appAssignment('app', 'group', 'staff')] };
  await here.run([given]);
  await there.run([given, { stream: records.MEMBERS, records: [records.membership('staff', 'account', 'ana')] }]);
  const { queries } = database.storage;
  const asked = async ({ integrationId }: RecordedOrg): Promise<boolean> =>
    (await reach(queries, { integrationId, from: ANA, to: 'application' })) !== undefined;
  expect([await asked(here), await asked(there)]).toEqual([false, true]);
});

test('who is switched off for good reaches nothing since then, and is still in its groups', async () => {
  const org = await newOrg();
  const given = [
    { stream: records.MEMBERS, records: [records.membership('staff', 'account', 'ana')] },
    { stream: records.APP_ASSIGNMENTS, records: [records.appAssignment('app', 'group', 'staff')] },
  ];
  const before = await org.run([{ stream: records.ACCOUNTS, records: [records.account('ana')] }, ...given]);
  const off = records.account('ana', {
    status: 'deprovisioned',
    statusChangedAt: new Date(before.getTime() + 1).toISOString(),
  });
  await org.run([{ stream: records.ACCOUNTS, records: [off] }, ...given]);
  const { integrationId } = org;
  const { queries } = database.storage;
  const keysOf = (page: Awaited<ReturnType<typeof reach>>) => page?.items.map(({ node }) => node.key);
  expect(keysOf(await reach(queries, { integrationId, from: ANA, to: 'application' }))).toEqual([]);
  expect(keysOf(await reach(queries, { integrationId, from: ANA, to: 'application', at: before }))).toEqual(['app']);
  expect(keysOf(await reach(queries, { integrationId, from: ANA, to: 'group' }))).toEqual(['staff']);
  expect(keysOf(await reachedBy(queries, { integrationId, to: APP, from: 'account' }))).toEqual([]);
  const lost = await changes(queries, { integrationId, of: APP, other: 'account', since: before });
  expect(lost?.items.map(({ what, node }) => [what, node.key])).toEqual([['lost', 'ana']]);
});
