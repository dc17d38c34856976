import type { Queries } from '@castellan/storage';
import { prepared } from '../graph/prepared.js';

/** An active rule that fills a group. */
export interface FillingRule {
  readonly key: string;
  readonly label: string;
  /** Accounts that it leaves out. */
  readonly excluded: ReadonlySet<string>;
}

/** By group, of those groups that any rule fills. */
export async function fillingRules(
  queries: Queries,
  integrationId: string,
  groups: readonly string[],
): Promise<ReadonlyMap<string, readonly FillingRule[]>> {
  if (groups.length === 0) return new Map();
  const rows = await queries.query<{ group: string; key: string; label: string; excluded: readonly string[] }>(
    // A rule that names a group twice is one rule all the same.
    prepared(`SELECT DISTINCT g.key AS "group", r.key, coalesce(nullif(r.name, ''), r.key) AS label, r.excluded_accounts AS excluded
     FROM group_rules r JOIN unnest(r.target_groups) AS g (key) ON g.key = ANY ($2::text[])
     WHERE r.integration_id = $1::uuid AND r.status = 'active' AND r.removed_at IS NULL ORDER BY label, r.key`),
    [integrationId, groups],
  );
  const rules = new Map<string, FillingRule[]>();
  for (const { group, key, label, excluded } of rows)
    rules.set(group, [...(rules.get(group) ?? []), { key, label, excluded: new Set(excluded) }]);
  return rules;
}
