import type { FreshnessView } from '@castellan/api';

/** What is known of one stream. */
export interface FreshStream {
  /** When it was last listed to its end; `undefined`: never. */
  readonly freshAt: Date | undefined;
  /** Whether the latest attempt has listed all of it. */
  readonly isFresh: boolean;
  /** Whether polls keep it fresh: it is the log, or can be read again in parts or by what has changed. */
  readonly isPolled: boolean;
  /** It need not be listed by every run, and its age says nothing of the others. */
  readonly isRare: boolean;
}
export interface FreshnessFacts {
  readonly streams: readonly FreshStream[];
  readonly polledAt: Date | null;
  /** 0: never. */
  readonly pollSeconds: number;
  readonly scheduleSeconds: number;
}

/**
 * Of the streams that are fresh only: one that was refused for a month must not make the others look a month old, and how many
 * are fresh is said beside it. Where none is, the oldest of what is there counts.
 */
export function freshnessOf({ streams, polledAt, pollSeconds, scheduleSeconds }: FreshnessFacts): FreshnessView {
  const fresh = streams.filter(({ isFresh }) => isFresh);
  const isPolled = pollSeconds > 0 && streams.some((stream) => stream.isPolled);
  const often = fresh.filter(({ isRare }) => !isRare);
  const listedAt = oldest(often) ?? oldest(fresh) ?? oldest(streams);
  // A poll ends well although there is no log to look into, or although the streams that it would look after are not read.
  const renewedAt = fresh.some((stream) => stream.isPolled) ? (polledAt ?? undefined) : undefined;
  const asOf = listedAt !== undefined && renewedAt !== undefined && renewedAt > listedAt ? renewedAt : listedAt;
  return {
    asOf: asOf?.toISOString() ?? null,
    everySeconds: isPolled ? pollSeconds : scheduleSeconds,
    fresh: fresh.length,
    streams: streams.length,
  };
}

function oldest(streams: readonly FreshStream[]): Date | undefined {
  return streams.flatMap(({ freshAt }) => freshAt ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0];
}
