import fc from 'fast-check';
import { Directory } from './support/directory.js';
import { expectedKeys } from './support/expected.js';
import { error, FakeScim, type Manners } from './support/fake-scim.js';
import { TestHost } from './support/test-host.js';

const SIZE = 10;
const PEOPLE = 33;

async function withFake(manners: Partial<Manners>, work: (fake: FakeScim) => Promise<void>, people = PEOPLE): Promise<void> {
  const fake = await FakeScim.start(Directory.of(people, 0), manners);
  try {
    await work(fake);
  } finally {
    await fake.close();
  }
}

const hostOf = (fake: FakeScim, settings: object = {}): Promise<TestHost> =>
  TestHost.of(fake.url, { settings: { pageSize: SIZE, ...settings } });

const accountsOf = async (fake: FakeScim, settings: object = {}): Promise<TestHost> => {
  const host = await hostOf(fake, settings);
  await host.run({ streams: ['accounts'] });
  return host;
};

const COUNTS_PAGES: Partial<Manners> = { start: (at, count) => Math.floor((at - 1) / count) * count };

const GOOD_ENOUGH: readonly (readonly [string, Partial<Manners>])[] = [
  ['a good service', {}],
  ['it gives 3 in a page, however many are asked for', { cap: 3 }],
  ['it gives one in a page', { cap: 1 }],
  [
    'it gives fewer than asked, each time another number',
    { rows: (count) => Math.max(2, count - (Math.floor(Math.random() * 7) % 7)) },
  ],
  ['it does not say how many there are', { total: () => undefined }],
  ['it says that there are none', { total: () => 0 }],
  ['it counts the page and not all', { total: (_, inPage) => inPage }],
  ['it says the number as text', { total: (all) => String(all) }],
  ['it says nonsense', { total: () => 'many' }],
  ['it counts pages: the position is divided by the size', COUNTS_PAGES],
  ['behind the end it begins again', { start: (at, _, all) => (at > all ? 0 : at - 1) }],
  ['it knows no paging and gives all at once', { start: () => 0, cap: Number.POSITIVE_INFINITY, rows: () => 1_000 }],
  [
    'the same, and does not count',
    { start: () => 0, cap: Number.POSITIVE_INFINITY, rows: () => 1_000, total: () => undefined },
  ],
  ['it repeats some of the page before', { start: (at) => Math.max(0, at - 1 - (at > 1 ? 3 : 0)) }],
  ['its number of all goes up and down', { total: (all) => Math.min(all, Math.max(1, all - Math.floor(Math.random() * 3))) }],
];

test.each(GOOD_ENOUGH)('%s: everybody is there, once', async (_, manners) => {
  for (const people of [0, 1, 2, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE, PEOPLE]) {
    await withFake(
      manners,
      async (fake) => {
        const host = await accountsOf(fake);
        expect(host.stopped).toEqual([]);
        expect(host.keys('account')).toEqual(expectedKeys(fake.directory)['accounts']);
        expect(host.twice).toEqual([]);
      },
      people,
    );
  }
});

test.each([3, 5])('it counts pages of %i: whatever the last of them holds, everybody is there', async (size) => {
  for (let people = 1; people <= 3 * size; people += 1) {
    await withFake(
      COUNTS_PAGES,
      async (fake) => {
        const host = await accountsOf(fake, { pageSize: size });
        expect([people, host.stopped]).toEqual([people, []]);
        expect(host.keys('account')).toEqual(expectedKeys(fake.directory)['accounts']);
      },
      people,
    );
  }
});

test.each(GOOD_ENOUGH)('%s, cut at every page: the same', async (_, manners) => {
  await withFake(manners, async (fake) => {
    const host = await hostOf(fake);
    let runs = 0;
    while (!(await host.run({ streams: ['accounts'], pages: 1 }))) if ((runs += 1) > 500) throw new Error('it never ends');
    expect(host.stopped).toEqual([]);
    expect(host.keys('account')).toEqual(expectedKeys(fake.directory)['accounts']);
    expect(host.twice).toEqual([]);
  });
});

const TOO_BAD: readonly (readonly [string, Partial<Manners>, string])[] = [
  ['it gives the first page whatever is asked for', { start: () => 0 }, 'the same ones'],
  ['the same, without saying how many there are', { start: () => 0, total: () => undefined }, 'the same ones'],
  ['the same, counting the page', { start: () => 0, total: (_, inPage) => inPage }, 'the same ones'],
  ['it counts more than it shows', { total: (all) => all + 5 }, 'counts 38 and shows 33'],
  ['it counts from 0, so that the first is never shown', { start: (at) => at }, 'counts 33 and shows 32'],
  [
    'it goes no further than the 20th',
    { total: () => PEOPLE, order: (things) => things.slice(0, 20) },
    'counts 33 and shows 20',
  ],
  ['it shows everything in another order each time', { order: (things) => things.toSorted(() => Math.random() - 0.5) }, ''],
  ['it shows nobody and counts some', { rows: () => 0 }, 'counts 33 and shows 0'],
];

test.each(TOO_BAD)('%s: an error, and nothing is swept', async (_, manners, said) => {
  await withFake({}, async (fake) => {
    const host = await accountsOf(fake);
    Object.assign(fake.manners, manners);
    await host.list(['accounts']);
    expect(host.stopped).toHaveLength(1);
    expect(host.stopped[0]?.error.message).toContain(said);
    expect(host.keys('account')).toEqual(expectedKeys(fake.directory)['accounts']);
  });
});

test('after such an error the next run begins anew and is complete once the service has come to rest', async () => {
  await withFake({ total: (all) => all + 5 }, async (fake) => {
    const host = await accountsOf(fake);
    expect(host.stopped).toHaveLength(1);
    fake.manners.total = (all) => all;
    expect(await host.run({ streams: ['accounts'] })).toBe(true);
    expect(host.stopped).toHaveLength(1);
    expect(host.completed).toContain('accounts');
  });
});

test('a page that is too large for it is asked for in halves, also after a cut', async () => {
  const instead: Manners['instead'] = ({ query }) =>
    Number(query.get('count')) > 3 ? error(400, 'tooMany', 'Ask for fewer') : undefined;
  await withFake({ instead }, async (fake) => {
    const host = await hostOf(fake);
    while (!(await host.run({ streams: ['accounts'], pages: 2 })));
    expect(host.stopped).toEqual([]);
    expect(host.keys('account')).toHaveLength(PEOPLE);
    expect(fake.asked.filter(({ query }) => Number(query.get('count')) > 3).length).toBeLessThan(6);
  });
});

test('a service that finds even one too much ends in an error', async () => {
  await withFake(
    { instead: ({ query }) => (query.has('count') ? error(400, 'tooMany', 'Ask for fewer') : undefined) },
    async (fake) => {
      const host = await accountsOf(fake);
      expect(host.stopped).toMatchObject([{ error: { kind: 'upstream', message: expect.stringContaining('too large') } }]);
    },
  );
});

test('the size of a page is what the service allows, and a list in the order of ids where it can sort', async () => {
  const config = { filter: { supported: true, maxResults: 4 }, sort: { supported: true } };
  await withFake({ config }, async (fake) => {
    await accountsOf(fake);
    const lists = fake.asked.filter(({ path, query }) => path === '/Users' && query.has('startIndex'));
    expect(new Set(lists.map(({ query }) => query.get('count')))).toEqual(new Set(['4']));
    expect(new Set(lists.map(({ query }) => query.get('sortBy')))).toEqual(new Set(['id']));
  });
});

test('a service that says that it sorts, and refuses to, is asked without', async () => {
  const instead: Manners['instead'] = ({ query }) =>
    query.has('sortBy') ? error(400, 'invalidPath', 'No sorting') : undefined;
  await withFake({ config: { sort: { supported: true } }, instead }, async (fake) => {
    const host = await accountsOf(fake);
    expect(host.stopped).toEqual([]);
    expect(host.keys('account')).toHaveLength(PEOPLE);
    expect(fake.asked.filter(({ query }) => query.has('sortBy'))).toHaveLength(1);
  });
});

interface Turn {
  readonly page: number;
  readonly what: 'in' | 'out';
  readonly where: number;
  readonly many: number;
}

test('who is there from the first page to the last is never lost, whoever comes and goes meanwhile', async () => {
  const turn = fc.record({
    page: fc.nat(12),
    what: fc.constantFrom<Turn['what']>('in', 'out'),
    where: fc.nat(60),
    many: fc.integer({ min: 1, max: 14 }),
  });
  const cases = fc.record({
    people: fc.integer({ min: 0, max: 60 }),
    size: fc.integer({ min: 2, max: 12 }),
    turns: fc.array(turn, { maxLength: 12 }),
    cut: fc.boolean(),
    counts: fc.boolean(),
  });
  const RUNS = 35;
  let complete = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ people, size, turns, cut, counts }) => {
      await withFake(
        counts ? {} : { total: () => undefined },
        async (fake) => {
          const stayed = new Set(fake.directory.people.keys());
          let answered = 0;
          fake.manners.instead = ({ path, query }) => {
            if (path !== '/Users' || !query.has('startIndex')) return undefined;
            for (const { what, where, many } of turns.filter(({ page }) => page === answered)) {
              for (let left = many; left > 0; left -= 1) {
                if (what === 'in') fake.directory.hire(where);
                const [id] = [...fake.directory.people.keys()].slice(where);
                if (what === 'out' && id !== undefined) {
                  fake.directory.leave(id);
                  stayed.delete(id);
                }
              }
            }
            answered += 1;
            return undefined;
          };
          const host = await hostOf(fake, { pageSize: size });
          for (let runs = 0; !(await host.run({ streams: ['accounts'], pages: cut ? 2 : 1_000 })); runs += 1)
            expect(runs).toBeLessThan(500);
          if (host.stopped.length > 0) return;
          complete += 1;
          const shown = new Set(host.keys('account'));
          expect([...stayed].filter((id) => !shown.has(id))).toEqual([]);
        },
        people,
      );
    }),
    { numRuns: RUNS, seed: 20_261_123 },
  );
  // That it may also say "I could not" must not be the usual answer.
  expect(complete).toBeGreaterThan(0.9 * RUNS);
}, 180_000);
