import { observedSince } from '@castellan/access';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';

export const ABOUT_PAST =
  'An instant from before the lists were complete for the first time is refused, and `observedSince` of the answer says since when they have been.';

/** Of what was before Castellan looked nobody can say what it was: an answer would look like one and be none. */
@Injectable()
export class ObservedPast {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  /** @throws Problem (400) for an instant from before the lists were complete, which says since when they have been */
  async require(integrationId: string, field: string, at: Date | undefined): Promise<void> {
    if (at === undefined) return;
    const since = await observedSince(this.#storage.queries, integrationId);
    if (since !== null && at >= since) return;
    const message =
      since === null
        ? 'Nothing is known of the past yet: no list of memberships and assignments of this integration has been complete.'
        : `Lies before Castellan knew: it has had complete lists of memberships and assignments since ${since.toISOString()}. Ask for a time from then on.`;
    throw new Problem({
      code: 'not-observed',
      detail: `${field}: ${message}`,
      errors: [{ field, message }],
      ...(since !== null && { observedSince: since.toISOString() }),
    });
  }
}
