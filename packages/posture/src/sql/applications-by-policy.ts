/** A step of a `WITH`, of `$integration`: `used (policy, count, applications)`, by which applications that are on, 20 of them. */
export const APPLICATIONS_BY_POLICY = `used AS (
    SELECT a.policy, count(*)::integer AS count,
      (array_agg(coalesce(a.label, a.key) ORDER BY coalesce(a.label, a.key) COLLATE "C", a.key))[1:20] AS applications
    FROM applications a
    WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status = 'active' AND a.policy IS NOT NULL
    GROUP BY a.policy
  )`;
