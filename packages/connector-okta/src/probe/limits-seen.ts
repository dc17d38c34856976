import type { ConnectionCheck, HttpResponse } from '@castellan/connector-sdk';
import { bucketOf } from '../client/buckets.js';

/** The rate limits that the answers of one test have named. Source: Okta, "Rate limits", response headers. */
export class LimitsSeen {
  /** Calls a minute, by bucket. */
  readonly #limits = new Map<string, number>();

  see(url: string, response: HttpResponse): void {
    const limit = Number(response.headers['x-rate-limit-limit']?.[0]);
    // 0 is how Okta says "too many at once": nothing about a minute.
    if (Number.isSafeInteger(limit) && limit > 0) this.#limits.set(bucketOf('GET', url), limit);
  }

  /** @param sharePercent what Castellan may spend of each. */
  rows(sharePercent: number): readonly ConnectionCheck[] {
    if (this.#limits.size === 0)
      return [{ name: 'rate limit', status: 'skipped', message: "Okta's answers have named no limit." }];
    return [...this.#limits].map(([bucket, limit]) => {
      const spent = Math.max(1, Math.floor((limit * sharePercent) / 100));
      const message = `${limit} a minute, of which Castellan spends at most ${spent} (${sharePercent} percent).`;
      return { name: `rate limit ${shortName(bucket)}`, status: 'ok', message };
    });
  }
}

/** `/api/v1/groups/{id}` -> `groups/{id}`; the rest of the API has one bucket of its own. */
function shortName(bucket: string): string {
  return bucket === '/api/v1' ? 'other' : bucket.replace(/^\/(api|oauth2)\/v1\//, '');
}
