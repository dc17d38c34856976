import { roleHolders } from '@castellan/access';
import type { Queries } from '@castellan/storage';
import { PATHS_NEED, PATHS_SEE_MORE_WITH } from '../paths/path-needs.js';
import { keepSurvey } from '../paths/keep-survey.js';
import { surveyAttackPaths } from '../paths/survey.js';
import { kindsOf } from '../check/need.js';
import type { Evaluating } from './evaluate.js';
import type { LookedAt } from './look.js';
import { NeedReasons } from './need-reasons.js';
import { type Changes, TouchedSubjects } from './touched-subjects.js';

const PATH_KINDS = [...kindsOf([...PATHS_NEED, ...PATHS_SEE_MORE_WITH])];

/**
 * Whether a change may open or close a way. What an account says of itself does so only where it holds a role: whether it is
 * switched on decides whether there is anybody to become.
 */
export async function mayOpenOrClose(queries: Queries, integrationId: string, changes: Changes): Promise<boolean> {
  const kinds = PATH_KINDS.filter((kind) => changes.kinds.has(kind));
  if (kinds.length === 0) return false;
  if (kinds.some((kind) => kind !== 'account')) return true;
  const touched = await new TouchedSubjects(queries, integrationId, changes).of({
    touchedBy: { account: 'key' },
    needs: ['account'],
    seesMoreWith: [],
  });
  if (touched === undefined) return true;
  const [row] = await queries.query<{ readonly any: boolean }>(
    `WITH RECURSIVE ${roleHolders('$1')} SELECT EXISTS (SELECT 1 FROM holders h WHERE h.account = ANY ($2::text[])) AS "any"`,
    [integrationId, touched],
  );
  return row?.any === true;
}

/** Looks for ways to tier zero anew. Without what they cannot be seen by, those of before stay. */
export async function surveyOf(where: Evaluating, at: LookedAt, signal?: AbortSignal): Promise<void> {
  const { integrationId, offered, scheduleSeconds } = at;
  const states = new Map(at.states.map((state) => [state.stream, state]));
  const needs = new NeedReasons(where.queries, integrationId, { offered, states, scheduleSeconds, now: new Date() });
  const blocking = (await needs.reasonsFor(PATHS_NEED)).filter(({ code }) => code !== 'partial');
  if (blocking.length > 0) return;
  const narrowing = await needs.reasonsFor([...PATHS_NEED, ...PATHS_SEE_MORE_WITH]);
  await where.transaction(async () => {
    const graph = await surveyAttackPaths(where.queries, integrationId, signal);
    await keepSurvey(where.queries, integrationId, graph, narrowing);
  });
}
