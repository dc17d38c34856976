import { roleHolders } from '@castellan/access';
import { firstDistinct } from './lists.js';
import { roleLabel, roleOf } from './roles.js';

/** Words of the providers that connectors know for an assignment that gives nothing any more. */
const ENDED = ['DEPROVISIONED', 'INACTIVE', 'SUSPENDED', 'REVOKED', 'UNASSIGNED', 'DELETED'];

/**
 * Steps of a `WITH RECURSIVE`, of `$integration`, after none: `gone (key)`: accounts that a condition on `a` holds for;
 * `kept (account, applications, application_count, roles)`: what they have still, one row for each that has anything.
 */
export function keptAccess(where: string): string {
  return `${roleHolders('$integration')}, gone AS (
      SELECT a.key FROM accounts a WHERE a.integration_id = $integration AND a.removed_at IS NULL AND ${where}
    ), assigned AS (
      SELECT g.key AS account, ${firstDistinct('coalesce(p.label, p.key)')} AS labels, count(DISTINCT p.key)::integer AS many
      FROM gone g JOIN app_assignments e ON e.integration_id = $integration AND e.principal = g.key COLLATE "default" AND e.principal_kind = 'account'
          AND e.removed_at IS NULL AND upper(coalesce(e.provider_status, '')) NOT IN (${ENDED.map((word) => `'${word}'`).join(', ')})
        JOIN applications p ON p.integration_id = $integration AND p.key = e.application COLLATE "C" AND p.removed_at IS NULL AND p.status = 'active'
      GROUP BY g.key
    ), given AS (
      SELECT g.key AS account, ${firstDistinct(roleLabel('h.role'))} AS roles
      FROM gone g JOIN holders h ON h.account COLLATE "C" = g.key
        ${roleOf('h.role')}
      WHERE r.removed_at IS NULL GROUP BY g.key
    ), kept AS (
      SELECT coalesce(s.account, v.account) AS account, s.labels AS applications, coalesce(s.many, 0) AS application_count, v.roles
      FROM assigned s FULL JOIN given v ON v.account = s.account
    )`;
}
