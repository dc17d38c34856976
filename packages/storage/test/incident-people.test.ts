import { DataSource } from 'typeorm';
import { connect } from '../src/database/connect.js';
import { MIGRATIONS } from '../src/schema/migrations/migrations.js';
import { SILENT, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

const WORKSPACE = '00000000-0000-4000-8000-000000000001';
const INTEGRATION = '00000000-0000-4000-8000-0000000000a1';
const party = (id: string, type = 'User') => ({ id, type, name: `${id.toUpperCase()}@acme.example` });

test('incidents from before they had people are searched and related by the upgrade', async () => {
  const url = await databases.emptyDatabase();
  const before = MIGRATIONS.findIndex(({ name }) => name === 'IncidentPeople1764370000000');
  const old = new DataSource({ type: 'postgres', migrations: MIGRATIONS.slice(0, before), extra: { connectionString: url } });
  await old.initialize();
  await old.runMigrations();
  await old.query(
    `INSERT INTO accounts (integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at, status,
       provider_status, display_name) VALUES ($1, 'bo', 's', 1, '\\x00', now(), now(), now(), now(), 'active', '', 'Bo Berg')`,
    [INTEGRATION],
  );
  const incident = async (kind: string, key: string): Promise<string> => {
    const [row]: readonly { readonly id: string }[] = await old.query(
      `INSERT INTO incidents (workspace_id, integration_id, subject_kind, subject_key, subject_label, sessions, status, severity, confidence,
         findings, rule, first_at, last_at) VALUES ($1, $2, $3, $4, $4, '{}', 'open', 4, 2, 1, 'r', now(), now()) RETURNING id`,
      [WORKSPACE, INTEGRATION, kind, key],
    );
    return row?.id ?? '';
  };
  const finding = async (incidentId: string, evidence: object): Promise<void> => {
    await old.query(
      `WITH made AS (INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status,
         evidence) VALUES ($1, $2, 'detection', 'r', 'account', 'a', sha256(random()::text::bytea), 4, 'open', $3) RETURNING id)
       INSERT INTO detection_findings (finding_id, incident_id, confidence, first_at, last_at, events) SELECT id, $4, 2, now(), now(), '{}' FROM made`,
      [WORKSPACE, INTEGRATION, JSON.stringify(evidence), incidentId],
    );
  };
  const desk = await incident('account', 'ann');
  await finding(desk, { title: 'A Reset', actors: [party('ann')], targets: [party('bo'), party('app', 'AppInstance')] });
  await finding(desk, { title: 'Another', actors: [party('ann')], targets: [party('cy')] });
  // Of an odd form: of an earlier release, or written by hand.
  await finding(await incident('address', '192.0.2.7'), { title: null });
  await incident('organisation', 'organisation');
  await old.destroy();
  const upgraded = await connect(url, { poolSize: 2, logger: SILENT });
  try {
    const rows: readonly { readonly key: string; readonly people: readonly string[]; readonly text: string }[] =
      await upgraded.query(`SELECT subject_key AS key, people, search_text AS text FROM incidents ORDER BY 1`);
    expect(rows.map(({ key, people }) => [key, people])).toEqual([
      ['192.0.2.7', []],
      ['ann', ['ann', 'bo', 'cy']],
      ['organisation', []],
    ]);
    for (const words of ['a reset', 'another', 'bo@acme.example', 'cy@acme.example', 'bo berg'])
      expect(rows[1]?.text).toContain(words);
    expect(rows[1]?.text).not.toContain('app@');
  } finally {
    await upgraded.source.destroy();
  }
});
