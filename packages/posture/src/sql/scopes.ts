import { ANY_IS_TIER_ZERO, roleLabels, roleOf } from './roles.js';

/**
 * Whether a scope is one of a parameter's, or ends with it after a dot: `groups.manage` is `acme.groups.manage` too. Capitals or not.
 */
export function isScope(scope: string, parameter: string): string {
  return `EXISTS (SELECT 1 FROM unnest(${parameter}) AS w (wanted) WHERE lower(${scope}) = lower(w.wanted)
      OR right(lower(${scope}), length(w.wanted) + 1) = '.' || lower(w.wanted))`;
}

/** Steps of a `WITH`, of `$integration`: `roles_of_programs (client, roles, is_tier_zero)`. */
export const ROLES_OF_PROGRAMS = `roles_of_programs AS (
    SELECT s.principal AS client, ${roleLabels('s.role')} AS roles, ${ANY_IS_TIER_ZERO} AS is_tier_zero
    FROM role_assignments s ${roleOf('s.role')}
    WHERE s.integration_id = $integration AND s.removed_at IS NULL AND s.principal_kind = 'client' AND r.removed_at IS NULL
    GROUP BY s.principal
  )`;
