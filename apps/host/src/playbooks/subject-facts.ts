import { roleHolders } from '@castellan/access';
import type { Facts } from '@castellan/playbooks';
import { detectionLists, namingSql, type Queries, recordKindOf, recordTable } from '@castellan/storage';

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
): Promise<(key: string) => KnownSubject> {
  const known = kind === 'account' ? await accounts(queries, where, keys) : await records(queries, where, kind, keys);
  return (key) => known.get(key) ?? NOBODY;
}

/** Of one. */
export async function factsOf(
  queries: Queries,
  where: Where,
  { kind, key }: { readonly kind: string; readonly key: string },
): Promise<KnownSubject> {
  return (await subjectFacts(queries, where, kind, [key]))(key);
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

interface AccountRow extends NamedRow {
  readonly login: string | null;
  readonly isHuman: boolean | null;
  readonly isAdministrator: boolean;
  readonly isSuperAdministrator: boolean;
}

const ACCOUNTS = `WITH RECURSIVE ${roleHolders('$1')}, powers AS (
    SELECT h.account, coalesce(bool_or('everything' = ANY (r.powers)), false) AS is_super
    FROM holders h LEFT JOIN roles r ON r.integration_id = $1 AND r.key = h.role COLLATE "C"
    WHERE h.account = ANY ($2::text[]) GROUP BY h.account
  )
  SELECT t.key, ${namingSql('account').label} AS name, t.status, t.login, t.is_human AS "isHuman", p.account IS NOT NULL AS "isAdministrator",
    coalesce(p.is_super, false) AS "isSuperAdministrator"
  FROM accounts t LEFT JOIN powers p ON p.account = t.key
  WHERE t.integration_id = $1 AND t.key = ANY ($2::text[]) AND t.removed_at IS NULL`;

async function accounts(
  queries: Queries,
  { workspaceId, integrationId }: Where,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KnownSubject>> {
  const rows = await queries.query<AccountRow>(ACCOUNTS, [integrationId, keys]);
  if (rows.length === 0) return new Map();
  const lists = await detectionLists(queries, workspaceId);
  const forEmergencies = new Set(
    lists.flatMap(({ kind, entries }) => (kind === 'break_glass' ? entries.map((entry) => entry.toLowerCase()) : [])),
  );
  return new Map(
    rows.map(({ key, name, login, ...facts }) => {
      const isForEmergencies = forEmergencies.has((login ?? '').toLowerCase());
      return [key, { name, facts: { isKnown: true, ...withoutKey(facts), isForEmergencies } }];
    }),
  );
}

function withoutKey({ status, isHuman, isAdministrator, isSuperAdministrator }: Omit<AccountRow, 'key' | 'name' | 'login'>) {
  return { status, isHuman, isAdministrator, isSuperAdministrator };
}
