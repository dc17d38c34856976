import { type Conditions, holds, SUBJECT } from '@castellan/playbooks';
import { namingSql, type Queries, type Storage, type StoredSubject } from '@castellan/storage';
import type { RecordKind } from '@castellan/connector-sdk';

/** A record that a step is about, with its fields as far as it was read. */
export interface StepRecord extends StoredSubject {
  readonly kind: RecordKind;
  readonly data: object;
}

/** What a run is about. */
export interface RunSubject {
  readonly workspaceId: string;
  readonly integrationId: string;
  readonly findingId: string;
  readonly subject: StoredSubject;
}

interface NamedRecord {
  readonly kind: RecordKind;
  readonly key: string;
  readonly name: string;
}

/** `$1` the integration, `$2` key of the subject, `$3` the finding. */
const SELECTED: Readonly<Record<string, string>> = {
  // One assignment may stand in several rows, one for each target that it is narrowed to.
  'role-assignments': `SELECT DISTINCT ON (coalesce(t.assignment, t.key)) 'role_assignment' AS kind, t.key, coalesce(r.label, t.role) AS name
    FROM role_assignments t LEFT JOIN roles r ON r.integration_id = $1 AND r.key = t.role COLLATE "C"
    WHERE t.integration_id = $1 AND t.principal_kind = 'account' AND t.principal = $2 AND t.removed_at IS NULL
    ORDER BY coalesce(t.assignment, t.key), t.key`,
  'app-assignments': `SELECT 'app_assignment' AS kind, t.key, coalesce(p.label, t.application) AS name
    FROM app_assignments t LEFT JOIN applications p ON p.integration_id = $1 AND p.key = t.application COLLATE "C"
    WHERE t.integration_id = $1 AND t.principal_kind = 'account' AND t.principal = $2 AND t.scope = 'direct' AND t.removed_at IS NULL
    ORDER BY 3, 2`,
  authenticators: `SELECT 'authenticator' AS kind, t.key, ${namingSql('authenticator').label} AS name FROM authenticators t
    WHERE t.integration_id = $1 AND t.account = $2 AND t.removed_at IS NULL ORDER BY 3, 2`,
  'api-tokens': `SELECT 'api_token' AS kind, t.key, ${namingSql('api_token').label} AS name FROM api_tokens t
    WHERE t.integration_id = $1 AND t.account = $2 AND t.removed_at IS NULL ORDER BY 3, 2`,
  'unused-assignments': `SELECT 'app_assignment' AS kind, t.key, coalesce(a.login, t.principal) AS name
    FROM app_assignments t LEFT JOIN accounts a ON a.integration_id = $1 AND a.key = t.principal COLLATE "C"
      LEFT JOIN usage u ON u.integration_id = $1 AND u."use" = 'application' AND u.principal = t.principal AND u.object = t.application
    WHERE t.integration_id = $1 AND t.application = $2 AND t.principal_kind = 'account' AND t.scope = 'direct' AND t.removed_at IS NULL
      AND coalesce(t.created_at, t.first_seen_at) < now() - interval '60 days'
      AND (u.last_at IS NULL OR u.last_at < now() - interval '60 days')
      -- Of what nobody has observed nothing is claimed (ADR 35).
      AND EXISTS (SELECT 1 FROM usage_since s WHERE s.integration_id = $1 AND s.since <= now() - interval '60 days')
    ORDER BY 3, 2`,
};

/** What a finding names and is, or calls itself, an identity provider: one that was just made may not have been read yet. */
const NAMED_PROVIDERS = `SELECT DISTINCT ON (n.key) 'identity_provider' AS kind, n.key, coalesce(t.name, n.name, n.key) AS name
  FROM findings f CROSS JOIN LATERAL (
      SELECT x ->> 'id' AS key, x ->> 'name' AS name, lower(x ->> 'type') AS type
      FROM jsonb_array_elements(CASE WHEN jsonb_typeof(f.evidence -> 'targets') = 'array' THEN f.evidence -> 'targets' ELSE '[]' END) x
    ) n LEFT JOIN identity_providers t ON t.integration_id = f.integration_id AND t.key = n.key COLLATE "C"
  WHERE f.integration_id = $1 AND f.id = $2 AND n.key IS NOT NULL AND (t.key IS NOT NULL OR n.type = 'identityprovider')
  ORDER BY n.key`;
const LINKED_ACCOUNTS = `SELECT DISTINCT ON (l.account) 'account' AS kind, l.account AS key, coalesce(a.login, l.account) AS name
  FROM (${NAMED_PROVIDERS}) p JOIN idp_links l ON l.integration_id = $1 AND l.identity_provider = p.key COLLATE "C" AND l.removed_at IS NULL
    LEFT JOIN accounts a ON a.integration_id = $1 AND a.key = l.account COLLATE "C"
  ORDER BY l.account`;

/** Nobody works through more by hand. */
const MOST = 1_000;

/** The records that a selector names, in an order that stays. */
export async function namedRecords(queries: Queries, run: RunSubject, on: string): Promise<readonly NamedRecord[]> {
  const { integrationId, findingId, subject } = run;
  // Only kinds of the vocabulary are subjects of playbooks.
  if (on === SUBJECT) return [{ ...subject, kind: subject.kind as RecordKind }];
  const ofFinding = { 'named-identity-providers': NAMED_PROVIDERS, 'accounts-of-named-identity-providers': LINKED_ACCOUNTS };
  const byFinding: string | undefined = Object.entries(ofFinding).find(([name]) => name === on)?.[1];
  if (byFinding !== undefined) return queries.query<NamedRecord>(`${byFinding} LIMIT ${MOST}`, [integrationId, findingId]);
  const sql = SELECTED[on];
  if (sql === undefined) throw new Error(`There is no selector "${on}".`);
  return queries.query<NamedRecord>(`${sql} LIMIT ${MOST}`, [integrationId, subject.key]);
}

/** The same with their fields, those that fulfil the conditions. */
export async function stepRecords(
  storage: Storage,
  run: RunSubject,
  { on, where }: { readonly on: string; readonly where: Conditions },
): Promise<readonly StepRecord[]> {
  const named = await namedRecords(storage.queries, run, on);
  const [first] = named;
  if (first === undefined) return [];
  // Those of one selector are of one kind.
  const keys = named.map(({ key }) => key);
  const stored = await storage.records.getMany(run.workspaceId, run.integrationId, first.kind, keys);
  return named.flatMap((record) => {
    const data: object = stored.get(record.key)?.data ?? {};
    // Fields of a record by their names.
    return holds(where, data as Readonly<Record<string, unknown>>) ? [{ ...record, data }] : [];
  });
}
