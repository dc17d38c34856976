import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { byHandOf } from '../src/answers/finding-views.js';
import { accountNotUsed } from '../src/checks/accounts/account-not-used.js';
import { lookAt } from '../src/evaluation/look.js';
import { type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { daysAgo, Organisation, STREAMS } from './fixtures/organisation.js';

// What somebody says was mended by hand, and what the looks after it say.

let database: OpenedDatabase;
let org: Organisation;
let finding: string;

beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  org = new Organisation().account('bo', { lastLoginAt: daysAgo(400) });
  await org.write(database.storage, database.client);
  await look();
  const { findings } = await database.storage.findings.page(DEFAULT_WORKSPACE_ID, { integrationId: org.integrationId });
  finding = findings[0]?.id ?? 'none';
});

const ANA = { kind: 'user', id: null, name: 'Ana' } as const;
const say = (note: string) =>
  database.storage.findingChanges.apply(DEFAULT_WORKSPACE_ID, { ids: [finding] }, { do: 'by_hand', note }, ANA);

async function look(streams = STREAMS): Promise<void> {
  const { integrationId } = org;
  const states = await database.storage.streams.list(DEFAULT_WORKSPACE_ID, integrationId);
  const offered = { all: streams, wanted: new Set(streams.map(({ name }) => name)) };
  const at = {
    workspaceId: DEFAULT_WORKSPACE_ID,
    integrationId,
    connectorId: 'acme',
    scheduleSeconds: 86_400,
    offered,
    states,
  };
  await lookAt(database.storage, at, [accountNotUsed]);
}

/** One that began so many minutes ago. */
const sync = (minutesAgo = 0, { mode = 'full', state = 'complete', changed = 0 } = {}) =>
  database.client.query(
    `WITH run AS (INSERT INTO sync_runs (integration_id, cause, mode, state, started_at, finished_at)
       VALUES ($1, 'manual', $2, $3, clock_timestamp() - $4 * interval '1 minute', clock_timestamp()) RETURNING id)
     INSERT INTO stream_runs (run_id, stream, state, generation, changed) SELECT id, 'account', 'complete', 1, $5 FROM run`,
    [org.integrationId, mode, state, minutesAgo, changed],
  );

const events = () => database.storage.findings.events(DEFAULT_WORKSPACE_ID, finding);
const kinds = async (): Promise<readonly string[]> => (await events()).map(({ kind }) => kind);

test('a look says that it is there still, once, and only of what was read after it was said', async () => {
  expect(byHandOf(await events())).toBeNull();
  expect(await say('Asked Bo to sign in.')).toBe(1);
  await look();
  await sync(5);
  await look();
  // Of one that was cut short nobody knows what it would have shown; a poll reads parts.
  await sync(0, { state: 'incomplete' });
  await sync(0, { mode: 'poll' });
  await look();
  expect(await kinds()).toEqual(['by_hand']);
  expect(byHandOf(await events())).toMatchObject({ by: 'Ana', note: 'Asked Bo to sign in.', seen: 'waiting' });
  await sync();
  await look();
  await sync();
  await look();
  expect(await kinds()).toEqual(['still_there', 'by_hand']);
  expect(byHandOf(await events())).toMatchObject({ seen: 'still there' });
  await say('Again.');
  expect(byHandOf(await events())).toMatchObject({ note: 'Again.', seen: 'waiting' });
  await sync();
  await look();
  expect(await kinds()).toEqual(['still_there', 'by_hand', 'still_there', 'by_hand']);
});

test('where it is gone it is resolved, and nothing is said of it; nor can anything be mended by hand then', async () => {
  await say('Bo has signed in.');
  await database.client.query(`UPDATE accounts SET last_login_at = now(), changed_at = now() WHERE integration_id = $1`, [
    org.integrationId,
  ]);
  await sync(0, { changed: 1 });
  await look();
  expect(await kinds()).toEqual(['resolved', 'by_hand']);
  expect(byHandOf(await events())).toBeNull();
  expect(await say('Too late.')).toBe(0);
});

test('of what a check cannot look at nothing is said', async () => {
  await say('Asked Bo to sign in.');
  await sync();
  await look([]);
  expect(await kinds()).toEqual(['by_hand']);
});
