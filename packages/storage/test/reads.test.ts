import type { RecordKind } from '@castellan/connector-sdk';
import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, type Storage } from '../src/index.js';
import {
  ACCOUNTS,
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
import { newIntegration, newRun, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  client = await databases.client(url);
  // Half an hour off: what forgot the zone, or took it for whole hours, shows here.
  await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET timezone = 'Asia/Kolkata'`);
  storage = await databases.open(url);
});
afterAll(() => databases.close());

/** Keys of all pages of a list, one after the other. */
async function walked(id: string, kind: RecordKind, limit: number): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let after: string | undefined; ; ) {
    const { records, next } = await storage.records.list(WORKSPACE, id, kind, { limit, ...(after !== undefined && { after }) });
    keys.push(...records.map(({ key }) => key));
    if (next === null) return keys;
    after = next;
  }
}

const FOREIGN = '00000000-0000-4000-8000-00000000beef';

test('times come as the source gave them, whatever the zone of the database', async () => {
  const id = await newIntegration(storage);
  const times = { createdAt: '2019-01-02T23:04:05.678Z', activatedAt: '2020-02-29T00:00:00.000Z', updatedAt: null };
  const began = Date.now();
  const pages = [page(ACCOUNTS, [account('a', times)], LAST), page(EVENTS, [event('e', '2021-12-31T23:59:59.090Z')], LAST)];
  await sync(storage, id, [ACCOUNTS, EVENTS], pages);
  const [listed] = (await storage.records.list(WORKSPACE, id, 'account')).records;
  expect(listed?.data).toMatchObject(times);
  expect(listed?.firstSeenAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  expect(Math.abs(Date.parse(listed?.firstSeenAt ?? '') - began)).toBeLessThan(60_000);
  expect(listed?.removedAt).toBeNull();
  expect((await storage.records.get(WORKSPACE, id, 'activity', 'e'))?.data.published).toBe('2021-12-31T23:59:59.090Z');
});

test('a list leaves out the source object, one record has it', async () => {
  const id = await newIntegration(storage);
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [{ ...account('a'), hint: { n: 1 } }], LAST)]);
  const [listed] = (await storage.records.list(WORKSPACE, id, 'account')).records;
  expect(listed).toMatchObject({ key: 'a' });
  expect(listed).not.toHaveProperty('raw');
  expect(await storage.records.get(WORKSPACE, id, 'account', 'a')).toMatchObject({ raw: { id: 'a' }, hint: { n: 1 } });
});

describe('reading', () => {
  const keys = [
    'a',
    'B',
    'b',
    'Z',
    'z',
    'é',
    '\u{1F989}',
    '\uFFFD',
    '~',
    '_',
    '|',
    '%7C',
    'a b',
    'ab',
    'aB',
    '00u9',
    '00uA',
    '00ua',
    ' ',
  ];

  test('keys come in byte order, after any of them, without removed and unseen rows', async () => {
    const id = await newIntegration(storage);
    const many = Array.from({ length: 2_500 }, (_, n) => `k${(n * 7_919) % 10_007}`);
    const all = [...keys, ...many];
    await sync(
      storage,
      id,
      [GROUPS],
      [
        page(
          GROUPS,
          [...all, 'gone'].map((key) => group(key)),
          LAST,
        ),
      ],
    );
    await sync(
      storage,
      id,
      [GROUPS],
      [
        page(
          GROUPS,
          all.map((key) => group(key)),
          LAST,
        ),
      ],
    );
    const lease = await newRun(storage, id);
    const expected = [...all].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const read = async (after?: string): Promise<string[]> => {
      const found: string[] = [];
      // Ten thousand: each by itself would cost more than to read them.
      const hints = new Set<string>();
      for await (const { key, hint } of storage.runStore.synced(lease).entries('group', after)) {
        hints.add(JSON.stringify(hint));
        found.push(key);
      }
      expect([...hints]).toEqual(['{"members":3}']);
      return found;
    };
    expect(await read()).toEqual(expected);
    for (const after of ['b', '\uFFFD', 'k5', '00uA']) {
      const rest = expected.filter((key) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
      expect(await read(after)).toEqual(rest);
    }
    const paged = await walked(id, 'group', 700);
    expect(paged).toEqual(expected);
  });

  test('each stream that feeds a kind counts by its own pass', async () => {
    const id = await newIntegration(storage);
    const [one, two, held] = ['one', 'two', 'held'].map((name) => ({ ...ACCOUNTS, name }));
    if (one === undefined || two === undefined || held === undefined) throw new Error('never');
    await sync(
      storage,
      id,
      [one, two, held],
      [page(one, [account('a1')], LAST), page(held, [account('h1'), account('h2')], LAST)],
    );
    await sync(storage, id, [one], [page(one, [account('a1')], LAST)]);
    await sync(storage, id, [held], [page(held, [], LAST)]);
    const lease = await newRun(storage, id);
    await storage.runStore.openStreams(lease, [two]);
    // Never complete: what it has so far is no list.
    await storage.runStore.commitPage(lease, page(two, [account('b1')], more('x')), guarded);
    const found: string[] = [];
    for await (const { key } of storage.runStore.synced(lease).entries('account')) found.push(key);
    expect(found).toEqual(['a1']);
  });

  test('lists, searches and counts for a person', async () => {
    const id = await newIntegration(storage);
    const people = [account('1', { login: 'ana_b@x.test' }), account('2', { displayName: 'Bob 100%' }), account('3')];
    await sync(storage, id, [ACCOUNTS, MEMBERS], [page(ACCOUNTS, people, LAST), page(MEMBERS, [membership('g', '1')], LAST)]);
    await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, people.slice(0, 2), LAST)]);
    const found = async (search: string): Promise<string[]> =>
      (await storage.records.list(WORKSPACE, id, 'account', { search })).records.map(({ key }) => key);
    expect(await found('ANA_')).toEqual(['1']);
    expect(await found('0%')).toEqual(['2']);
    expect(await found(`'; DROP TABLE accounts; --`)).toEqual([]);
    expect((await storage.records.list(WORKSPACE, id, 'account', { includeRemoved: true })).records.length).toBe(3);
    const counts = await storage.records.counts(WORKSPACE, id);
    expect(counts.filter(({ present, removed }) => present + removed > 0)).toEqual([
      { kind: 'account', present: 2, removed: 1 },
      { kind: 'membership', present: 1, removed: 0 },
    ]);
    expect((await storage.records.list(FOREIGN, id, 'account')).records).toEqual([]);
    expect(await storage.records.get(FOREIGN, id, 'account', '1')).toBeUndefined();
    const many = await storage.records.getMany(WORKSPACE, id, 'account', ['1', '2', 'nobody']);
    expect([...many.keys()].toSorted()).toEqual(['1', '2']);
    expect(many.get('1')).toEqual(
      expect.objectContaining({ data: (await storage.records.get(WORKSPACE, id, 'account', '1'))?.data }),
    );
    expect(await storage.records.getMany(FOREIGN, id, 'account', ['1'])).toEqual(new Map());
  });

  test('activity comes newest first, in pages', async () => {
    const id = await newIntegration(storage);
    const times = ['2024-01-01', '2024-03-01', '2023-12-31', '2024-03-01', '2024-02-01'];
    const events = times.map((day, n) => event(`e${n}|x`, `${day}T00:00:00.000Z`));
    await sync(storage, id, [EVENTS], [page(EVENTS, events, LAST)]);
    const listed = await walked(id, 'activity', 2);
    expect(listed).toEqual(['e3|x', 'e1|x', 'e4|x', 'e0|x', 'e2|x']);
  });
});
