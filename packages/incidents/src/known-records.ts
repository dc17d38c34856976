import { roleHolders } from '@castellan/access';
import type { Known, KnownAccount, KnownGroup } from '@castellan/detection';
import type { Queries } from '@castellan/storage';

export interface KnownOf {
  readonly integrationId: string;
  /** The other organisations of the workspace: somebody may have ended there. */
  readonly others: readonly string[];
  readonly accounts: readonly string[];
  readonly groups: readonly string[];
  /** Logins of accounts that are kept for emergencies, in small letters. */
  readonly breakGlass: ReadonlySet<string>;
}

interface AccountRow {
  readonly key: string;
  readonly login: string | null;
  readonly createdAt: Date | null;
  readonly lastLoginAt: Date | null;
  readonly department: string | null;
  readonly roles: readonly string[] | null;
  readonly isSuper: boolean | null;
  /** `null`: authenticators of it were never read. */
  readonly resistant: boolean | null;
  readonly isEnded: boolean | null;
}

const ACCOUNTS = `WITH RECURSIVE ${roleHolders('$1')}, known_roles AS (
    SELECT EXISTS (SELECT 1 FROM roles WHERE integration_id = $1) AS are_read
  ), administrators AS (
    SELECT h.account, array_agg(DISTINCT coalesce(r.label, h.role)) AS roles,
      coalesce(bool_or('everything' = ANY (r.powers)), false) AS is_super
    FROM holders h LEFT JOIN roles r ON r.integration_id = $1 AND r.key = h.role COLLATE "C"
    WHERE h.account = ANY ($2::text[]) GROUP BY h.account
  )
  SELECT a.key, a.login, a.created_at AS "createdAt", a.last_login_at AS "lastLoginAt", a.department,
    CASE WHEN d.account IS NOT NULL THEN d.roles WHEN k.are_read THEN '{}'::text[] END AS roles,
    CASE WHEN d.account IS NOT NULL THEN d.is_super WHEN k.are_read THEN false END AS "isSuper",
    t.resistant, e.ended AS "isEnded"
  FROM accounts a CROSS JOIN known_roles k LEFT JOIN administrators d ON d.account = a.key
    LEFT JOIN LATERAL (
      SELECT bool_or(coalesce(t.phishing_resistant, false)) AS resistant FROM authenticators t
      WHERE t.integration_id = $1 AND t.account = a.key AND t.status = 'active' AND t.removed_at IS NULL
    ) t ON true
    LEFT JOIN LATERAL (
      SELECT true AS ended FROM accounts o
      WHERE o.integration_id = ANY ($3::uuid[]) AND lower(o.email) = lower(a.email) AND o.email IS NOT NULL
        AND o.status = 'deprovisioned' AND o.removed_at IS NULL LIMIT 1
    ) e ON true
  WHERE a.integration_id = $1 AND a.key = ANY ($2::text[]) AND a.removed_at IS NULL`;

const GROUPS = `WITH RECURSIVE ${roleHolders('$1')}
  SELECT g.key,
    (SELECT array_agg(DISTINCT coalesce(r.label, n.role)) FROM granting n
       LEFT JOIN roles r ON r.integration_id = $1 AND r.key = n.role COLLATE "C" WHERE n."group" = g.key) AS roles,
    (SELECT bool_or('everything' = ANY (r.powers)) FROM granting n
       JOIN roles r ON r.integration_id = $1 AND r.key = n.role COLLATE "C" WHERE n."group" = g.key) AS "isSuper",
    EXISTS (SELECT 1 FROM group_rules u WHERE u.integration_id = $1 AND u.removed_at IS NULL AND u.status = 'active'
       AND g.key = ANY (u.target_groups)) AS "isRuled"
  FROM groups g WHERE g.integration_id = $1 AND g.key = ANY ($2::text[]) AND g.removed_at IS NULL`;

/** Of whatever moment somebody asks, it says what is known now. */
export interface KnownNow extends Known {
  account(id: string): KnownAccount | undefined;
  group(id: string): KnownGroup | undefined;
}

/** What the last syncs say of who is in a batch of events. */
export async function knownRecords(queries: Queries, of: KnownOf): Promise<KnownNow> {
  const accounts = new Map<string, KnownAccount>();
  const groups = new Map<string, KnownGroup>();
  if (of.accounts.length > 0)
    for (const row of await queries.query<AccountRow>(ACCOUNTS, [of.integrationId, of.accounts, of.others]))
      accounts.set(row.key, accountOf(row, of.breakGlass));
  if (of.groups.length > 0) {
    const rows = await queries.query<GroupRow>(GROUPS, [of.integrationId, of.groups]);
    for (const { key, roles, isSuper, isRuled } of rows)
      groups.set(key, { roles: roles ?? [], isSuperAdmin: isSuper ?? false, isRuled });
  }
  return { account: (id) => accounts.get(id), group: (id) => groups.get(id) };
}

interface GroupRow {
  readonly key: string;
  readonly roles: readonly string[] | null;
  readonly isSuper: boolean | null;
  readonly isRuled: boolean;
}

function accountOf(row: AccountRow, breakGlass: ReadonlySet<string>): KnownAccount {
  return {
    createdAt: row.createdAt?.getTime(),
    lastUsedAt: row.lastLoginAt?.getTime(),
    roles: row.roles ?? undefined,
    isSuperAdmin: row.isSuper ?? undefined,
    department: row.department ?? undefined,
    hasPhishingResistant: row.resistant ?? undefined,
    isBreakGlass: breakGlass.size === 0 ? undefined : breakGlass.has((row.login ?? '').toLowerCase()),
    isEnded: row.isEnded ?? undefined,
  };
}
