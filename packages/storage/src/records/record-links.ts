import type { RecordKind } from '@castellan/connector-sdk';
import { type RecordColumn, recordTable } from '../schema/record-tables.js';
import { keyRange } from '../schema/scope-columns.js';
import { ACCOUNTS_FIT } from './accounts-fit.js';
import type { StoredRecord } from './record-repository.js';
import type { Relation } from './relations.js';
import type { Bind } from './row-query.js';

/** Where the links of a relation stand in the database: rows of a table `t`, and what of each row is what. */
export interface LinkSource {
  readonly table: string;
  readonly conditions: readonly string[];
  /** SQL. */
  readonly kind: string;
  readonly key: string;
  readonly via: string;
  /** Column of the table. */
  readonly since: 'present_since' | 'published';
  readonly order: string;
  /** No more are counted. */
  readonly most?: number;
}

/** Of an account's log: no more than a person looks through. */
const MOST_EVENTS = 10_000;

/** `undefined` where the record itself says what it is related to. */
export function linkSource(
  relation: Relation,
  integrationId: string,
  record: StoredRecord,
  bind: Bind,
): LinkSource | undefined {
  switch (relation.form) {
    case 'edge': {
      const { edge, own, other, kind, kindField, only } = relation;
      const conditions = endIs(edge, own, integrationId, record.key, bind);
      if (kindField !== undefined && only !== undefined) conditions.push(`${column(edge, kindField)} = ${bind(only)}`);
      const ends = [own, other, ...(kindField === undefined ? [] : [kindField])];
      return {
        ...ofTable(edge),
        conditions,
        kind: kind === undefined ? column(edge, kindField ?? '') : `'${kind}'`,
        key: column(edge, other),
        via: viaOf(edge, ends),
      };
    }
    case 'rows': {
      const conditions = endIs(relation.of, relation.field, integrationId, record.key, bind);
      return { ...ofTable(relation.of), conditions, kind: `'${relation.of}'`, key: 't.key', via: `'{}'::jsonb` };
    }
    case 'reports':
      return reports(integrationId, record, bind);
    case 'activity':
      return activity(integrationId, record.key, bind);
    default:
      return undefined;
  }
}

/** An account names its manager by key, login or address. Of an account that has none of these nobody can be the report. */
function reports(integrationId: string, record: StoredRecord, bind: Bind): LinkSource {
  const names = [record.key, ...('login' in record.data ? [record.data.login, record.data.email] : [])];
  const given = names.filter((name) => typeof name === 'string' && name !== '');
  const managers = bind(given);
  const conditions = [
    `t.integration_id = ${bind(integrationId)}`,
    // Shortened as in the index, which has a longest entry.
    `left(t.manager, 200) = ANY (SELECT left(name, 200) FROM unnest(${managers}::text[]) name)`,
    `t.manager = ANY (${managers}::text[])`,
  ];
  return { ...ofTable('account'), conditions, kind: `'account'`, key: 't.key', via: `'{}'::jsonb` };
}

function activity(integrationId: string, key: string, bind: Bind): LinkSource {
  const id = bind(key);
  return {
    ...ofTable('activity'),
    // Shortened as in the index.
    conditions: [
      `t.integration_id = ${bind(integrationId)}`,
      `left(t.actor ->> 'id', 200) = left(${id}, 200)`,
      `t.actor ->> 'id' = ${id}`,
    ],
    kind: `'activity'`,
    key: 't.key',
    via: `jsonb_build_object('type', t.type, 'outcome', t.outcome)`,
    since: 'published',
    order: 't.published DESC, t.key DESC',
    most: MOST_EVENTS,
  };
}

export function conditionsOf({ conditions }: LinkSource, removed: boolean): string {
  return [...conditions, `t.removed_at IS ${removed ? 'NOT NULL' : 'NULL'}`].join(' AND ');
}

/** Accounts that may be meant by what another one has for its manager. */
export function managersSql(bind: Bind, integrationId: string, manager: string): string {
  const name = bind(manager);
  const conditions = [`t.integration_id = ${bind(integrationId)}`, 't.removed_at IS NULL'];
  const isOne = `(t.key = ${name} OR t.login = ${name} OR t.email = ${name})`;
  const find = (fit: string): string => `SELECT t.key FROM accounts t WHERE ${[...conditions, fit, isOne].join(' AND ')}`;
  // Each half has its index, and the second next to never a row.
  return `${find(ACCOUNTS_FIT)} UNION ALL ${find(`NOT (${ACCOUNTS_FIT})`)} LIMIT 2`;
}

function ofTable(kind: RecordKind): Pick<LinkSource, 'table' | 'since' | 'order'> {
  return { table: recordTable(kind).table, since: 'present_since', order: 't.key' };
}

function endIs(kind: RecordKind, field: string, integrationId: string, key: string, bind: Bind): string[] {
  const { type } = columnOf(kind, field);
  const end = bind(key);
  const isEnd = type === 'texts' ? `${column(kind, field)} @> ARRAY[${end}]::text[]` : `${column(kind, field)} = ${end}`;
  const range = keyRange(kind, field, key);
  const within = range === undefined ? [] : [`t.key >= ${bind(range.from)}`, `t.key < ${bind(range.to)}`];
  return [`t.integration_id = ${bind(integrationId)}`, isEnd, ...within];
}

/** What an edge says besides its ends. */
function viaOf(kind: RecordKind, ends: readonly string[]): string {
  const own = recordTable(kind).columns.filter(({ property, type }) => !ends.includes(property) && type !== 'json');
  if (own.length === 0) return `'{}'::jsonb`;
  return `jsonb_build_object(${own.map(({ property, type }) => `'${property}', ${shown(column(kind, property), type)}`).join(', ')})`;
}

function shown(expression: string, type: RecordColumn['type']): string {
  return type === 'instant' ? `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : expression;
}

function columnOf(kind: RecordKind, field: string): RecordColumn {
  const found = recordTable(kind).columns.find(({ property }) => property === field);
  // Names of columns come from the table of relations only, never from input.
  if (found === undefined) throw new Error(`The kind ${kind} has no field ${field}.`);
  return found;
}

function column(kind: RecordKind, field: string): string {
  return `t."${columnOf(kind, field).column}"`;
}
