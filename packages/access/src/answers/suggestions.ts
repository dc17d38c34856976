import type { AccessNodeRef, RemovalSuggestions } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { accountsIn, isOf, nestedGroups } from '../graph/edge.js';
import { isUsable } from '../graph/holds.js';
import { isKnown } from '../names/is-known.js';
import { nameNodes, nodeOf } from '../names/name-nodes.js';
import { coverageOf } from '../usage/usage-of.js';
import { usedSince } from './unused.js';

export interface SuggestionsQuestion {
  readonly integrationId: string;
  readonly application: string;
  readonly days: number;
  readonly limit?: number;
}

interface SuggestionRow {
  readonly kind: 'account' | 'group';
  readonly key: string;
  readonly since: Date;
  readonly orBefore: boolean;
  readonly accounts: number;
  readonly losing: number;
  readonly breaking: number;
  readonly lastAt: Date | null;
}

/**
 * Assignments of an application that can go: nobody who would lose it has used it for so many days. After them those of which
 * few have, a tenth at most: these can be given it in another way before. Each is judged by itself: of two that give it to the same people either can go, and the second breaks something once the first is gone.
 * `undefined`: there is no such application.
 */
export async function suggestions(
  queries: Queries,
  { integrationId, application, days, limit = 100 }: SuggestionsQuestion,
): Promise<RemovalSuggestions | undefined> {
  const coverage = await coverageOf(queries, integrationId, 'application');
  // Of what nobody has observed nothing can be said.
  const rows =
    coverage === null
      ? []
      : await queries.query<SuggestionRow>(SUGGESTIONS, [integrationId, application, usedSince(days), limit]);
  const to: AccessNodeRef = { kind: 'application', key: application };
  const names = await nameNodes(queries, integrationId, [to, ...rows.map(({ kind, key }) => ({ kind, key }))]);
  if (rows.length === 0 && !(await isKnown(queries, integrationId, names, to))) return undefined;
  return {
    days,
    items: rows.map(({ kind, key, since, lastAt, ...counts }) => ({
      principal: nodeOf(names, { kind, key }),
      application: nodeOf(names, to),
      since: since.toISOString(),
      ...counts,
      lastAt: lastAt?.toISOString() ?? null,
    })),
    coverage,
  };
}

const SUGGESTIONS = `WITH RECURSIVE given AS (
    SELECT s.principal_kind AS kind, s.principal AS key, s.present_since AS since, s.stream FROM app_assignments s
    WHERE s.integration_id = $1 AND ${isOf('s', 'application', '$2::text')} AND s.removed_at IS NULL AND NOT (s.principal_kind = 'account' AND s.scope = 'group')
  ), granting AS (
    SELECT g.key AS root, g.key AS "group" FROM given g WHERE g.kind = 'group'
    UNION
    ${nestedGroups('root', '$1')}
  ), ways AS (
    SELECT 'group' AS kind, g.root AS key, m.member AS account FROM granting g, ${accountsIn('g."group"', '$1')} m
    UNION SELECT g.kind, g.key, g.key FROM given g WHERE g.kind = 'account'
  ), counted AS (
    SELECT w.kind, w.key, w.account, count(*) OVER (PARTITION BY w.account) AS ways, u.last_at
    FROM ways w JOIN accounts a ON a.integration_id = $1 AND a.key = w.account AND a.removed_at IS NULL AND ${isUsable('a', undefined)}
      -- Nobody reaches an application that is gone (ADR 36): what is left of its assignments breaks nothing.
      JOIN (SELECT WHERE NOT EXISTS (SELECT 1 FROM applications t WHERE t.integration_id = $1 AND t.key = $2 AND t.removed_at IS NOT NULL)) present ON true
      LEFT JOIN usage u ON u.integration_id = $1 AND u."use" = 'application' AND u.principal = w.account AND u.object = $2
  )
  SELECT g.kind, g.key, g.since, f.first_complete_at IS NULL OR g.since <= f.first_complete_at AS "orBefore",
    count(c.account)::integer AS accounts, count(*) FILTER (WHERE c.ways = 1)::integer AS losing,
    count(*) FILTER (WHERE c.ways = 1 AND c.last_at >= $3)::integer AS breaking, max(c.last_at) AS "lastAt"
  FROM given g LEFT JOIN counted c USING (kind, key) LEFT JOIN stream_state f ON f.integration_id = $1 AND f.stream = g.stream
  GROUP BY g.kind, g.key, g.since, f.first_complete_at
  HAVING count(*) FILTER (WHERE c.ways = 1 AND c.last_at >= $3) * 10 <= count(*) FILTER (WHERE c.ways = 1)
  ORDER BY count(*) FILTER (WHERE c.ways = 1 AND c.last_at >= $3) > 0, count(c.account) DESC, count(*) FILTER (WHERE c.ways = 1) DESC, g.kind DESC, g.key
  LIMIT $4`;
