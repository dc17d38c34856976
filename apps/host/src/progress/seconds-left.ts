export interface StreamPace {
  readonly state: string;
  readonly rows: number;
  readonly total: number | null;
  /** Rows a second, watched for long enough. */
  readonly steady: number | null;
}

/**
 * The time that is left, or `null`: a number that nobody can stand up for is worse than none.
 * @param planned what the plan of calls says, where it says anything. It knows the provider's limits, not how fast rows come.
 */
export function secondsLeft(planned: number | null, streams: readonly StreamPace[]): number | null {
  const open = streams.filter(({ state }) => state === 'pending' || state === 'reading');
  const known = open.flatMap((stream) => timeOf(stream) ?? []);
  const isKnown = planned !== null || (open.length > 0 && known.length === open.length);
  // The streams are read side by side: the slowest counts.
  return isKnown ? Math.round(Math.max(0, planned ?? 0, ...known)) : null;
}

function timeOf({ rows, total, steady }: StreamPace): number | null {
  if (total === null || steady === null || steady <= 0) return null;
  return Math.max(0, total - rows) / steady;
}
