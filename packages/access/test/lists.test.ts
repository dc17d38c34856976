import { isDeepStrictEqual } from 'node:util';
import { countAccess } from '../src/index.js';
import { AnswerKey } from './fixtures/answer-key.js';
import { CROWDED, CROWDED_NAMES, recordCrowded } from './fixtures/crowded-org.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { recordGenerated } from './fixtures/generated-org.js';
import { askGraph } from './fixtures/graph-questions.js';
import { ListsKey } from './fixtures/lists-key.js';
import { Random } from './fixtures/random.js';
import { type KeyedWorkspace, RandomLists } from './fixtures/random-lists.js';
import { dayOf, DAYS_AGO, recordRecent, recordSilent } from './fixtures/recent-org.js';
import { RecordedOrg } from './fixtures/recorded-org.js';
import { askSearch } from './fixtures/search-questions.js';
import { askSuggestions, askUnusedOfGroup } from './fixtures/unused-questions.js';

const SIZE = { accounts: 150, groups: 40, applications: 15, roles: 6, runs: 4, eventsPerRun: 200 } as const;
const QUESTIONS = Number(process.env['QUESTIONS'] ?? 330);

let database: OpenedDatabase;
/** Two with the same keys in everything; one more of the first has no use in its log. */
let workspaces: readonly KeyedWorkspace[];
/** Of one in which there is very much of everything. */
let crowded: { readonly workspaceId: string; readonly key: ListsKey };

async function newOrg(workspaceId: string, pageSize = 400): Promise<RecordedOrg> {
  const { storage, client } = database;
  return new RecordedOrg(storage, client, await newIntegration(storage, workspaceId), workspaceId, pageSize);
}

async function keyed(org: RecordedOrg): Promise<ListsKey> {
  await database.storage.transaction(() => countAccess(database.storage.queries, org.integrationId));
  return new ListsKey(org, new AnswerKey(org));
}

/** A workspace of its own for each list of what is done about authenticators. */
async function keyedWorkspace(name: string, all: readonly ('read' | 'cut' | 'none' | 'silent')[]): Promise<KeyedWorkspace> {
  const { id } = await database.storage.workspaces.create(name);
  const keys: ListsKey[] = [];
  for (const [number, authenticators] of all.entries()) {
    const org = await newOrg(id);
    const seed = name.length + number;
    const isSilent = authenticators === 'silent';
    await recordGenerated(org, seed, isSilent ? { ...SIZE, runs: 1, eventsPerRun: 0 } : SIZE);
    if (isSilent) await recordSilent(org);
    else await recordRecent(org, new Random(seed), { events: 700, authenticators });
    keys.push(await keyed(org));
  }
  return { id, keys, withAuthenticators: keys.filter((_, number) => all[number] === 'read') };
}

beforeAll(async () => {
  database = await openDatabase();
  workspaces = [await keyedWorkspace('Globex', ['read', 'cut', 'silent']), await keyedWorkspace('Elsewhere', ['none'])];
  const { id } = await database.storage.workspaces.create('Crowded');
  const org = await newOrg(id, 1_000);
  await recordCrowded(org);
  crowded = { workspaceId: id, key: await keyed(org) };
}, 300_000);
afterAll(() => database.close());

/** Lists are long, and to look for a difference in two that are equal takes longer than to make them. */
function agree(said: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(said, wanted)) expect(said).toEqual(wanted);
}

test('both keys say who reaches what', () => {
  const random = new Random(5);
  for (const key of workspaces.flatMap(({ keys }) => keys))
    for (let number = 0; number < 300; number++) {
      const from = random.pick([...key.every('account'), ...key.every('group'), ...key.every('client')]);
      const to = random.pick([...key.every('application'), ...key.every('role'), ...key.every('group')]);
      if (from.kind === to.kind && from.key === to.key) continue;
      expect([from, to, key.reaches(from, to)]).toEqual([from, to, key.key.chains(from, to, undefined).length > 0]);
    }
});

test('random questions of every list are answered as the key answers them', async () => {
  const questions = new RandomLists(new Random(Number(process.env['SEED'] ?? 37)), database.storage.queries, workspaces);
  const sizes = new Map<string, number>();
  for (let number = 0; number < QUESTIONS; number++) {
    const { kind, size, said, wanted } = await questions.next();
    agree({ number, kind, said }, { number, kind, said: wanted });
    sizes.set(kind, (sizes.get(kind) ?? 0) + size);
  }
  // Not about nothing.
  expect([...sizes.values()].filter((size) => size > QUESTIONS / 20).length).toBe(9);
}, 300_000);

test('each application and each group, at the first instant of every day on which something was used', async () => {
  const { queries } = database.storage;
  const days = DAYS_AGO.filter((ago) => ago > 0);
  for (const key of workspaces.flatMap(({ keys }) => keys.slice(0, 1))) {
    const asked = { queries, key, today: dayOf(new Date()) };
    for (const ago of days)
      for (const { key: application } of key.every('application')) {
        const { said, wanted } = await askSuggestions(asked, { application, days: ago, limit: 1_000 });
        agree(said, wanted);
      }
    for (const [number, { key: group }] of key.every('group').entries()) {
      const { said, wanted } = await askUnusedOfGroup(asked, { group, days: days[number % days.length] ?? 1 });
      agree(said, wanted);
    }
  }
});

test('what each account was given is drawn, and nothing that a known group explains', async () => {
  const [key] = workspaces.flatMap(({ keys }) => keys);
  if (key === undefined) throw new Error('Nothing is asked.');
  for (const of of key.every('account')) {
    const { said, wanted } = await askGraph({ queries: database.storage.queries, key, today: dayOf(new Date()) }, of);
    agree(said, wanted);
  }
});

test('of very much no more is drawn than can be looked at, and nothing of it is lost', async () => {
  for (const of of CROWDED) {
    const asked = { queries: database.storage.queries, key: crowded.key, today: dayOf(new Date()) };
    const { size, said, wanted } = await askGraph(asked, of);
    agree(said, wanted);
    expect(size).toBeGreaterThan(0);
  }
});

test('whose name it is comes first, however many have it inside of theirs', async () => {
  const { workspaceId, key } = crowded;
  for (const text of [...CROWDED_NAMES, 'anabel', 'ÉMILE', 'aa ana m7', 'a']) {
    const { size, said, wanted } = await askSearch({ queries: database.storage.queries, workspaceId, keys: [key], text });
    agree(said, wanted);
    expect(size).toBeGreaterThan(0);
  }
});
