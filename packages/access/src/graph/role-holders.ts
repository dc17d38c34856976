import { accountsIn, nestedGroups } from './edge.js';

/**
 * Steps of a `WITH RECURSIVE`: `granting (role, "group")`, and `holders (role, account)`: who holds which role, directly or
 * through groups, nested ones too. Also accounts that are switched off, or not known.
 * @param integration the expression of its id
 */
export function roleHolders(integration: string): string {
  return `granting AS (
    SELECT s.role, s.principal AS "group" FROM role_assignments s
    WHERE s.integration_id = ${integration} AND s.principal_kind = 'group' AND s.removed_at IS NULL
    UNION
    ${nestedGroups('role', integration)}
  ), held AS (
    SELECT g.role, m.member AS account FROM granting g, ${accountsIn('g."group"', integration)} m
    UNION
    SELECT s.role, s.principal FROM role_assignments s
    WHERE s.integration_id = ${integration} AND s.principal_kind = 'account' AND s.removed_at IS NULL
  ), holders AS (
    -- A role that was read and is gone is held by nobody (ADR 36).
    SELECT h.role, h.account FROM held h
    WHERE NOT EXISTS (SELECT 1 FROM roles r WHERE r.integration_id = ${integration} AND r.key = h.role AND r.removed_at IS NOT NULL)
  )`;
}
