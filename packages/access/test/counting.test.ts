import { DEFAULT_WORKSPACE_ID, type Storage } from '@castellan/storage';
import { countAccess, dueForCounting, unusedApplications } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { RecordedOrg } from './fixtures/recorded-org.js';
import * as records from './fixtures/records.js';

let database: OpenedDatabase;
let otherHost: Storage;

beforeAll(async () => {
  database = await openDatabase();
  otherHost = await database.open();
}, 60_000);
afterAll(async () => {
  await otherHost.close();
  await database.close();
});

async function newOrg(): Promise<RecordedOrg> {
  const { storage, client } = database;
  return new RecordedOrg(storage, client, await newIntegration(storage));
}

const given = (...to: readonly string[]) => [
  { stream: records.ACCOUNTS, records: [records.account('ana')] },
  { stream: records.APP_ASSIGNMENTS, records: to.map((key) => records.appAssignment(key, 'account', 'ana')) },
];

const isDue = async ({ integrationId }: RecordedOrg): Promise<boolean> =>
  (await dueForCounting(database.storage.queries, 100)).includes(integrationId);

const count = ({ integrationId }: RecordedOrg, { queries, transaction } = database.storage): Promise<boolean> =>
  transaction(() => countAccess(queries, integrationId));

/** As if the newest run had been one of those that come every minute. */
async function asPoll({ integrationId }: RecordedOrg): Promise<void> {
  await database.client.query(
    `UPDATE sync_runs SET mode = 'poll' WHERE id = (SELECT id FROM sync_runs WHERE integration_id = $1 ORDER BY finished_at DESC LIMIT 1)`,
    [integrationId],
  );
}

async function asCountedAgo({ integrationId }: RecordedOrg, interval: string): Promise<void> {
  await database.client.query(`UPDATE access_counted SET counted_at = now() - $2::interval WHERE integration_id = $1`, [
    integrationId,
    interval,
  ]);
}

test('it is due after a run that has changed something, and once it is counted no more', async () => {
  const [org, untouched] = [await newOrg(), await newOrg()];
  expect(await isDue(org)).toBe(false);
  await org.run(given());
  await count(org);
  expect(await isDue(org)).toBe(false);
  await org.run(given('app'));
  expect([await isDue(org), await isDue(untouched)]).toEqual([true, false]);
  await count(org);
  expect(await isDue(org)).toBe(false);
  // Everything is listed once more as it was.
  await org.run(given('app'));
  expect(await isDue(org)).toBe(false);
  // What is gone has changed something, too.
  await org.run(given());
  expect(await isDue(org)).toBe(true);
});

test('what a first poll brings is due at once, what others bring ten minutes after it was counted', async () => {
  const org = await newOrg();
  await org.run(given('app'));
  await asPoll(org);
  expect(await isDue(org)).toBe(true);
  await count(org);
  await org.run([{ stream: records.EVENTS, records: [opened('one')] }]);
  await asPoll(org);
  expect(await isDue(org)).toBe(false);
  await asCountedAgo(org, '9 minutes 50 seconds');
  expect(await isDue(org)).toBe(false);
  await asCountedAgo(org, '10 minutes 10 seconds');
  expect(await isDue(org)).toBe(true);
  await count(org);
  expect(await isDue(org)).toBe(false);
});

const opened = (key: string) =>
  records.event(key, { published: '2026-01-01T00:00:00.000Z', actor: 'ana', use: 'application', used: 'app' });

test('a run of everything is counted at once, though a poll came after it', async () => {
  const org = await newOrg();
  await org.run(given('app'));
  await count(org);
  await org.run(given('app', 'other'));
  await org.run([{ stream: records.EVENTS, records: [opened('two')] }]);
  await asPoll(org);
  expect(await isDue(org)).toBe(true);
});

test('those that have waited longest are due first, and no more than are asked for', async () => {
  const all = [await newOrg(), await newOrg(), await newOrg()];
  for (const org of all) await org.run(given('app'));
  const due = await dueForCounting(database.storage.queries, 100);
  const ids = all.map(({ integrationId }) => integrationId);
  expect(due.filter((id) => ids.includes(id))).toEqual(ids);
  expect((await dueForCounting(database.storage.queries, 2)).length).toBe(2);
});

test.each(['the first time', 'once more'])('of two hosts that count at once one does: %s', async (which) => {
  const org = await newOrg();
  await org.run(given('app'));
  if (which === 'once more') expect(await count(org)).toBe(true);
  const { queries, transaction } = database.storage;
  const counted = await transaction(async () => [await countAccess(queries, org.integrationId), await count(org, otherHost)]);
  expect(counted).toEqual([true, false]);
  expect(await isDue(org)).toBe(false);
  // Whose transaction has ended holds nobody up.
  expect(await count(org, otherHost)).toBe(true);
});

test('what was counted is of the moment: what came is there, and what is gone is not', async () => {
  const org = await newOrg();
  const { integrationId } = org;
  const { queries } = database.storage;
  const counted = async () => {
    await count(org);
    const { items } = await unusedApplications(queries, { integrationId, days: 1, sort: 'name' });
    return items.map(({ application, accounts, unused }) => [application.key, accounts, unused]);
  };
  await org.run([...given('app'), { stream: records.EVENTS, records: [opened('three')] }]);
  expect(await counted()).toEqual([['app', 1, 1]]);
  await org.run(given('other'));
  expect(await counted()).toEqual([['other', 1, 1]]);
  await org.run([{ stream: records.ACCOUNTS, records: [records.account('ana', { status: 'deprovisioned' })] }]);
  expect(await counted()).toEqual([]);
});

test('nothing of another workspace is due with it', async () => {
  const { storage, client } = database;
  const elsewhere = await storage.workspaces.create('Elsewhere');
  const [here, there] = [await newIntegration(storage), await newIntegration(storage, elsewhere.id)];
  const [org, other] = [
    new RecordedOrg(storage, client, here, DEFAULT_WORKSPACE_ID),
    new RecordedOrg(storage, client, there, elsewhere.id),
  ];
  await org.run(given('app'));
  await other.run(given('app'));
  await count(org);
  expect([await isDue(org), await isDue(other)]).toEqual([false, true]);
});
