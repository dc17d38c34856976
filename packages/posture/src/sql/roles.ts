import type { RolePower } from '@castellan/connector-sdk';

/** Who has one of these can become anybody: what holds for everybody, and giving out roles (ADR 40). */
export const TIER_ZERO_POWERS = ['everything', 'manage_organisation', 'manage_roles'] as const satisfies readonly RolePower[];

/**
 * Joins the record of a role, as `r`: nothing of one that was never read. Whoever reads what was given says `r.removed_at IS NULL`
 * in the WHERE as well: a role that was read and is gone is held by nobody (ADR 36).
 * @param key the expression of its key, of a table before this one
 */
export function roleOf(key: string): string {
  return `LEFT JOIN roles r ON r.integration_id = $integration AND r.key = ${key} COLLATE "C"`;
}

/** What a role is called, after {@link roleOf}. */
export function roleLabel(key: string): string {
  return `coalesce(r.label, ${key})`;
}

/** The names of all that are gathered, after {@link roleOf}. */
export function roleLabels(key: string): string {
  return `array_agg(DISTINCT ${roleLabel(key)} ORDER BY ${roleLabel(key)})`;
}

/** Whether one of all that are gathered is of tier zero, after {@link roleOf}. */
export const ANY_IS_TIER_ZERO = `coalesce(bool_or(r.powers && '{${TIER_ZERO_POWERS.join(',')}}'::text[]), false)`;
