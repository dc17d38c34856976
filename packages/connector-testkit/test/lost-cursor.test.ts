import { type HttpRequest, UpstreamError } from '@castellan/connector-sdk';
import { checkConnector, listByCursor, listByLink, listByOffset, listByPage, type Route } from '../src/index.js';
import { type AskLogPage, type AskPage, oneList, oneLog, provided } from './one-list.js';

const KEYS = ['g1', 'g2', 'g3', 'g4', 'g5'];
const ROWS = KEYS.map((id) => ({ id, url: `/groups/${id}?full=yes` }));
const PAGES = { pageSize: 2 };

/** What stands at these keys, one inside of the other. */
function at(body: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((above, key) => Object(above)[key], body);
}

/** Reads pages by what stands in their bodies; `trusts`: what is no text is the end. */
function reading(list: string, lead: readonly string[], ask: (at: string | null) => HttpRequest, trusts: boolean): AskPage {
  return async (http, position) => {
    const { body } = await http.send(ask(position));
    const next = at(body, ...lead);
    if (typeof next !== 'string' && typeof next !== 'number' && next !== null && !trusts)
      throw new UpstreamError({ message: 'Nothing says whether there is more.' });
    const keys = [at(body, list)].flat().map((row) => String(at(row, 'id')));
    return { keys, next: typeof next === 'string' || typeof next === 'number' ? String(next) : null };
  };
}

type Case = readonly [
  what: string,
  pattern: string,
  route: Route,
  lead: readonly string[],
  ask: (at: string | null) => HttpRequest,
];

const byCursor = (name: string) => (position: string | null) =>
  ({ url: '/groups', query: position === null ? {} : { [name]: position } }) as const;

const CASES: readonly Case[] = [
  [
    'deep in the body',
    'GET /groups',
    listByCursor(ROWS, { ...PAGES, body: ({ items, next = null }) => ({ items, meta: { cursors: { after: next } } }) }),
    ['meta', 'cursors', 'after'],
    byCursor('cursor'),
  ],
  [
    'a link',
    'GET /groups',
    listByCursor(ROWS, {
      ...PAGES,
      body: ({ items, next }) => ({ items, links: { next: next === undefined ? null : `/groups?cursor=${next}` } }),
    }),
    ['links', 'next'],
    (position) => ({ url: position ?? '/groups' }),
  ],
  [
    'in a question with a body',
    'POST /groups/search',
    (request) => {
      const { after }: { after?: string } = JSON.parse(request.body);
      const query = new URLSearchParams(after === undefined ? {} : { cursor: after });
      return listByCursor(ROWS, PAGES)({ ...request, query });
    },
    ['next'],
    (position) => ({
      method: 'POST',
      url: '/groups/search',
      json: { size: 2, ...(position !== null && { after: position }) },
      repeatable: true,
    }),
  ],
  [
    'the number of the next page',
    'GET /groups',
    listByPage(ROWS, {
      ...PAGES,
      body: ({ items, page, pages }) => ({ items, pages, next_page: page < pages ? page + 1 : null }),
    }),
    ['next_page'],
    byCursor('page'),
  ],
];

describe('a page that has lost what leads to the next', () => {
  test.each(CASES)('%s: who takes it for the last is caught', async (_, pattern, route, lead, ask) => {
    const connector = oneList(reading('items', lead, ask, true));
    expect(await checkConnector(connector, provided(pattern, route, KEYS), 'eachRecordOnce')).toMatchObject({
      result: 'passed',
    });
    expect(await checkConnector(connector, provided(pattern, route, KEYS), 'lostCursor')).toMatchObject({
      result: 'broken',
      reason: expect.stringContaining(`lacks "${lead.join('.')}", and stream groups says that it is complete: 3 records`),
    });
  });

  test.each(CASES)('%s: who calls it an error passes', async (_, pattern, route, lead, ask) => {
    const connector = oneList(reading('items', lead, ask, false));
    expect(await checkConnector(connector, provided(pattern, route, KEYS), 'lostCursor')).toMatchObject({ result: 'passed' });
  });

  test.each<readonly [string, Route, AskPage]>([
    [
      'a link in a header',
      listByLink(ROWS, PAGES),
      async (http, position) => {
        const { body, next = null } = await http.send({ url: position ?? '/groups' });
        return { keys: [body].flat().map((row) => String(at(row, 'id'))), next };
      },
    ],
    ['the number of a page', listByPage(ROWS, PAGES), counting('page', (page) => page + 1, 1)],
    ['an offset', listByOffset(ROWS, PAGES), counting('offset', (offset) => offset + 2, 0)],
    [
      'a number that is the next offset by chance',
      listByOffset(ROWS, { ...PAGES, body: ({ items }) => ({ items, count: items.length }) }),
      counting('offset', (offset) => offset + 2, 0),
    ],
    [
      'a number that is that of the only other page',
      listByPage(ROWS, { pageSize: 3, body: ({ items, page, pages }) => ({ items, pages, isLast: page === pages }) }),
      async (http, position) => {
        const { body } = await http.send({ url: '/groups', query: { page: position ?? '1' } });
        const keys = [at(body, 'items')].flat().map((row) => String(at(row, 'id')));
        return { keys, next: at(body, 'isLast') === true ? null : String(Number(position ?? 1) + 1) };
      },
    ],
    [
      'the id of the last row',
      (request) => {
        const from = KEYS.indexOf(request.query.get('after') ?? '') + 1;
        return { body: { items: ROWS.slice(from, from + 2) } };
      },
      async (http, position) => {
        const { body } = await http.send({ url: '/groups', query: position === null ? {} : { after: position } });
        const keys = [at(body, 'items')].flat().map((row) => String(at(row, 'id')));
        return { keys, next: keys.at(-1) ?? null };
      },
    ],
  ])('%s: nothing in the body leads on, and the check is left out', async (_, route, ask) => {
    const options = provided('GET /groups', route, KEYS);
    expect(await checkConnector(oneList(ask), options, 'eachRecordOnce')).toMatchObject({ result: 'passed' });
    expect(await checkConnector(oneList(ask), options, 'lostCursor')).toMatchObject({
      result: 'left out',
      reason: expect.stringContaining('no list of the upstream has in its body what leads to the next page'),
    });
  });
});

describe('a provider whose last page leaves out what leads on', () => {
  const route = listByCursor(ROWS, {
    ...PAGES,
    body: ({ items, next }) => ({ items, ...(next !== undefined && { nextPageToken: next }) }),
  });
  const options = provided('GET /groups', route, KEYS);
  const ask = byCursor('cursor');

  test('who takes a missing token for the end does right, and the report says that this was not tried', async () => {
    const connector = oneList(async (http, position) => {
      const { body } = await http.send(ask(position));
      const next = at(body, 'nextPageToken');
      if (next !== undefined && typeof next !== 'string') throw new UpstreamError({ message: 'The token is no text.' });
      return { keys: [at(body, 'items')].flat().map((row) => String(at(row, 'id'))), next: next ?? null };
    });
    expect(await checkConnector(connector, options, 'eachRecordOnce')).toMatchObject({ result: 'passed' });
    expect(await checkConnector(connector, options, 'lostCursor')).toMatchObject({
      result: 'passed',
      reason: expect.stringMatching(/^a page of \/groups that lacks "nextPageToken": the last page of this list does so too/),
    });
  });

  test('who takes a token that is no text for the end is caught all the same', async () => {
    const connector = oneList(reading('items', ['nextPageToken'], ask, true));
    expect(await checkConnector(connector, options, 'lostCursor')).toMatchObject({
      result: 'broken',
      reason: expect.stringContaining('holds an object as "nextPageToken", and stream groups says that it is complete'),
    });
  });

  test('an empty object in its place is not what the last page has, where that has none at all', async () => {
    const links = listByCursor(ROWS, {
      ...PAGES,
      body: ({ items, next }) => ({ items, links: next === undefined ? {} : { next: { href: `/groups?cursor=${next}` } } }),
    });
    const connector = oneList(
      reading('items', ['links', 'next', 'href'], (position) => ({ url: position ?? '/groups' }), true),
    );
    expect(await checkConnector(connector, provided('GET /groups', links, KEYS), 'lostCursor')).toMatchObject({
      result: 'broken',
      reason: expect.stringContaining('lacks "links.next.href", and stream groups says that it is complete'),
    });
  });
});

describe('a log that has lost what leads on', () => {
  const options = provided('GET /groups', listByCursor(ROWS, PAGES), KEYS);
  const ask: AskLogPage = async (http, position) => {
    if (position === 'now') return { keys: [], next: null };
    const { body } = await http.send({ url: '/groups', query: position === '' ? {} : { cursor: position } });
    const next = at(body, 'next');
    const keys = [at(body, 'items')].flat().map((row) => String(at(row, 'id')));
    return { keys, next: typeof next === 'string' || next === null ? next : undefined };
  };

  test('loses nothing when the next run goes on from there', async () => {
    const verdict = await checkConnector(
      oneLog(ask, (position) => position),
      options,
      'lostCursor',
    );
    expect(verdict).toMatchObject({ result: 'passed' });
    expect(verdict.reason).toBeUndefined();
  });

  test('and is caught when the next run begins behind what was not read', async () => {
    expect(
      await checkConnector(
        oneLog(ask, () => 'now'),
        options,
        'lostCursor',
      ),
    ).toMatchObject({
      result: 'broken',
      reason: expect.stringContaining('3 records behind it are never read, not by the next run either (g3; g4; g5)'),
    });
  });
});

test('who begins again and again is stopped after a multiple of what a good run asks for', async () => {
  const connector = oneList(async (http, position) => {
    for (;;) {
      const { body } = await http.send({ url: '/groups', query: position === null ? {} : { cursor: position } });
      const next = at(body, 'next');
      const keys = [at(body, 'items')].flat().map((row) => String(at(row, 'id')));
      if (typeof next === 'string' || next === null) return { keys, next };
    }
  });
  // A good run: three pages.
  expect(await checkConnector(connector, provided('GET /groups', listByCursor(ROWS, PAGES), KEYS), 'lostCursor')).toMatchObject(
    {
      result: 'broken',
      reason: expect.stringMatching(/the connector asked 6\d times without coming to an end/),
    },
  );
});

/** Page after page until one is empty. */
function counting(name: string, after: (position: number) => number, first: number): AskPage {
  return async (http, position) => {
    const here = Number(position ?? first);
    const { body } = await http.send({ url: '/groups', query: { [name]: String(here) } });
    const keys = [at(body, 'items')].flat().map((row) => String(at(row, 'id')));
    return { keys, next: keys.length === 0 ? null : String(after(here)) };
  };
}
