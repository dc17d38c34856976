import type pg from 'pg';
import { type ActivityQuery, DEFAULT_WORKSPACE_ID as WORKSPACE, type Storage } from '../src/index.js';
import { EVENTS, event, LAST, page } from './fixtures/samples.js';
import { newIntegration, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;
/** Newest first, by hand: equal times by integration and key, the larger first. */
let places: readonly string[];
let one: string;
let other: string;

const DAYS = ['2025-03-01', '2025-02-01', '2025-02-01', '2024-12-31', '2025-03-01', '2023-01-01', '2025-02-01'];

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
  [one = '', other = ''] = [await newIntegration(storage, 'One'), await newIntegration(storage, 'Two')].toSorted();
  for (const id of [one, other]) {
    const events = DAYS.map((day, n) =>
      event(`e${n}|x`, `${day}T00:00:00.000Z`, {
        type: n % 2 === 0 ? 'user.session.start' : 'group.user.add',
        message: n === 3 ? 'Needle in it' : null,
        actor: n === 5 ? null : { id: `u${n % 3}`, type: 'User', login: null, displayName: null },
      }),
    );
    await sync(storage, id, [EVENTS], [page(EVENTS, events, LAST)]);
  }
  const all = [one, other].flatMap((id) => DAYS.map((day, n) => ({ day, id, key: `e${n}|x` })));
  places = all
    .toSorted((a, b) => (`${a.day} ${a.id} ${a.key}` < `${b.day} ${b.id} ${b.key}` ? 1 : -1))
    .map(({ id, key }) => `${id} ${key}`);
});
afterAll(() => databases.close());

async function walked(query: ActivityQuery): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const { rows, next } = await storage.recordRows.activityPage(WORKSPACE, { ...query, after });
    found.push(...rows.map(({ integration, key }) => `${integration.id} ${key}`));
    if (next === null) return found;
    after = next;
  }
}

const numberOf = (place: string): number => Number(/ e(\d)\|/.exec(place)?.[1]);

test.each([1, 2, 3, 5, 14, 20])('the log of all integrations goes newest first, %i at a time', async (limit) => {
  expect(await walked({ limit })).toEqual(places);
  expect(await walked({ limit, integrationId: other })).toEqual(places.filter((place) => place.startsWith(other)));
});

test.each<[string, ActivityQuery, (n: number, day: string) => boolean]>([
  [
    'since is in it, until is not',
    { since: '2025-02-01T00:00:00.000Z', until: '2025-03-01T00:00:00.000Z' },
    (_, day) => day === '2025-02-01',
  ],
  ['who acted', { actor: 'u1' }, (n) => n % 3 === 1],
  ['a type', { filters: [{ field: 'type', is: 'group.user.add' }] }, (n) => n % 2 === 1],
  ['either of two types', { filters: ['group.user.add', 'x'].map((is) => ({ field: 'type', is })) }, (n) => n % 2 === 1],
  ['words of the message', { words: ['NEEDLE', 'it'] }, (n) => n === 3],
  [
    'all at once',
    { actor: 'u0', filters: [{ field: 'type', is: 'user.session.start' }], until: '2025-02-15T00:00:00.000Z' },
    (n) => n === 6,
  ],
])('%s', async (_, query, isMeant) => {
  const wanted = places.filter((place) => isMeant(numberOf(place), DAYS[numberOf(place)] ?? ''));
  expect(wanted.length).toBeGreaterThan(0);
  for (const limit of [1, 4, 50]) expect(await walked({ ...query, limit })).toEqual(wanted);
  expect(await storage.recordRows.activityTotal(WORKSPACE, query)).toBe(wanted.length);
});

test('facets of the log', async () => {
  const { fields, sample } = await storage.recordRows.activityFacets(WORKSPACE, { actor: 'u0' });
  expect(sample).toBeNull();
  expect(fields[0]).toEqual({
    field: 'type',
    // Of e0, e3 and e6, in two integrations.
    values: [
      { value: 'user.session.start', count: 4 },
      { value: 'group.user.add', count: 2 },
    ],
    more: false,
  });
});

describe('a long log', () => {
  beforeAll(async () => {
    // Ten thousand and a hundred, each a second after the one before; much newer than all others.
    await client.query(
      `INSERT INTO activity (integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at, published, type, targets)
       SELECT $1, 'n' || lpad(n::text, 5, '0'), 'activity', 1, '', now(), now(), now(), now(), timestamptz '2025-06-01Z' + n * interval '1 second', 'noise', '[]'
       FROM generate_series(1, 10100) n`,
      [one],
    );
  });

  test('a search looks at a bounded part, and goes on from there', async () => {
    const query = { words: ['needle'], limit: 5 };
    const first = await storage.recordRows.activityPage(WORKSPACE, query);
    // The 10,000th from the end.
    expect(first).toMatchObject({ rows: [], searchedTo: '2025-06-01T00:01:41.000Z' });
    expect(first.next).toBe(`2025-06-01T00:01:41.000Z|${one}|n00101`);
    const second = await storage.recordRows.activityPage(WORKSPACE, { ...query, after: first.next ?? '' });
    expect(second.rows.map(({ key }) => key)).toEqual(['e3|x', 'e3|x']);
    expect(second).toMatchObject({ next: null, searchedTo: null });
    expect(await storage.recordRows.activityTotal(WORKSPACE, query)).toBeNull();
    expect(await storage.recordRows.activityTotal(WORKSPACE, { ...query, until: '2025-06-01T00:00:00.000Z' })).toBe(2);
  });

  test('its facets say how far back they go', async () => {
    const { fields, sample } = await storage.recordRows.activityFacets(WORKSPACE, {});
    expect(sample).toEqual({ rows: 10_000, since: '2025-06-01T00:01:41.000Z' });
    expect(fields[0]?.values).toEqual([{ value: 'noise', count: 10_000 }]);
  });

  test('a walk for an export goes through it to the end', async () => {
    const found: string[] = [];
    for await (const rows of storage.recordRows.walkActivity(WORKSPACE, { words: ['needle'] }))
      found.push(...rows.map(({ key }) => key));
    expect(found).toEqual(['e3|x', 'e3|x']);
  });
});
