import { InternalError, RateLimitError } from '@castellan/connector-sdk';
import { rateLimited } from '../failure/answer-error.js';
import { Governor, type GovernorOptions } from './governor.js';
import type { BucketProgress } from './lane.js';

export interface Rule {
  readonly origin: URL;
  /** Default 0.8. */
  readonly share: number | undefined;
  /** Default 24. */
  readonly concurrency: number | undefined;
}

/** `BucketProgress` of one provider among several. */
export interface OriginProgress extends BucketProgress {
  /** `https://acme.example.com` */
  readonly origin: string;
}

interface Entry {
  readonly origin: string;
  readonly governor: Governor;
  /** The smallest that anybody asked for. */
  concurrency: number | undefined;
}

const DEFAULT_SHARE = 0.8;
const LEAST_SHARE = 0.05;
/** The tightest limit that a provider was seen to document is about 37 in flight for one client; a third of it stays for others. */
const DEFAULT_CONCURRENCY = 24;

/**
 * One governor for each origin and share, whoever makes the client: the provider counts what comes from one run together,
 * so two ledgers for one host would each spend what the other has spent already.
 */
export class Governors {
  readonly #options: Omit<GovernorOptions, 'share' | 'concurrency' | 'tooLong'>;
  readonly #entries = new Map<string, Entry>();

  constructor(options: Omit<GovernorOptions, 'share' | 'concurrency' | 'tooLong'>) {
    this.#options = options;
  }

  /** @throws InternalError when the share is none: a percentage taken for a part would spend a whole bucket unseen. */
  of({ origin, share = DEFAULT_SHARE, concurrency }: Rule): Governor {
    if (!(share >= LEAST_SHARE && share <= 1)) {
      const detail = `share: ${share}; allowed: ${LEAST_SHARE} to 1`;
      throw new InternalError({ message: 'The connector asked for an impossible share of the rate limits.', detail });
    }
    const key = `${share} ${origin.origin}`;
    const entry = this.#entries.get(key) ?? this.#enter(key, origin, share);
    if (concurrency !== undefined && concurrency < (entry.concurrency ?? Number.POSITIVE_INFINITY)) {
      entry.concurrency = concurrency;
      entry.governor.limitTo(concurrency);
    }
    return entry.governor;
  }

  progress(): readonly OriginProgress[] {
    return [...this.#entries.values()].flatMap(({ origin, governor }) =>
      governor.progress().map((bucket) => ({ origin, ...bucket })),
    );
  }

  #enter(key: string, { origin, host }: URL, share: number): Entry {
    const tooLong = (until: Date): Error => new RateLimitError(rateLimited(host, until));
    const governor = new Governor({ ...this.#options, share, concurrency: DEFAULT_CONCURRENCY, tooLong });
    const entry = { origin, governor, concurrency: undefined };
    this.#entries.set(key, entry);
    return entry;
  }
}
