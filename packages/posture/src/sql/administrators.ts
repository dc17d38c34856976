import { roleHolders } from '@castellan/access';
import type { RolePower } from '@castellan/connector-sdk';

/** Who has one of these can become anybody: what holds for everybody, and giving out roles. */
export const TIER_ZERO_POWERS = ['everything', 'manage_organisation', 'manage_roles'] as const satisfies readonly RolePower[];

/**
 * Steps of a `WITH RECURSIVE`, of `$integration`: `holders (role, account)`, and `administrators (account, roles, is_super,
 * is_tier_zero)`, one row for each account that can sign in and holds any role, directly or through groups. Tier zero: who can
 * become anybody.
 */
export const ADMINISTRATORS = `${roleHolders('$integration')}, administrators AS (
    SELECT h.account, array_agg(DISTINCT coalesce(r.label, h.role) ORDER BY coalesce(r.label, h.role)) AS roles,
      coalesce(bool_or('everything' = ANY (r.powers)), false) AS is_super,
      coalesce(bool_or(r.powers && '{${TIER_ZERO_POWERS.join(',')}}'::text[]), false) AS is_tier_zero
    FROM holders h JOIN accounts a ON a.integration_id = $integration AND a.key = h.account COLLATE "C" AND a.removed_at IS NULL
        AND a.status <> 'deprovisioned'
      LEFT JOIN roles r ON r.integration_id = $integration AND r.key = h.role COLLATE "C" AND r.removed_at IS NULL
    GROUP BY h.account
  )`;
