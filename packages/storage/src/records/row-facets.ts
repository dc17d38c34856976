import type { RecordKind } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';
import { derivedOf } from './derived-values.js';
import { type Bindings, filterConditions, type RowFilter } from './row-query.js';
import { tableFields } from './table-fields.js';

export interface RowFacet {
  readonly field: string;
  /** The most frequent first. */
  readonly values: readonly { readonly value: string | boolean | null; readonly count: number }[];
  /** Whether there are other values besides. */
  readonly more: boolean;
}

const MOST = 30;

interface FacetSource {
  /** A statement: rows with the columns of the kind. */
  readonly source: string;
  readonly filters: readonly RowFilter[];
  readonly bindings: Bindings;
}

interface ValueRow {
  readonly field: number;
  readonly value: string | null;
  readonly count: number;
  readonly values: number;
}

/** The same rows, with what is derived of each as columns. */
function withDerived(kind: RecordKind, source: string): string {
  const derived = derivedOf(kind).map(({ name, value }) => `${value} AS "${name}"`);
  return derived.length === 0 ? source : `SELECT t.*, ${derived.join(', ')} FROM (${source}) t`;
}

/** One look at the rows for all fields. A field's own filters do not count for it: they are what its menu would change. */
export async function facetsOf(
  queries: Queries,
  kind: RecordKind,
  { source, filters, bindings }: FacetSource,
): Promise<readonly RowFacet[]> {
  const fields = tableFields(kind).filter(({ filter }) => filter === 'values');
  if (fields.length === 0) return [];
  const columns = fields.map(({ column }) => `t."${column}"`);
  const conditions = filterConditions(kind, filters, bindings.bind, 'column');
  const counts = fields.map(({ name }) => {
    const others = [...conditions].flatMap(([field, condition]) => (field === name ? [] : [condition]));
    return `count(*) FILTER (WHERE ${['true', ...others].join(' AND ')})`;
  });
  const mask = `grouping(${columns.join(', ')})`;
  // A set of one column leaves out all others: their bits are set, the last column's is the lowest.
  const maskOf = (index: number): number => 2 ** fields.length - 1 - 2 ** (fields.length - 1 - index);
  const pick = (texts: readonly string[]): string =>
    `CASE ${mask} ${texts.map((text, index) => `WHEN ${maskOf(index)} THEN ${text}`).join(' ')} END`;
  const rows = await queries.query<ValueRow>(
    `SELECT field, value, count, values FROM (
       SELECT *, row_number() OVER (PARTITION BY field ORDER BY count DESC, value COLLATE "C" NULLS LAST) AS place,
         (count(*) OVER (PARTITION BY field))::float8 AS values FROM (
         SELECT ${pick(columns.map((_, index) => String(index)))} AS field, ${pick(columns.map((column) => `${column}::text`))} AS value,
           ${pick(counts.map((count) => `${count}::float8`))} AS count
         FROM (${withDerived(kind, source)}) t GROUP BY GROUPING SETS (${columns.map((column) => `(${column})`).join(', ')})) c
       WHERE count > 0) ranked WHERE place <= ${MOST} ORDER BY field, place`,
    bindings.values,
  );
  return fields.map(({ name, type }, index) => {
    const own = rows.filter(({ field }) => field === index);
    return {
      field: name,
      values: own.map(({ value, count }) => ({
        value: type === 'boolean' && value !== null ? value === 'true' : value,
        count,
      })),
      more: (own[0]?.values ?? 0) > MOST,
    };
  });
}
