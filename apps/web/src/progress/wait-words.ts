import type { RunWait } from '@castellan/api';
import { clockTime } from '../states/time-words.js';

/** A request that only spreads its share over the minute goes on at once. */
const SHORT_MS = 5_000;

/** What the provider's limits hold up; nothing of pauses that are over before they are read. */
export function waitWords(waits: readonly RunWait[], now: number): readonly string[] {
  const lasting = waits.filter(({ until, reason }) => reason !== 'pace' || Date.parse(until) - now > SHORT_MS);
  return lasting.map(({ bucket, until, reason }) => {
    const when = clockTime(Date.parse(until), now);
    if (reason === 'rate_limit')
      return `The provider has refused more requests (${bucket}): waits for its limit until ${when}.`;
    if (reason === 'budget') return `Has used its share of the provider's limit (${bucket}): goes on at ${when}.`;
    return `Spreads its requests over the provider's limit (${bucket}): the next at ${when}.`;
  });
}
