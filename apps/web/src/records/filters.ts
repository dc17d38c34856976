import type { RecordTableField } from '@castellan/api';
import type { Field, Look } from './fields.js';
import { wordOf } from './words.js';

/** A filter as the API takes it, `field:value`, in its parts. */
export interface FilterParts {
  readonly field: string;
  /** `''`: not said. Bounds begin with `<` or `>`, where the field is an instant. */
  readonly value: string;
}

export function partsOf(filter: string): FilterParts {
  const colon = filter.indexOf(':');
  return { field: filter.slice(0, colon), value: filter.slice(colon + 1) };
}

export function toggled(filters: readonly string[], filter: string): readonly string[] {
  return filters.includes(filter) ? filters.filter((one) => one !== filter) : [...filters, filter];
}

/** What a facet calls a value, as a filter writes it. */
export function writtenValue(value: string | boolean | null): string {
  return value === null ? '' : String(value);
}

export type Bound = '<' | '>';

/** The day that a range begins or ends with, as a date field writes it: `2026-01-31`; `''`: it has no such end. */
export function dayOf(filters: readonly string[], field: string, bound: Bound): string {
  const found = filters.map(partsOf).find((one) => one.field === field && one.value.startsWith(bound));
  if (found === undefined) return '';
  const time = Date.parse(found.value.slice(1));
  if (Number.isNaN(time)) return '';
  // "Up to the 31st" is written as "before the 1st".
  return localDay(new Date(bound === '<' ? time - 1 : time));
}

/** @param day as a date field writes it, in the time zone of who looks; `''`: without this end */
export function withDay(filters: readonly string[], field: string, bound: Bound, day: string): readonly string[] {
  const others = filters.filter((one) => !one.startsWith(`${field}:${bound}`));
  const at = instantOf(day, bound);
  return at === undefined ? others : [...others, `${field}:${bound}${at}`];
}

/** Whether a day is whole, and of a year that somebody may mean. */
export function isDay(day: string): boolean {
  return instantOf(day, '>') !== undefined;
}

/** The first instant of a day, or the first after it. `undefined`: it is no day. */
export function instantOf(day: string, bound: Bound): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || year < 1_000) return undefined;
  const start = new Date(year, month - 1, bound === '<' ? date + 1 : date);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}

export function localDay(time: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** `Active`, `Yes`, `not said`, `from 1 Jan 2026`. */
export function valueWords(value: string, look: Look): string {
  if (value === '') return look.as === 'instant' ? 'never, or not said' : 'not said';
  if (look.as === 'instant') return boundWords(value);
  if (look.as === 'flag') return value === 'true' ? 'yes' : 'no';
  return look.as === 'word' ? wordOf(value) : value;
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

function boundWords(value: string): string {
  const time = Date.parse(value.slice(1));
  if (Number.isNaN(time)) return value;
  return value.startsWith('<') ? `until ${DATE.format(time - 1)}` : `from ${DATE.format(time)}`;
}

/** What a table can be filtered by: what has few values first, then times. */
export function filterable(fields: readonly RecordTableField[], titles: Readonly<Record<string, Field>>) {
  const all = fields.flatMap(({ name, filter }) => {
    const known = titles[name];
    return filter === null || known === undefined ? [] : [{ name, form: filter, ...known }];
  });
  return [...all.filter(({ form }) => form === 'values'), ...all.filter(({ form }) => form === 'range')];
}

export type Filterable = ReturnType<typeof filterable>[number];
