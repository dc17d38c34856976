import { LEVELS } from '../sigma/rule.js';
import { levelReader } from '../sigma/level.js';
import type { CorrelationRule } from './correlation-rule.js';
import type { Arrival, Entry } from './entry.js';
import type { FieldTexts } from './field-texts.js';

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

export type ReadArrivals = (hit: Hit) => readonly Arrival[];

/**
 * How hits become entries of a correlation. What has no value to be grouped by belongs to no group: strangers are no group.
 * @param names of its rules, each by all that it is known by @param upward what an entry of it is to others
 */
export function arrivalsOf(
  rule: CorrelationRule,
  names: readonly (readonly string[])[],
  upward: (hit: Omit<Hit, 'rule'>) => Entry['upward'],
  texts: FieldTexts,
): ReadArrivals {
  const groupFields = names.map((known) => rule.groupBy.map((field) => aliased(rule, field, known)));
  const read = valueReader(rule, texts);
  const levelOf = rule.own.levels.length === 0 ? undefined : levelReader(rule);
  const needsValue = rule.kind.type === 'new_value' || rule.kind.type === 'geo_velocity';
  return ({ rule: place, event, id, at }) => {
    const groups = groupsOf(groupFields[place] ?? [], event, texts);
    if (groups.length === 0) return [];
    const own = read(event);
    // What says nothing new, or is nowhere, stands between no two others.
    if (needsValue && own.value === undefined && own.place === undefined) return [];
    const above = upward({ event, id, at });
    const entry: Entry = {
      at,
      id,
      rule: place,
      ...own,
      ...(levelOf !== undefined && { level: LEVELS.indexOf(levelOf(event)) }),
      ...(above !== undefined && { upward: above }),
    };
    return groups.map((group) => ({ group, entry }));
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

function groupsOf(fields: readonly string[], event: unknown, texts: FieldTexts): readonly string[] {
  const [first, ...others] = fields;
  if (first === undefined) return [''];
  return others.reduce(
    (groups, field) =>
      groups.flatMap((group) => texts.of(field, event).map((value) => group + SEPARATOR + value)).slice(0, MOST_GROUPS),
    texts.of(first, event),
  );
}

/** What a correlation groups by, and the values of one of its groups. */
export function groupValues({ groupBy }: CorrelationRule, group: string): Readonly<Record<string, string>> {
  const values = group.split(SEPARATOR);
  return Object.fromEntries(groupBy.map((field, n) => [field, values[n] ?? '']));
}

function valueReader({ kind }: CorrelationRule, texts: FieldTexts): (event: unknown) => Pick<Entry, 'value' | 'place'> {
  if (kind.type === 'geo_velocity') {
    const [latitude, longitude] = [`${kind.field}.lat`, `${kind.field}.lon`];
    return (event) => {
      const place = [numberIn(texts.of(latitude, event)), numberIn(texts.of(longitude, event))] as const;
      return place.every(Number.isFinite) ? { value: undefined, place } : { value: undefined };
    };
  }
  const names = 'fields' in kind ? kind.fields : 'field' in kind ? [kind.field] : [];
  const [only, ...others] = names;
  if (only === undefined) return () => NO_VALUE;
  if (others.length === 0) return (event) => ({ value: texts.of(only, event)[0] });
  return (event) => {
    const values = names.map((name) => texts.of(name, event)[0]);
    return { value: values.every((value) => value !== undefined) ? values.join(SEPARATOR) : undefined };
  };
}

const NO_VALUE = { value: undefined };

function numberIn([text]: readonly string[]): number {
  return text === undefined ? Number.NaN : Number(text);
}
