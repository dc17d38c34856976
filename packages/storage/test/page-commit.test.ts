import { FenceLostError } from '@castellan/sync-engine';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceRecord } from '@castellan/connector-sdk';
import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID, type Storage } from '../src/index.js';
import {
  ACCOUNTS,
  ASSIGNMENTS,
  account,
  EVENTS,
  event,
  GROUPS,
  group,
  guarded,
  LAST,
  MEMBERS,
  membership,
  more,
  page,
} from './fixtures/samples.js';
import { claim, newIntegration, newRun, presentKeys, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
});
afterAll(() => databases.close());

test('keeps every field of a row as the connector gave it', async () => {
  const id = await newIntegration(storage);
  const said = account('u1', {
    login: 'ana@example.com',
    displayName: 'Ana "the" \\ Ünal 🦉',
    isHuman: false,
    createdAt: '1996-02-29T23:59:59.999Z',
    lastLoginAt: '2026-11-23T09:30:00.001Z',
  });
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [{ ...said, hint: { n: 1 } }], LAST)]);
  const stored = await storage.records.get(DEFAULT_WORKSPACE_ID, id, 'account', 'u1');
  expect(stored).toMatchObject({ data: said.data, raw: { id: 'u1' }, hint: { n: 1 }, stream: 'accounts', removedAt: null });
  const { rows } = await client.query(`SELECT last_login_at, is_human FROM accounts WHERE integration_id = $1`, [id]);
  expect(rows).toEqual([{ last_login_at: new Date(Date.UTC(2026, 10, 23, 9, 30, 0, 1)), is_human: false }]);
});

test('counts a change of data only, and stores a change of raw and hint silently', async () => {
  const id = await newIntegration(storage);
  const first = [account('a'), account('b'), account('c')];
  const second = [account('a'), account('b', { status: 'locked' }), { ...account('c'), raw: { id: 'c', etag: 2 } }];
  const [one] = await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, first, LAST)]);
  const before = await client.query(`SELECT key, changed_at FROM accounts WHERE integration_id = $1 ORDER BY key`, [id]);
  const [two] = await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, second, LAST)]);
  const after = await client.query(`SELECT key, changed_at, raw FROM accounts WHERE integration_id = $1 ORDER BY key`, [id]);
  expect(one).toEqual({ created: 3, changed: 0, unchanged: 0, removed: 0 });
  expect(two).toEqual({ created: 0, changed: 1, unchanged: 2, removed: 0 });
  const moved = after.rows.map((row, index) => row.changed_at.getTime() !== before.rows[index]?.changed_at.getTime());
  expect(moved).toEqual([false, true, false]);
  expect(after.rows[2]?.raw).toEqual({ id: 'c', etag: 2 });
});

test('does not take another order of properties for a change', async () => {
  const id = await newIntegration(storage);
  const assignment = (profile: { readonly [key: string]: string }) => ({
    kind: 'app_assignment' as const,
    key: 'app|u',
    data: {
      application: 'app',
      principalKind: 'account' as const,
      principal: 'u',
      scope: 'direct' as const,
      username: null,
      profile,
      providerStatus: null,
      priority: 1.5,
      createdAt: null,
      updatedAt: null,
      statusChangedAt: null,
    },
  });
  await sync(storage, id, [ASSIGNMENTS], [page(ASSIGNMENTS, [assignment({ a: '1', b: '2' })], LAST)]);
  const [again] = await sync(storage, id, [ASSIGNMENTS], [page(ASSIGNMENTS, [assignment({ b: '2', a: '1' })], LAST)]);
  expect(again).toEqual({ created: 0, changed: 0, unchanged: 1, removed: 0 });
});

test('the last of two rows with one key wins', async () => {
  const id = await newIntegration(storage);
  const rows = [account('x', { login: 'first' }), account('y'), account('x', { login: 'second' })];
  const [result] = await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, rows, LAST)]);
  expect(result?.created).toBe(2);
  const { rows: stored } = await client.query(`SELECT login FROM accounts WHERE integration_id = $1 AND key = 'x'`, [id]);
  expect(stored).toEqual([{ login: 'second' }]);
});

test('a lost fence writes nothing at all', async () => {
  const id = await newIntegration(storage);
  const old = await newRun(storage, id, 0);
  await storage.runStore.openStreams(old, [ACCOUNTS]);
  await storage.runStore.commitPage(old, page(ACCOUNTS, [account('a')], more('1')), guarded);
  const taker = await claim(storage, old.runId);
  const before = await everything(id);
  const late = page(ACCOUNTS, [account('a', { login: 'zombie' }), account('b')], LAST, { deleted: ['a'] });
  await expect(storage.runStore.commitPage(old, late, guarded)).rejects.toThrow(FenceLostError);
  await expect(storage.runStore.openStreams(old, [ACCOUNTS])).rejects.toThrow(FenceLostError);
  const reason = { kind: 'permission', message: 'no' } as const;
  await expect(storage.runStore.stopStream(old, ACCOUNTS, 'skipped', reason)).rejects.toThrow(FenceLostError);
  await expect(storage.runStore.finish(old, { state: 'complete' })).rejects.toThrow(FenceLostError);
  expect(await storage.runStore.renew(old, 1_000)).toBe('lost');
  expect(await everything(id)).toEqual(before);
  expect(await storage.runStore.openStreams(taker, [ACCOUNTS])).toEqual([{ stream: 'accounts', complete: false, cursor: '1' }]);
});

test('a take-over waits for the page that is being committed', async () => {
  const id = await newIntegration(storage);
  const lease = await newRun(storage, id, 0);
  await storage.runStore.openStreams(lease, [ACCOUNTS]);
  // Somebody else's lock on the row makes the page stop in the middle of its transaction, after the fence was checked.
  await storage.runStore.commitPage(lease, page(ACCOUNTS, [account('a')], more('1')), guarded);
  const order: string[] = [];
  let working: readonly Promise<unknown>[] = [];
  await client.query('BEGIN');
  try {
    await client.query(`SELECT FROM accounts WHERE integration_id = $1 FOR UPDATE`, [id]);
    const second = page(ACCOUNTS, [account('a', { login: 'new' })], more('2'));
    const commit = storage.runStore.commitPage(lease, second, guarded).then(() => order.push('page'));
    await sleep(150);
    const takeOver = claim(storage, lease.runId).then(() => order.push('claim'));
    working = [commit, takeOver];
    await sleep(150);
    expect(order).toEqual([]);
  } finally {
    await client.query('COMMIT');
    await Promise.allSettled(working);
  }
  expect(order).toEqual(['page', 'claim']);
});

test('a page that fails leaves rows, position and counters as they were', async () => {
  const id = await newIntegration(storage);
  const lease = await newRun(storage, id);
  await storage.runStore.openStreams(lease, [ACCOUNTS]);
  await storage.runStore.commitPage(lease, page(ACCOUNTS, [account('a')], more('1')), guarded);
  const before = await everything(id);
  const failing = () => {
    throw new Error('the rule failed');
  };
  // The rule is asked last, when rows, deletions and holds are written: an unseen row of an older pass makes it be asked.
  await client.query('UPDATE accounts SET generation = 0 WHERE integration_id = $1', [id]);
  await expect(storage.runStore.commitPage(lease, page(ACCOUNTS, [account('b')], LAST), failing)).rejects.toThrow(
    'the rule failed',
  );
  await client.query('UPDATE accounts SET generation = 1 WHERE integration_id = $1', [id]);
  expect(await everything(id)).toEqual(before);
});

test('poison: text that the database cannot keep is mended, a row of the wrong shape is named, the rest is stored', async () => {
  const id = await newIntegration(storage);
  const wrong = { ...account('wrong'), data: { ...account('wrong').data, login: 42 as unknown as string } };
  const rows = [
    account('good'),
    { ...account('n\0ul'), raw: { text: 'a\0b', 'k\0': ['\ud800', '\\u0000'] } },
    account('lone', { displayName: 'x\ud83dy', login: '\\ud83d' }),
    account('date', { createdAt: 'yesterday' }),
    { ...account(''), key: '' },
    wrong,
    account('k'.repeat(3_000)),
    account('long', { department: 'd'.repeat(1_000_000) }),
  ];
  const [result] = await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, rows, LAST)]);
  expect(result?.created).toBe(4);
  expect(await presentKeys(client, 'accounts', id)).toEqual(['good', 'lone', 'long', 'n\uFFFDul']);
  const { rows: raw } = await client.query(`SELECT raw FROM accounts WHERE integration_id = $1 AND key LIKE 'n%'`, [id]);
  expect(raw).toEqual([{ raw: { text: 'a\uFFFDb', 'k\uFFFD': ['\uFFFD', '\\u0000'] } }]);
  const { rows: lone } = await client.query(
    `SELECT display_name, login FROM accounts WHERE integration_id = $1 AND key = 'lone'`,
    [id],
  );
  expect(lone).toEqual([{ display_name: 'x\uFFFDy', login: '\\ud83d' }]);
  const rejected = await storage.streams.rejected(DEFAULT_WORKSPACE_ID, id);
  expect(rejected.map(({ position, reason }) => `${position.slice(0, 20)}: ${reason}`)).toEqual([
    'a row without a key: the key is missing',
    'date: field createdAt is not of type instant',
    `${'k'.repeat(20)}: the key is longer than 2500 bytes`,
    'wrong: field login is not of type text',
  ]);
});

test('a row that only the database refuses loses itself, not its page', async () => {
  const id = await newIntegration(storage);
  // Beyond what timestamptz holds is beyond Date too, so a trigger plays the database that does not like a row.
  await client.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.login = 'bad' THEN RAISE EXCEPTION 'no' USING ERRCODE = '22000'; END IF; RETURN NEW; END $$`);
  await client.query(`CREATE TRIGGER refuse BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION refuse()`);
  try {
    const rows = [account('a'), account('b', { login: 'bad' }), account('c')];
    const [result] = await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, rows, LAST)]);
    expect(result?.created).toBe(2);
  } finally {
    await client.query('DROP TRIGGER refuse ON accounts');
  }
  expect(await presentKeys(client, 'accounts', id)).toEqual(['a', 'c']);
  const rejected = await storage.streams.rejected(DEFAULT_WORKSPACE_ID, id);
  expect(rejected).toMatchObject([{ position: 'b', reason: 'the database refused the row (22000)' }]);
  const [run] = (await storage.runs.list(DEFAULT_WORKSPACE_ID, { integrationId: id })).runs;
  expect(run?.streamRuns).toMatchObject([{ created: 2, rejected: 1, pages: 1, state: 'complete' }]);
});

test('a row that is shown but refused is not swept, and the refusal is told', async () => {
  const id = await newIntegration(storage);
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [account('a'), account('b'), account('c')], LAST)]);
  const broken = { ...account('b'), data: { ...account('b').data, isHuman: 'maybe' } } as unknown as SourceRecord; // a connector's mistake
  const [result] = await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [account('a'), broken, account('c')], LAST)]);
  expect(result).toMatchObject({ removed: 0, refused: { rows: 1, reason: 'field isHuman is not of type boolean' } });
  expect(await presentKeys(client, 'accounts', id)).toEqual(['a', 'b', 'c']);
});

test('a page of which no row is taken breaks the run off instead of passing for an empty one', async () => {
  const id = await newIntegration(storage);
  const rows = Array.from({ length: 12 }, (_, index) => account(`a${index}`));
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, rows, LAST)]);
  const broken = rows.map((row) => ({ ...row, data: { ...row.data, isHuman: 'maybe' } }) as unknown as SourceRecord); // as above
  await expect(sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, broken, LAST)])).rejects.toThrow('refused every row');
  expect(await presentKeys(client, 'accounts', id)).toHaveLength(12);
});

test('at most 1,000 rejected rows are kept, all are counted', async () => {
  const id = await newIntegration(storage);
  const rejected = Array.from({ length: 700 }, (_, index) => ({ at: `row ${index}`, reason: 'no id' }));
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [], more('1'), { rejected }), page(ACCOUNTS, [], LAST, { rejected })]);
  const { rows } = await client.query('SELECT count(*)::int AS kept FROM rejected_records WHERE integration_id = $1', [id]);
  expect(rows).toEqual([{ kept: 1_000 }]);
  const [run] = (await storage.runs.list(DEFAULT_WORKSPACE_ID, { integrationId: id })).runs;
  expect(run?.streamRuns[0]?.rejected).toBe(1_400);
});

test('keys that the provider calls gone are removed, and come back with their history', async () => {
  const id = await newIntegration(storage);
  const [, gone] = await sync(
    storage,
    id,
    [GROUPS],
    [page(GROUPS, [group('g1'), group('g2')], more('1')), page(GROUPS, [], LAST, { deleted: ['g1', 'never there'] })],
  );
  expect(gone?.removed).toBe(1);
  const [back] = await sync(storage, id, [GROUPS], [page(GROUPS, [group('g1'), group('g2')], LAST)]);
  expect(back).toEqual({ created: 1, changed: 0, unchanged: 1, removed: 0 });
  const { rows } = await client.query(
    `SELECT present_since > first_seen_at AS later, removed_at FROM groups WHERE integration_id = $1 AND key = 'g1'`,
    [id],
  );
  expect(rows).toEqual([{ later: true, removed_at: null }]);
});

describe('activity', () => {
  test('events of any age find a partition; doubles and replays change nothing', async () => {
    const id = await newIntegration(storage);
    const events = [
      event('e1', '2014-03-31T23:59:59.999Z'),
      event('e2', '2014-04-01T00:00:00.000Z'),
      event('e3', '1970-01-01T00:00:00.000Z'),
      event('e4', '9999-12-31T23:59:59.000Z'),
      event('e2', '2014-04-01T00:00:00.000Z'),
    ];
    const [first] = await sync(storage, id, [EVENTS], [page(EVENTS, events, LAST)]);
    const [second] = await sync(storage, id, [EVENTS], [page(EVENTS, events, LAST)]);
    expect(first).toMatchObject({ created: 4, unchanged: 0 });
    expect(second).toMatchObject({ created: 0, unchanged: 4, removed: 0 });
    const { rows } = await client.query(
      `SELECT key, tableoid::regclass::text AS part FROM activity WHERE integration_id = $1 ORDER BY key`,
      [id],
    );
    expect(rows).toEqual([
      { key: 'e1', part: 'activity_2014_03' },
      { key: 'e2', part: 'activity_2014_04' },
      { key: 'e3', part: 'activity_default' },
      { key: 'e4', part: 'activity_default' },
    ]);
  });

  test('two hosts that need one month at once make it once', async () => {
    const id = await newIntegration(storage);
    const other = await databases.open(storage.databaseUrl);
    const lease = await newRun(storage, id);
    const streams = Array.from({ length: 6 }, (_, index) => ({ ...EVENTS, name: `events-${index}` }));
    await storage.runStore.openStreams(lease, streams);
    const commits = streams.map((stream, index) => {
      const host = index % 2 === 0 ? storage : other;
      return host.runStore.commitPage(lease, page(stream, [event(`k${index}`, '2011-07-05T00:00:00.000Z')], LAST), guarded);
    });
    const results = await Promise.all(commits);
    expect(results.map(({ created }) => created)).toEqual([1, 1, 1, 1, 1, 1]);
    const { rows } = await client.query(`SELECT count(*)::int AS n FROM activity_2011_07 WHERE integration_id = $1`, [id]);
    expect(rows).toEqual([{ n: 6 }]);
  });

  test('what waited in the default partition moves when its month is made', async () => {
    const id = await newIntegration(storage);
    await client.query(
      `INSERT INTO activity_default (integration_id, key, stream, generation, hash, first_seen_at, present_since,
         last_seen_at, changed_at, published, type, targets)
       VALUES ($1, 'early', 'activity', 1, '', now(), now(), now(), now(), '2012-02-10Z', 't', '[]')`,
      [id],
    );
    await sync(storage, id, [EVENTS], [page(EVENTS, [event('late', '2012-02-11T00:00:00.000Z')], LAST)]);
    const { rows } = await client.query(`SELECT key FROM activity_2012_02 WHERE integration_id = $1 ORDER BY key`, [id]);
    expect(rows).toEqual([{ key: 'early' }, { key: 'late' }]);
  });
});

test('several streams commit side by side', async () => {
  const id = await newIntegration(storage);
  const lease = await newRun(storage, id);
  await storage.runStore.openStreams(lease, [ACCOUNTS, GROUPS, MEMBERS]);
  for (let round = 0; round < 10; round += 1) {
    await Promise.all([
      storage.runStore.commitPage(lease, page(ACCOUNTS, [account(`u${round}`)], more(`${round}`)), guarded),
      storage.runStore.commitPage(lease, page(GROUPS, [group(`g${round}`)], more(`${round}`)), guarded),
      storage.runStore.commitPage(lease, page(MEMBERS, [membership('g', `u${round}`)], more(`${round}`)), guarded),
    ]);
  }
  const run = await storage.runs.get(DEFAULT_WORKSPACE_ID, lease.runId);
  expect(run?.streamRuns.map(({ pages, created, position }) => ({ pages, created, position }))).toEqual([
    { pages: 10, created: 10, position: '9' },
    { pages: 10, created: 10, position: '9' },
    { pages: 10, created: 10, position: '9' },
  ]);
});

/** All that a page commit could touch, as the database has it. */
async function everything(integrationId: string): Promise<unknown> {
  const seen: unknown[] = [];
  // One after the other: a connection answers one question at a time.
  for (const table of ['accounts', 'stream_state', 'sweep_holds', 'rejected_records'])
    seen.push((await client.query(`SELECT * FROM ${table} WHERE integration_id = $1 ORDER BY 1, 2`, [integrationId])).rows);
  const { rows: runs } = await client.query(
    `SELECT s.* FROM stream_runs s JOIN sync_runs r ON r.id = s.run_id WHERE r.integration_id = $1 ORDER BY 1, 2`,
    [integrationId],
  );
  return [...seen, runs];
}
