import type { CorrelationRule } from '../../src/correlation/correlation-rule.js';

/** An event of a group, as the oracle sees it. */
export interface Plain {
  readonly id: string;
  readonly at: number;
  readonly rule: number;
  readonly value: string | undefined;
  /** Degrees east, on the equator. */
  readonly east: number;
}

/**
 * What a correlation finds in a group, said in the plainest way: each window by itself, from all events at once. Stories are
 * windows that overlap.
 * @param until the latest moment that the log has reached
 */
export function naiveStories(rule: CorrelationRule, events: readonly Plain[], until: number): readonly (readonly string[])[] {
  const sorted = events.toSorted((one, other) => one.at - other.at || one.id.localeCompare(other.id) || one.rule - other.rule);
  const windows: { readonly from: number; readonly to: number; readonly ids: readonly string[] }[] = [];
  for (const [last, end] of sorted.entries()) {
    const met = metIn(rule, sorted, last, until);
    const [first] = met;
    if (first !== undefined) windows.push({ from: first.at, to: end.at, ids: met.map(({ id }) => id) });
  }
  const stories: { from: number; to: number; ids: Set<string> }[] = [];
  for (const { from, to, ids } of windows.toSorted((one, other) => one.from - other.from)) {
    const story = stories.at(-1);
    if (story !== undefined && from <= story.to) {
      story.to = Math.max(story.to, to);
      for (const id of ids) story.ids.add(id);
    } else stories.push({ from, to, ids: new Set(ids) });
  }
  return stories.map(({ ids }) => [...ids].toSorted());
}

const isMet = (value: number, bounds: { gte?: number; lt?: number }): boolean =>
  value >= (bounds.gte ?? Number.NEGATIVE_INFINITY) && value < (bounds.lt ?? Number.POSITIVE_INFINITY);

/** The events of the window that ends with an event, in which it holds; none: it does not. */
function metIn(rule: CorrelationRule, sorted: readonly Plain[], last: number, until: number): readonly Plain[] {
  const { kind, rules, spanMs } = rule;
  const [end] = sorted.slice(last);
  if (end === undefined) return [];
  const window = sorted.slice(0, last + 1).filter(({ at }) => at >= end.at - spanMs);
  // An event is one, however many rules have matched it.
  const once = window.filter(({ id }, n) => window.findIndex((other) => other.id === id) === n);
  const numbers = once.flatMap(({ value }) => (value === undefined ? [] : [Number(value)]));
  const sum = numbers.reduce((all, one) => all + one, 0);
  switch (kind.type) {
    case 'event_count':
      return isMet(once.length, kind.bounds) ? window : [];
    case 'value_count':
      return isMet(new Set(window.flatMap(({ value }) => value ?? [])).size, kind.bounds) ? window : [];
    case 'value_sum':
      return numbers.length > 0 && isMet(sum, kind.bounds) ? window : [];
    case 'value_avg':
      return numbers.length > 0 && isMet(sum / numbers.length, kind.bounds) ? window : [];
    case 'value_percentile': {
      const rank = Math.ceil((kind.percentile / 100) * numbers.length);
      const [value] = numbers.toSorted((one, other) => one - other).slice(Math.max(0, rank - 1));
      return value !== undefined && isMet(value, kind.bounds) ? window : [];
    }
    case 'temporal':
      return new Set(window.map(({ rule: of }) => of)).size === rules.length ? window : [];
    case 'temporal_ordered': {
      if (end.rule !== rules.length - 1) return [];
      // The latest that may have been the first.
      const firsts = window.map((_, first) => window.slice(first)).filter((rest) => isChain(rest, rules.length));
      return firsts.at(-1) ?? [];
    }
    case 'ratio': {
      const others = window.filter(({ rule: of }) => of !== 0).length;
      return others >= kind.least && isMet((window.length - others) / others, kind.bounds) ? window : [];
    }
    case 'new_value': {
      const [oldest = end] = sorted;
      const isKnown = window.slice(0, -1).some(({ value }) => value === end.value);
      return !isKnown && end.at - oldest.at >= kind.learnedSeconds * 1_000 ? [end] : [];
    }
    case 'absence': {
      const later = sorted.slice(last + 1).some(({ rule: of, at }) => of !== 0 && at <= end.at + spanMs);
      // Fifteen minutes are given to what comes late.
      return end.rule === 0 && !later && until > end.at + spanMs + 15 * 60_000 ? [end] : [];
    }
    case 'geo_velocity': {
      const before = sorted.slice(0, last).findLast(({ id }) => id !== end.id);
      if (before === undefined || before.at < end.at - spanMs) return [];
      // A degree of the equator is a little more than 111 km.
      const far = Math.abs(end.east - before.east) * ((6_371 * Math.PI) / 180);
      const speed = (far * 3_600_000) / Math.max(1, end.at - before.at);
      return far >= kind.leastKm && isMet(speed, kind.bounds) ? [before, end] : [];
    }
  }
}

/** Whether the first, the last and some between them are one of each rule, in the order of the rules, each another event. */
function isChain(events: readonly Plain[], rules: number): boolean {
  const [first, ...rest] = events;
  if (first?.rule !== 0) return false;
  const goesOn = (from: number, rule: number, before: string): boolean =>
    rule === rules - 1
      ? rest.length > 0 && rest.at(-1)?.id !== before
      : rest.some(
          (event, at) =>
            at >= from &&
            at < rest.length - 1 &&
            event.rule === rule &&
            event.id !== before &&
            goesOn(at + 1, rule + 1, event.id),
        );
  return goesOn(0, 1, first.id);
}
