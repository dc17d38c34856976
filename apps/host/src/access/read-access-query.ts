import type {
  ChangesQuestion,
  EdgeChangesQuestion,
  LossQuestion,
  ReachedByPage,
  ReachPage,
  ReachQuestion,
} from '@castellan/access';
import { usedSince } from '@castellan/access';
import { ACCESS_PRINCIPALS, ACCESS_TARGETS, type AccessNodeRef, type FieldProblem } from '@castellan/api';
import { readPast } from '../input/instant.js';
import { invalidRequest, type Problem } from '../problems/problem.js';
import { readRowQuery } from '../records/read-rows-query.js';
import type {
  ChangesConditions,
  EdgeChangesConditions,
  LossQuery,
  ReachConditions,
  ReachedByConditions,
  UnusedConditions,
  WhyQuery,
} from './access-query.js';
import { readNode, requirePair } from './read-node.js';

const MOST_DAYS = 3_650;

/** All of these throw a Problem (400) that names the parameter and what it can be. */
export function readReach(query: ReachConditions, integrationId: string): ReachPage {
  const from = readNode('from', query.from, ACCESS_PRINCIPALS);
  const { to, sort } = query;
  requirePair(from.kind, to, { field: 'to', of: 'target' });
  const ofUse = {
    unused: query.unused,
    sort: sort?.endsWith('lastUsed') === true ? sort : undefined,
  };
  if (from.kind === 'group')
    refuse(ofUse, 'A group uses nothing itself: ask for one of its accounts, or who reaches what it gives.');
  if (to === 'group') refuse(ofUse, 'Nobody uses a group: ask for applications or roles.');
  refuseTwoTimes(query);
  return {
    integrationId,
    from,
    to,
    at: readPast('at', query.at),
    words: wordsOf(query.q),
    ...(query.unused !== undefined && { unusedSince: usedSince(readDays('unused', query.unused)) }),
    ...(sort !== undefined && {
      sort: { by: sort.endsWith('lastUsed') ? 'lastUsed' : 'name', descending: sort.startsWith('-') },
    }),
  };
}

export function readReachedBy(query: ReachedByConditions, integrationId: string): ReachedByPage {
  const to = readNode('to', query.to, ACCESS_TARGETS);
  const { from = 'account', sort, unused, via, filter } = query;
  requirePair(from, to.kind, { field: 'from', of: 'principal' });
  const ofUse = { unused, sort: sort === 'name' ? undefined : sort };
  if (from !== 'account') refuse({ filter, via, ...ofUse }, `Is for accounts only, and from=${from} asks for others.`);
  if (to.kind === 'group') refuse(ofUse, 'Nobody uses a group: ask for an application or a role.');
  refuseTwoTimes(query);
  const { words, filters } = readRowQuery(
    'account',
    { ...(query.q !== undefined && { q: query.q }), ...(filter !== undefined && { filter }) },
    undefined,
  );
  return {
    integrationId,
    to,
    from,
    at: readPast('at', query.at),
    ...(words !== undefined && { words }),
    ...(filters !== undefined && { filters }),
    ...(unused !== undefined && { unusedSince: usedSince(readDays('unused', unused)) }),
    via,
    ...(sort !== undefined && { sort }),
  };
}

export function readWhy(query: WhyQuery, integrationId: string): Omit<ReachQuestion, 'to'> & { readonly to: AccessNodeRef } {
  const from = readNode('from', query.from, ACCESS_PRINCIPALS);
  const to = readNode('to', query.to, ACCESS_TARGETS);
  requirePair(from.kind, to.kind, { field: 'to', of: 'target' });
  return { integrationId, from, to, at: readPast('at', query.at) };
}

export function readLoss({ from, group, to }: LossQuery, integrationId: string): LossQuestion {
  return { integrationId, from: readNode('from', from, ['account', 'group']), group, to };
}

export function readChanges(query: ChangesConditions, integrationId: string): ChangesQuestion {
  const { other } = query;
  const question = { integrationId, ...readPeriod(query) };
  if (other === 'account') return { ...question, of: readNode('of', query.of, ACCESS_TARGETS), other };
  const of = readNode('of', query.of, ACCESS_PRINCIPALS);
  requirePair(of.kind, other, { field: 'other', of: 'target' });
  return { ...question, of, other };
}

export function readEdgeChanges(query: EdgeChangesConditions, integrationId: string): EdgeChangesQuestion {
  return { integrationId, ...readPeriod(query) };
}

/** @returns with a group: what it gives, which is neither searched nor sorted otherwise. */
export function readUnused({ days, group, q, sort }: UnusedConditions, integrationId: string) {
  if (group !== undefined) refuse({ q, sort }, 'Is not offered with `group`: a group gives few.');
  const words = wordsOf(q);
  return { integrationId, group, days: readDays('days', days), words, ...(sort !== undefined && { sort }) };
}

export function readDays(field: string, text: string): number {
  const days = Number(text);
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw invalidRequest([{ field, message: `Must be a whole number of days, from 1 to ${MOST_DAYS}.` }]);
}

export function wordsOf(text = ''): readonly string[] {
  return readRowQuery('account', { q: text }, undefined).words ?? [];
}

/** The place of a row in a list that goes by number. */
export function isOffset(position: string): boolean {
  return /^\d{1,9}$/.test(position);
}

function readPeriod({ since: from, until: to }: { readonly since: string; readonly until?: string }): {
  readonly since: Date;
  readonly until: Date | undefined;
} {
  const since = readPast('since', from) ?? new Date();
  const until = readPast('until', to);
  if (until === undefined || since < until) return { since, until };
  throw invalidRequest([{ field: 'since', message: 'Must be before `until`.' }]);
}

/** Conditions that have no meaning in a question, all at once. */
function refuse(given: Readonly<Record<string, unknown>>, why: string): void {
  const fields = Object.entries(given).filter(([, value]) => value !== undefined);
  if (fields.length > 0) throw notTogether(fields.map(([field]) => ({ field, message: why })));
}

/** Who reached it then and has not used it until now is no question: use counts up to now, access up to then. */
function refuseTwoTimes({ unused, at }: { readonly unused?: string; readonly at?: string }): void {
  if (unused !== undefined && at !== undefined)
    refuse({ unused, at }, 'Use is counted up to now, not up to a day of the past: leave out `at`, or leave out `unused`.');
}

function notTogether(problems: readonly FieldProblem[]): Problem {
  return invalidRequest(problems);
}
