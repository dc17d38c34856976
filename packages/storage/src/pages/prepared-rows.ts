import type { Rejected, SourceRecord } from '@castellan/connector-sdk';
import { hash } from 'node:crypto';
import { type RecordColumn, type RecordTable, recordTable } from '../schema/record-tables.js';
import { plainJson, plainText, stableJson } from './plain-text.js';

/** Ready for the wire: text without what the database refuses, instants as milliseconds, JSON as text. */
export type CellValue = string | number | boolean | null;

export interface PreparedRow {
  readonly key: string;
  readonly partition: string | null;
  /**
   * Over the vocabulary's fields only: a row counts as changed when what it SAYS has changed. A difference in raw, hint or
   * partition is stored, but is not worth a line in the history (providers touch time stamps and links all the time).
   */
  readonly hash: Uint8Array;
  readonly hint: string | null;
  readonly raw: string | null;
  /** In the order of the table's columns. */
  readonly cells: readonly CellValue[];
}

/** A row that the provider has shown and the database would not take. */
export interface RefusedRow extends Rejected {
  readonly key: string;
}

export interface PreparedRows {
  readonly table: RecordTable;
  readonly rows: readonly PreparedRow[];
  readonly refused: readonly RefusedRow[];
}

/** Records of one kind, each key once, in the order of their keys: two pages that share keys lock them in the same order. */
export interface KindOfPage {
  readonly table: RecordTable;
  readonly records: readonly SourceRecord[];
}

/** A B-tree entry holds 2,704 bytes; integration, time and overhead take their part. */
const LONGEST_KEY = 2_500;

export function sortPage(records: readonly SourceRecord[]): readonly KindOfPage[] {
  const kinds = new Map<RecordTable, Map<unknown, SourceRecord>>();
  for (const record of records) {
    const table = recordTable(record.kind);
    const known = kinds.get(table) ?? new Map<unknown, SourceRecord>();
    // Said twice in one page: the last word counts. By the key as it will be stored, since mending may make two alike: written
    // twice in one transaction, the row would be counted as created twice.
    kinds.set(table, known.set(typeof record.key === 'string' ? plainText(record.key) : record.key, record));
  }
  return [...kinds].map(([table, known]) => ({
    table,
    records: [...known.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  }));
}

export function prepareRows(table: RecordTable, records: readonly SourceRecord[]): PreparedRows {
  const rows: PreparedRow[] = [];
  const refused: RefusedRow[] = [];
  for (const record of records) {
    try {
      rows.push(prepareRow(table, record));
    } catch (error) {
      refused.push({ reason: reasonOf(error), at: describePlace(record), key: keyOf(record) });
    }
  }
  return { table, rows, refused };
}

class RowRefused extends Error {}

function prepareRow(table: RecordTable, record: SourceRecord): PreparedRow {
  const key = prepareKey(record.key);
  // Read by name: which kind it is, only the table knows here. A copy would do without `as`, and costs a tenth of the rate.
  const data = record.data as unknown as Readonly<Record<string, unknown>>;
  const cells: CellValue[] = [];
  let said = '';
  for (const column of table.columns) {
    const value = data[column.property];
    const cell = value === undefined || value === null ? null : prepareCell(column, value);
    if (cell === null && column.required) throw new RowRefused(`field ${column.property} is missing`);
    cells.push(cell);
    // Lengths before values, so that no two rows have one text.
    const text = cell === null ? '' : column.type === 'json' ? stableJson(value) : String(cell);
    said += cell === null ? '-;' : `${text.length}:${text};`;
  }
  const partition = record.partition === undefined ? null : plainText(record.partition);
  const hint = record.hint === undefined ? null : plainJson(record.hint);
  const raw = record.raw === undefined ? null : plainJson(record.raw);
  return { key, partition, hash: digest(said), hint, raw, cells };
}

/** 128 bits: a provider that could make two of its objects collide could as well send any object it likes. */
function digest(text: string): Uint8Array {
  return hash('sha256', text, 'buffer').subarray(0, 16);
}

function prepareKey(key: unknown): string {
  if (typeof key !== 'string' || key === '') throw new RowRefused('the key is missing');
  const plain = plainText(key);
  if (Buffer.byteLength(plain) > LONGEST_KEY) throw new RowRefused(`the key is longer than ${LONGEST_KEY} bytes`);
  return plain;
}

function prepareCell(column: RecordColumn, value: unknown): CellValue {
  switch (column.type) {
    case 'text':
      if (typeof value === 'string') return plainText(value);
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      break;
    case 'instant': {
      const milliseconds = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      if (!Number.isNaN(milliseconds)) return milliseconds;
      break;
    }
    case 'texts':
      if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return arrayLiteral(value);
      break;
    case 'json':
      if (typeof value === 'object') return plainJson(value);
      break;
  }
  throw new RowRefused(`field ${column.property} is not of type ${column.type}`);
}

function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${plainText(item).replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof RowRefused) return error.message;
  // JSON nested too deep to be written, and what else a hostile answer may hold.
  return error instanceof Error ? `the row cannot be read: ${error.name}` : 'the row cannot be read';
}

/** A connector may break the contract: what says that it is text need not be. */
function keyOf(record: SourceRecord): string {
  const key: unknown = record.key;
  return typeof key === 'string' ? plainText(key) : '';
}

function describePlace(record: SourceRecord): string {
  const key = keyOf(record);
  return key === '' ? 'a row without a key' : key.slice(0, 200);
}
