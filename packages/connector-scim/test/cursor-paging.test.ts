import { Directory } from './support/directory.js';
import { expectedKeys } from './support/expected.js';
import { error, FakeScim, type Manners } from './support/fake-scim.js';
import { userResource } from './support/resources.js';
import { TestHost } from './support/test-host.js';

const BOTH = { pagination: { cursor: true, index: true, defaultPaginationMethod: 'index', maxPageSize: 8 } };
const PEOPLE = 45;

let fake: FakeScim;
beforeEach(async () => {
  fake = await FakeScim.start(Directory.of(PEOPLE, 0), { config: BOTH });
});
afterEach(() => fake.close());

const accounts = { streams: ['accounts'] };
const lists = (): readonly URLSearchParams[] =>
  fake.asked.filter(({ path, query }) => path === '/Users' && !query.has('filter')).map(({ query }) => query);

test('where a service offers cursors they are used, with the size that it allows', async () => {
  const host = await TestHost.of(fake.url);
  await host.run(accounts);
  expect(host.stopped).toEqual([]);
  expect(host.keys('account')).toEqual(expectedKeys(fake.directory)['accounts']);
  expect(lists().map((query) => query.get('cursor'))[0]).toBe('');
  expect(lists().every((query) => query.has('cursor') && !query.has('startIndex') && query.get('count') === '8')).toBe(true);
  expect(lists()).toHaveLength(Math.ceil(PEOPLE / 8));
});

test('the settings may say otherwise, in both directions', async () => {
  await (await TestHost.of(fake.url, { settings: { paging: 'index' } })).run(accounts);
  expect(lists().every((query) => query.has('startIndex'))).toBe(true);
  fake.asked.length = 0;
  fake.manners.config = {};
  await (await TestHost.of(fake.url, { settings: { paging: 'cursor' } })).run(accounts);
  expect(lists().every((query) => query.has('cursor'))).toBe(true);
});

test('a service that answers by cursor without having said so is followed', async () => {
  fake.manners.config = 404;
  fake.manners.instead = ({ query }) => {
    if (query.has('cursor') || !query.has('startIndex')) return undefined;
    query.set('cursor', '');
    return undefined;
  };
  const host = await TestHost.of(fake.url, { settings: { pageSize: 10 } });
  await host.run(accounts);
  expect(host.stopped).toEqual([]);
  expect(host.keys('account')).toEqual(expectedKeys(fake.directory)['accounts']);
  expect(lists().filter((query) => query.get('cursor') !== '')).toHaveLength(4);
});

test.each(['expiredCursor', 'invalidCursor'])('%s: the list begins anew, and nobody is lost', async (scimType) => {
  let refused = 0;
  fake.manners.instead = ({ query }) => {
    const isThird = query.get('cursor')?.endsWith('.16') === true && refused < 2;
    if (isThird) refused += 1;
    return isThird ? error(400, scimType, 'Too late') : undefined;
  };
  const host = await TestHost.of(fake.url);
  await host.run(accounts);
  expect(refused).toBe(2);
  expect(host.stopped).toEqual([]);
  expect(host.keys('account')).toEqual(expectedKeys(fake.directory)['accounts']);
});

test('a stored cursor that has died meanwhile costs no more than a fresh start', async () => {
  const host = await TestHost.of(fake.url);
  await host.run({ ...accounts, pages: 3 });
  fake.manners.instead = ({ query }) => (query.get('cursor') === 'c3.24' ? error(400, 'expiredCursor', 'Too late') : undefined);
  expect(await host.run(accounts)).toBe(true);
  expect(host.stopped).toEqual([]);
  expect(host.keys('account')).toEqual(expectedKeys(fake.directory)['accounts']);
});

test('cursors that die again and again end in an error that says when it is worth another try', async () => {
  fake.manners.cursorsLive = 0;
  const host = await TestHost.of(fake.url);
  await host.run(accounts);
  expect(host.stopped).toMatchObject([
    { error: { kind: 'transient', message: expect.stringContaining('could not be read as a whole') } },
  ]);
  fake.manners.cursorsLive = Number.POSITIVE_INFINITY;
  await host.run(accounts);
  expect(host.completed).toContain('accounts');
});

/** Cursors as a broken service gives them: by the number of the page. */
const CIRCLES: readonly (readonly [string, (page: number) => string])[] = [
  ['the same cursor for ever', () => 'again'],
  ['two cursors in turn', (page) => `c${page % 2}`],
  ['ever new cursors for the same page', (page) => `new${page}`],
];

test.each(CIRCLES)('%s: an error, never an end', async (_, cursorOf) => {
  let page = 0;
  const person = { id: 'one', meta: {} };
  fake.manners.instead = ({ path, query }) => {
    if (path !== '/Users' || !query.has('cursor')) return undefined;
    page += 1;
    if (page > 200) throw new Error('round and round');
    return { body: { totalResults: 1, Resources: [person], nextCursor: cursorOf(page) } };
  };
  const host = await TestHost.of(fake.url);
  await host.run(accounts);
  expect(host.stopped).toMatchObject([{ status: 'incomplete', error: { message: expect.stringContaining('circle') } }]);
  expect(page).toBeLessThan(10);
});

test('pages that are empty and lead on are followed', async () => {
  let empty = 0;
  fake.manners.instead = ({ query }) => {
    const at = /^c\d+\.(16)$/.exec(query.get('cursor') ?? '')?.[1];
    if (at === undefined || empty >= 3) return undefined;
    empty += 1;
    return { body: { Resources: [], nextCursor: fake.newCursor(16) } };
  };
  const host = await TestHost.of(fake.url);
  await host.run(accounts);
  expect(host.stopped).toEqual([]);
  expect(host.keys('account')).toHaveLength(PEOPLE);
});

test('a service that counts more than its cursors lead to is not believed', async () => {
  fake.manners.total = (all) => all + 10;
  const host = await TestHost.of(fake.url);
  await host.run(accounts);
  expect(host.stopped).toMatchObject([
    { error: { kind: 'upstream', message: expect.stringContaining('counts 55 and shows 45') } },
  ]);
});

test('a service that does not count (RFC 9865 allows it) is believed', async () => {
  const manners: Partial<Manners> = { total: () => undefined };
  Object.assign(fake.manners, manners);
  const host = await TestHost.of(fake.url);
  await host.run(accounts);
  expect(host.completed).toContain('accounts');
  expect(host.keys('account')).toHaveLength(PEOPLE);
});

test.each<readonly [unknown, object]>([
  [{}, BOTH],
  [7, BOTH],
  [['c1'], BOTH],
  [false, BOTH],
  // Asked by position, in case that it answers by cursor.
  [{}, {}],
])(
  'a cursor that is no text is an error, also where nothing is counted: %j of a service that says %j',
  async (nextCursor, config) => {
    const [someone] = fake.directory.people.values();
    const row = someone === undefined ? {} : userResource(someone, fake.url, fake.directory);
    fake.manners.config = config;
    fake.manners.instead = ({ path }) => (path === '/Users' ? { body: { Resources: [row], nextCursor } } : undefined);
    const host = await TestHost.of(fake.url);
    await host.run(accounts);
    expect(host.stopped.map(({ error: { kind, message } }) => [kind, message])).toEqual([
      ['upstream', expect.stringContaining('Set Paging to "By position" in the settings')],
    ]);
    expect(host.completed.has('accounts')).toBe(false);
  },
);

test.each([[{}], [0], [false]])(
  'and the way out works: by position, %j beside the pages is not looked at',
  async (nextCursor) => {
    const shown = [...fake.directory.people.values()].map((person) => userResource(person, fake.url, fake.directory));
    fake.manners.instead = ({ path, query }) => {
      if (path !== '/Users') return undefined;
      const from = Number(query.get('startIndex')) - 1;
      const page = shown.slice(from, from + Math.min(8, Number(query.get('count'))));
      return { body: { totalResults: shown.length, Resources: page, nextCursor } };
    };
    const host = await TestHost.of(fake.url, { settings: { paging: 'index' } });
    await host.run(accounts);
    expect(host.stopped).toEqual([]);
    expect(host.keys('account')).toEqual(expectedKeys(fake.directory)['accounts']);
    expect(host.completed.has('accounts')).toBe(true);
  },
);

test('a cursor that was lost on the way is missed by what the service counts', async () => {
  fake.manners.instead = ({ path, query }) => {
    if (path !== '/Users' || query.get('cursor') !== '') return undefined;
    const first = [...fake.directory.people.values()].slice(0, 8);
    const Resources = first.map((person) => userResource(person, fake.url, fake.directory));
    return { body: { totalResults: PEOPLE, Resources } };
  };
  const host = await TestHost.of(fake.url);
  await host.run(accounts);
  expect(host.stopped).toMatchObject([
    { error: { kind: 'upstream', message: expect.stringContaining('counts 45 and shows 8') } },
  ]);
  expect(host.completed.has('accounts')).toBe(false);
});
