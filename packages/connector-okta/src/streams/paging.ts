import { ConnectorError, type Logger, PageTrail } from '@castellan/connector-sdk';
import { CursorRefusedError } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { readableAt } from '../client/readables.js';
import { endless } from './endless.js';

/** A listing whose positions are refused again and again will not end; then the error is the better answer. */
export const MOST_RESTARTS = 3;

/** Where a paged listing stands: the link to follow next, or `undefined` for its start. */
export class Paging {
  #position: string | undefined;
  #restarts: number;
  #trail = new PageTrail();
  readonly #where: string;
  readonly #logger: Logger;

  private constructor(position: string | undefined, restarts: number, where: string, logger: Logger) {
    this.#position = position;
    this.#restarts = restarts;
    this.#where = where;
    if (position !== undefined) this.#trail.follow(position);
    this.#logger = logger;
  }

  /** @param where a constant path, for the log. */
  static async from(
    client: OktaClient,
    saved: { readonly next: string | null; readonly restarts: number } | undefined,
    where: string,
  ): Promise<Paging> {
    const position = saved?.next ?? undefined;
    // A stored position is input: one that lies on a host of somebody else is thrown away.
    const usable = position === undefined || (await client.knows(position));
    const restarts = (saved?.restarts ?? 0) + (usable ? 0 : 1);
    if (!usable) client.logger.warn('stored position lies on an unknown host, the listing starts afresh', { path: where });
    return new Paging(usable ? position : undefined, restarts, where, client.logger);
  }

  get position(): string | undefined {
    return this.#position;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** @throws UpstreamError when the pages go in a circle. To be called before the page is given away. */
  moveTo(next: string): void {
    const problem = this.#trail.follow(next);
    if (problem !== undefined) throw endless(readableAt(this.#where).what, problem);
    this.#position = next;
  }

  /**
   * Goes back to the start when Okta does not know the position any more. Nothing is lost: the sweep looks at what the whole
   * pass has seen, and rows that come twice are one row.
   * @throws the failure itself when it is any other, or has come too often.
   */
  restartAfter(failure: unknown): void {
    const refused = failure instanceof CursorRefusedError && this.#position !== undefined && this.#restarts < MOST_RESTARTS;
    if (!refused) throw ConnectorError.from(failure);
    this.#logger.warn('position refused, the listing starts afresh', { path: this.#where });
    this.#restarts += 1;
    this.#position = undefined;
    // The links of a second start may be those of the first.
    this.#trail = new PageTrail();
  }
}
