import type { Limits } from '../limits.js';

/** Full jitter: anything between nothing and the doubled base, so that those who failed together do not come back together. */
export function backoffMs(failures: number, limits: Pick<Limits, 'retryBaseMs' | 'retryCapMs'>, random: () => number): number {
  return random() * Math.min(limits.retryCapMs, limits.retryBaseMs * 2 ** Math.max(0, failures - 1));
}

/** Whether the same request may succeed a little later. 501 and 505 say that it never will. */
export function isTransientStatus(status: number): boolean {
  return status === 408 || (status >= 500 && status !== 501 && status !== 505);
}
