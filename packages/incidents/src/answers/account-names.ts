import { namingSql, type Queries } from '@castellan/storage';

export interface AccountName {
  readonly integrationId: string;
  readonly key: string;
  readonly label: string;
  readonly detail: string | null;
  readonly present: boolean;
}

/** What people call accounts, by `integration key`; those that were never read are left out. */
export async function namesOfAccounts(
  queries: Queries,
  accounts: readonly { readonly integrationId: string; readonly key: string }[],
): Promise<ReadonlyMap<string, AccountName>> {
  if (accounts.length === 0) return new Map();
  const { label, detail } = namingSql('account');
  const rows = await queries.query<AccountName>(
    `SELECT DISTINCT t.integration_id AS "integrationId", t.key, ${label} AS label, ${detail} AS detail, t.removed_at IS NULL AS present
     FROM unnest($1::uuid[], $2::text[]) AS s (integration_id, key)
       JOIN accounts t ON t.integration_id = s.integration_id AND t.key = s.key COLLATE "C"`,
    [accounts.map(({ integrationId }) => integrationId), accounts.map(({ key }) => key)],
  );
  return new Map(rows.map((row) => [`${row.integrationId} ${row.key}`, row]));
}
