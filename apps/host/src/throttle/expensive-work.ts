import {
  type CallHandler,
  type CustomDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import { finalize, type Observable } from 'rxjs';
import { callerOf } from '../callers/caller.js';
import type { Limits } from './limits.js';
import { tooManyRequests } from './too-many-requests.js';

const EXPENSIVE = 'castellan:expensive';
const MINUTE_MS = 60_000;

/** For routes that ask a provider: each may take a minute and spends the provider's rate limit. */
export function Expensive(): CustomDecorator {
  return SetMetadata(EXPENSIVE, true);
}

interface WorkspaceUse {
  atWork: number;
  /** When each of the last minute began. */
  began: readonly number[];
}

/** Bounds what a workspace has in hand of `@Expensive()` routes, whichever of its callers asks. */
@Injectable()
export class ExpensiveWork implements NestInterceptor {
  readonly #limits: Limits;
  readonly #uses = new Map<string, WorkspaceUse>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @throws Problem (429) */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const caller = callerOf(context.switchToHttp().getRequest<Request>());
    if (caller === undefined || Reflect.getMetadata(EXPENSIVE, context.getHandler()) !== true) return next.handle();
    const use = this.#begin(caller.workspaceId);
    // At the handler's end, not the connection's: who hangs up has not ended the work.
    return next.handle().pipe(finalize(() => (use.atWork -= 1)));
  }

  #begin(workspaceId: string): WorkspaceUse {
    const now = Date.now();
    this.#forget(now);
    const use = this.#uses.get(workspaceId) ?? { atWork: 0, began: [] };
    const { expensiveAtOnce, expensivePerMinute } = this.#limits;
    if (use.atWork >= expensiveAtOnce)
      throw tooManyRequests(`${expensiveAtOnce} connections of this workspace are being tried already.`, 5);
    const [oldest = now] = use.began;
    if (use.began.length >= expensivePerMinute)
      throw tooManyRequests(
        `This workspace has tried ${expensivePerMinute} connections in a minute.`,
        (oldest + MINUTE_MS - now) / 1_000,
      );
    use.atWork += 1;
    use.began = [...use.began, now];
    this.#uses.set(workspaceId, use);
    return use;
  }

  #forget(now: number): void {
    for (const [workspaceId, use] of this.#uses) {
      use.began = use.began.filter((began) => began > now - MINUTE_MS);
      if (use.atWork === 0 && use.began.length === 0) this.#uses.delete(workspaceId);
    }
  }
}
