import { roleHolders } from '@castellan/access';
import type { Facts } from '@castellan/playbooks';
import { namingSql, type Queries, recordKindOf, recordTable } from '@castellan/storage';

/** What is known of a subject; a record that is not there has no name. */
export interface KnownSubject {
  readonly name: string | null;
  readonly facts: Facts;
}

const NOBODY: KnownSubject = { name: null, facts: { isKnown: false } };

interface Where {
  readonly workspaceId: string;
  readonly integrationId: string;
}

/** Of subjects of one kind, by their keys, what conditions of playbooks may ask. */
export async function subjectFacts(
  queries: Queries,
  where: Where,
  kind: string,
  keys: readonly string[],
  asked: Asked,
): Promise<(key: string) => KnownSubject> {
  const known = kind === 'account' ? await accounts(queries, where, keys, asked) : await records(queries, where, kind, keys);
  return (key) => known.get(key) ?? NOBODY;
}

/** Of one. */
export async function factsOf(
  queries: Queries,
  where: Where,
  { kind, key }: { readonly kind: string; readonly key: string },
  asked: Asked,
): Promise<KnownSubject> {
  return (await subjectFacts(queries, where, kind, [key], asked))(key);
}

interface NamedRow {
  readonly key: string;
  readonly name: string;
  readonly status: string;
}

const WITH_STATUS = ['application', 'identity_provider'];

async function records(
  queries: Queries,
  { integrationId }: Where,
  kind: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KnownSubject>> {
  const recorded = recordKindOf(kind);
  if (recorded === null || !WITH_STATUS.includes(kind)) return new Map();
  const rows = await queries.query<NamedRow>(
    `SELECT t.key, ${namingSql(recorded).label} AS name, t.status FROM "${recordTable(recorded).table}" t
     WHERE t.integration_id = $1 AND t.key = ANY ($2::text[]) AND t.removed_at IS NULL`,
    [integrationId, keys],
  );
  return new Map(rows.map(({ key, name, status }) => [key, { name, facts: { isKnown: true, status } }]));
}

/** What a step or a trigger asks; what nobody asks is not looked for. */
export type Asked = ReadonlySet<string>;

const ROLES = ['isAdministrator', 'isSuperAdministrator'];

/** Kinds that were all read to their end: only then what was not found is not so. */
const isRead = (...kinds: readonly string[]): string =>
  `(SELECT count(DISTINCT s.kind) = ${kinds.length} AND bool_and(s.complete_generation IS NOT NULL AND s.status <> 'skipped' AND s.unlisted = '[]')
    FROM stream_state s WHERE s.integration_id = $1 AND s.kind = ANY ('{${kinds.join(',')}}'))`;

const HOLDERS = `${roleHolders('$1')}, powers AS (
    SELECT h.account, coalesce(bool_or('everything' = ANY (r.powers)), false) AS is_super
    FROM holders h LEFT JOIN roles r ON r.integration_id = $1 AND r.key = h.role COLLATE "C"
    WHERE h.account = ANY ($2::text[]) GROUP BY h.account
  )`;
const IS_ADMINISTRATOR = `CASE WHEN p.account IS NOT NULL THEN true WHEN ${isRead('membership', 'role_assignment')} THEN false END`;
const IS_SUPER = `CASE WHEN p.is_super THEN true WHEN ${isRead('membership', 'role', 'role_assignment')} THEN false END`;
const EMERGENCIES = `emergencies AS MATERIALIZED (
    SELECT lower(e) AS login FROM detection_lists l, unnest(l.entries) e WHERE l.workspace_id = $3 AND l.kind = 'break_glass'
  )`;
const FOR_EMERGENCIES = `CASE WHEN t.login <> '' THEN lower(t.login) IN (SELECT login FROM emergencies) END`;

interface AccountRow extends NamedRow {
  readonly isHuman: boolean | null;
  readonly isAdministrator: boolean | null;
  readonly isSuperAdministrator: boolean | null;
  readonly isForEmergencies: boolean | null;
}

async function accounts(
  queries: Queries,
  { workspaceId, integrationId }: Where,
  keys: readonly string[],
  asked: Asked,
): Promise<ReadonlyMap<string, KnownSubject>> {
  const wantsRoles = ROLES.some((fact) => asked.has(fact));
  const wantsLists = asked.has('isForEmergencies');
  const rows = await queries.query<AccountRow>(
    `WITH RECURSIVE ${wantsRoles ? HOLDERS : `powers AS (SELECT NULL::text AS account, false AS is_super WHERE false)`},
       ${wantsLists ? EMERGENCIES : `emergencies AS (SELECT $3::uuid)`}
     SELECT t.key, ${namingSql('account').label} AS name, t.status, t.is_human AS "isHuman",
       ${wantsRoles ? IS_ADMINISTRATOR : 'NULL'} AS "isAdministrator", ${wantsRoles ? IS_SUPER : 'NULL'} AS "isSuperAdministrator",
       ${wantsLists ? FOR_EMERGENCIES : 'NULL'} AS "isForEmergencies"
     FROM accounts t LEFT JOIN powers p ON p.account = t.key
     WHERE t.integration_id = $1 AND t.key = ANY ($2::text[]) AND t.removed_at IS NULL`,
    [integrationId, keys, workspaceId],
  );
  return new Map(rows.map(({ key, name, ...facts }) => [key, { name, facts: { isKnown: true, ...facts } }]));
}
