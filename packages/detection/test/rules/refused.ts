import type { Line } from './log-line.js';
import type { Stories } from './stories.js';

const REFUSED: Line = { result: 'FAILURE', reason: 'Forbidden' };

/**
 * Stories, and of each rule one more in which nothing is found: what the first finds was tried, and refused.
 * @param except rules that are about attempts
 */
export function orRefused(stories: Stories, except: readonly string[] = []): Stories {
  return Object.fromEntries(
    Object.entries(stories).map(([name, { hits, misses }]) => {
      const [first] = Object.values(hits);
      if (first === undefined || except.includes(name)) return [name, { hits, misses }];
      const events = first.events.map((line): Line => ({ ...line, outcome: REFUSED }));
      return [name, { hits, misses: { ...misses, 'all of it was tried, and refused': { ...first, events } } }];
    }),
  );
}
