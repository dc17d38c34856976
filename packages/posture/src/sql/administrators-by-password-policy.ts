import { ADMINISTRATORS } from './administrators.js';
import { isFederated } from './credential-provider.js';

/**
 * Steps of a `WITH RECURSIVE`, of `$integration`: `decided (policy, count, is_super, accounts)`, for how many administrators with a
 * password of their own a password policy is the first that fits; 20 of their names. What else a policy looks at is not seen here.
 */
export const ADMINISTRATORS_BY_PASSWORD_POLICY = `${ADMINISTRATORS}, grouped AS MATERIALIZED (
    SELECT d.account, d.is_super, a.login, m.groups FROM administrators d
      JOIN accounts a ON a.integration_id = $integration AND a.key = d.account COLLATE "C"
        AND NOT ${isFederated('a')},
      LATERAL (SELECT coalesce(array_agg(m."group"), '{}') AS groups FROM memberships m
        WHERE m.integration_id = $integration AND m.member = d.account AND m.member_kind = 'account' AND m.removed_at IS NULL OFFSET 0) m
  ), in_order AS MATERIALIZED (
    SELECT p.key, p.included_groups, p.excluded_groups, p.included_accounts, p.excluded_accounts,
      row_number() OVER (ORDER BY coalesce(p.built_in, false), p.priority, p.key) AS place
    FROM policies p
    WHERE p.integration_id = $integration AND p.removed_at IS NULL AND p.status = 'active' AND p.password IS NOT NULL
  ), first_fitting AS (
    SELECT g.account, g.login, g.is_super, f.policy
    FROM grouped g, LATERAL (SELECT p.key AS policy FROM in_order p
      WHERE (p.included_groups = '{}' AND p.included_accounts = '{}' OR p.included_groups && g.groups OR g.account = ANY (p.included_accounts))
        AND NOT p.excluded_groups && g.groups AND NOT g.account = ANY (p.excluded_accounts)
      ORDER BY p.place LIMIT 1) f
  ), decided AS (
    SELECT f.policy, count(*)::integer AS count, bool_or(f.is_super) AS is_super,
      (array_agg(coalesce(f.login, f.account) ORDER BY f.is_super DESC, coalesce(f.login, f.account) COLLATE "C"))[1:20] AS accounts
    FROM first_fitting f GROUP BY f.policy
  )`;
