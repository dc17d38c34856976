/**
 * Ways to tier zero of starting points of one kind, with what is on them: `starts (key, distance, steps)`. Steps to a set go to
 * what the set leads to.
 */
export const waysOf = (kind: 'account' | 'client' | 'application' | 'identity_provider'): string => `ways AS (
    SELECT n.key, n.distance, n.node, n.next, n.step, n.because, 0 AS at FROM attack_nodes n
    WHERE n.integration_id = $integration AND n.is_start AND n.kind = '${kind}'
    UNION ALL
    SELECT w.key, w.distance, n.node, n.next, n.step, n.because, w.at + 1 FROM ways w
      JOIN attack_nodes n ON n.integration_id = $integration AND n.node = w.next
  ), starts AS (
    SELECT w.key, w.distance, jsonb_agg(jsonb_build_object('step', w.step, 'from', w.node, 'because', w.because) ORDER BY w.at)
      FILTER (WHERE w.step IS NOT NULL AND w.step <> 'in') AS steps
    FROM ways w GROUP BY w.key, w.distance
  )`;
