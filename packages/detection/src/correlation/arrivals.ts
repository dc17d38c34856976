import type { EventReader, Texts } from '../sigma/event-reader.js';
import { LEVELS } from '../sigma/rule.js';
import { levelReader } from '../sigma/level.js';
import { beginOf, type Held } from './below.js';
import type { CorrelationRule } from './correlation-rule.js';
import type { Entry } from './entry.js';

/** An event that rules have matched. */
export class Hit {
  /** The last entry of a correlation that needs nothing of the event but that it is there: the next one takes the same. */
  #plain: Entry | undefined;
  #since: number | undefined;

  /**
   * @param from of the correlation that has told it: which of its groups
   * @param held the window of that group which ends with it
   */
  constructor(
    readonly event: unknown,
    readonly id: string,
    readonly at: number,
    readonly from?: string,
    readonly held?: Held,
  ) {}

  entry(rule: number, value: string | undefined, place: Entry['place'], level: number | undefined): Entry {
    const { at, id, from } = this;
    const since = this.#begin();
    if (value !== undefined || place !== undefined || level !== undefined)
      return { at, id, rule, value, place, level, from, since };
    if (this.#plain?.rule !== rule) this.#plain = { at, id, rule, value, place, level, from, since };
    return this.#plain;
  }

  #begin(): number | undefined {
    if (this.held !== undefined) this.#since ??= beginOf(this.held);
    return this.#since;
  }
}

/** What has come to a correlation: entries, and in the same order the group of each. */
export class Arrivals {
  readonly groups: string[] = [];
  readonly entries: Entry[] = [];
  /** Of those that a correlation has told, by their places: the windows that they stand for. */
  readonly held = new Map<number, Held>();
}

/** Of a field with many values each makes a group. */
const MOST_GROUPS = 16;
/** Between the values of a group; in none of them, see {@link whole}. */
const SEPARATOR = '\u001f';

/** A value that looked like two would make one group of two others. */
const whole = (value: string): string => (value.includes(SEPARATOR) ? value.replaceAll(SEPARATOR, '\uFFFD') : value);

/** Adds to `all` what a hit is to a correlation: of each of its groups that the hit belongs to, once. @param as the place of the rule in `rules` of the correlation */
export type ReadArrivals = (hit: Hit, as: number, all: Arrivals) => void;

/**
 * How hits become entries of a correlation. What has no value to be grouped by belongs to no group: strangers are no group.
 * @param names of its rules, each by all that it is known by
 */
export function arrivalsOf(rule: CorrelationRule, names: readonly (readonly string[])[], reader: EventReader): ReadArrivals {
  const groups = names.map((known) =>
    groupsReader(
      rule.groupBy.map((field) => aliased(rule, field, known)),
      reader,
    ),
  );
  const values = names.map((known) => valueReader(rule, known, reader));
  const place = placeReader(rule, reader);
  const levelOf = rule.own.levels.length === 0 ? undefined : levelReader(rule, reader);
  const needsValue = rule.kind.type === 'new_value' || rule.kind.type === 'geo_velocity';
  return (hit, as, all) => {
    const { event } = hit;
    const within = groups[as]?.(event) ?? NO_GROUPS;
    if (within.length === 0) return;
    const value = values[as]?.(event);
    const where = place?.(event);
    // What says nothing new, or is nowhere, stands between no two others.
    if (needsValue && value === undefined && where === undefined) return;
    const entry = hit.entry(as, value, where, levelOf === undefined ? undefined : LEVELS.indexOf(levelOf(event)));
    for (const group of within) {
      if (hit.held !== undefined) all.held.set(all.entries.length, hit.held);
      all.groups.push(group);
      all.entries.push(entry);
    }
  };
}

const NO_GROUPS: readonly string[] = [];

/** What a field is called in the events of a rule, which is known by several names. */
function aliased({ aliases }: CorrelationRule, field: string, names: readonly string[]): string {
  const fields = aliases.get(field);
  for (const name of names) {
    const own = fields?.get(name);
    if (own !== undefined) return own;
  }
  return field;
}

/** Many correlations group by the same. */
function groupsReader(fields: readonly string[], reader: EventReader): Texts {
  const [first, ...others] = fields.map((field) => reader.texts(field));
  if (first === undefined) return () => ALL_TOGETHER;
  if (others.length === 0) return first;
  return reader.together(fields, (event) => {
    let groups: readonly string[] = first(event).map(whole);
    for (const field of others) {
      if (groups.length === 0) return groups;
      const values = field(event);
      groups = groups.flatMap((group) => values.map((value) => group + SEPARATOR + whole(value))).slice(0, MOST_GROUPS);
    }
    return groups;
  });
}

const ALL_TOGETHER = [''];

/** What a correlation groups by, and the values of one of its groups. */
export function groupValues({ groupBy }: CorrelationRule, group: string): Readonly<Record<string, string>> {
  const values = group.split(SEPARATOR);
  return Object.fromEntries(groupBy.map((field, n) => [field, values[n] ?? '']));
}

/** @param known by what the rule is known whose events are read */
function valueReader(
  rule: CorrelationRule,
  known: readonly string[],
  reader: EventReader,
): ((event: unknown) => string | undefined) | undefined {
  const { kind } = rule;
  if (kind.type === 'geo_velocity') return undefined;
  const names = 'fields' in kind ? kind.fields : 'field' in kind ? [kind.field] : [];
  const fields = names.map((name) => reader.texts(aliased(rule, name, known)));
  const [only, ...others] = fields;
  if (only === undefined) return undefined;
  if (others.length === 0) return (event) => only(event)[0];
  return (event) => {
    const values = fields.map((field) => field(event)[0]);
    return values.every((value) => value !== undefined) ? values.map(whole).join(SEPARATOR) : undefined;
  };
}

function placeReader({ kind }: CorrelationRule, reader: EventReader): ((event: unknown) => Entry['place']) | undefined {
  if (kind.type !== 'geo_velocity') return undefined;
  const [latitude, longitude] = [reader.texts(`${kind.field}.lat`), reader.texts(`${kind.field}.lon`)];
  return (event) => {
    const place = [numberIn(latitude(event)), numberIn(longitude(event))] as const;
    return place.every(Number.isFinite) ? place : undefined;
  };
}

function numberIn([text]: readonly string[]): number {
  return text === undefined ? Number.NaN : Number(text);
}
