import { roleHolders } from '@castellan/access';
import type { Queries } from '@castellan/storage';
import { PATHS_NEED, PATHS_SEE_MORE_WITH } from '../paths/path-needs.js';
import { keepSurvey } from '../paths/keep-survey.js';
import { surveyAttackPaths } from '../paths/survey.js';
import { isUsableAccount } from '../paths/usable-places.js';
import { kindsOf } from '../check/need.js';
import { bindNames } from '../check/statement.js';
import type { Evaluating } from './evaluate.js';
import type { LookedAt } from './look.js';
import { NeedReasons } from './need-reasons.js';
import { type Changes, TouchedSubjects } from './touched-subjects.js';

const PATH_KINDS = [...kindsOf([...PATHS_NEED, ...PATHS_SEE_MORE_WITH])];

/**
 * Whether accounts are on a way of the last survey and cannot be any more, or can and are not though they hold a role, or are in a
 * group, or own one, that leads to tier zero. Of `$accounts`, keys.
 */
const HAS_CHANGED = `WITH RECURSIVE ${roleHolders('$integration')}, touched AS (
    SELECT k.key, a.key IS NOT NULL AS usable, n.node IS NOT NULL AS on_way FROM unnest($accounts) AS k (key)
      LEFT JOIN accounts a ON a.integration_id = $integration AND a.key = k.key COLLATE "C" AND ${isUsableAccount('a')}
      LEFT JOIN attack_nodes n ON n.integration_id = $integration AND n.node = ('account:' || k.key) COLLATE "C"
  ), groups_on_way AS (
    SELECT n.key FROM attack_nodes n WHERE n.integration_id = $integration AND n.kind = 'group'
  )
  SELECT EXISTS (SELECT 1 FROM touched t WHERE t.on_way AND NOT t.usable)
    OR EXISTS (SELECT 1 FROM touched t WHERE t.usable AND NOT t.on_way AND (
      EXISTS (SELECT 1 FROM holders h WHERE h.account = t.key)
      OR EXISTS (SELECT 1 FROM memberships m JOIN groups_on_way g ON g.key = m."group" COLLATE "C"
        WHERE m.integration_id = $integration AND m.member = t.key AND m.member_kind = 'account' AND m.removed_at IS NULL)
      OR EXISTS (SELECT 1 FROM group_owners o JOIN groups_on_way g ON g.key = o."group" COLLATE "C"
        WHERE o.integration_id = $integration AND o.owner = t.key AND o.owner_kind = 'account' AND o.removed_at IS NULL))) AS "any"`;

/** Whether a change may open or close a way. Of what an account says of itself only whether there is anybody to become does so. */
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
  const { sql, values } = bindNames(HAS_CHANGED, integrationId, { accounts: touched });
  const [row] = await queries.query<{ readonly any: boolean }>(sql, values);
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
