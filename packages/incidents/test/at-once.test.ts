import { setTimeout } from 'node:timers/promises';
import type { SourceRecord } from '@castellan/connector-sdk';
import { createSuppression, DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import pg from 'pg';
import { RulesOfWorkspaces, watchBatch } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { eventOf } from './fixtures/events.js';
import { openLog } from './fixtures/log.js';
import { RULES } from './fixtures/rules.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const books = new RulesOfWorkspaces([RULES]);
const MINUTE = 60_000;
const ANNA = { kind: 'user' as const, id: null, name: 'Anna' };

async function organisation() {
  const integrationId = await newIntegration(database.storage);
  const log = await openLog(database.storage, integrationId);
  const { storage } = database;
  const of = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, product: 'acme' };
  return {
    integrationId,
    write: log.write,
    watch: () => storage.transaction(() => watchBatch(storage.queries, of, books)),
    /** Of what was found: its status, that of its incident, and what was said of that. */
    found: async () => {
      const { rows } = await database.client.query<{ line: string }>(
        `SELECT concat_ws(' ', f.rule, f.status, n.status, n.verdict) AS line FROM findings f
         JOIN detection_findings d ON d.finding_id = f.id JOIN incidents n ON n.id = d.incident_id
         WHERE f.integration_id = $1 ORDER BY 1`,
        [integrationId],
      );
      return rows.map(({ line }) => line);
    },
  };
}

const begin = Date.now() - 60 * MINUTE;
const wrong = (account: string, minute: number): SourceRecord<'activity'> =>
  eventOf({ key: `${account}-${minute}`, at: begin + minute * MINUTE, type: 'sign_in', account });
const used = (account: string, minute: number): SourceRecord<'activity'> =>
  eventOf({ key: `${account}-used-${minute}`, at: begin + minute * MINUTE, type: 'used', account });

/** As somebody closes it, in a transaction that ends when it is told to. */
async function closing(integrationId: string) {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('BEGIN');
  await client.query(`SELECT FROM incidents WHERE integration_id = $1 ORDER BY id FOR UPDATE`, [integrationId]);
  await client.query(
    `UPDATE incidents SET status = 'closed', closed_at = now(), verdict = 'benign' WHERE integration_id = $1`,
    [integrationId],
  );
  await client.query(
    `UPDATE findings SET status = 'resolved', resolved_at = now() WHERE integration_id = $1 AND status = 'open'`,
    [integrationId],
  );
  return async (): Promise<void> => {
    await client.query('COMMIT');
    await client.end();
  };
}

async function somebodyWaits(): Promise<void> {
  for (let left = 400; left > 0; left -= 1) {
    const { rows } = await database.client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await setTimeout(25);
  }
  throw new Error('Nobody has waited for the lock.');
}

test.each([
  ['grows', (account: string) => wrong(account, 4), ['many_wrong open open']],
  ['is joined by another', (account: string) => used(account, 4), ['many_wrong resolved closed benign', 'used open open']],
])('what %s while somebody closes it is not lost in what is closed', async (what, next, expected) => {
  const account = `at-once-${what.length}`;
  const { integrationId, write, watch, found } = await organisation();
  await write([wrong(account, 1), wrong(account, 2), wrong(account, 3)]);
  await watch();
  expect(await found()).toEqual(['many_wrong open open']);
  await write([next(account)]);
  const commit = await closing(integrationId);
  const watched = watch();
  await somebodyWaits();
  await commit();
  await watched;
  expect(await found()).toEqual(expected);
});

test('what was closed, and is suppressed since, stays so when it goes on', async () => {
  const { integrationId, write, watch, found } = await organisation();
  const { storage, client } = database;
  await write([wrong('robot', 1), wrong('robot', 2), wrong('robot', 3)]);
  await watch();
  const { rows } = await client.query<{ id: string }>('SELECT id FROM incidents WHERE integration_id = $1', [integrationId]);
  const ids = rows.map(({ id }) => id);
  const close = { do: 'close' as const, verdict: 'benign' as const, reason: 'A test account.' };
  expect(await storage.incidentChanges.apply(DEFAULT_WORKSPACE_ID, ids, close, ANNA)).toBe(1);
  const until = new Date(Date.now() + 60 * MINUTE);
  await storage.transaction(() =>
    createSuppression(
      storage.queries,
      DEFAULT_WORKSPACE_ID,
      { rule: null, subject: 'robot', reason: 'A test account.', until },
      ANNA,
    ),
  );
  await write([wrong('robot', 4)]);
  await watch();
  expect(await found()).toEqual(['many_wrong excepted closed benign']);
});
