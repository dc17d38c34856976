import type { RecordKind } from '@castellan/connector-sdk';
import { recordTable } from '../schema/record-tables.js';
import type { DerivedValues } from './derived-values.js';
import { fieldOf, type TableField } from './table-fields.js';

/** `is`: alternatives of one field; `null`: the provider did not say. `<` and `>`: an instant, ISO 8601. */
export type RowFilter =
  | { readonly field: string; readonly is: string | boolean | null }
  | { readonly field: string; readonly before: string }
  | { readonly field: string; readonly after: string };

/** Which rows of a kind. */
export interface RowQuery {
  /** One integration; otherwise all of the workspace. */
  readonly integrationId?: string | undefined;
  /** Each must be somewhere in the searched columns or the key, whatever its case. */
  readonly words?: readonly string[];
  /** Those of one field are alternatives, and its bounds together are one; all fields must be met. */
  readonly filters?: readonly RowFilter[];
  /** `no`: what is there. `only`: what is gone. */
  readonly removed?: 'no' | 'only' | 'with';
}

/** Takes a value and gives its place in the statement. */
export type Bind = (value: unknown) => string;

/** @param values that a statement begins with */
export class Bindings {
  constructor(readonly values: unknown[] = []) {}

  readonly bind: Bind = (value) => `$${this.values.push(value)}`;
}

/** With one, the order of an index is that of the rows: `=` says so, `ANY` does not. */
export function ofIntegrations(ids: readonly string[], bind: Bind): string {
  return ids.length === 1 ? `t.integration_id = ${bind(ids[0])}::uuid` : `t.integration_id = ANY (${bind(ids)}::uuid[])`;
}

export function ofPresence(removed: RowQuery['removed'] = 'no'): readonly string[] {
  if (removed === 'with') return [];
  return [removed === 'only' ? 't.removed_at IS NOT NULL' : 't.removed_at IS NULL'];
}

/**
 * The conditions of each filtered field by itself.
 * @param derived `column`: the rows have what is derived as columns of that name
 * @throws Error for a field that cannot be filtered by.
 */
export function filterConditions(
  kind: RecordKind,
  filters: readonly RowFilter[],
  bind: Bind,
  derived: 'condition' | 'column' = 'condition',
): ReadonlyMap<string, string> {
  const names = [...new Set(filters.map(({ field }) => field))];
  return new Map(
    names.map((name) => {
      const field = fieldOf(kind, name);
      // Names of columns come from the vocabulary only, never from input.
      if (field === undefined || field.filter === null) throw new Error(`The kind ${kind} cannot be filtered by ${name}.`);
      const ofField = filters.filter((filter) => filter.field === name);
      const isAsked = derived === 'condition' && field.derived !== undefined;
      return [name, isAsked ? derivedCondition(field.derived, ofField) : filterCondition(field, ofField, bind)];
    }),
  );
}

/** Conditions of its known values only: nothing of what was written gets into the statement. */
function derivedCondition({ conditions, unknown }: DerivedValues, filters: readonly RowFilter[]): string {
  const values = filters.flatMap((filter) => ('is' in filter ? [filter.is] : []));
  const alternatives = [...new Set(values)].flatMap((value) =>
    value === null ? unknown : (conditions.get(String(value)) ?? []),
  );
  return alternatives.length === 0 ? 'false' : `(${alternatives.map((one) => `(${one})`).join(' OR ')})`;
}

function filterCondition({ column, type }: TableField, filters: readonly RowFilter[], bind: Bind): string {
  const values = filters.flatMap((filter) => ('is' in filter ? [filter.is] : []));
  const given = values.filter((value) => value !== null);
  const bounds = filters.flatMap((filter) => {
    if ('before' in filter) return [`t."${column}" < ${bind(filter.before)}::timestamptz`];
    return 'after' in filter ? [`t."${column}" > ${bind(filter.after)}::timestamptz`] : [];
  });
  const alternatives = [
    ...(given.length > 0 ? [`t."${column}" = ANY (${bind(given)}::${type === 'boolean' ? 'boolean' : 'text'}[])`] : []),
    ...(given.length < values.length ? [`t."${column}" IS NULL`] : []),
    ...(bounds.length > 0 ? [`(${bounds.join(' AND ')})`] : []),
  ];
  return `(${alternatives.join(' OR ')})`;
}

/**
 * The columns of a kind in one, in small letters, where the database keeps that: a migration says which, and a test compares. In
 * the order of the index that finds a word of three letters or more without going through all rows.
 */
const SEARCH_TEXT = '(t.search_text COLLATE "C")';
const WITH_SEARCH_TEXT: ReadonlySet<RecordKind> = new Set(['account', 'group']);

/**
 * `lower` in the order "C" knows the letters of ASCII alone, on every server, and costs a tenth of what a locale's does. A word
 * with other letters is looked for by a pattern that names both cases of each.
 */
export function searchConditions(kind: RecordKind, words: readonly string[], bind: Bind): readonly string[] {
  const texts = WITH_SEARCH_TEXT.has(kind)
    ? [SEARCH_TEXT]
    : ['key', ...recordTable(kind).searched].map((column) => `lower(t."${column}" COLLATE "C")`);
  return words.map((word) => wordCondition(texts, word, bind));
}

/** The same of any texts: SQL of each, in the small letters that `lower` makes in the order "C". One of them must have the word. */
export function wordCondition(texts: readonly string[], word: string, bind: Bind): string {
  const lowered = word.replaceAll('\0', '').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const isPlain = /^[\x20-\x7e]*$/.test(lowered);
  const wanted = bind(isPlain ? `%${inPattern(lowered)}%` : patternOf(lowered));
  const tests = texts.map((text) => `${text} ${isPlain ? 'LIKE' : '~'} ${wanted}`);
  return `(${tests.join(' OR ')})`;
}

/** A text as it stands for itself in a pattern of `LIKE`. */
export function inPattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

function patternOf(word: string): string {
  return [...word].map(letterPattern).join('');
}

function letterPattern(letter: string): string {
  if (/^[a-z0-9]$/.test(letter)) return letter;
  // Cases that are no single letter (ß and SS) are other letters.
  const cases = [letter, letter.toLowerCase(), letter.toUpperCase()].filter((form) => [...form].length === 1);
  const distinct = [...new Set(cases)];
  // By its number: whatever it is, it means itself.
  const escaped = distinct.map((form) => `\\U${(form.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`);
  return escaped.length === 1 ? escaped.join('') : `[${escaped.join('')}]`;
}

/** SQL by which a field is sorted. Texts without their case, by bytes: the same on every server, and an index can keep it. */
export function sortExpression({ column, type }: Pick<TableField, 'column' | 'type'>): string {
  // No longer than an entry of an index may be.
  return type === 'text' ? `lower(left(t."${column}", 100) COLLATE "C")` : `t."${column}"`;
}
