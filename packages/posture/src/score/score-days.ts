import { type AreaScore, POSTURE_AREAS, type PostureArea, type ScoreDay } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { type ScorePoints, scoreOfPoints } from './score.js';

/** Days of a trend, today among them. */
const TREND_DAYS = 90;

interface DayRow extends ScorePoints {
  readonly day: string;
  readonly area: PostureArea;
}

/** How the whole stands now. */
export interface ScoreNow {
  readonly score: number | null;
  readonly areas: readonly Pick<AreaScore, 'area' | 'score'>[];
}

/**
 * The score of several integrations day by day, each as all their checks together have it. On a day on which one was not looked at it
 * counts as it stood before. The last day is today, as it stands now: what people have excepted since the last look is in it.
 */
export async function scoreDays(queries: Queries, ids: readonly string[], now: ScoreNow): Promise<readonly ScoreDay[]> {
  // Asked for and shown by one clock, or a day would be there twice, or not at all.
  const today = new Date().toISOString().slice(0, 10);
  const days = new Map<string, DayRow[]>();
  for (const row of await dayRows(queries, ids, today)) days.set(row.day, [...(days.get(row.day) ?? []), row]);
  const before = [...days].map(([day, rows]) => ({ day, score: scoreOfPoints(together(rows)), areas: areasOf(rows) }));
  if (now.areas.length === 0) return before;
  const known = now.areas.flatMap(({ area, score }) => (score === null ? [] : [[area, score] as const]));
  return [...before, { day: today, score: now.score, areas: Object.fromEntries(known) }];
}

/** Up to yesterday, the oldest first. What was kept holds until the next look, however far back that is. */
function dayRows(queries: Queries, ids: readonly string[], today: string): Promise<DayRow[]> {
  return queries.query<DayRow>(
    `WITH span AS (SELECT $2::date AS today, $2::date - ${TREND_DAYS - 1} AS first),
     kept AS (
       SELECT s.area, s.weight, s.lost, s.day,
         least(lead(s.day) OVER (PARTITION BY s.integration_id, s.area ORDER BY s.day), span.today) AS until
       FROM span CROSS JOIN unnest($1::uuid[]) AS i (id)
         CROSS JOIN LATERAL (SELECT max(o.day) AS day FROM posture_scores o WHERE o.integration_id = i.id AND o.day < span.first) before
         JOIN posture_scores s ON s.integration_id = i.id AND s.day >= coalesce(before.day, span.first)
     )
     SELECT to_char(d.day, 'YYYY-MM-DD') AS day, k.area, sum(k.weight) AS weight, sum(k.lost) AS lost
     FROM span CROSS JOIN kept k CROSS JOIN LATERAL generate_series(greatest(k.day, span.first), k.until - 1, interval '1 day') AS d (day)
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [ids, today],
  );
}

function together(rows: readonly ScorePoints[]): ScorePoints {
  let [weight, lost] = [0, 0];
  for (const row of rows) {
    weight += row.weight;
    lost += row.lost;
  }
  return { weight, lost };
}

/** Of areas that anything was known of. */
function areasOf(rows: readonly DayRow[]): ScoreDay['areas'] {
  const known = POSTURE_AREAS.flatMap((area) => {
    const score = scoreOfPoints(together(rows.filter((row) => row.area === area)));
    return score === null ? [] : [[area, score] as const];
  });
  return Object.fromEntries(known);
}
