import { useNow } from './now.js';
import { agoWords, aheadWords, exactTime } from './time-words.js';

interface AgoProps {
  /** ISO 8601. */
  readonly at: string;
  /** It is what comes next: never "just now", also where it is due. */
  readonly isAhead?: boolean;
}

/** How long ago, or how soon, something is; the exact time when somebody points at it. */
export function Ago({ at, isAhead = false }: AgoProps) {
  const now = useNow();
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={exactTime(time)}>
      {isAhead ? aheadWords(time, now) : agoWords(time, now)}
    </time>
  );
}
