import type { ActivityUse, SourceRecord } from '@castellan/connector-sdk';
import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, type Storage } from '../src/index.js';
import { ACCOUNTS, account, EVENTS, event, guarded, LAST, more, page } from './fixtures/samples.js';
import { newIntegration, newRun, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
});
afterAll(() => databases.close());

type Event = SourceRecord<'activity'>;

interface Used {
  readonly use?: ActivityUse | null;
  readonly actor?: string | null;
  readonly used?: string | null;
}

function used(key: string, published: string, { use = 'application', actor = 'ana', used: what = 'app' }: Used = {}): Event {
  const party = actor === null ? null : { id: actor, type: 'User', login: null, displayName: null };
  return event(key, published, { use, used: what, actor: party });
}

/** One run, a page after the other. */
async function read(id: string, pages: readonly (readonly Event[])[]): Promise<void> {
  const committed = pages.map((events, n) => page(EVENTS, events, n === pages.length - 1 ? LAST : more(String(n))));
  await sync(storage, id, [EVENTS], committed);
}

interface UsageRow {
  readonly use: string;
  readonly principal: string;
  readonly object: string;
  readonly first: string;
  readonly last: string;
  readonly times: number;
  readonly days: readonly string[];
  readonly dayTimes: readonly number[];
}

async function usageRows(id: string): Promise<readonly UsageRow[]> {
  const { rows } = await client.query<Omit<UsageRow, 'first' | 'last'> & { readonly first: Date; readonly last: Date }>(
    `SELECT use, principal, object, first_at AS first, last_at AS last, times::int AS times, days::text[] AS days, day_times AS "dayTimes"
     FROM usage WHERE integration_id = $1 ORDER BY use, principal, object`,
    [id],
  );
  return rows.map((row) => ({ ...row, first: row.first.toISOString(), last: row.last.toISOString() }));
}

/** Recounted by hand: an event is one by its instant and its key, whatever pages it came in. */
function recounted(events: readonly Event[]): readonly UsageRow[] {
  const distinct = [...new Map(events.map((one) => [`${one.data.published} ${one.key}`, one.data])).values()];
  const sums = new Map<string, string[]>();
  for (const { use, actor, used: what, published } of distinct) {
    const principal = actor?.id;
    if (use === null || typeof principal !== 'string' || principal === '') continue;
    const names = [JSON.stringify([use, principal, what ?? ''])];
    // With a credential of its own: its rights of administration, too.
    if (use === 'api' && what !== null && what !== '') names.push(JSON.stringify(['administration', principal, '']));
    for (const name of names) sums.set(name, [...(sums.get(name) ?? []), new Date(published).toISOString()]);
  }
  return [...sums]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, instants]) => toRow(name, instants.toSorted()));
}

function toRow(name: string, instants: readonly string[]): UsageRow {
  const [use, principal, object] = JSON.parse(name) as readonly [string, string, string]; // as `recounted` has written it
  const perDay = perDayOf(instants).slice(-400);
  return {
    use,
    principal,
    object,
    first: instants[0] ?? '',
    last: instants.at(-1) ?? '',
    times: instants.length,
    days: perDay.map(([day]) => day),
    dayTimes: perDay.map(([, times]) => times),
  };
}

function perDayOf(instants: readonly string[]): readonly (readonly [string, number])[] {
  const days = new Map<string, number>();
  for (const instant of instants) days.set(instant.slice(0, 10), (days.get(instant.slice(0, 10)) ?? 0) + 1);
  return [...days].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** Of `usage_days`: who it was does not count. */
async function dayRows(id: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly line: string }>(
    `SELECT concat_ws(' ', use, object, day, times) AS line FROM usage_days WHERE integration_id = $1`,
    [id],
  );
  return rows.map(({ line }) => line).toSorted();
}

function recountedDays(rows: readonly UsageRow[]): readonly string[] {
  const sums = new Map<string, number>();
  for (const { use, object, days, dayTimes } of rows)
    for (const [index, day] of days.entries()) {
      const name = [use, object, day].join(' ');
      sums.set(name, (sums.get(name) ?? 0) + (dayTimes[index] ?? 0));
    }
  return [...sums].map(([name, times]) => `${name} ${times}`).toSorted();
}

async function sinceOf(id: string): Promise<string | undefined> {
  const { rows } = await client.query<{ readonly since: Date }>('SELECT since FROM usage_since WHERE integration_id = $1', [
    id,
  ]);
  return rows[0]?.since.toISOString();
}

/** Of several uses, actors, objects and days; some say nothing of a use, or of who it was. */
function manyEvents(count: number): readonly Event[] {
  return Array.from({ length: count }, (_, n) => {
    // Steps that share no factor, so that each meets each; at the ends of days, by UTC.
    const instant = new Date(Date.UTC(2026, 0, 1 + ((n * 7) % 45), n % 2 === 0 ? 0 : 23, n % 2 === 0 ? 0 : 59, (n * 11) % 60));
    const use = (['application', 'application', 'sign_in', 'administration', 'api', null] as const)[n % 6] ?? null;
    const actor = ['ana', 'bo|bo', 'é%', null, ''][(n * 3) % 5] ?? null;
    const named = use === 'application' ? ['app', 'other|app', null] : use === 'api' ? ['token', null, 'token'] : [];
    const what = named[(n * 5 + Math.trunc(n / 6)) % 3] ?? null;
    return used(`event${n}`, instant.toISOString(), { use, actor, used: what });
  });
}

function pagesOf(events: readonly Event[], size: number): readonly (readonly Event[])[] {
  return Array.from({ length: Math.ceil(events.length / size) }, (_, n) => events.slice(n * size, (n + 1) * size));
}

describe('what events show to have been used', () => {
  test.each([
    ['in one page', (events: readonly Event[]) => [events]],
    ['in pages of seven', (events: readonly Event[]) => pagesOf(events, 7)],
    ['the newest first', (events: readonly Event[]) => pagesOf(events.toReversed(), 50)],
    ['read twice', (events: readonly Event[]) => [...pagesOf(events, 60), ...pagesOf(events, 45)]],
    [
      'read again from the middle',
      (events: readonly Event[]) => [events.slice(0, 200), events.slice(100), events.slice(150, 250)],
    ],
  ])('is added up the same, %s', async (_, cut) => {
    const [id, other] = [await newIntegration(storage), await newIntegration(storage)];
    const events = manyEvents(300);
    const others = events.slice(0, 50);
    await read(other, [others]);
    await read(id, cut(events));
    await read(other, [others]);
    for (const [integration, all] of [[id, events] as const, [other, others] as const]) {
      const wanted = recounted(all);
      expect(wanted.length).toBeGreaterThan(10);
      expect(await usageRows(integration)).toEqual(wanted);
      expect(await dayRows(integration)).toEqual(recountedDays(wanted));
      expect(await sinceOf(integration)).toBe(all.map(({ data }) => data.published).toSorted()[0]);
    }
  });

  test('of later runs is added to that of earlier ones', async () => {
    const id = await newIntegration(storage);
    const events = manyEvents(300);
    for (const part of [events.slice(100, 200), events.slice(150), events.slice(0, 120)]) await read(id, [part]);
    const wanted = recounted(events);
    expect(await usageRows(id)).toEqual(wanted);
    expect(await dayRows(id)).toEqual(recountedDays(wanted));
    expect(await sinceOf(id)).toBe(events.map(({ data }) => data.published).toSorted()[0]);
  });
});

test('a page with rows that the database refuses counts those that it takes, once', async () => {
  const id = await newIntegration(storage);
  const events = manyEvents(40);
  // Of the right type, and no value of the column: the whole page is refused, and written row by row.
  const refused = used('refused', '2026-01-05T00:00:00.000Z', { actor: 'ana' });
  await client.query(`ALTER TABLE activity ADD CONSTRAINT refusing CHECK (key <> 'refused')`);
  await read(id, [[...events.slice(0, 20), refused, ...events.slice(20)], events.slice(10, 30)]);
  await client.query('ALTER TABLE activity DROP CONSTRAINT refusing');
  const { rows } = await client.query('SELECT count(*)::int AS count FROM activity WHERE integration_id = $1', [id]);
  expect(rows).toEqual([{ count: 40 }]);
  expect(await usageRows(id)).toEqual(recounted(events));
  expect(await dayRows(id)).toEqual(recountedDays(recounted(events)));
});

test('of more than 400 days the newest 400 are kept, and all count', async () => {
  const id = await newIntegration(storage);
  const events = Array.from({ length: 430 }, (_, n) => {
    const day = new Date(Date.UTC(2024, 0, 1 + n));
    return [used(`a${n}`, day.toISOString()), used(`b${n}`, new Date(day.getTime() + 86_399_999).toISOString())].slice(n % 2);
  });
  // The oldest last: they are too old already, and must not push newer ones out.
  await read(id, [events.slice(100, 300).flat(), events.slice(300).flat(), events.slice(0, 100).flat()]);
  const [row] = await usageRows(id);
  const [wanted] = recounted(events.flat());
  expect(row).toEqual(wanted);
  expect([row?.days.length, row?.times]).toEqual([400, 645]);
  // Of an object all days are kept.
  const { rows } = await client.query('SELECT count(*)::int AS days FROM usage_days WHERE integration_id = $1', [id]);
  expect(rows).toEqual([{ days: 430 }]);
});

test('a day is one of UTC, whatever zone the server keeps', async () => {
  const id = await newIntegration(storage);
  const [{ name }] = (await client.query<{ readonly name: string }>('SELECT current_database() AS name')).rows as [
    { name: string },
  ]; // one
  await client.query(`ALTER DATABASE ${name} SET timezone = 'Pacific/Auckland'`);
  const there = await databases.open(storage.databaseUrl);
  const lease = await newRun(there, id);
  await there.runStore.openStreams(lease, [EVENTS]);
  const events = [used('a', '2026-03-01T00:00:00.000Z'), used('b', '2026-03-01T23:59:59.999Z')];
  await there.runStore.commitPage(lease, page(EVENTS, events, LAST), guarded);
  await client.query(`ALTER DATABASE ${name} RESET timezone`);
  const [row] = await usageRows(id);
  expect(row).toMatchObject({ days: ['2026-03-01'], dayTimes: [2] });
});

test('a record that went and came back twice has two times of the past', async () => {
  const id = await newIntegration(storage);
  const committed: Date[] = [];
  for (const keys of [['x', 'y'], ['y'], ['x', 'y'], ['y'], ['x', 'y'], ['x', 'y']]) {
    await sync(
      storage,
      id,
      [ACCOUNTS],
      [
        page(
          ACCOUNTS,
          keys.map((key) => account(key)),
          LAST,
        ),
      ],
    );
    const { rows } = await client.query<{ at: Date }>('SELECT updated_at AS at FROM stream_state WHERE integration_id = $1', [
      id,
    ]);
    committed.push(rows[0]?.at ?? new Date(0));
  }
  const past = await client.query(
    'SELECT kind, key, since, until FROM past_presences WHERE integration_id = $1 ORDER BY since',
    [id],
  );
  const [one, two, three, four, five] = committed;
  expect(past.rows).toEqual([
    { kind: 'account', key: 'x', since: one, until: two },
    { kind: 'account', key: 'x', since: three, until: four },
  ]);
  const now = await client.query(
    'SELECT key, present_since AS since, removed_at AS gone FROM accounts WHERE integration_id = $1 ORDER BY key',
    [id],
  );
  expect(now.rows).toEqual([
    { key: 'x', since: five, gone: null },
    { key: 'y', since: one, gone: null },
  ]);
});

test('when a stream was first complete is said once, and not before it was', async () => {
  const id = await newIntegration(storage);
  const firstComplete = async (): Promise<unknown> => {
    const { rows } = await client.query<{ first: Date | null; fresh: Date | null }>(
      'SELECT first_complete_at AS first, fresh_at AS fresh FROM stream_state WHERE integration_id = $1',
      [id],
    );
    return rows[0];
  };
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [account('x')], more('1'))]);
  expect(await firstComplete()).toEqual({ first: null, fresh: null });
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [account('x')], LAST)]);
  const first = await firstComplete();
  expect(first).toEqual({ first: expect.any(Date), fresh: expect.any(Date) });
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [account('x'), account('y')], LAST)]);
  const later = await firstComplete();
  expect(later).toMatchObject({ first: (first as { first: Date }).first }); // a date, as above
  expect(later).not.toEqual(first);
});

test('a deleted integration leaves no row in any table', async () => {
  const [id, other] = [await newIntegration(storage), await newIntegration(storage)];
  for (const integration of [id, other]) {
    for (const keys of [['x', 'y'], ['y'], ['x', 'y']])
      await sync(
        storage,
        integration,
        [ACCOUNTS],
        [
          page(
            ACCOUNTS,
            keys.map((key) => account(key)),
            LAST,
          ),
        ],
      );
    await read(integration, [manyEvents(100)]);
    await client.query(`INSERT INTO access_counts VALUES ($1, 'app', 1, NULL, '{}', '{}')`, [integration]);
    await client.query('INSERT INTO access_counted VALUES ($1, now())', [integration]);
  }
  const before = await tablesWith(id);
  const NEW = ['past_presences', 'usage', 'usage_days', 'usage_since', 'access_counts', 'access_counted'];
  expect(before).toEqual(expect.arrayContaining([...NEW, 'accounts', 'activity', 'stream_state']));
  await storage.integrations.delete(WORKSPACE, id);
  // Little by little, in the middle of a table as well.
  while (await storage.deletedIntegrations.purge(60));
  expect(await tablesWith(id)).toEqual([]);
  expect(await tablesWith(other)).toEqual(before);
});

/** Tables that have rows of an integration, of all that could. */
async function tablesWith(id: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly name: string }>(
    `SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND c.column_name = 'integration_id' AND t.table_type = 'BASE TABLE' ORDER BY c.table_name`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await client.query(`SELECT 1 FROM "${name}" WHERE integration_id = $1 LIMIT 1`, [id]);
    if (rowCount !== 0) found.push(name);
  }
  return found;
}
