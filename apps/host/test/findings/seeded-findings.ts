import type { TestHost } from '../host-harness.js';

/** A finding as a test says it; what is left out is as plain as can be. */
export interface SeededFinding {
  readonly rule: string;
  readonly kind: string;
  readonly key: string;
  /** 1 informational to 5 critical. */
  readonly severity: number;
  readonly status?: 'open' | 'acknowledged' | 'resolved' | 'excepted';
  /** ISO 8601. */
  readonly openedAt: string;
  readonly evidence?: object;
  readonly source?: 'posture' | 'detection';
}

const sql = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;

/** Straight into the tables, so that a test can reckon with what it has written. @returns the id */
export async function seedFinding(
  host: Pick<TestHost, 'query'>,
  place: { readonly workspaceId: string; readonly integrationId: string },
  finding: SeededFinding,
): Promise<string> {
  const { rule, kind, key, severity, status = 'open', openedAt, evidence = {}, source = 'posture' } = finding;
  const [row] = await host.query(
    `INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status, evidence,
       first_seen_at, opened_at, changed_at, resolved_at, excepted_until, excepted_reason)
     VALUES ('${place.workspaceId}', '${place.integrationId}', '${source}', ${sql(rule)}, '${kind}', ${sql(key)}, sha256(${sql(`${rule} ${kind} ${key}`)}::bytea),
       ${severity}, '${status}', ${sql(JSON.stringify(evidence))}, '${openedAt}', '${openedAt}', '${openedAt}',
       ${status === 'resolved' ? 'now()' : 'NULL'}, ${status === 'excepted' ? `now() + interval '1 year'` : 'NULL'}, ${status === 'excepted' ? `'known'` : 'NULL'})
     RETURNING id`,
  );
  return String(row?.['id']);
}
