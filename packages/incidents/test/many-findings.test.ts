import { DEFAULT_WORKSPACE_ID, type Queries } from '@castellan/storage';
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
const HOUR = 3_600_000;

test('many findings of a batch are taken together, and their incidents are made what they are once', async () => {
  const { storage, client } = database;
  const integrationId = await newIntegration(storage);
  const log = await openLog(storage, integrationId);
  const begin = Date.now() - 300 * HOUR;
  // More than an hour apart each: a finding each, and one incident; of the second account they are days apart.
  const events = Array.from({ length: 120 }, (_, n) => [
    eventOf({ key: `a${n}`, at: begin + n * 2 * HOUR, type: 'used', account: 'ana' }),
    ...(n % 20 === 0 ? [eventOf({ key: `b${n}`, at: begin + n * 2 * HOUR, type: 'used', account: 'bo' })] : []),
  ]).flat();
  const asked: string[] = [];
  const listening: Queries = {
    query: (statement, values) => {
      asked.push(typeof statement === 'string' ? statement : statement.text);
      return storage.queries.query(statement, values);
    },
  };
  const of = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, product: 'acme' };
  const watch = () => storage.transaction(() => watchBatch(listening, of, books));
  await log.write(events);
  await watch();
  // The same page once more: all of them are told as they were before.
  await client.query(
    `INSERT INTO detection_inbox (integration_id, keys, published)
     SELECT integration_id, array_agg(key), array_agg(published) FROM activity WHERE integration_id = $1 GROUP BY 1`,
    [integrationId],
  );
  const first = asked.splice(0);
  await watch();
  const times = (statements: readonly string[], what: RegExp): number => statements.filter((text) => what.test(text)).length;
  for (const batch of [first, asked]) expect(times(batch, /UPDATE incidents i SET severity/)).toBe(1);
  expect(times(asked, /FROM incidents WHERE id = ANY .* FOR NO KEY UPDATE/)).toBe(1);
  expect(times(asked, /f\.fingerprint = ANY/)).toBe(2);
  const { rows } = await client.query<{ who: string; findings: number; begins: Date; ends: Date }>(
    `SELECT subject_key AS who, findings, first_at AS begins, last_at AS ends FROM incidents WHERE integration_id = $1 ORDER BY 1, first_at`,
    [integrationId],
  );
  const at = (n: number): Date => new Date(begin + n * 2 * HOUR);
  expect(rows).toEqual([
    { who: 'ana', findings: 120, begins: at(0), ends: at(119) },
    ...[0, 20, 40, 60, 80, 100].map((n) => ({ who: 'bo', findings: 1, begins: at(n), ends: at(n) })),
  ]);
});
