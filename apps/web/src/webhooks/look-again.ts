import type { DeliveryView } from '@castellan/api';

const SOON_MS = 30_000;
/** What should have been sent longer ago waits for something else, e.g. for a webhook that is switched off. */
const LONG_AGO_MS = 60_000;
const QUICK_MS = 2_000;
const CALM_MS = 30_000;

/** When to look again: often while something is about to be sent, now and then while the next try is hours away, else not. */
export function lookAgainMs(deliveries: readonly Pick<DeliveryView, 'state' | 'nextAttemptAt'>[], now: number): number | false {
  const pending = deliveries.filter(({ state }) => state === 'pending');
  if (pending.length === 0) return false;
  const isSoon = pending.some(({ nextAttemptAt }) => {
    if (nextAttemptAt === null) return true;
    const left = Date.parse(nextAttemptAt) - now;
    return left < SOON_MS && left > -LONG_AGO_MS;
  });
  return isSoon ? QUICK_MS : CALM_MS;
}
