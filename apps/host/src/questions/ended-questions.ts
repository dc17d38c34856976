import type { Storage } from '@castellan/storage';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { endpointOf } from '../callers/endpoint.js';

/**
 * Ends at the database what a question asks of it: once one statement takes too long, or whoever asked has gone. A large
 * organisation has questions without an end in sight, and each would keep a connection from all others.
 *
 * A route is bounded that declares `took-too-long`: what the API document says and what happens are one fact.
 *
 * Only the handler is bounded. Who asks is found out before it, and that he was refused is written down around it: whoever
 * hangs up after a change that he may not make must not keep it out of the audit log.
 */
export class EndedQuestions implements NestInterceptor {
  readonly #storage: Storage;
  readonly #mostMs: number;

  /** @param mostMs that one statement may take */
  constructor(storage: Storage, mostMs: number) {
    this.#storage = storage;
    this.#mostMs = mostMs;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (endpointOf(context.getHandler())?.problems?.includes('took-too-long') !== true) return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    const gone = new AbortController();
    // The guards have waited for the database: whoever has gone meanwhile is not announced again.
    if (response.destroyed) gone.abort();
    else response.once('close', () => gone.abort());
    const bounds = { mostMs: this.#mostMs, unwanted: gone.signal };
    // A promise, because what is chained to one runs where it was chained: outside of the bounds, which an Observable would keep.
    return defer(() => this.#storage.bounded(bounds, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }
}
