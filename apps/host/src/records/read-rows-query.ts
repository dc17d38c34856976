import type { RecordKind } from '@castellan/connector-sdk';
import {
  type ActivityQuery,
  type RowFilter,
  type RowQuery,
  type RowSort,
  type TableField,
  tableFields,
} from '@castellan/storage';
import type { FieldProblem } from '@castellan/api';
import { instantOf, readInstant } from '../input/instant.js';
import { textsOf } from '../input/is-text-or-texts.js';
import { UUID } from '../input/parameters.js';
import { invalidRequest } from '../problems/problem.js';
import type { RowsFilterQuery, RowsQuery } from './rows-query.js';

const MOST_WORDS = 8;
const REMOVED = { false: 'no', true: 'only', all: 'with' } as const;

/** @throws Problem (400) that names the parameter and what it can be. */
export function readRowQuery(kind: RecordKind, query: RowsFilterQuery, integrationId: string | undefined): RowQuery {
  refuseOthers(kind, query);
  return {
    integrationId,
    words: readWords(query.q),
    filters: textsOf(query.filter).map((text) => readFilter(kind, text)),
    removed: REMOVED[query.removed ?? 'false'],
  };
}

/** @throws Problem (400) */
export function readActivityQuery(query: RowsFilterQuery, integrationId: string | undefined): ActivityQuery {
  const { integrationId: id, words = [], filters = [] } = readRowQuery('activity', query, integrationId);
  const { since, until, actor } = query;
  return {
    integrationId: id,
    words,
    filters,
    actor,
    since: since === undefined ? undefined : readInstant('since', since),
    until: until === undefined ? undefined : readInstant('until', until),
  };
}

/** @throws Problem (400) */
export function readSort(kind: RecordKind, text: string | undefined): RowSort | undefined {
  if (text === undefined) return undefined;
  const field = text.replace(/^-/, '');
  const sortable = tableFields(kind).filter((candidate) => candidate.sortable);
  if (sortable.some(({ name }) => name === field)) return { field, descending: text.startsWith('-') };
  throw wrong('sort', `${kind} is not sorted by ${field}. Fields: ${namesOf(sortable)}.`);
}

/** Words of `q`. @throws Problem (400) */
export function readWords(text = '', most = MOST_WORDS): readonly string[] {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  if (words.length > most) throw wrong('q', `Must have at most ${most} words.`);
  return words;
}

function readFilter(kind: RecordKind, text: string): RowFilter {
  const colon = text.indexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  const fields = tableFields(kind).filter(({ filter }) => filter !== null);
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw wrong('filter', `${kind} is not filtered by ${name}. Fields: ${namesOf(fields)}.`);
  if (colon === -1) throw wrong('filter', `${name}: a value must follow, or a colon alone for what is not said.`);
  const value = text.slice(colon + 1);
  if (value === '') return { field: name, is: null };
  return field.filter === 'range' ? readBound(name, value) : { field: name, is: readValue(field, value) };
}

function readBound(field: string, value: string): RowFilter {
  const [sign, instant] = [value.slice(0, 1), value.slice(1)];
  const isBound = sign === '<' || sign === '>';
  const at = isBound ? instantOf(instant) : undefined;
  if (at === undefined)
    throw wrong('filter', `${field}: write ${field}:<2026-11-26T09:30:00Z, with > for later, or ${field}: for none at all.`);
  return sign === '<' ? { field, before: at } : { field, after: at };
}

function readValue({ name, type }: TableField, value: string): string | boolean {
  if (type !== 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrong('filter', `${name}: must be true, false or nothing.`);
}

const OF_LOG: readonly (keyof RowsFilterQuery | 'cursor')[] = ['since', 'until', 'actor', 'cursor'];
const NOT_OF_LOG: readonly (keyof RowsQuery)[] = ['removed', 'sort', 'offset'];

function refuseOthers(kind: RecordKind, query: Partial<RowsQuery>): void {
  const foreign = kind === 'activity' ? NOT_OF_LOG : OF_LOG;
  const why =
    kind === 'activity'
      ? 'Is not offered for activity: the log is too long to be sorted or jumped about in. It goes newest first, by `cursor`.'
      : `Is for activity only. ${kind} is paged by \`offset\`.`;
  const given = foreign.filter((name) => query[name] !== undefined);
  if (given.length > 0) throw invalidRequest(given.map((field): FieldProblem => ({ field, message: why })));
}

function namesOf(fields: readonly TableField[]): string {
  return fields.map(({ name, filter }) => (filter === 'range' ? `${name} (< or >)` : name)).join(', ');
}

function wrong(field: string, message: string): ReturnType<typeof invalidRequest> {
  return invalidRequest([{ field, message }]);
}

/** `published|integration|key`, as the storage writes it. */
export function isActivityPosition(position: string): boolean {
  const [published = '', integration = '', ...key] = position.split('|');
  return instantOf(published) === published && UUID.test(integration) && key.join('|') !== '';
}
