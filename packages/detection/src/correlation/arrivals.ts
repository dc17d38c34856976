import type { EventReader, Texts } from '../sigma/event-reader.js';
import { LEVELS } from '../sigma/rule.js';
import { levelReader } from '../sigma/level.js';
import type { CorrelationRule } from './correlation-rule.js';
import type { Entry } from './entry.js';

/** An event that a rule has matched. */
export interface Hit {
  /** The place of the rule in `rules` of the correlation. */
  readonly rule: number;
  readonly event: unknown;
  readonly id: string;
  readonly at: number;
}

/** Of a field with many values each makes a group. */
const MOST_GROUPS = 16;
/** Between the values of a group; in none of them. */
const SEPARATOR = '\u001f';

/** Calls `arrive` with what a hit is to a correlation: of each of its groups that the hit belongs to, once. */
export type ReadArrivals = (hit: Hit, arrive: (group: string, entry: Entry) => void) => void;

/**
 * How hits become entries of a correlation. What has no value to be grouped by belongs to no group: strangers are no group.
 * @param names of its rules, each by all that it is known by
 */
export function arrivalsOf(rule: CorrelationRule, names: readonly (readonly string[])[], reader: EventReader): ReadArrivals {
  const groups = names.map((known) => groupsReader(rule.groupBy.map((field) => reader.texts(aliased(rule, field, known)))));
  const read = valueReader(rule, reader);
  const levelOf = rule.own.levels.length === 0 ? undefined : levelReader(rule, reader);
  const needsValue = rule.kind.type === 'new_value' || rule.kind.type === 'geo_velocity';
  return ({ rule: as, event, id, at }, arrive) => {
    const within = groups[as]?.(event) ?? [];
    if (within.length === 0) return;
    const { value, place } = read(event);
    // What says nothing new, or is nowhere, stands between no two others.
    if (needsValue && value === undefined && place === undefined) return;
    const level = levelOf === undefined ? undefined : LEVELS.indexOf(levelOf(event));
    const entry: Entry = { at, id, rule: as, value, place, level };
    for (const group of within) arrive(group, entry);
  };
}

/** What a field is called in the events of a rule, which is known by several names. */
function aliased({ aliases }: CorrelationRule, field: string, names: readonly string[]): string {
  const fields = aliases.get(field);
  for (const name of names) {
    const own = fields?.get(name);
    if (own !== undefined) return own;
  }
  return field;
}

function groupsReader(fields: readonly Texts[]): Texts {
  const [first, ...others] = fields;
  if (first === undefined) return () => ALL_TOGETHER;
  return (event) => {
    let groups = first(event);
    for (const field of others) {
      if (groups.length === 0) return groups;
      const values = field(event);
      groups = groups.flatMap((group) => values.map((value) => group + SEPARATOR + value)).slice(0, MOST_GROUPS);
    }
    return groups;
  };
}

const ALL_TOGETHER = [''];

/** What a correlation groups by, and the values of one of its groups. */
export function groupValues({ groupBy }: CorrelationRule, group: string): Readonly<Record<string, string>> {
  const values = group.split(SEPARATOR);
  return Object.fromEntries(groupBy.map((field, n) => [field, values[n] ?? '']));
}

function valueReader({ kind }: CorrelationRule, reader: EventReader): (event: unknown) => Pick<Entry, 'value' | 'place'> {
  if (kind.type === 'geo_velocity') {
    const [latitude, longitude] = [reader.texts(`${kind.field}.lat`), reader.texts(`${kind.field}.lon`)];
    return (event) => {
      const place = [numberIn(latitude(event)), numberIn(longitude(event))] as const;
      return place.every(Number.isFinite) ? { value: undefined, place } : NO_VALUE;
    };
  }
  const names = 'fields' in kind ? kind.fields : 'field' in kind ? [kind.field] : [];
  const fields = names.map((name) => reader.texts(name));
  const [only, ...others] = fields;
  if (only === undefined) return () => NO_VALUE;
  if (others.length === 0) return (event) => ({ value: only(event)[0] });
  return (event) => {
    const values = fields.map((field) => field(event)[0]);
    return { value: values.every((value) => value !== undefined) ? values.join(SEPARATOR) : undefined };
  };
}

const NO_VALUE: Pick<Entry, 'value'> = { value: undefined };

function numberIn([text]: readonly string[]): number {
  return text === undefined ? Number.NaN : Number(text);
}
