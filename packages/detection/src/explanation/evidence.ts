import { groupValues } from '../correlation/arrivals.js';
import type { CorrelationKind, CorrelationRule } from '../correlation/correlation-rule.js';
import type { FoundEpisode } from '../correlation/correlator.js';
import { spanText } from '../correlation/read-correlation.js';
import { type Crossing, crossingOf, type Evident } from './crossing.js';
import type { Detected, Match } from '../detector.js';
import type { RuleBook } from '../rule-book.js';
import { asText, Field } from '../sigma/field.js';
import { namesOf, type RuleFacts } from '../sigma/rule.js';

/** Why a correlation holds. */
export interface ExplainedEpisode {
  /** For people: `3 events within 10m; asked for: gte 3`. */
  readonly says: string;
  /** As the rule calls it: `event_count`, `castellan.ratio`. */
  readonly type: string;
  /** As the rule has it. */
  readonly condition?: Readonly<Record<string, unknown>>;
  readonly timespan: string;
  readonly group?: Readonly<Record<string, string>>;
  /** The first window in which it holds; none, where too much lies between to know it. */
  readonly window?: { readonly from: string; readonly to: string; readonly events: readonly string[] };
  /** In that window, what is held against the condition. */
  readonly found?: number;
  /** In that window, the first of what was counted. */
  readonly values?: readonly string[];
  /** Of each rule of the correlation its events in the whole episode. */
  readonly of: readonly EvidentRule[];
}

export interface EvidentRule {
  /** As the correlation names it. */
  readonly rule: string;
  /** Of a correlation, those with which it began to hold. */
  readonly events: readonly string[];
  /** Of a correlation, why it held; what is explained elsewhere in the same explanation is not explained again. */
  readonly because?: readonly ExplainedEpisode[];
}

interface Kept {
  readonly at: number;
  /** Ids of detections. */
  readonly rules: Set<string>;
  readonly values: ReadonlyMap<string, string>;
}

/** The latest: of detections, and of each correlation that others are about. */
const MOST_EVENTS = 200_000;
const MOST_VALUES = 20;
const LONGEST = 200;
/** Of a rule of a correlation so many episodes say why it held. */
const MOST_REASONS = 3;
/** Of what one stands on so many are explained. */
const MOST_EXPLAINED = 100;

/** What correlations are about, as far as it takes to say why one holds. It sees what is not told by itself, too. */
export class Evidence {
  /** By id of a rule: the fields that correlations about it, or about those above it, ask for. */
  readonly #fields = new Map<string, Set<string>>();
  readonly #byName = new Map<string, RuleFacts>();
  readonly #events = new Map<string, Kept>();
  /** By id of a correlation that others are about: of its events, the latest episode that each is in. */
  readonly #episodes = new Map<string, Map<string, FoundEpisode>>();

  constructor({ detections, linked }: Pick<RuleBook, 'detections' | 'linked'>) {
    const correlations = linked.correlations.map(({ rule }) => rule);
    for (const rule of [...detections, ...correlations]) for (const name of namesOf(rule)) this.#byName.set(name, rule);
    // Those above stand behind: what they ask for is known when those below come.
    for (const rule of correlations.toReversed()) {
      const wanted = [...fieldsOf(rule.kind), ...(this.#fields.get(rule.id) ?? [])];
      for (const name of rule.rules) {
        const id = this.#byName.get(name)?.id ?? name;
        this.#fields.set(id, new Set([...(this.#fields.get(id) ?? []), ...wanted]));
      }
    }
  }

  /** @param detected of a detector that leaves nothing out as silent */
  take({ matches, changed, gone }: Pick<Detected, 'matches' | 'changed' | 'gone'>): void {
    for (const match of matches) this.#keep(match);
    for (const { rule, group, key } of gone) {
      const known = this.#episodes.get(rule.id);
      for (const [id, episode] of known ?? []) if (episode.key === key && episode.group === group) known?.delete(id);
    }
    for (const episode of changed) {
      const { id } = episode.rule;
      if (!this.#fields.has(id)) continue;
      const known = this.#episodes.get(id) ?? new Map<string, FoundEpisode>();
      this.#episodes.set(id, known);
      for (const event of episode.events) known.set(event, episode);
      dropOldest(known, MOST_EVENTS);
    }
  }

  #keep({ rule, event, enriched }: Match): void {
    const fields = this.#fields.get(rule.id);
    if (fields === undefined) return;
    const known = this.#events.get(event.id);
    const values = new Map(known?.values);
    for (const field of fields) {
      const value = firstText(field, enriched);
      if (value !== undefined) values.set(field, value);
    }
    this.#events.set(event.id, { at: event.at, rules: (known?.rules ?? new Set()).add(rule.id), values });
    dropOldest(this.#events, MOST_EVENTS);
  }

  explain(episode: FoundEpisode): ExplainedEpisode {
    return this.#explain(episode, new Set());
  }

  /** @param told those that were explained already: many ways may lead to one, and it is explained once */
  #explain(episode: FoundEpisode, told: Set<FoundEpisode>): ExplainedEpisode {
    told.add(episode);
    const { rule, group } = episode;
    const events = this.#evidentOf(episode);
    const crossing = crossingOf(rule, events);
    const groups = groupValues(rule, group);
    const condition = conditionOf(rule.kind);
    return {
      says: saidOf(rule, crossing),
      type: typeOf(rule.kind),
      ...(Object.keys(condition).length > 0 && { condition }),
      timespan: spanText(rule.spanMs),
      ...(Object.keys(groups).length > 0 && { group: groups }),
      ...(crossing !== undefined && crossed(rule, crossing)),
      of: rule.rules.map((name, place) =>
        this.#partOf(
          name,
          events.filter((one) => one.rule === place),
          told,
        ),
      ),
    };
  }

  #partOf(name: string, evident: readonly Evident[], told: Set<FoundEpisode>): EvidentRule {
    const events = evident.map(({ id }) => id);
    const episodes = this.#episodes.get(this.#byName.get(name)?.id ?? name);
    const reasons = [...new Set(events.flatMap((id) => episodes?.get(id) ?? []))];
    const because: ExplainedEpisode[] = [];
    for (const reason of reasons.slice(0, MOST_REASONS))
      if (!told.has(reason) && told.size < MOST_EXPLAINED) because.push(this.#explain(reason, told));
    return { rule: name, events, ...(because.length > 0 && { because }) };
  }

  /** What each event of an episode is to its correlation. */
  #evidentOf({ rule, events }: FoundEpisode): readonly Evident[] {
    const rules = rule.rules.map((name) => this.#byName.get(name)?.id ?? name);
    return events.flatMap((id): readonly Evident[] => {
      const kept = this.#events.get(id);
      if (kept === undefined) return [];
      const direct = rules.flatMap((one, place) => (kept.rules.has(one) ? [place] : []));
      const places =
        direct.length > 0 ? direct : rules.flatMap((one, place) => (this.#episodes.get(one)?.has(id) === true ? [place] : []));
      return places.map((place) => ({ id, at: kept.at, rule: place, ...measuredIn(rule.kind, kept.values) }));
    });
  }
}

function dropOldest(all: Map<string, unknown>, most: number): void {
  for (const key of all.keys()) {
    if (all.size <= most) return;
    all.delete(key);
  }
}

function firstText(field: string, event: unknown): string | undefined {
  let text: string | undefined;
  new Field(field).some(event, (value) => {
    text = asText(value) || undefined;
    return text !== undefined;
  });
  return text?.slice(0, LONGEST);
}

function fieldsOf(kind: CorrelationKind): readonly string[] {
  if (kind.type === 'geo_velocity') return [`${kind.field}.lat`, `${kind.field}.lon`];
  if ('fields' in kind) return kind.fields;
  return 'field' in kind ? [kind.field] : [];
}

function measuredIn(kind: CorrelationKind, values: Kept['values']): Pick<Evident, 'value' | 'place'> {
  const all = fieldsOf(kind).map((field) => values.get(field));
  const said = all.flatMap((value) => (value === undefined ? [] : [value]));
  if (said.length === 0 || said.length < all.length) return { value: undefined, place: undefined };
  if (kind.type !== 'geo_velocity') return { value: said.join(', '), place: undefined };
  const [latitude = Number.NaN, longitude = Number.NaN] = said.map(Number);
  return { value: undefined, place: [latitude, longitude] };
}

const OWN: ReadonlySet<string> = new Set<CorrelationKind['type']>(['new_value', 'absence', 'geo_velocity', 'ratio']);
const typeOf = ({ type }: CorrelationKind): string => (OWN.has(type) ? `castellan.${type}` : type);

function conditionOf(kind: CorrelationKind): Readonly<Record<string, unknown>> {
  return {
    ...('bounds' in kind && kind.bounds),
    ...('fields' in kind && { field: kind.fields.length === 1 ? kind.fields[0] : kind.fields }),
    ...('field' in kind && { field: kind.field }),
    ...('percentile' in kind && { percentile: kind.percentile }),
    ...('leastKm' in kind && { km: kind.leastKm }),
    ...('least' in kind && { least: kind.least }),
    ...('learnedSeconds' in kind && kind.learnedSeconds > 0 && { learned: spanText(kind.learnedSeconds * 1_000) }),
  };
}

function crossed({ kind, spanMs }: CorrelationRule, { events, found, values }: Crossing): Partial<ExplainedEpisode> {
  const [from, to] = [events[0]?.at ?? 0, events.at(-1)?.at ?? 0];
  const end = kind.type === 'absence' ? to + spanMs : to;
  return {
    window: {
      from: new Date(from).toISOString(),
      to: new Date(end).toISOString(),
      events: [...new Set(events.map(({ id }) => id))],
    },
    ...(found !== undefined && { found }),
    ...(values !== undefined && { values: values.slice(0, MOST_VALUES) }),
  };
}

function saidOf(rule: CorrelationRule, crossing: Crossing | undefined): string {
  const { kind, spanMs } = rule;
  const span = spanText(spanMs);
  const bounds = 'bounds' in kind && kind.bounds !== undefined ? kind.bounds : {};
  const asked = Object.entries(bounds).map(([name, value]) => `${name} ${value}`);
  const wanted = asked.length === 0 ? '' : `; asked for: ${asked.join(' and ')}`;
  return `${holding(rule, crossing, span)}${wanted}`;
}

function holding(
  { kind, rules: [first = '', ...others] }: CorrelationRule,
  crossing: Crossing | undefined,
  span: string,
): string {
  const found = crossing?.found ?? 'so many';
  switch (kind.type) {
    case 'event_count':
      return `${found} events within ${span}`;
    case 'value_count':
      return `${found} different values of ${kind.fields.join(' and ')} within ${span}`;
    case 'value_sum':
      return `the sum of ${kind.field} is ${found} within ${span}`;
    case 'value_avg':
      return `the average of ${kind.field} is ${found} within ${span}`;
    case 'value_percentile':
      return `the percentile ${kind.percentile} of ${kind.field} is ${found} within ${span}`;
    case 'temporal':
      return `${found} of ${others.length + 1} rules matched within ${span}`;
    case 'temporal_ordered':
      return `${[first, ...others].join(', then ')}, within ${span}`;
    case 'new_value':
      return `${crossing?.values?.[0] ?? 'a value'} in ${kind.fields.join(' and ')}, not seen in ${span} before`;
    case 'absence':
      return `${first}, and no ${others.join(' nor ')} within ${span} after it`;
    case 'geo_velocity':
      return `${crossing?.km ?? 'so many'} km at ${found} km/h within ${span}`;
    case 'ratio':
      return `${found} of ${first} for each of ${others.join(' and ')} within ${span}`;
  }
}
