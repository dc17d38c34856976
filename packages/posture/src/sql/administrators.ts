import { roleHolders } from '@castellan/access';
import { ANY_IS_TIER_ZERO, roleLabels, roleOf } from './roles.js';

/**
 * Steps of a `WITH RECURSIVE`, of `$integration`: `holders (role, account)`, and `administrators (account, roles, is_super,
 * is_tier_zero)`, one row for each account that can sign in and holds any role, directly or through groups. Tier zero: who can
 * become anybody.
 */
export const ADMINISTRATORS = `${roleHolders('$integration')}, administrators AS (
    SELECT h.account, ${roleLabels('h.role')} AS roles,
      coalesce(bool_or('everything' = ANY (r.powers)), false) AS is_super, ${ANY_IS_TIER_ZERO} AS is_tier_zero
    FROM holders h JOIN accounts a ON a.integration_id = $integration AND a.key = h.account COLLATE "C" AND a.removed_at IS NULL
        AND a.status <> 'deprovisioned'
      ${roleOf('h.role')}
    WHERE r.removed_at IS NULL GROUP BY h.account
  )`;
