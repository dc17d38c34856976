import { type AreaScore, type CheckToDo, POSTURE_AREAS, type PostureOverview } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import type { Check, Effort } from '../check/check.js';
import { severityNumber } from '../check/severity.js';
import { pendingLooks } from '../evaluation/due.js';
import { scoreDays } from '../score/score-days.js';
import { gainOf, type Scored, scoreOf } from '../score/score.js';
import { statusOf, totals, worstOf } from './check-views.js';
import { pathsInShort } from './path-views.js';
import { type PostureQuestion, type Standing, standing, type StandingResult } from './standing.js';
import { unknownCauses } from './unknown-causes.js';

/** What a page shows at once. */
const MOST_TO_DO = 10;
/** What a day of work is in hours, and an hour in minutes, roughly: what is won by the minute counts. */
const WORK: Readonly<Record<Effort, number>> = { minutes: 1, hours: 6, days: 36 };

/** How the integrations that were asked for stand. */
export async function postureOverview(queries: Queries, question: PostureQuestion): Promise<PostureOverview> {
  const stand = await standing(queries, question);
  const ids = stand.integrations.map(({ id }) => id);
  const checks = question.checks.filter(({ id }) => stand.results.has(id));
  const said = checks.map((check) => scoredCheck(check, stand));
  const [whole, areas] = [standOf(said), areaScores(said)];
  const toDo = said.flatMap((one) => toDoOf(one, said));
  return {
    ...whole,
    excepted: stand.excepted,
    open: stand.open,
    areas,
    trend: await scoreDays(queries, ids, { score: whole.score, areas }),
    worst: toDo.toSorted(byWorst).slice(0, MOST_TO_DO),
    quickWins: toDo
      .filter(({ gain }) => gain > 0)
      .toSorted(byGain)
      .slice(0, MOST_TO_DO),
    causes: unknownCauses(stand, question.providers),
    paths: await pathsInShort(queries, ids),
    evaluatedAt: await lookedAt(queries, ids),
    pending: await pendingLooks(queries, ids),
  };
}

/** A check with what goes into the score, once for each integration. */
interface SaidCheck {
  readonly check: Check;
  readonly results: readonly StandingResult[];
  readonly scored: readonly Scored[];
}

function scoredCheck(check: Check, { results }: Standing): SaidCheck {
  const own = results.get(check.id) ?? [];
  const { severity } = check;
  return {
    check,
    results: own,
    scored: own.map(({ status, open, examined }) => ({ severity, status, open, examined })),
  };
}

function standOf(said: readonly SaidCheck[]): Pick<PostureOverview, 'score' | 'failed' | 'passed' | 'unknown'> {
  const statuses = said.map(({ results }) => statusOf(results.map(({ status }) => status)));
  const count = (status: Scored['status']): number => statuses.filter((one) => one === status).length;
  const score = scoreOf(said.flatMap(({ scored }) => scored));
  return { score, failed: count('failed'), passed: count('passed'), unknown: count('unknown') };
}

/** Of areas that any check has looked at. */
function areaScores(said: readonly SaidCheck[]): readonly AreaScore[] {
  return POSTURE_AREAS.flatMap((area): readonly AreaScore[] => {
    const own = said.filter(({ check, results }) => check.area === area && results.length > 0);
    const excepted = totals(own.flatMap(({ results }) => results)).excepted;
    return own.length === 0 ? [] : [{ area, ...standOf(own), excepted }];
  });
}

function toDoOf({ check, results, scored }: SaidCheck, all: readonly SaidCheck[]): readonly CheckToDo[] {
  const { open, examined } = totals(results);
  if (open === 0) return [];
  const everything = all.flatMap((one) => one.scored);
  let gain = 0;
  for (const one of scored) gain += gainOf(one, everything);
  const { id, title, area, effort } = check;
  const severity = worstOf(results) ?? check.severity;
  return [{ check: id, title, area, severity, open, examined, effort, gain }];
}

function byWorst(one: CheckToDo, other: CheckToDo): number {
  return severityNumber(other.severity) - severityNumber(one.severity) || other.gain - one.gain || other.open - one.open;
}

function byGain(one: CheckToDo, other: CheckToDo): number {
  return other.gain / WORK[other.effort] - one.gain / WORK[one.effort] || byWorst(one, other);
}

async function lookedAt(queries: Queries, ids: readonly string[]): Promise<string | null> {
  const [row] = await queries.query<{ readonly at: Date | null; readonly looked: number }>(
    `SELECT min(evaluated_at) AS at, count(*)::integer AS looked FROM posture_evaluations WHERE integration_id = ANY ($1::uuid[])`,
    [ids],
  );
  return row === undefined || row.looked < ids.length ? null : (row.at?.toISOString() ?? null);
}
