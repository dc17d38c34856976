/** `never`: nothing was read to its end yet. */
export type FreshnessLevel = 'fresh' | 'late' | 'old' | 'never';

const LATE_AFTER_INTERVALS = 2;
const OLD_AFTER_INTERVALS = 6;

/** @param everySeconds how often it should be renewed; 0: nobody has promised anything */
export function freshnessLevel(asOf: string | null, everySeconds: number, now: number): FreshnessLevel {
  if (asOf === null) return 'never';
  if (everySeconds <= 0) return 'fresh';
  const intervals = (now - Date.parse(asOf)) / 1_000 / everySeconds;
  if (intervals >= OLD_AFTER_INTERVALS) return 'old';
  return intervals >= LATE_AFTER_INTERVALS ? 'late' : 'fresh';
}
