const FIRST_MS = 5_000;
const FACTOR = 4;
const LONGEST_MS = 4 * 3_600_000;
/** Deliveries that failed together must not come back together. */
const JITTER = 0.2;

/**
 * 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, then every 4 h, each a fifth more or less; storage ends it after 24 h.
 * @param failures this one included
 * @param askedMs what the receiver asked for: heard when it is longer, up to the longest of ours
 */
export function retryDelayMs(failures: number, askedMs: number, random: () => number): number {
  const planned = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (failures - 1));
  const jittered = planned * (1 - JITTER + 2 * JITTER * random());
  return Math.max(jittered, Math.min(askedMs, LONGEST_MS));
}

/** `Retry-After`: seconds or a date; 0 when there is none that can be read. */
export function askedDelayMs(header: string | undefined, now: Date): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? 0 : Math.max(0, until - now.getTime());
}
