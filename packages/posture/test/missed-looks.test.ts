import { setTimeout } from 'node:timers/promises';
import type { RecordKind } from '@castellan/connector-sdk';
import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { accountNotUsed } from '../src/checks/accounts/account-not-used.js';
import { askForLook, dueForEvaluation } from '../src/evaluation/due.js';
import { lookAt } from '../src/evaluation/look.js';
import { saveSettings } from '../src/settings/check-settings.js';
import { type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { daysAgo, Organisation, STREAMS } from './fixtures/organisation.js';

// What is committed while a look is under way has an earlier time than that look, and is not in it.

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const ACTOR = { kind: 'user', id: null, name: 'Ana' } as const;

async function look({ integrationId }: Organisation): Promise<readonly string[]> {
  const { checked } = await lookAt(
    database.storage,
    {
      workspaceId: DEFAULT_WORKSPACE_ID,
      integrationId,
      connectorId: 'acme',
      scheduleSeconds: 86_400,
      offered: { all: STREAMS, wanted: new Set(STREAMS.map(({ name }) => name)) },
      states: await database.storage.streams.list(DEFAULT_WORKSPACE_ID, integrationId),
    },
    [accountNotUsed],
  );
  return checked.map(({ check }) => check);
}

/** Of somebody who was there a while ago: a look that is no longer a first one. */
async function lookedAt(daysSince: number): Promise<Organisation> {
  const org = new Organisation().account('bo', { lastLoginAt: daysAgo(daysSince) });
  await org.write(database.storage, database.client);
  await look(org);
  expect(await isDue(org)).toBe(false);
  return org;
}

const isDue = async ({ integrationId }: Organisation): Promise<boolean> =>
  (await dueForEvaluation(database.storage.queries, 1_000)).includes(integrationId);

async function named({ integrationId }: Organisation): Promise<readonly unknown[]> {
  const { rows } = await database.client.query<{ subject_key: string }>(
    `SELECT subject_key FROM findings WHERE integration_id = $1 AND status = 'open' ORDER BY 1`,
    [integrationId],
  );
  return rows.map(({ subject_key }) => subject_key);
}

/** Until the look waits for what was written. */
async function held(isOver: () => boolean): Promise<void> {
  for (let n = 0; n === 0 && !isOver(); await setTimeout(20)) {
    const { rowCount } = await database.client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    n = rowCount ?? 0;
  }
}

/** Writes, and commits no sooner than a look was made meanwhile, as far as it gets. */
async function whileLooking(org: Organisation, write: () => Promise<unknown>): Promise<void> {
  const [told, tell] = [new EventTarget(), (what: string) => told.dispatchEvent(new Event(what))];
  const heard = (what: string) => new Promise((resolve) => told.addEventListener(what, resolve, { once: true }));
  const [written, looked] = [heard('written'), heard('looked')];
  const writing = database.storage.transaction(async () => {
    await write();
    tell('written');
    await looked;
  });
  await written;
  const looking = look(org);
  let isOver = false;
  await Promise.race([looking.finally(() => (isOver = true)), held(() => isOver)]);
  tell('looked');
  await Promise.all([writing, looking]);
}

interface RunSpec {
  readonly mode: 'full' | 'poll';
  readonly kind?: RecordKind;
  readonly minutesAgo?: number;
}

/** A run that ends in the transaction of the caller, and changed that kind. */
async function endRun({ integrationId }: Organisation, { mode, kind, minutesAgo = 0 }: RunSpec): Promise<void> {
  const { queries } = database.storage;
  const [run] = await queries.query<{ readonly id: string }>(
    `INSERT INTO sync_runs (integration_id, cause, mode, state, started_at, finished_at)
     VALUES ($1, 'manual', $2, 'complete', now() - $3 * interval '1 minute', now()) RETURNING id`,
    [integrationId, mode, minutesAgo],
  );
  if (kind === undefined) return;
  await queries.query(
    `INSERT INTO stream_runs (run_id, stream, state, generation, changed) VALUES ($1, $2, 'complete', 1, 1)`,
    [run?.id, kind],
  );
}

/** As if what is read had been committed so long ago. */
const unused = ({ integrationId }: Organisation, minutesAgo: number): Promise<unknown> =>
  database.client.query(
    `UPDATE accounts SET last_login_at = now() - interval '400 days', changed_at = now() - $2 * interval '1 minute' WHERE integration_id = $1`,
    [integrationId, minutesAgo],
  );

test('a run that commits its end after a look has begun is looked at', async () => {
  const org = await lookedAt(5);
  await unused(org, 0);
  await whileLooking(org, () => endRun(org, { mode: 'full', kind: 'account' }));
  expect(await isDue(org)).toBe(true);
  await look(org);
  expect(await named(org)).toEqual(['bo']);
  expect(await isDue(org)).toBe(false);
});

test('a setting that is committed after a look has begun is gone by', async () => {
  const org = await lookedAt(50);
  const set = () =>
    saveSettings(
      database.storage.queries,
      DEFAULT_WORKSPACE_ID,
      accountNotUsed,
      { enabled: true, reason: null, parameters: { days: 30 } },
      ACTOR,
    );
  await whileLooking(org, set);
  expect(await isDue(org)).toBe(true);
  await look(org);
  expect(await named(org)).toEqual(['bo']);
  expect(await isDue(org)).toBe(false);
});

test('a wish that is committed after a look has begun is granted', async () => {
  const org = await lookedAt(5);
  await whileLooking(org, () => askForLook(database.storage.queries, org.integrationId));
  expect(await isDue(org)).toBe(true);
  expect(await look(org)).toEqual([accountNotUsed.id]);
  expect(await isDue(org)).toBe(false);
});

test('what a run has read before it had to wait is looked at when it has ended, whatever was looked at meanwhile', async () => {
  const org = await lookedAt(5);
  await unused(org, 60);
  await endRun(org, { mode: 'poll', kind: 'group' });
  await look(org);
  await endRun(org, { mode: 'full', kind: 'account', minutesAgo: 90 });
  await look(org);
  expect(await named(org)).toEqual(['bo']);
});

test('access that is counted anew is a reason to look', async () => {
  const org = await lookedAt(5);
  await database.client.query('UPDATE access_counted SET counted_at = now() WHERE integration_id = $1', [org.integrationId]);
  expect(await isDue(org)).toBe(true);
  await look(org);
  expect(await isDue(org)).toBe(false);
});
