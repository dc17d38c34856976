import { useNow } from './now.js';
import { agoWords, exactTime } from './time-words.js';

/** How long ago, or how soon, something is; the exact time when somebody points at it. */
export function Ago({ at }: { /** ISO 8601. */ readonly at: string }) {
  const now = useNow();
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={exactTime(time)}>
      {agoWords(time, now)}
    </time>
  );
}
