import type { CorrelationRule } from '../../src/correlation/correlation-rule.js';

/** An event of a group, as the oracle sees it. */
export interface Plain {
  readonly id: string;
  readonly at: number;
  readonly rule: number;
  readonly value: string | undefined;
}

/**
 * What a correlation finds in a group, said in the plainest way: each window by itself, from all events at once. Stories are
 * windows that overlap.
 */
export function naiveStories(rule: CorrelationRule, events: readonly Plain[]): readonly (readonly string[])[] {
  const sorted = events.toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1) || one.rule - other.rule);
  const windows: { readonly from: number; readonly to: number; readonly ids: readonly string[] }[] = [];
  for (const [last, end] of sorted.entries()) {
    const window = sorted.slice(0, last + 1).filter(({ at }) => at >= end.at - rule.spanMs);
    const met = metIn(rule, window);
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

/** The events of a window in which it holds; none: it does not. */
function metIn({ kind, rules }: CorrelationRule, window: readonly Plain[]): readonly Plain[] {
  const isMet = (value: number, bounds: { gte?: number }): boolean => value >= (bounds.gte ?? 0);
  const numbers = window.flatMap(({ value }) => (value === undefined ? [] : [Number(value)]));
  const sum = numbers.reduce((all, one) => all + one, 0);
  switch (kind.type) {
    case 'event_count':
      return isMet(window.length, kind.bounds) ? window : [];
    case 'value_count':
      return isMet(new Set(window.flatMap(({ value }) => value ?? [])).size, kind.bounds) ? window : [];
    case 'value_sum':
      return numbers.length > 0 && isMet(sum, kind.bounds) ? window : [];
    case 'value_avg':
      return numbers.length > 0 && isMet(sum / numbers.length, kind.bounds) ? window : [];
    case 'temporal':
      return new Set(window.map(({ rule }) => rule)).size === rules.length ? window : [];
    case 'ratio': {
      const others = window.filter(({ rule }) => rule !== 0).length;
      return others >= kind.least && isMet((window.length - others) / others, kind.bounds) ? window : [];
    }
    default:
      throw new Error(`${kind.type} has an oracle of its own.`);
  }
}
