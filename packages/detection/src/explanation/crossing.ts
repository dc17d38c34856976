import type { CorrelationKind, CorrelationRule } from '../correlation/correlation-rule.js';
import { judge } from '../correlation/judge.js';
import { kilometres } from '../correlation/sphere.js';

/** An event of an episode, as one of the rules of its correlation has matched it. */
export interface Evident {
  readonly id: string;
  /** In ms since 1970. */
  readonly at: number;
  /** By its place among those of the correlation. */
  readonly rule: number;
  /** What is counted, or measured. */
  readonly value: string | undefined;
  /** In degrees. */
  readonly place: readonly [latitude: number, longitude: number] | undefined;
}

/** The first window in which a correlation holds: what made it hold. */
export interface Crossing {
  readonly events: readonly Evident[];
  /** What is held against the bounds of the rule. */
  readonly found?: number;
  /** Of what was counted: each once. */
  readonly values?: readonly string[];
  readonly km?: number;
}

/** @param events in their order @returns `undefined`: not all that it takes is among them */
export function crossingOf(rule: CorrelationRule, events: readonly Evident[]): Crossing | undefined {
  const { kind } = rule;
  switch (kind.type) {
    case 'temporal_ordered':
      return chainOf(events, rule.rules.length, rule.spanMs);
    case 'new_value':
    case 'absence':
      return firstOf(events);
    case 'geo_velocity':
      return travelled(firstWindow(rule, events));
    default:
      return counted(kind, firstWindow(rule, events));
  }
}

function firstOf([first]: readonly Evident[]): Crossing | undefined {
  if (first === undefined) return undefined;
  return { events: [first], ...(first.value !== undefined && { values: [first.value] }) };
}

/** From its end each time the latest of the rule before: one event is not two. */
function chainOf(events: readonly Evident[], rules: number, spanMs: number): Crossing | undefined {
  for (const [place, last] of events.entries()) {
    if (last.rule !== rules - 1) continue;
    const chain = [last];
    for (let before = place - 1, next = last; before >= 0 && chain.length < rules; before -= 1) {
      const one = events[before];
      if (one === undefined || one.rule !== next.rule - 1 || one.id === next.id) continue;
      chain.unshift(one);
      next = one;
    }
    const [first] = chain;
    if (chain.length === rules && first !== undefined && first.at >= last.at - spanMs) return { events: chain };
  }
  return undefined;
}

/** As whoever found the episode has judged it. */
function firstWindow(rule: CorrelationRule, events: readonly Evident[]): readonly Evident[] {
  const [met] = judge(rule, 0, events, 0, Number.POSITIVE_INFINITY);
  return met === undefined ? [] : events.slice(met.first, met.last + 1);
}

const HOUR_MS = 3_600_000;

function travelled([before, last]: readonly Evident[]): Crossing | undefined {
  if (before?.place === undefined || last?.place === undefined) return undefined;
  const km = kilometres(before.place, last.place);
  const speed = (km * HOUR_MS) / Math.max(1, last.at - before.at);
  return { events: [before, last], found: Math.round(speed), km: Math.round(km) };
}

type Counted = Exclude<CorrelationKind, { readonly type: 'temporal_ordered' | 'new_value' | 'absence' | 'geo_velocity' }>;

function counted(kind: Counted, window: readonly Evident[]): Crossing | undefined {
  const found = numberOf(kind, window);
  if (found === undefined) return undefined;
  const values =
    kind.type === 'event_count' || kind.type === 'temporal' || kind.type === 'ratio' ? undefined : valuesOf(window);
  return { events: window, found: Math.round(found * 1_000) / 1_000, ...(values !== undefined && { values }) };
}

/** An event is counted once, however many rules have matched it. */
const onceEach = (window: readonly Evident[]): readonly Evident[] => window.filter(({ id }, n) => window[n - 1]?.id !== id);

const valuesOf = (window: readonly Evident[]): readonly string[] => [
  ...new Set(window.flatMap(({ value }) => (value === undefined ? [] : [value]))),
];

function numberOf(kind: Counted, window: readonly Evident[]): number | undefined {
  if (window.length === 0) return undefined;
  switch (kind.type) {
    case 'event_count':
      return onceEach(window).length;
    case 'value_count':
      return valuesOf(window).length;
    case 'temporal':
      return new Set(window.map(({ rule }) => rule)).size;
    case 'ratio': {
      const others = window.filter(({ rule }) => rule !== 0).length;
      return (window.length - others) / others;
    }
    case 'value_sum':
    case 'value_avg':
    case 'value_percentile':
      return measured(
        kind,
        onceEach(window).flatMap(({ value }) => (value === undefined || value.trim() === '' ? [] : [Number(value)])),
      );
  }
}

type Measured = Extract<Counted, { readonly type: 'value_sum' | 'value_avg' | 'value_percentile' }>;

function measured(kind: Measured, all: readonly number[]): number | undefined {
  const numbers = all.filter(Number.isFinite).toSorted((one, other) => one - other);
  if (numbers.length === 0) return undefined;
  if (kind.type === 'value_percentile') return numbers[Math.max(0, Math.ceil((kind.percentile / 100) * numbers.length) - 1)];
  let sum = 0;
  for (const number of numbers) sum += number;
  return kind.type === 'value_sum' ? sum : sum / numbers.length;
}
