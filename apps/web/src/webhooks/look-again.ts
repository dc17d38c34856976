import type { DeliveryView } from '@castellan/api';

const SOON_MS = 30_000;
const QUICK_MS = 2_000;
const CALM_MS = 30_000;

/** When to look again: often while something is about to be sent, now and then while the next try is hours away, else not. */
export function lookAgainMs(deliveries: readonly Pick<DeliveryView, 'state' | 'nextAttemptAt'>[], now: number): number | false {
  const pending = deliveries.filter(({ state }) => state === 'pending');
  if (pending.length === 0) return false;
  const isSoon = pending.some(({ nextAttemptAt }) => nextAttemptAt === null || Date.parse(nextAttemptAt) - now < SOON_MS);
  return isSoon ? QUICK_MS : CALM_MS;
}
