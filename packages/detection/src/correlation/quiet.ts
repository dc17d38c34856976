import type { Bounds, CorrelationRule } from './correlation-rule.js';
import type { Entry } from './entry.js';
import type { Group } from './group.js';

/**
 * Whether no window of a group can hold, neither before nor with what has come: so it is of most groups most of the time, and it
 * is found out faster than windows are judged.
 */
export function isQuiet(rule: CorrelationRule, { entries, settled, told, added, removed }: Group): boolean {
  if (removed.length > 0 || settled.length > 0 || told.length > 0) return false;
  if (rule.kind.type === 'new_value') return isNothingNew(rule.spanMs, rule.kind.learnedSeconds * 1_000, entries, added);
  return entries.length + added.length < leastEntries(rule);
}

function isNothingNew(spanMs: number, learnedMs: number, known: readonly Entry[], added: readonly Entry[]): boolean {
  // A group that nothing is known of begins to be watched with the first.
  const oldest = added.reduce((least, { at }) => Math.min(least, at), known[0]?.at ?? Number.POSITIVE_INFINITY);
  // What was too early to be new may not be, once the group has been watched for longer.
  if (known[0] !== undefined && oldest < known[0].at) return false;
  return added.every(
    ({ at, value }) =>
      value === undefined ||
      at - oldest < learnedMs ||
      known.some((before) => before.value === value && before.at <= at && before.at >= at - spanMs),
  );
}

/** How many entries a window has at least that holds; 1 where that is not known. */
function leastEntries({ kind, rules }: CorrelationRule): number {
  switch (kind.type) {
    case 'event_count':
    case 'value_count':
      return leastNumber(kind.bounds);
    case 'temporal':
      return kind.bounds === undefined ? rules.length : leastNumber(kind.bounds);
    case 'temporal_ordered':
      return rules.length;
    case 'geo_velocity':
      return 2;
    case 'ratio':
      return kind.least;
    default:
      return 1;
  }
}

/** The smallest whole number from 1 that may be within bounds. */
function leastNumber({ gt, gte, eq }: Bounds): number {
  return Math.max(1, Math.ceil(gte ?? 1), Math.ceil(eq ?? 1), gt === undefined ? 1 : Math.floor(gt) + 1);
}
