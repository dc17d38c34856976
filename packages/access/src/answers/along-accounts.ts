import { Bindings, type Queries } from '@castellan/storage';
import { edgeKeySql, FEW_GROUPS } from '../graph/edge.js';
import { prepared } from '../graph/prepared.js';
import { NAME, PARTS, type Part, type PlacedRow, readPlace } from './account-places.js';
import { reachingKeys } from './reaching-keys.js';
import { USUAL_PAGE } from './row.js';
import { accountConditions, type ReachingQuestion, usesOf } from './reaching-question.js';

interface ListPage {
  readonly parts: readonly Part[];
  readonly after: string | undefined;
  readonly limit: number;
}

/**
 * Along an index of the accounts, asking of each whether it reaches the target, until the page is full.
 * @param asked `together`: the keys of all who reach it are collected first
 */
export async function alongTheList(
  queries: Queries,
  question: ReachingQuestion,
  asked: 'one by one' | 'together',
  { parts, after, limit }: ListPage,
): Promise<readonly PlacedRow[]> {
  const start = after === undefined ? undefined : readPlace(after);
  const found: PlacedRow[] = [];
  for (const { mark, is, order, named } of parts) {
    if (found.length >= limit || (start !== undefined && start.place.slice(0, 1) > mark)) continue;
    const parameters = new Bindings();
    const integration = `${parameters.bind(question.integrationId)}::uuid`;
    const conditions = [
      `t.integration_id = ${integration}`,
      is,
      ...accountConditions(question, parameters, undefined),
      ...isUnused(question, parameters, integration),
    ];
    if (start?.place.startsWith(mark) === true) {
      const key = parameters.bind(start.key);
      conditions.push(
        named
          ? `(${NAME}, t.key) > (${parameters.bind(start.place.slice(1))}::text COLLATE "C", ${key}::text)`
          : `t.key > ${key}::text`,
      );
    }
    conditions.push(
      asked === 'together' ? isCollected(question, parameters, integration) : reaches(question, parameters, integration),
    );
    const text = `SELECT t.key, ${named ? NAME : 'NULL'} AS name FROM accounts t WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${limit - found.length}`;
    const rows = await queries.query<{ readonly key: string; readonly name: string | null }>(
      asked === 'one by one' && found.length === 0 && isUsual(question, { parts, after, limit }) ? prepared(text) : text,
      parameters.values,
    );
    for (const { key, name } of rows) found.push({ key, place: JSON.stringify([`${mark}${name ?? ''}`, key]) });
  }
  return found;
}

/** What people ask for most, a first page of everybody by name: few statements, which each connection keeps. */
function isUsual({ words = [], filters = [], unusedSince }: ReachingQuestion, { parts, after, limit }: ListPage): boolean {
  const isWhole = words.length === 0 && filters.length === 0 && unusedSince === undefined;
  return isWhole && after === undefined && parts === PARTS.name && limit === USUAL_PAGE + 1;
}

/** If that is asked. Counted as in {@link reaches}. */
function isUnused({ to, unusedSince }: ReachingQuestion, { bind }: Bindings, integration: string): readonly string[] {
  const uses = unusedSince === undefined ? undefined : usesOf(to, bind, integration);
  if (uses === undefined) return [];
  return [
    `(SELECT count(*) FROM usage u WHERE ${uses} AND u.principal = t.key AND u.last_at >= ${bind(unusedSince)}::timestamptz) = 0`,
  ];
}

/** With a test around it, or the planner would join the two, and the list would not be gone along in its order. */
function isCollected(question: ReachingQuestion, { bind }: Bindings, integration: string): string {
  return `(t.key COLLATE "default" IN (${reachingKeys(question, { bind, integration, instant: undefined }, 'ALL')})) IS TRUE`;
}

/**
 * Counted, so that it is asked of one account after the other: `EXISTS` is answered for all of them first. In the collation of
 * the edges' columns, or no index of theirs fits.
 */
function reaches({ to, groups, direct }: ReachingQuestion, { bind }: Bindings, integration: string): string {
  const ofGroups =
    groups.length > FEW_GROUPS
      ? `e.member = t.key COLLATE "default" AND e."group" = ANY (${bind(groups)}::text[])`
      : `e.key IN (${groups.map((group) => edgeKeySql(`${bind(group)}::text`, 't.key')).join(', ')})`;
  const member =
    groups.length === 0
      ? 'false'
      : `(SELECT count(*) FROM memberships e WHERE e.integration_id = ${integration} AND ${ofGroups} AND e.member_kind = 'account' AND e.removed_at IS NULL) > 0`;
  if (!direct || to.kind === 'group') return member;
  const target = `${bind(to.key)}::text`;
  const given =
    to.kind === 'role'
      ? `(SELECT count(*) FROM role_assignments e WHERE e.integration_id = ${integration} AND e.principal = t.key COLLATE "default" AND e.principal_kind = 'account'
          AND e.role = ${target} AND e.removed_at IS NULL) > 0`
      : `(SELECT count(*) FROM app_assignments e WHERE e.integration_id = ${integration} AND e.key = ${edgeKeySql(target, 't.key')}
          AND e.principal_kind = 'account' AND e.removed_at IS NULL) > 0`;
  return `(${given} OR ${member})`;
}
