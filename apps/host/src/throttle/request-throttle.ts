import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { WINDOW_MS } from './limits.js';
import { tooManyRequests } from './too-many-requests.js';

/** Whose requests are counted together; `undefined`: this one is not counted. */
export type Tracker = (request: Request) => string | undefined;

/** Refuses who asks too often, over all routes together. Each host counts for itself. */
export class RequestThrottle implements CanActivate {
  readonly #tracker: Tracker;
  readonly #limit: number;
  /** Of the current window only: what a flood of addresses leaves here is gone seconds later. */
  readonly #counts = new Map<string, number>();
  #windowEnds = 0;

  constructor(tracker: Tracker, limit: number) {
    this.#tracker = tracker;
    this.#limit = limit;
  }

  /** @throws Problem (429) */
  canActivate(context: ExecutionContext): boolean {
    const key = this.#tracker(context.switchToHttp().getRequest<Request>());
    if (key === undefined) return true;
    const now = performance.now();
    if (now >= this.#windowEnds) {
      this.#counts.clear();
      this.#windowEnds = now + WINDOW_MS;
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    if (count > this.#limit) throw tooManyRequests('This was asked too often.', (this.#windowEnds - now) / 1_000);
    return true;
  }
}
