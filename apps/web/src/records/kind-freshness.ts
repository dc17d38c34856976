import { type IntegrationDetail, isFresh, type StreamView } from '@castellan/api';
import type { RecordKind } from './fields.js';

export interface KindFreshness {
  /** Of the integration. */
  readonly name: string;
  /** ISO 8601: until when the rows are known to be complete; `null`: some of them were never listed to their end. */
  readonly asOf: string | null;
  /** How often that is renewed. */
  readonly everySeconds: number;
}

type Facts = Pick<IntegrationDetail, 'name' | 'streams' | 'schedule' | 'polledAt' | 'freshness'>;

/**
 * As old as the stream of the kind that was read longest ago. A look for changes makes only those newer that it looks after and
 * that are read at all: who is refused for a month is a month old, however often the log is read. `null`: it reads nothing of the kind.
 */
export function kindFreshness({ name, streams, schedule, polledAt, freshness }: Facts, kind: RecordKind): KindFreshness | null {
  const own = streams.filter((stream) => stream.kind === kind);
  if (own.length === 0) return null;
  const times = own.map((stream) => asOf(stream, polledAt));
  return {
    name,
    asOf: times.includes(null) ? null : (times.toSorted()[0] ?? null),
    everySeconds: own.every(({ isPolled }) => isPolled) ? freshness.everySeconds : schedule.everySeconds,
  };
}

function asOf(stream: StreamView, polledAt: string | null): string | null {
  const { freshAt } = stream;
  const isRenewed = stream.isPolled && isFresh(stream) && freshAt !== null && polledAt !== null && polledAt > freshAt;
  return isRenewed ? polledAt : freshAt;
}
