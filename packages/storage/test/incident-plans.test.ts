import type pg from 'pg';
import type { Database } from '../src/database/database.js';
import { IncidentRepository } from '../src/detection/incident-repository.js';
import { DEFAULT_WORKSPACE_ID as WORKSPACE } from '../src/index.js';
import { newIntegration, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  client = await databases.client(url);
  const integrationId = await newIntegration(await databases.open(url));
  await client.query(
    `INSERT INTO incidents (workspace_id, integration_id, subject_kind, subject_key, subject_label, sessions, status, severity, confidence,
       findings, rule, first_at, last_at, people, search_text)
     SELECT $1, $2, 'account', 'a' || n, '', '{}', 'open', 1 + n % 5, 1, 1, 'r', now() - n * interval '1 minute', now() - n * interval '1 minute',
       ARRAY['a' || n, 'b' || n / 3], md5(n::text)
     FROM generate_series(1, 40000) n`,
    [WORKSPACE, integrationId],
  );
  await client.query('VACUUM ANALYZE incidents');
});
afterAll(() => databases.close());

/** How the database goes about the first statement of a question. */
async function planOf(ask: (incidents: IncidentRepository) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  const query = async (sql: string, values: unknown[]): Promise<readonly unknown[]> => {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, values);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    return [];
  };
  // All that a question is asked with.
  await ask(new IncidentRepository({ query } as unknown as Database));
  return plans[0] ?? '';
}

test('a word is looked for along its index, in the list and in the counts', async () => {
  const words = ['aab3238922bc'];
  const list = await planOf((incidents) => incidents.page(WORKSPACE, { statuses: ['open', 'acknowledged'], words, limit: 51 }));
  const counts = await planOf((incidents) => incidents.counts(WORKSPACE, { words }));
  for (const plan of [list, counts]) {
    expect(plan).toContain('Bitmap Index Scan on incidents_searched');
    expect(plan).not.toContain('Seq Scan on incidents');
  }
});

test('those that have somebody in common are looked for along an index of people', async () => {
  const { rows } = await client.query<{ readonly id: string }>(`SELECT id FROM incidents WHERE subject_key = 'a700'`);
  const plan = await planOf((incidents) => incidents.related(WORKSPACE, rows[0]?.id ?? ''));
  expect(plan).toContain('Bitmap Index Scan on incidents_people');
  expect(plan).not.toContain('Seq Scan on incidents');
});
