import type pg from 'pg';
import type { Database } from '../src/database/database.js';
import type { FindingPageQuery } from '../src/findings/finding-repository.js';
import { FindingRepository } from '../src/findings/finding-repository.js';
import { DEFAULT_WORKSPACE_ID as WORKSPACE } from '../src/index.js';
import { newIntegration, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
const OTHER_WORKSPACE = '00000000-0000-4000-8000-0000000000ff';
let client: pg.Client;
let integrationId: string;

beforeAll(async () => {
  const url = await databases.newDatabase();
  client = await databases.client(url);
  integrationId = await newIntegration(await databases.open(url));
  // Of two workspaces, 40 rules, and most of them resolved, as it is after a year.
  await client.query(
    `INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status, evidence,
       opened_at, excepted_until, resolved_at)
     SELECT CASE WHEN n % 3 = 0 THEN $1::uuid ELSE $2::uuid END, CASE WHEN n % 3 = 0 THEN gen_random_uuid() ELSE $3::uuid END, 'posture', 'rule-' || n % 40,
       'account', 'k' || n, sha256(('x' || n)::bytea), 1 + n % 5, status, '{"roles": ["Super administrator"]}', now() - n * interval '1 minute',
       CASE WHEN status = 'excepted' THEN now() + interval '1 day' END, CASE WHEN status = 'resolved' THEN now() END
     FROM (SELECT n, CASE n % 11 WHEN 0 THEN 'open' WHEN 1 THEN 'acknowledged' WHEN 2 THEN 'excepted' ELSE 'resolved' END AS status
       FROM generate_series(1, 100000) n) s`,
    [OTHER_WORKSPACE, WORKSPACE, integrationId],
  );
  await client.query('VACUUM ANALYZE');
});
afterAll(() => databases.close());

/** How the database goes about a question: which indexes of findings it reads, whether all rows, and what of a status it reads in vain. */
async function ways(ask: (findings: FindingRepository) => Promise<unknown>): Promise<readonly string[]> {
  const plans: string[] = [];
  const query = async (sql: string, values: unknown[]): Promise<readonly unknown[]> => {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, values);
    plans.push(...rows.map((row) => row['QUERY PLAN']));
    return [];
  };
  // All that a question is asked with.
  await ask(new FindingRepository({ query } as unknown as Database));
  const scan = /(?:Seq Scan|Index (?:Only )?Scan) (?:using (\w+) )?on findings\b/;
  const read = plans.flatMap((line) => (scan.test(line) ? [scan.exec(line)?.[1] ?? 'all rows'] : []));
  // Years of what is resolved would be read for the few that are not.
  const passedOver = plans.filter((line) => /Filter: .*\bstatus\b/.test(line));
  return [...new Set([...read, ...passedOver])];
}

const AFTER = `3|2026-11-20T06:00:01.618000Z|00000000-0000-4000-8000-00000000000a`;
test.each<[string, FindingPageQuery, string]>([
  ['what is to be worked through', { statuses: ['open', 'acknowledged'] }, 'findings_worst'],
  ['what is resolved', { statuses: ['resolved'] }, 'findings_worst'],
  ['all', {}, 'findings_worst'],
  ['a later page of all, as an export has it', { after: AFTER, limit: 500 }, 'findings_worst'],
  ['the newest of what is excepted', { statuses: ['excepted'], sort: 'newest' }, 'findings_newest'],
  ['what a check names, of all integrations', { rules: ['rule-7'], statuses: ['open', 'acknowledged'] }, 'findings_of_rule'],
  ['what a check named once', { rules: ['rule-7'], statuses: ['resolved'], after: AFTER }, 'findings_of_rule'],
])('a page of %s is read along an index, in its order', async (_, query, index) => {
  expect(await ways((findings) => findings.page(WORKSPACE, { limit: 50, ...query }))).toEqual([index]);
});

test('what a check names in one integration, and what is said of one subject, are read along indexes, too', async () => {
  expect(await ways((findings) => findings.page(WORKSPACE, { integrationId, rules: ['rule-7'], limit: 50 }))).toEqual([
    expect.stringMatching(/^findings_(rule|of_rule)$/),
  ]);
  const subject = { integrationId, subjectKind: 'account', subjectKey: 'k7' };
  const [first] = await ways((findings) => findings.page(WORKSPACE, { ...subject, limit: 50 }));
  expect(first).toBe('findings_subject');
});

test('numbers by severity and status are read from the small index alone', async () => {
  const statuses = ['open', 'acknowledged', 'excepted'] as const;
  const [first] = await ways((findings) => findings.counts(WORKSPACE, { statuses }));
  expect(first).toBe('findings_standing');
});
