import { setTimeout } from 'node:timers/promises';
import type { SourceRecord } from '@castellan/connector-sdk';
import { DEFAULT_WORKSPACE_ID, dueForDetection, readUpTo } from '@castellan/storage';
import { RulesOfWorkspaces, watchBatch } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { eventOf } from './fixtures/events.js';
import { foundIn, openLog } from './fixtures/log.js';
import { RULES } from './fixtures/rules.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const books = new RulesOfWorkspaces([RULES]);
const MINUTE = 60_000;

/** Of an organisation what its log says, and what is missed in it. */
async function organisation() {
  const { storage, client } = database;
  const integrationId = await newIntegration(storage);
  const of = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, product: 'acme' };
  const watch = () => storage.transaction(() => watchBatch(storage.queries, of, books));
  return {
    integrationId,
    watch,
    log: () => openLog(storage, integrationId),
    happens: async (events: readonly SourceRecord<'activity'>[]): Promise<void> => {
      const log = await openLog(storage, integrationId);
      await log.write(events);
      await watch();
      await log.fail();
    },
    missed: async (): Promise<number> =>
      (await foundIn(client, integrationId)).filter((line) => line.startsWith('not_enrolled ')).length,
    found: () => foundIn(client, integrationId),
  };
}

const removed = (account: string, at: number): SourceRecord<'activity'> =>
  eventOf({ key: `${account} removed`, at, type: 'removed', account });

test('a run that has not read the log to its end does not say that something is missing in it', async () => {
  const { log, watch, missed, integrationId } = await organisation();
  const first = await log();
  await first.write([removed('ana', Date.now() - 60 * MINUTE)]);
  await first.fail();
  await watch();
  expect([await missed(), await readUpTo(database.storage.queries, integrationId)]).toEqual([0, 0]);
  const began = Date.now();
  const second = await log();
  await setTimeout(20);
  await second.end();
  const readTo = await readUpTo(database.storage.queries, integrationId);
  // To its beginning, less five minutes: what was written while it was read, it may have missed.
  expect(readTo + 5 * MINUTE).toBeGreaterThanOrEqual(began);
  expect(readTo + 5 * MINUTE).toBeLessThanOrEqual(Date.now() - 20);
  await watch();
  expect(await missed()).toBe(1);
  // One that fails later takes nothing back, and reads no further.
  await (await log()).fail();
  expect(await readUpTo(database.storage.queries, integrationId)).toBe(readTo);
});

test('logs that are not read do not keep one that is waiting', async () => {
  const { queries } = database.storage;
  const unread = await Promise.all([1, 2, 3].map(() => organisation()));
  for (const one of unread) await one.happens([removed('ana', Date.now() - 300 * MINUTE)]);
  const read = await organisation();
  await read.happens([removed('bo', Date.now() - 60 * MINUTE)]);
  const fresh = await organisation();
  await (await fresh.log()).write([removed('cy', Date.now())]);
  // What they miss is due for long, and nothing would come of a look.
  expect(await dueForDetection(queries, 5 * MINUTE, 1)).toEqual([fresh.integrationId]);
  await (await read.log()).end();
  expect(await dueForDetection(queries, 5 * MINUTE, 1)).toEqual([read.integrationId]);
  await read.watch();
  expect(await read.missed()).toBe(1);
  expect(await dueForDetection(queries, 5 * MINUTE, 1)).toEqual([fresh.integrationId]);
});

test('an event of the last year that there is ends no window of now, and its own are kept', async () => {
  const { happens, found, integrationId } = await organisation();
  const last = Date.UTC(9999, 11, 31, 23, 59, 50);
  const wrong = (at: number, n: number): SourceRecord<'activity'> =>
    eventOf({ key: `${at} ${n}`, at: at + n * 1_000, type: 'sign_in', account: 'ana' });
  const begin = Date.now() - MINUTE;
  await happens([wrong(begin, 1), wrong(begin, 2), wrong(last, 1), wrong(last, 2), removed('bo', last)]);
  expect(await found()).toEqual([]);
  const { rows } = await database.client.query<{ ends: string; due: string; ahead: boolean }>(
    `SELECT max(ends_at)::date::text AS ends, max(due_at)::date::text AS due, (SELECT reached > now() + interval '1 hour' FROM detection_progress
       WHERE integration_id = $1) AS ahead FROM detection_groups WHERE integration_id = $1`,
    [integrationId],
  );
  expect(rows).toEqual([{ ends: '9999-12-31', due: '9999-12-31', ahead: false }]);
  await happens([wrong(begin, 3), wrong(last, 3)]);
  const lines = (await found()).filter((line) => line.startsWith('many_wrong '));
  expect(lines).toHaveLength(2);
  expect(lines.filter((line) => line.includes('9999-12-31'))).toHaveLength(1);
});
