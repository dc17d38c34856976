import type { SourceRecord } from '@castellan/connector-sdk';
import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID, type Storage, type SweepHold } from '../src/index.js';
import { ACCOUNTS, account, GROUPS, group, guarded, LAST, MEMBERS, membership, more, page } from './fixtures/samples.js';
import { newIntegration, newRun, presentKeys, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
});
afterAll(() => databases.close());

const people = (count: number, from = 0): SourceRecord<'account'>[] =>
  Array.from({ length: count }, (_, index) => account(`u${String(from + index).padStart(3, '0')}`));

test('a small loss is swept in the same run, softly, and of this integration only', async () => {
  const [id, other] = [await newIntegration(storage), await newIntegration(storage)];
  for (const one of [id, other]) await sync(storage, one, [ACCOUNTS], [page(ACCOUNTS, people(100), LAST)]);
  const [first, second] = await sync(
    storage,
    id,
    [ACCOUNTS],
    [page(ACCOUNTS, people(50), more('1')), page(ACCOUNTS, people(47, 50), LAST)],
  );
  expect(first?.removed).toBe(0);
  expect(second).toEqual({ created: 0, changed: 0, unchanged: 47, removed: 3 });
  expect((await presentKeys(client, 'accounts', id)).length).toBe(97);
  expect((await presentKeys(client, 'accounts', other)).length).toBe(100);
  const { rows } = await client.query(
    `SELECT key FROM accounts WHERE integration_id = $1 AND removed_at IS NOT NULL ORDER BY 1`,
    [id],
  );
  expect(rows).toEqual([{ key: 'u097' }, { key: 'u098' }, { key: 'u099' }]);
});

test('streams that feed one kind sweep only their own rows', async () => {
  const id = await newIntegration(storage);
  const [one, two] = [
    { ...ACCOUNTS, name: 'one' },
    { ...ACCOUNTS, name: 'two' },
  ];
  await sync(storage, id, [one, two], [page(one, people(30), LAST), page(two, people(30, 100), LAST)]);
  await sync(storage, id, [one], [page(one, people(29), LAST)]);
  const expected = [...people(29), ...people(30, 100)].map(({ key }) => key);
  expect(await presentKeys(client, 'accounts', id)).toEqual(expected);
});

test('an empty list and a list cut by half are held; accepting sweeps, rejecting keeps', async () => {
  const id = await newIntegration(storage);
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, people(60), LAST)]);
  const [empty] = await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [], LAST)]);
  expect(empty).toEqual({ created: 0, changed: 0, unchanged: 0, removed: 0, held: { wouldRemove: 60, present: 60 } });
  expect((await presentKeys(client, 'accounts', id)).length).toBe(60);

  // The next complete pass asks anew, and the old question is closed.
  const [half] = await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, people(30), LAST)]);
  expect(half?.held).toEqual({ wouldRemove: 30, present: 60 });
  const { holds } = await storage.holds.list(DEFAULT_WORKSPACE_ID, { integrationId: id });
  expect(holds.map(({ state, wouldRemove }) => `${state} ${wouldRemove}`)).toEqual(['open 30', 'superseded 60']);
  const [open, superseded] = holds;
  expect(await storage.holds.accept(DEFAULT_WORKSPACE_ID, superseded?.id ?? '', 'ana')).toBeUndefined();
  const foreign = '00000000-0000-4000-8000-00000000beef';
  expect(await storage.holds.accept(foreign, open?.id ?? '', 'eve')).toBeUndefined();

  expect(await storage.holds.reject(DEFAULT_WORKSPACE_ID, open?.id ?? '', 'ana')).toBe(true);
  expect((await presentKeys(client, 'accounts', id)).length).toBe(60);
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, people(30), LAST)]);
  const [again] = (await storage.holds.list(DEFAULT_WORKSPACE_ID, { integrationId: id, state: 'open' })).holds;
  // One of them is seen before the person has decided: it must not go.
  const lease = await newRun(storage, id);
  await storage.runStore.openStreams(lease, [ACCOUNTS]);
  await storage.runStore.commitPage(lease, page(ACCOUNTS, people(1, 59), more('1')), guarded);
  expect(await storage.holds.accept(DEFAULT_WORKSPACE_ID, again?.id ?? '', 'ana')).toEqual({ removed: 29 });
  expect(await storage.holds.accept(DEFAULT_WORKSPACE_ID, again?.id ?? '', 'bob')).toBeUndefined();
  expect(await presentKeys(client, 'accounts', id)).toEqual([...people(30), ...people(1, 59)].map(({ key }) => key));
});

/** Page after page, two at a time. */
async function heldKeys(integrationId: string, holdId: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let after: string | undefined; ; ) {
    const { records, next } = await storage.holds.records(DEFAULT_WORKSPACE_ID, integrationId, holdId, { after, limit: 2 });
    keys.push(...records.map(({ key }) => key));
    if (next === null) return keys;
    after = next;
  }
}

test('what a hold would remove can be seen before, and is just what goes', async () => {
  const id = await newIntegration(storage);
  const [listed, exempt] = [['g1', 'g3'], ['g2']];
  const rows = [...listed, ...exempt].flatMap((key) => people(30).map((person) => membership(key, person.key)));
  await sync(storage, id, [MEMBERS], [page(MEMBERS, rows, LAST)]);
  const unlisted = exempt.map((partition) => ({ partition, reason: '403' }));
  await sync(storage, id, [MEMBERS], [page(MEMBERS, rows.slice(0, 2), LAST, { unlisted })]);
  const [hold] = (await storage.holds.list(DEFAULT_WORKSPACE_ID, { integrationId: id })).holds;
  const holdId = hold?.id ?? '';
  const seen = await heldKeys(id, holdId);
  expect(seen).toEqual(
    rows
      .slice(2)
      .map(({ key }) => key)
      .filter((key) => !key.startsWith('g2')),
  );
  const [first] = (await storage.holds.records(DEFAULT_WORKSPACE_ID, id, holdId)).records;
  expect(first).toMatchObject({ kind: 'membership', data: { group: 'g1', member: 'u002' } });
  // Neither another workspace nor another integration sees it.
  const other = await newIntegration(storage);
  expect(await storage.holds.records('00000000-0000-4000-8000-00000000beef', id, holdId)).toEqual({ records: [], next: null });
  expect(await storage.holds.records(DEFAULT_WORKSPACE_ID, other, holdId)).toEqual({ records: [], next: null });
  expect(await storage.holds.get(DEFAULT_WORKSPACE_ID, other, holdId)).toBeUndefined();

  const before = await presentKeys(client, 'memberships', id);
  await storage.holds.accept(DEFAULT_WORKSPACE_ID, holdId, 'ana');
  const left = new Set(await presentKeys(client, 'memberships', id));
  expect(before.filter((key) => !left.has(key))).toEqual(seen);
  expect(await heldKeys(id, holdId)).toEqual([]);
});

test('holds come in pages, newest first, and those that were decided long ago are forgotten', async () => {
  const id = await newIntegration(storage);
  const { rows } = await client.query<{ readonly id: string }>(
    `INSERT INTO sweep_holds (integration_id, stream, kind, generation, would_remove, present, exempt, state, created_at, decided_at)
     SELECT $1, 's' || n, 'account', 1, n, n, '{}', CASE WHEN n = 1 THEN 'open' ELSE 'superseded' END,
       -- Two share a moment: the id must decide.
       now() - (n / 2) * interval '40 days', CASE WHEN n > 1 THEN now() - (n / 2) * interval '40 days' END
     FROM generate_series(1, 7) AS n RETURNING id`,
    [id],
  );
  const paged = async (state?: 'open'): Promise<readonly SweepHold[]> => {
    const all: SweepHold[] = [];
    for (let after: string | undefined; ; ) {
      const { holds, next } = await storage.holds.list(DEFAULT_WORKSPACE_ID, { integrationId: id, state, after, limit: 2 });
      expect(holds.length).toBeLessThanOrEqual(2);
      all.push(...holds);
      if (next === null) return all;
      after = next;
    }
  };
  const all = await paged();
  expect(all.map((hold) => hold.id).toSorted()).toEqual(rows.map((row) => row.id).toSorted());
  expect(all.map(({ wouldRemove }) => Math.floor(wouldRemove / 2))).toEqual([0, 1, 1, 2, 2, 3, 3]);
  expect((await paged('open')).map(({ stream }) => stream)).toEqual(['s1']);
  await client.query(
    `UPDATE sweep_holds SET created_at = now() - interval '1 year' WHERE integration_id = $1 AND state = 'open'`,
    [id],
  );
  // 120 days ago: two of them. Other tests have none that old.
  expect([await storage.holds.purge(1), await storage.holds.purge(10), await storage.holds.purge(10)]).toEqual([1, 1, 0]);
  expect((await paged()).map(({ stream }) => stream).toSorted()).toEqual(['s1', 's2', 's3', 's4', 's5']);
});

test('partitions that could not be listed are exempt, whichever page said so', async () => {
  const id = await newIntegration(storage);
  const rows = ['g1', 'g2', 'g3'].flatMap((key) => [membership(key, 'a'), membership(key, 'b')]);
  await sync(storage, id, [MEMBERS], [page(MEMBERS, rows, LAST)]);
  const unlisted = [{ partition: 'g2', reason: '403' }];
  const [, last] = await sync(
    storage,
    id,
    [MEMBERS],
    [
      page(MEMBERS, [membership('g1', 'a')], more('1'), { unlisted }),
      page(MEMBERS, [membership('g3', 'a'), membership('g3', 'b')], LAST),
    ],
  );
  expect(last?.removed).toBe(1);
  expect(await presentKeys(client, 'memberships', id)).toEqual(['g1|a', 'g2|a', 'g2|b', 'g3|a', 'g3|b']);
  const [state] = await storage.streams.list(DEFAULT_WORKSPACE_ID, id);
  expect(state).toMatchObject({ status: 'complete', unlisted });
  // Listed again, they are swept like all others.
  await sync(storage, id, [MEMBERS], [page(MEMBERS, rows.slice(0, 5), LAST)]);
  expect(await presentKeys(client, 'memberships', id)).toEqual(['g1|a', 'g1|b', 'g2|a', 'g2|b', 'g3|a']);
});

test('a held sweep of groups does not let their members be swept behind it', async () => {
  const id = await newIntegration(storage);
  const groups = Array.from({ length: 40 }, (_, index) => group(`g${String(index).padStart(2, '0')}`));
  const members = [...groups.map(({ key }) => membership(key, 'a')), ...people(400).map(({ key }) => membership('g00', key))];
  await sync(storage, id, [GROUPS, MEMBERS], [page(GROUPS, groups, LAST), page(MEMBERS, members, LAST)]);
  const kept = groups.slice(0, 18);
  const rest = members.filter(({ data }) => kept.some(({ key }) => key === data.group));
  const results = await sync(storage, id, [GROUPS, MEMBERS], [page(GROUPS, kept, LAST), page(MEMBERS, rest, LAST)]);
  expect(results[0]?.held).toEqual({ wouldRemove: 22, present: 40 });
  // 22 of 440 members would be under the threshold of their own stream.
  expect(results[1]).toMatchObject({ removed: 0 });
  expect((await presentKeys(client, 'memberships', id)).length).toBe(440);
});

test('a run that was cut, skipped or failed sweeps nothing', async () => {
  const id = await newIntegration(storage);
  await sync(storage, id, [ACCOUNTS, GROUPS], [page(ACCOUNTS, people(30), LAST), page(GROUPS, [group('g')], LAST)]);
  const lease = await newRun(storage, id);
  await storage.runStore.openStreams(lease, [ACCOUNTS, GROUPS]);
  await storage.runStore.commitPage(lease, page(ACCOUNTS, people(5), more('1')), guarded);
  await storage.runStore.stopStream(lease, GROUPS, 'skipped', { kind: 'permission', message: 'no', missing: ['groups.read'] });
  await storage.runStore.finish(lease, { state: 'incomplete' });
  expect((await presentKeys(client, 'accounts', id)).length).toBe(30);
  expect(await presentKeys(client, 'groups', id)).toEqual(['g']);
  const states = await storage.streams.list(DEFAULT_WORKSPACE_ID, id);
  expect(states.map(({ stream, status, completeGeneration }) => ({ stream, status, completeGeneration }))).toEqual([
    { stream: 'accounts', status: 'incomplete', completeGeneration: 1 },
    { stream: 'groups', status: 'skipped', completeGeneration: 1 },
  ]);
  const run = await storage.runs.get(DEFAULT_WORKSPACE_ID, lease.runId);
  expect(run?.streamRuns.map(({ stream, state }) => `${stream} ${state}`).toSorted()).toEqual([
    'accounts incomplete',
    'groups skipped',
  ]);
});

test('rows of a changes stream are never swept', async () => {
  const id = await newIntegration(storage);
  const stream = { ...ACCOUNTS, semantics: 'changes' } as const;
  await sync(storage, id, [stream], [page(stream, people(3), { done: true, resumeFrom: 'p1' })]);
  const [second] = await sync(storage, id, [stream], [page(stream, people(1), LAST)]);
  expect(second?.removed).toBe(0);
  expect((await presentKeys(client, 'accounts', id)).length).toBe(3);
});

test('a partition that is emptied or loses much is held although the stream lost little; accepting sweeps just that', async () => {
  const id = await newIntegration(storage);
  const groups = ['g1', 'g2', 'g3', 'g4'].map((key) => group(key));
  const rows = [
    ...people(400).map(({ key }) => membership('g1', key)),
    ...people(8).map(({ key }) => membership('g2', key)),
    ...people(100).map(({ key }) => membership('g3', key)),
    ...people(2).map(({ key }) => membership('g4', key)),
  ];
  await sync(storage, id, [GROUPS, MEMBERS], [page(GROUPS, groups, LAST), page(MEMBERS, rows, LAST)]);
  // g1 loses one, g2 all eight, g3 twenty of a hundred, g4 both of its two.
  const left = rows.filter(
    ({ data }, index) => !['g2', 'g4'].includes(data.group) && index !== 0 && !(index >= 408 && index < 428),
  );
  const [, members] = await sync(storage, id, [GROUPS, MEMBERS], [page(GROUPS, groups, LAST), page(MEMBERS, left, LAST)]);
  expect(members).toMatchObject({ removed: 3, held: { wouldRemove: 28, present: 108 } });
  expect((await presentKeys(client, 'memberships', id)).length).toBe(507);
  const [hold] = (await storage.holds.list(DEFAULT_WORKSPACE_ID, { integrationId: id, state: 'open' })).holds;
  expect(await storage.holds.accept(DEFAULT_WORKSPACE_ID, hold?.id ?? '', 'ana')).toEqual({ removed: 28 });
  expect((await presentKeys(client, 'memberships', id)).length).toBe(479);
});

test('what lies below a group that is itself gone goes with it', async () => {
  const id = await newIntegration(storage);
  const groups = Array.from({ length: 30 }, (_, index) => group(`g${String(index).padStart(2, '0')}`));
  const rows = groups.flatMap(({ key }) => people(40).map((person) => membership(key, person.key)));
  await sync(storage, id, [GROUPS, MEMBERS], [page(GROUPS, groups, LAST), page(MEMBERS, rows, LAST)]);
  const left = rows.filter(({ data }) => data.group !== 'g07');
  const kept = groups.filter(({ key }) => key !== 'g07');
  const [, members] = await sync(storage, id, [GROUPS, MEMBERS], [page(GROUPS, kept, LAST), page(MEMBERS, left, LAST)]);
  expect(members).toMatchObject({ removed: 40 });
  expect(members?.held).toBeUndefined();
});
