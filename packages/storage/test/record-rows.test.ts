import type { Account, SourceRecord } from '@castellan/connector-sdk';
import fc from 'fast-check';
import type pg from 'pg';
import {
  DEFAULT_WORKSPACE_ID as WORKSPACE,
  type RowFilter,
  type RowPageQuery,
  type RowSort,
  type Storage,
} from '../src/index.js';
import { ACCOUNTS, account, AUTHENTICATORS, authenticator, GROUPS, group, LAST, page } from './fixtures/samples.js';
import { newIntegration, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;
/** What was seeded, and nothing that the database says. */
interface Seeded {
  readonly integration: string;
  readonly key: string;
  readonly data: Account;
  readonly removed: boolean;
}
let rows: readonly Seeded[];
let integrations: readonly string[];
let foreign: string;

const NAMES = [
  null,
  '',
  'Ana Müller',
  'ana müller',
  'ÉMILE Zola',
  'émile zola',
  '100% Bob',
  'under_score',
  'ß',
  'Zoë 🦉',
  `O'Neil "x"`,
];
const DEPARTMENTS = [null, '', 'People', 'people', "Dept'; --", '%'];
const STATUSES = ['active', 'locked', 'suspended'] as const;
const TIMES = [null, '2024-02-29T00:00:00.000Z', '2025-06-01T12:00:00.500Z', '2026-01-01T00:00:00.000Z'];
const pick = <T>(values: readonly T[], n: number): T => values[n % values.length] as T; // never out of its bounds

function person(integration: number, n: number): SourceRecord<'account'> {
  return account(`${pick(['k', 'K', 'é'], n)}${n}`, {
    login: n % 7 === 0 ? null : `p${n}.${integration}@Example.com`,
    email: n % 3 === 0 ? null : `Box.${n}@mail.example`,
    displayName: pick(NAMES, n * 5 + integration),
    status: pick(STATUSES, n),
    isHuman: pick([true, false, null], n * 2 + integration),
    department: pick(DEPARTMENTS, n * 7),
    lastLoginAt: pick(TIMES, n * 3 + integration),
  });
}

async function seed(name: string, index: number, workspace?: string): Promise<readonly Seeded[]> {
  const id =
    workspace === undefined
      ? await newIntegration(storage, name)
      : (await storage.integrations.create(workspace, { connectorId: 'fake', name, config: {}, secrets: {} })).id;
  const people = Array.from({ length: 40 }, (_, n) => person(index, n));
  const kept = people.filter((_, n) => n % 5 !== 4);
  if (workspace === undefined) {
    await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, people, LAST)]);
    await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, kept, LAST)]);
  }
  return people.map((one) => ({ integration: id, key: one.key, data: one.data, removed: !kept.includes(one) }));
}

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
  rows = [...(await seed('One', 1)), ...(await seed('Two', 2))];
  integrations = [...new Set(rows.map(({ integration }) => integration))];
  const other = '00000000-0000-4000-8000-0000000000f0';
  await client.query(`INSERT INTO workspaces (id, name) VALUES ($1, 'Other')`, [other]);
  // Rows as those of the first, in the integration of another workspace.
  foreign = (await seed('Foreign', 1, other))[0]?.integration ?? '';
  const { rows: columns } = await client.query<{ readonly column_name: string }>(
    `SELECT column_name FROM information_schema.columns
     WHERE table_name = 'accounts' AND column_name <> 'integration_id' AND is_generated = 'NEVER'`,
  );
  const list = columns.map(({ column_name }) => `"${column_name}"`).join(', ');
  await client.query(
    `INSERT INTO accounts (integration_id, ${list}) SELECT $1, ${list} FROM accounts WHERE integration_id = $2`,
    [foreign, integrations[0]],
  );
});
afterAll(() => databases.close());

const bytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
const folded = (text: string): string => [...text].map((letter) => letter.toLowerCase()).join('');

function meets({ data }: Seeded, filters: readonly RowFilter[]): boolean {
  const fields = [...new Set(filters.map(({ field }) => field))];
  return fields.every((field) => {
    const value = (data as unknown as Record<string, unknown>)[field] ?? null; // read by the names of the filters
    const own = filters.filter((filter) => filter.field === field);
    const bounds = own.filter((filter) => !('is' in filter));
    const within = bounds.every((bound) => {
      if (typeof value !== 'string') return false;
      return 'before' in bound ? value < bound.before : 'after' in bound && value > bound.after;
    });
    return own.some((filter) => 'is' in filter && filter.is === value) || (bounds.length > 0 && within);
  });
}

function isFound({ key, data }: Seeded, words: readonly string[]): boolean {
  const texts = [key, data.login, data.email, data.displayName].flatMap((text) => text ?? []).map(folded);
  return words.every((word) => texts.some((text) => text.includes(folded(word))));
}

function sortValue({ data }: Seeded, field: string): string | null {
  const value = (data as unknown as Record<string, string | null>)[field] ?? null; // as above
  return value?.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) ?? null;
}

function expected({ integrationId, words = [], filters = [], removed = 'no', sort }: RowPageQuery): readonly Seeded[] {
  const { field, descending } = sort ?? { field: 'displayName', descending: false };
  return rows
    .filter((row) => integrationId === undefined || row.integration === integrationId)
    .filter((row) => removed === 'with' || row.removed === (removed === 'only'))
    .filter((row) => isFound(row, words) && meets(row, filters))
    .toSorted((one, other) => {
      const [a, b] = [sortValue(one, field), sortValue(other, field)];
      if (a === null || b === null) return Number(a === null) - Number(b === null) || byPlace(one, other);
      return (descending ? bytes(b, a) : bytes(a, b)) || byPlace(one, other);
    });
}

function byPlace(one: Seeded, other: Seeded): number {
  return bytes(one.integration, other.integration) || bytes(one.key, other.key);
}

const placesOf = (found: readonly { readonly key: string; readonly integration: string | { readonly id: string } }[]) =>
  found.map(({ integration, key }) => `${typeof integration === 'string' ? integration : integration.id} ${key}`);

const filter: fc.Arbitrary<RowFilter> = fc.oneof(
  fc.constantFrom(...DEPARTMENTS).map((is) => ({ field: 'department', is })),
  fc.constantFrom(...STATUSES).map((is) => ({ field: 'status', is })),
  fc.constantFrom(true, false, null).map((is) => ({ field: 'isHuman', is })),
  fc.constant({ field: 'lastLoginAt', is: null }),
  fc.constantFrom(...TIMES.flatMap((time) => time ?? [])).map((before) => ({ field: 'lastLoginAt', before })),
  fc.constantFrom(...TIMES.flatMap((time) => time ?? [])).map((after) => ({ field: 'lastLoginAt', after })),
);
const sort: fc.Arbitrary<RowSort> = fc.record({
  field: fc.constantFrom('displayName', 'login', 'status', 'department', 'lastLoginAt'),
  descending: fc.boolean(),
});
const WORDS = [
  'BOX.1',
  // The end of one column and the beginning of the next: in none of them.
  'combox',
  '@mail.',
  'ana',
  'MÜLLER',
  'É',
  'émile',
  '%',
  '_',
  'ß',
  '🦉',
  '"x"',
  'example',
  'k1',
  '.1@',
  "'",
  'zzz',
  '\\',
  '(',
  '.*',
  'ü.',
  'ü(',
];
const query = (): fc.Arbitrary<RowPageQuery> =>
  fc.record(
    {
      integrationId: fc.constantFrom(...integrations),
      words: fc.array(fc.constantFrom(...WORDS), { maxLength: 2 }),
      filters: fc.array(filter, { maxLength: 4 }),
      removed: fc.constantFrom('no' as const, 'only' as const, 'with' as const),
      sort,
    },
    { requiredKeys: [] },
  );
const RUNS = { numRuns: Number(process.env['CASTELLAN_PROPERTY_RUNS'] ?? 60) };

test('every part of a table is what plain code makes of the same rows', async () => {
  await fc.assert(
    fc.asyncProperty(query(), fc.nat(70), fc.integer({ min: 1, max: 50 }), async (wanted, offset, limit) => {
      const all = expected(wanted);
      const found = await storage.recordRows.page(WORKSPACE, 'account', { ...wanted, offset, limit });
      expect(placesOf(found)).toEqual(placesOf(all.slice(offset, offset + limit)));
      expect(await storage.recordRows.total(WORKSPACE, 'account', wanted)).toBe(all.length);
    }),
    RUNS,
  );
});

test('the pages of a table together have each row once, also among equals', async () => {
  for (const field of ['status', 'department', 'lastLoginAt']) {
    const seen: string[] = [];
    for (let offset = 0; offset < 80; offset += 7)
      seen.push(
        ...placesOf(
          await storage.recordRows.page(WORKSPACE, 'account', { sort: { field, descending: true }, offset, limit: 7 }),
        ),
      );
    expect(seen.toSorted()).toEqual(placesOf(rows.filter(({ removed }) => !removed)).toSorted());
  }
});

test('a walk goes through all that matches, by integration and key', async () => {
  await fc.assert(
    fc.asyncProperty(query(), fc.integer({ min: 1, max: 9 }), async (wanted, batch) => {
      const found: string[] = [];
      for await (const part of storage.recordRows.walk(WORKSPACE, 'account', wanted, batch)) found.push(...placesOf(part));
      expect(found).toEqual(placesOf(expected(wanted).toSorted(byPlace)));
    }),
    { numRuns: 15 },
  );
});

test('a facet counts under the filters of all other fields', async () => {
  await fc.assert(
    fc.asyncProperty(query(), async (wanted) => {
      const facets = await storage.recordRows.facets(WORKSPACE, 'account', wanted);
      expect(facets.map(({ field }) => field)).toEqual([
        'status',
        'providerStatus',
        'isHuman',
        'department',
        'credentialProvider',
        'userType',
        'recoveryQuestion',
        'authenticator',
      ]);
      for (const { field, values, more } of facets) {
        const others = (wanted.filters ?? []).filter((one) => one.field !== field);
        const counts = new Map<unknown, number>();
        for (const { data } of expected({ ...wanted, filters: others })) {
          // By the name that the facet has; of authenticators nothing was read here.
          const value = (data as unknown as Record<string, unknown>)[field] ?? null;
          counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        expect(new Map(values.map(({ value, count }) => [value, count]))).toEqual(counts);
        expect(values.map(({ count }) => count)).toEqual([...counts.values()].toSorted((a, b) => b - a));
        expect(more).toBe(false);
      }
    }),
    RUNS,
  );
});

test('accounts are filtered by the strongest authenticator that they can use', async () => {
  const id = await newIntegration(storage, 'Authenticators');
  const people = ['key', 'both', 'code', 'off', 'gone', 'none'].map((key) => account(key));
  const held = [
    authenticator('1', { account: 'key', phishingResistant: true }),
    authenticator('2', { account: 'both', phishingResistant: false }),
    authenticator('3', { account: 'both', phishingResistant: true }),
    authenticator('4', { account: 'code', phishingResistant: false }),
    authenticator('5', { account: 'code', phishingResistant: true, status: 'inactive' }),
    authenticator('6', { account: 'off', status: 'pending' }),
  ];
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, people, LAST)]);
  const keysOf = async (...values: readonly (string | null)[]): Promise<readonly string[]> => {
    const asked = { integrationId: id, filters: values.map((is) => ({ field: 'authenticator', is })) };
    const keys = (await storage.recordRows.page(WORKSPACE, 'account', asked)).map(({ key }) => key);
    expect(await storage.recordRows.total(WORKSPACE, 'account', asked)).toBe(keys.length);
    return keys.toSorted();
  };
  // Nobody has looked yet: who has none is not known.
  expect(await keysOf('none')).toEqual([]);
  expect(await keysOf(null)).toHaveLength(people.length);
  const gone = authenticator('7', { account: 'gone', phishingResistant: true });
  await sync(storage, id, [AUTHENTICATORS], [page(AUTHENTICATORS, [...held, gone], LAST)]);
  await sync(storage, id, [AUTHENTICATORS], [page(AUTHENTICATORS, held, LAST)]);
  expect(await keysOf('phishing_resistant')).toEqual(['both', 'key']);
  expect(await keysOf('other')).toEqual(['code']);
  expect(await keysOf('none')).toEqual(['gone', 'none', 'off']);
  expect(await keysOf('none', 'other')).toEqual(['code', 'gone', 'none', 'off']);
  expect(await keysOf('strong')).toEqual([]);
  expect(await keysOf(null)).toEqual([]);
  const facets = await storage.recordRows.facets(WORKSPACE, 'account', {
    integrationId: id,
    filters: [{ field: 'authenticator', is: 'other' }],
  });
  expect(facets.find(({ field }) => field === 'authenticator')?.values).toEqual([
    { value: 'none', count: 3 },
    { value: 'phishing_resistant', count: 2 },
    { value: 'other', count: 1 },
  ]);
  expect(facets.find(({ field }) => field === 'status')?.values).toEqual([{ value: 'active', count: 1 }]);
  await storage.integrations.delete(WORKSPACE, id);
});

test('of many values the thirty most frequent are counted', async () => {
  const id = await newIntegration(storage, 'Departments');
  const people = Array.from({ length: 70 }, (_, n) => account(`d${n}`, { department: `Dept ${n % 35}`.padEnd(n < 5 ? 9 : 0) }));
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, people, LAST)]);
  const facets = await storage.recordRows.facets(WORKSPACE, 'account', { integrationId: id });
  const departments = facets.find(({ field }) => field === 'department');
  expect(departments?.values).toHaveLength(30);
  expect(departments?.more).toBe(true);
  await storage.integrations.delete(WORKSPACE, id);
});

test('an integration of another workspace is not there', async () => {
  const { recordRows } = storage;
  expect(await recordRows.page(WORKSPACE, 'account', { integrationId: foreign })).toEqual([]);
  expect(await recordRows.total(WORKSPACE, 'account', { integrationId: foreign, words: ['ana'] })).toBe(0);
  expect((await recordRows.facets(WORKSPACE, 'account', { integrationId: foreign })).flatMap(({ values }) => values)).toEqual(
    [],
  );
  for await (const part of recordRows.walk(WORKSPACE, 'account', { integrationId: foreign })) expect(part).toEqual([]);
  const { rows: known } = await client.query('SELECT 1 FROM accounts WHERE integration_id = $1', [foreign]);
  expect(known).toHaveLength(40);
});

test('fields that are none, or cannot be asked for, are refused', async () => {
  const { recordRows } = storage;
  const filters = [{ field: 'login"; DROP TABLE accounts; --', is: 'x' }];
  await expect(recordRows.page(WORKSPACE, 'account', { filters })).rejects.toThrow('cannot be filtered');
  const unsorted = { field: 'lastSeenAt', descending: false };
  await expect(recordRows.page(WORKSPACE, 'account', { sort: unsorted })).rejects.toThrow('cannot be sorted');
});

test('a row that is too long for the index is in the table all the same', async () => {
  const id = await newIntegration(storage, 'Long');
  // Of letters that no compression makes short.
  const long = Array.from({ length: 4_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000))).join('');
  const people = [
    account('short', { displayName: 'Ann' }),
    account('long', { displayName: long }),
    account('zoe', { displayName: 'Zoe' }),
  ];
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, people, LAST)]);
  const found = await storage.recordRows.page(WORKSPACE, 'account', { integrationId: id });
  expect(found.map(({ key }) => key)).toEqual(['short', 'zoe', 'long']);
  expect(found[2]?.data.displayName).toBe(long);
  const words = [long.slice(3_000, 3_010)];
  expect((await storage.recordRows.page(WORKSPACE, 'account', { integrationId: id, words })).map(({ key }) => key)).toEqual([
    'long',
  ]);
  await storage.integrations.delete(WORKSPACE, id);
});

test('a table of accounts goes by the index that was made for it', async () => {
  const { rows: indexes } = await client.query<{ readonly text: string }>(
    `SELECT pg_get_expr(indpred, indrelid) AS text FROM pg_index WHERE indexrelid IN ('accounts_shown'::regclass, 'accounts_unfit'::regclass)`,
  );
  const { ACCOUNTS_FIT } = await import('../src/records/accounts-fit.js');
  await client.query('BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off');
  const plan = async (fit: string): Promise<string> => {
    const { rows: lines } = await client.query(
      `EXPLAIN SELECT t.key FROM accounts t WHERE t.integration_id = $1 AND t.removed_at IS NULL AND ${fit}
       ORDER BY lower(left(t.display_name, 100) COLLATE "C") NULLS LAST, t.key LIMIT 5`.replace('$1', `'${integrations[0]}'`),
    );
    return JSON.stringify(lines);
  };
  expect(await plan(ACCOUNTS_FIT)).toContain('accounts_shown');
  // In its order: nothing is left to sort.
  expect(await plan(ACCOUNTS_FIT)).not.toContain('Sort');
  expect(await plan(`NOT (${ACCOUNTS_FIT})`)).toContain('accounts_unfit');
  await client.query('ROLLBACK');
  expect(indexes).toHaveLength(2);
});

test('kinds are counted over all integrations of the workspace', async () => {
  const before = await storage.recordRows.counts(WORKSPACE);
  expect(before.find(({ kind }) => kind === 'account')).toEqual({ kind: 'account', present: 64, removed: 16 });
  await sync(storage, integrations[1] ?? '', [GROUPS], [page(GROUPS, [group('g1', 'Zebra'), group('g2', 'ant')], LAST)]);
  const counts = await storage.recordRows.counts(WORKSPACE);
  expect(counts.find(({ kind }) => kind === 'group')).toEqual({ kind: 'group', present: 2, removed: 0 });
  const found = await storage.recordRows.page(WORKSPACE, 'group', {});
  expect(found.map(({ key, integration }) => [key, integration.name])).toEqual([
    ['g2', 'Two'],
    ['g1', 'Two'],
  ]);
});
