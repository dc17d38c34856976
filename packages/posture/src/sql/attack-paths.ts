import { namingSql, recordTable } from '@castellan/storage';

/** Which records places on a way are, by kind of place. */
const RECORDS = [
  ['account', `'account'`],
  ['group', `'group'`],
  ['application', `'client', 'application'`],
  ['identity_provider', `'identity_provider'`],
] as const;

const NAMES = RECORDS.map(
  ([record, kinds]) => `SELECT p.node, ${namingSql(record).label} AS label FROM passed p
      JOIN "${recordTable(record).table}" t ON t.integration_id = $integration AND t.key = p.key WHERE p.kind IN (${kinds})`,
);

/**
 * Steps of a `WITH RECURSIVE`: ways to tier zero of starting points of one kind, with what is on them: `starts (key, distance,
 * steps)`. Each step is `{step, from, to, because}`, its ends `{kind, key, label}`. Steps to a set go to what the set leads to.
 */
export const waysOf = (kind: 'account' | 'client' | 'application' | 'identity_provider'): string => `ways AS (
    SELECT n.key AS start, n.distance, n.node, n.kind, n.key, n.next, n.step, n.because, 0 AS at FROM attack_nodes n
    WHERE n.integration_id = $integration AND n.is_start AND n.kind = '${kind}'
    UNION ALL
    SELECT w.start, w.distance, n.node, n.kind, n.key, n.next, n.step, n.because, w.at + 1 FROM ways w
      JOIN attack_nodes n ON n.integration_id = $integration AND n.node = w.next
  ), passed AS (
    SELECT DISTINCT w.node, w.kind, w.key FROM ways w WHERE w.kind <> 'set'
  ), named AS (
    ${NAMES.join(`
    UNION ALL
    `)}
  ), places AS (
    SELECT p.node, jsonb_build_object('kind', p.kind, 'key', p.key, 'label', coalesce(n.label, p.key)) AS place
    FROM passed p LEFT JOIN named n ON n.node = p.node
  ), walked AS (
    SELECT w.start, w.distance, w.step, w.because, w.at, p.place, lead(p.place) OVER (PARTITION BY w.start ORDER BY w.at) AS next_place
    FROM ways w JOIN places p ON p.node = w.node
  ), starts AS (
    SELECT w.start AS key, w.distance,
      jsonb_agg(jsonb_build_object('step', w.step, 'from', w.place, 'to', w.next_place, 'because', w.because) ORDER BY w.at)
        FILTER (WHERE w.next_place IS NOT NULL) AS steps
    FROM walked w GROUP BY w.start, w.distance
  )`;
