import { roleHolders } from '@castellan/access';

/**
 * Steps of a `WITH RECURSIVE`, of `$integration`: `privileged ("group", roles, is_tier_zero)`, one row for each group that has a
 * role, or lies in a group that has one. Tier zero: who can become anybody.
 */
export const PRIVILEGED_GROUPS = `${roleHolders('$integration')}, privileged AS (
    SELECT g."group", array_agg(DISTINCT coalesce(r.label, g.role) ORDER BY coalesce(r.label, g.role)) AS roles,
      coalesce(bool_or(r.powers && '{everything,manage_organisation}'::text[]), false) AS is_tier_zero
    FROM granting g LEFT JOIN roles r ON r.integration_id = $integration AND r.key = g.role COLLATE "C"
    WHERE r.removed_at IS NULL GROUP BY g."group"
  )`;
