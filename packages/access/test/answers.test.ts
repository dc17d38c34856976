import { isDeepStrictEqual } from 'node:util';
import { AnswerKey } from './fixtures/answer-key.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { recordGenerated } from './fixtures/generated-org.js';
import { LARGE_TARGETS, recordLarge, SPREAD_KEY } from './fixtures/large-org.js';
import { type Asked, askChanges, askReachedBy, type ReachedByCase } from './fixtures/questions.js';
import { Random } from './fixtures/random.js';
import { RandomQuestions } from './fixtures/random-questions.js';
import { RecordedOrg } from './fixtures/recorded-org.js';

const SIZE = { accounts: 400, groups: 60, applications: 25, roles: 8, runs: 5, eventsPerRun: 700 } as const;
const QUESTIONS = 1_000;

let database: OpenedDatabase;
/** Two organisations of one workspace with the same keys; a third, which nobody asks about, has them in another workspace. */
let orgs: readonly Asked[];
/** In one more accounts reach a target than are collected and sorted; in the other more than are collected at all. */
const LARGE = [1_000, 4_400] as const;
let large: ReadonlyMap<number, Asked>;

beforeAll(async () => {
  database = await openDatabase();
  const { storage, client } = database;
  const elsewhere = await storage.workspaces.create('Elsewhere');
  const other = new RecordedOrg(storage, client, await newIntegration(storage, elsewhere.id), elsewhere.id, 1_000);
  await recordGenerated(other, 3, SIZE);
  const asked: Asked[] = [];
  for (const seed of [1, 2]) {
    const org = new RecordedOrg(storage, client, await newIntegration(storage));
    await recordGenerated(org, seed, SIZE);
    asked.push({ queries: storage.queries, org, key: new AnswerKey(org) });
  }
  orgs = asked;
  const recorded = new Map<number, Asked>();
  for (const count of LARGE) {
    const org = new RecordedOrg(storage, client, await newIntegration(storage), undefined, 1_000);
    await recordLarge(org, 4, count);
    recorded.set(count, { queries: storage.queries, org, key: new AnswerKey(org) });
  }
  large = recorded;
}, 300_000);
afterAll(() => database.close());

test('random questions of every kind, of now and of the past, are answered as the key answers them', async () => {
  const random = new Random(Number(process.env['SEED'] ?? 36));
  const questions = orgs.map((asked) => new RandomQuestions(random, asked, 15));
  const sizes: number[] = [];
  for (let number = 0; number < QUESTIONS; number++) {
    const { size, said, wanted } = await random.pick(questions).next();
    if (!isDeepStrictEqual(said, wanted)) expect({ number, said }).toEqual({ number, said: wanted });
    sizes.push(size);
  }
  // Not about nothing, and lists of more than a page.
  expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(QUESTIONS / 3);
  expect(sizes.filter((size) => size > 15).length).toBeGreaterThan(QUESTIONS / 40);
}, 300_000);

/** Lists are long, and to look for a difference in two that are equal takes longer than to make them. */
function agree(said: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(said, wanted)) expect(said).toEqual(wanted);
}

const ASKED = { from: 'account', at: undefined, words: [], filters: [], unusedSince: undefined, via: undefined } as const;

function largeOf(count: number): Asked {
  const asked = large.get(count);
  if (asked === undefined) throw new Error(`No organisation of ${count} was recorded.`);
  return asked;
}

const NARROWED: readonly (readonly [string, Partial<ReachedByCase>])[] = [
  ['all', {}],
  ['words', { words: ['ANA'] }],
  ['words beyond ASCII', { words: ['É'] }],
  ['a status', { filters: [{ field: 'status', is: 'suspended' }] }],
  ['no department', { filters: [{ field: 'department', is: null }] }],
  ['who has not used it for long', { unusedSince: new Date('2026-06-01') }],
  ['through one group', { via: 'crowd' }],
  ['through a group in a group', { via: 'inner' }],
  [
    'words, a status and unused',
    { words: ['a'], filters: [{ field: 'status', is: 'active' }], unusedSince: new Date('2026-08-01') },
  ],
];

test.each(
  LARGE.flatMap((count) =>
    // Of the larger one, for the time that it takes, every other way to narrow it.
    NARROWED.filter((_, n) => count <= 1_000 || n % 2 === 0).map(([name, narrowed]) => [count, name, narrowed] as const),
  ),
)('%i accounts: %s', async (count, _, narrowed) => {
  const asks = largeOf(count);
  for (const to of LARGE_TARGETS.filter(({ key }) => narrowed.via === undefined || key !== SPREAD_KEY)) {
    for (const sort of ['name', 'key'] as const) {
      const asked = { ...ASKED, ...narrowed, to, sort, limit: Math.ceil(count / 2) };
      const { size, said, wanted } = await askReachedBy(asks, asked);
      agree(said, wanted);
      expect(size).toBeGreaterThan(0);
    }
  }
  const [to] = LARGE_TARGETS;
  if (to === undefined) throw new Error('Nothing is asked.');
  for (const others of [{ sort: 'lastUsed' }, { sort: '-lastUsed' }, { sort: 'name', at: asks.org.instants[0] }] as const) {
    const { said, wanted } = await askReachedBy(asks, { ...ASKED, ...narrowed, to, limit: Math.ceil(count / 2), ...others });
    agree(said, wanted);
  }
});

test.each(LARGE)('%i accounts: who came and who went', async (count) => {
  const asks = largeOf(count);
  for (const of of LARGE_TARGETS) {
    const since = asks.org.instants[0] ?? new Date();
    const { size, said, wanted } = await askChanges(asks, { of, other: 'account', since, until: undefined, limit: 25 });
    agree(said, wanted);
    expect(size).toBeGreaterThan(count / 26);
  }
});
