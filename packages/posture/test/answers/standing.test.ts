import { DEFAULT_WORKSPACE_ID, type Queries } from '@castellan/storage';
import { standing } from '../../src/answers/standing.js';
import { accountNotUsed } from '../../src/checks/accounts/account-not-used.js';
import { keepScores } from '../../src/score/keep-scores.js';
import { newIntegration, type OpenedDatabase, openDatabase } from '../fixtures/database.js';

const CHECKS = [accountNotUsed];
let database: OpenedDatabase;
let integrationId: string;

beforeAll(async () => {
  database = await openDatabase();
  integrationId = await newIntegration(database.storage);
  await database.client.query(
    `INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status, evidence, resolved_at, excepted_until)
     SELECT $1, $2, 'posture', CASE WHEN n % 2 = 0 THEN 'account-not-used' ELSE 'rule-' || n % 100 END, 'account', 'k' || n, sha256(('x' || n)::bytea), 3,
       status, '{"roles": ["Super administrator"]}', CASE WHEN status = 'resolved' THEN now() END, CASE WHEN status = 'excepted' THEN now() + interval '1 day' END
     FROM (SELECT n, (ARRAY['open', 'acknowledged', 'excepted', 'resolved'])[1 + n / 2 % 4] AS status FROM generate_series(1, 40000) n) s`,
    [DEFAULT_WORKSPACE_ID, integrationId],
  );
  await database.client.query(
    `INSERT INTO check_results (integration_id, "check", status, reasons, findings, examined, parameters, evaluated_at, since, took_ms)
     VALUES ($1, 'account-not-used', 'failed', '[]', 15000, 20000, '{}', now(), now(), 1)`,
    [integrationId],
  );
  await database.client.query('VACUUM ANALYZE');
});
afterAll(() => database.close());

/** How the database goes about each question about findings. */
async function plans(ask: (queries: Queries) => Promise<unknown>): Promise<readonly string[]> {
  const seen: string[] = [];
  const query = async (sql: string, values: readonly unknown[] = []): Promise<never> => {
    if (/\bFROM findings\b/.test(sql)) {
      const { rows } = await database.client.query<{ readonly 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, [...values]);
      seen.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    const answer: unknown = await database.storage.queries.query(sql, [...values]);
    return answer as never; // of whatever type whoever asks says
  };
  await ask({ query });
  return seen;
}

test('what stands is counted from an index alone, and rightly', async () => {
  const ask = (queries: Queries) => standing(queries, { workspaceId: DEFAULT_WORKSPACE_ID, checks: CHECKS });
  const stand = await ask(database.storage.queries);
  expect([stand.open.medium, stand.excepted]).toEqual([10_000, 5_000]);
  expect(stand.results.get('account-not-used')).toMatchObject([{ open: 10_000, excepted: 5_000 }]);
  const used = await plans(ask);
  expect(used).toEqual([expect.stringContaining('Index Only Scan using findings_standing on findings')]);
});

test('what is kept of a day is counted from the same index', async () => {
  const of = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, connectorId: 'acme' };
  const used = await plans((queries) => keepScores(queries, of, CHECKS));
  expect(used).toEqual([expect.stringContaining('Index Only Scan using findings_standing on findings')]);
  const { rows } = await database.client.query('SELECT weight, lost FROM posture_scores WHERE weight > 0');
  // A medium one (2) that names half of those that it looked at.
  expect(rows).toEqual([{ weight: 2, lost: 1.5 }]);
});

test('a check of another provider goes into no score, whatever it has said', async () => {
  const foreign = { ...accountNotUsed, only: 'globex' };
  const of = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, connectorId: 'acme' };
  await keepScores(database.storage.queries, of, [foreign]);
  expect((await database.client.query('SELECT area FROM posture_scores WHERE weight > 0')).rows).toEqual([]);
});
