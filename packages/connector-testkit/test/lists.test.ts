import { apiKey, fakeUpstream, listByCursor, listByLink, listByOffset, listByPage, type Route } from '../src/index.js';

const FIVE = ['a', 'b', 'c', 'd', 'e'];

/** Answers of one list, over a real socket. */
async function asked(route: Route, ...queries: readonly string[]) {
  const upstream = fakeUpstream(() => ({
    credential: apiKey('x-key', 'k'),
    routes: { 'GET /list': route },
    holds: () => ({}),
  }));
  const running = await upstream.start({ tenant: 'acme' });
  try {
    const answers = [];
    for (const query of queries) {
      const response = await fetch(`${running.url}/list${query}`, { headers: { 'x-key': 'k' } });
      answers.push({ status: response.status, link: response.headers.get('link'), body: await response.json() });
    }
    return answers;
  } finally {
    await running.close();
  }
}

describe('lists of a fake provider', () => {
  test('by the number of a page', async () => {
    const [first, none, last, beyond, ...wrong] = await asked(
      listByPage(FIVE, { pageSize: 2 }),
      '?page=1',
      '',
      '?page=3',
      '?page=4',
      '?page=0',
      '?page=two',
    );
    expect(first?.body).toEqual({ items: ['a', 'b'], page: 1, pages: 3 });
    expect(none?.body).toEqual(first?.body);
    expect(last?.body).toEqual({ items: ['e'], page: 3, pages: 3 });
    expect(beyond?.body).toEqual({ items: [], page: 4, pages: 3 });
    expect(wrong.map(({ status }) => status)).toEqual([400, 400]);
  });

  test('an empty list has one page', async () => {
    const [only] = await asked(listByPage([], { pageSize: 2, body: ({ items, pages }) => ({ data: items, pages }) }), '');
    expect(only?.body).toEqual({ data: [], pages: 1 });
  });

  test('by an offset', async () => {
    const [first, middle, ...wrong] = await asked(
      listByOffset(FIVE, { pageSize: 2 }),
      '',
      '?offset=3',
      '?offset=-1',
      '?offset=x',
    );
    expect(first?.body).toEqual({ items: ['a', 'b'], total: 5 });
    expect(middle?.body).toEqual({ items: ['d', 'e'], total: 5 });
    expect(wrong.map(({ status }) => status)).toEqual([400, 400]);
  });

  test.each([
    ['a cursor in the body', listByCursor],
    ['a link', listByLink],
  ])('a place that was not given is refused: %s', async (_, list) => {
    const answers = await asked(list(FIVE, { pageSize: 2 }), '?cursor=1&after=1');
    expect(answers.map(({ status }) => status)).toEqual([400]);
  });

  test.each([
    ['?from=', listByCursor(FIVE, { pageSize: 2, parameter: 'from' }), 'cursor'],
    ['?from=', listByLink(FIVE, { pageSize: 2, parameter: 'from', body: ({ items, next }) => ({ items, next }) }), 'after'],
  ])('a position under another name: %s', async (question, list, usual) => {
    const [first] = await asked(list, '');
    const next = Object(first?.body).next;
    if (first?.link) expect(first.link).toMatch(new RegExp(`[?]from=${next}>`));
    const answers = await asked(list, `${question}${next}`, `?${usual}=${next}`);
    expect(answers.map(({ body }) => Object(body).items)).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ]);
  });

  test('a number under another name', async () => {
    const pages = await asked(listByPage(FIVE, { pageSize: 2, parameter: 'p' }), '?p=2', '?page=2', '?p=0');
    expect(pages.map(({ status, body }) => [status, Object(body).items])).toEqual([
      [200, ['c', 'd']],
      [200, ['a', 'b']],
      [400, undefined],
    ]);
    const places = await asked(listByOffset(FIVE, { pageSize: 2, parameter: 'skip' }), '?skip=3', '?offset=3', '?skip=-1');
    expect(places.map(({ status, body }) => [status, Object(body).items])).toEqual([
      [200, ['d', 'e']],
      [200, ['a', 'b']],
      [400, undefined],
    ]);
  });

  test('what is not there', async () => {
    const answers = await asked(
      listByPage(() => undefined, { pageSize: 2 }),
      '',
    );
    expect(answers.map(({ status }) => status)).toEqual([404]);
  });
});
