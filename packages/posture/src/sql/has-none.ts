import { isOf } from '@castellan/access';

const TABLES = {
  memberships: 'group',
  app_assignments: 'application',
  idp_links: 'identity_provider',
} as const;

/** Whether a group, an application or an identity provider has no edge in a table. `t`: what the statement calls it. */
export function hasNone(table: keyof typeof TABLES, t: string): string {
  // The first along the key; as a condition of its own the planner would read the edges of all.
  return `(SELECT e.key FROM ${table} e WHERE e.integration_id = $integration AND ${isOf('e', TABLES[table], `(${t}.key COLLATE "C")`)}
    AND e.removed_at IS NULL LIMIT 1) IS NULL`;
}
