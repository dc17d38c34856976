import type { Bounds, CorrelationRule } from './correlation-rule.js';
import type { Entry } from './entry.js';
import type { Group } from './group.js';

/**
 * Whether no window of a group can hold, neither before nor with what has come: so it is of most groups most of the time, and it
 * is found out faster than windows are judged.
 */
export function isQuiet(rule: CorrelationRule, { entries, settled, told, added, removed }: Group): boolean {
  if (removed.length > 0 || settled.length > 0 || told.length > 0) return false;
  const { kind } = rule;
  if (kind.type === 'new_value') return isNothingNew(rule.spanMs, kind.learnedSeconds * 1_000, entries, added);
  if (entries.length + added.length < leastEntries(rule)) return true;
  // Without the first of its rules no order begins.
  return kind.type === 'temporal_ordered' && !hasFirst(entries) && !hasFirst(added);
}

function hasFirst(entries: readonly Entry[]): boolean {
  for (const { rule } of entries) if (rule === 0) return true;
  return false;
}

// Loops, and no functions that are given to `every` and `some`: this is asked of each event several times.
function isNothingNew(spanMs: number, learnedMs: number, known: readonly Entry[], added: readonly Entry[]): boolean {
  const since = known[0]?.at ?? Number.POSITIVE_INFINITY;
  let oldest = since;
  for (const { at } of added) if (at < oldest) oldest = at;
  // What was too early to be new may not be, once the group has been watched for longer.
  if (known.length > 0 && oldest < since) return false;
  // A group that nothing is known of begins to be watched with the first.
  for (const entry of added)
    if (entry.at - oldest >= learnedMs && entry.value !== undefined && !wasSeen(known, entry, spanMs)) return false;
  return true;
}

function wasSeen(known: readonly Entry[], { at, value }: Entry, spanMs: number): boolean {
  for (const before of known) if (before.value === value && before.at <= at && before.at >= at - spanMs) return true;
  return false;
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
