import { PATHS_NEED, PATHS_SEE_MORE_WITH } from '../paths/path-needs.js';
import { keepSurvey } from '../paths/keep-survey.js';
import { surveyAttackPaths } from '../paths/survey.js';
import { kindsOf } from '../check/need.js';
import type { Evaluating } from './evaluate.js';
import type { LookedAt } from './look.js';
import { NeedReasons } from './need-reasons.js';

/** Kinds whose change may open or close a way. */
export const PATH_KINDS = [...kindsOf([...PATHS_NEED, ...PATHS_SEE_MORE_WITH])];

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
