import type { RecordKind, RecordMap } from './records.js';

// A field added to the vocabulary and forgotten here, or with another type, does not compile.
type TypeOf<P, V> = P extends `${string}At` | 'published'
  ? 'instant'
  : [V] extends [string]
    ? 'text'
    : [V] extends [boolean]
      ? 'boolean'
      : [V] extends [number]
        ? 'number'
        : [V] extends [readonly string[]]
          ? 'texts'
          : 'json';
type Spec<P, V> = undefined extends V
  ? `${TypeOf<P, NonNullable<V>>}?`
  : null extends V
    ? TypeOf<P, NonNullable<V>>
    : `${TypeOf<P, V>}!`;
/** How a field is written down: its type, `!` where it is never null, `?` where it may be left out. */
export type FieldSpecs = { readonly [K in RecordKind]: { readonly [P in keyof RecordMap[K]]-?: Spec<P, RecordMap[K][P]> } };
