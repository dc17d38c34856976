import type { RecordView } from '@castellan/api';
import { DIRECTORY_KINDS } from './directory-kinds.js';
import { EXPOSURE_KINDS } from './exposure-kinds.js';
import { type Field, type KindDefinition, type RecordKind, ROW_TIMES, word } from './fields.js';
import { POSTURE_KINDS } from './posture-kinds.js';

/** One of any kind, with its fields by name: what a table and a drawer need of it. */
export interface Kind {
  readonly many: string;
  readonly one: string;
  readonly name: readonly string[];
  readonly shown: readonly string[];
  readonly fields: Readonly<Record<string, Field>>;
}

// A kind of the vocabulary that is missing does not compile.
const KINDS: Readonly<Record<RecordKind, Kind>> = { ...DIRECTORY_KINDS, ...EXPOSURE_KINDS, ...POSTURE_KINDS } satisfies {
  readonly [K in RecordKind]: KindDefinition<K>;
};

/** In an order in which a reader understands them. */
export const ALL_KINDS = Object.keys(KINDS) as readonly RecordKind[]; // `Object.keys` forgets the literal types

export function isKind(name: string): name is RecordKind {
  return Object.hasOwn(KINDS, name);
}

export function kindOf(kind: RecordKind): Kind {
  return KINDS[kind];
}

/** All that can be a column, by name: the chosen order of the definition, the times of the row last. */
export function columnsOf(kind: RecordKind): Readonly<Record<string, Field>> {
  return { ...KINDS[kind].fields, ...ROW_TIMES };
}

/** By what rows can be filtered that is no column of theirs: other records say it. */
const DERIVED: Readonly<Partial<Record<RecordKind, Readonly<Record<string, Field>>>>> = {
  account: { authenticator: word('Strongest authenticator') },
};

/** All that a table can be filtered by, by name. */
export function filterFieldsOf(kind: RecordKind): Readonly<Record<string, Field>> {
  return { ...columnsOf(kind), ...DERIVED[kind] };
}

/** What is known of a record wherever it is shown. */
export type Named = Pick<RecordView, 'kind' | 'key' | 'data'>;

/** `null`: not said. What is no field is `undefined`. */
export function valueOf(record: Named, field: string): unknown {
  const data: Readonly<Record<string, unknown>> = { ...record.data };
  if (Object.hasOwn(data, field)) return data[field];
  const own: Readonly<Record<string, unknown>> = { ...record };
  return own[field];
}

/** What people call it; its key where it has no name. */
export function nameOf(record: Named): string {
  for (const field of KINDS[record.kind].name) {
    const value = valueOf(record, field);
    if (typeof value === 'string' && value !== '') return value;
  }
  return record.key;
}

/** `12,431 accounts`, `1 account`. */
export function counted(kind: RecordKind, number: number): string {
  const { many, one } = KINDS[kind];
  const plural = kind === 'activity' ? 'events' : decapitalised(many);
  return `${number.toLocaleString('en')} ${number === 1 ? one : plural}`;
}

/** In the middle of a sentence; an abbreviation stays as it is. */
export function decapitalised(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
