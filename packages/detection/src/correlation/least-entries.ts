import type { Bounds, CorrelationRule } from './correlation-rule.js';

/** How many entries a window has at least that holds; 1 where that is not known. */
export function leastEntries({ kind, rules }: CorrelationRule): number {
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
