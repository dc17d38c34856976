import type { RE2JS } from 're2js';
import type { AddressRange } from './address-range.js';
import type { TextPattern } from './text-pattern.js';

export type Comparison = 'lt' | 'lte' | 'gt' | 'gte' | 'eq';

/** Of an instant, in UTC. */
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** What one value of a field is held against. */
export type Matcher =
  | { readonly kind: 'text'; readonly pattern: TextPattern; readonly cased: boolean }
  /** Any of these, in small letters. */
  | { readonly kind: 'one_of'; readonly texts: ReadonlySet<string> }
  | { readonly kind: 'number'; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: 'time'; readonly part: TimePart; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: 'regex'; readonly regex: RE2JS }
  | { readonly kind: 'addresses'; readonly range: AddressRange }
  /** Not there, or `null`. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'exists'; readonly wanted: boolean }
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly how: 'equal' | 'starts' | 'ends' | 'contains' | Exclude<Comparison, 'eq'>;
      readonly cased: boolean;
    };

/** What a rule asks of an event. */
export type Expression =
  | { readonly type: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly type: 'not'; readonly of: Expression }
  /** A search of the rule, by its name: `selection`. */
  | { readonly type: 'search'; readonly name: string; readonly of: Expression }
  /** `as`: the line of the rule, for people. */
  | { readonly type: 'field'; readonly field: string; readonly matcher: Matcher; readonly as: string }
  /** Somewhere in the event. */
  | { readonly type: 'keyword'; readonly pattern: TextPattern; readonly as: string };

export function allOf(of: readonly Expression[]): Expression {
  return joined('and', of);
}

export function anyOf(of: readonly Expression[]): Expression {
  return joined('or', of);
}

function joined(type: 'and' | 'or', of: readonly Expression[]): Expression {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { type, of };
}
