import { roleHolders } from '@castellan/access';
import { ANY_IS_TIER_ZERO, roleLabels, roleOf } from './roles.js';

/**
 * Steps of a `WITH RECURSIVE`, of `$integration`: `privileged ("group", roles, is_tier_zero)`, one row for each group that has a
 * role, or lies in a group that has one. Tier zero: who can become anybody.
 */
export const PRIVILEGED_GROUPS = `${roleHolders('$integration')}, privileged AS (
    SELECT g."group", ${roleLabels('g.role')} AS roles, ${ANY_IS_TIER_ZERO} AS is_tier_zero
    FROM granting g ${roleOf('g.role')}
    WHERE r.removed_at IS NULL GROUP BY g."group"
  )`;
