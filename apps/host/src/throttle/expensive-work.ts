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

/**
 * What is counted together. `connections`: each may take a minute and spends a provider's rate limit. `exports`: all rows of a
 * kind. `questions`: of those about access the ones that go through a whole workspace, however little they answer. `dry runs`: rules
 * over a log that is stored. `batches`: each looks at up to 100 objects at a provider.
 */
export type ExpensiveKind = 'connections' | 'exports' | 'questions' | 'dry runs' | 'batches';

const AT_WORK = {
  connections: 'are being tried already',
  exports: 'are being made already',
  questions: 'are being answered already',
  'dry runs': 'are at work already',
  batches: 'are being looked at already',
} as const;

export function Expensive(kind: ExpensiveKind = 'connections'): CustomDecorator {
  return SetMetadata(EXPENSIVE, kind);
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
    // Only `Expensive` writes under this name.
    const kind = Reflect.getMetadata(EXPENSIVE, context.getHandler()) as ExpensiveKind | undefined;
    if (caller === undefined || kind === undefined) return next.handle();
    const use = this.#begin(caller.workspaceId, kind);
    // At the handler's end, not the connection's: who hangs up has not ended the work.
    return next.handle().pipe(finalize(() => (use.atWork -= 1)));
  }

  #begin(workspaceId: string, kind: ExpensiveKind): WorkspaceUse {
    const now = Date.now();
    this.#forget(now);
    const uses = `${workspaceId} ${kind}`;
    const use = this.#uses.get(uses) ?? { atWork: 0, began: [] };
    const { atOnce, perMinute } = this.#bounds(kind);
    if (use.atWork >= atOnce) throw tooManyRequests(`${atOnce} ${kind} of this workspace ${AT_WORK[kind]}.`, 5);
    const [oldest = now] = use.began;
    if (use.began.length >= perMinute)
      throw tooManyRequests(`This workspace has had ${perMinute} ${kind} in a minute.`, (oldest + MINUTE_MS - now) / 1_000);
    use.atWork += 1;
    use.began = [...use.began, now];
    this.#uses.set(uses, use);
    return use;
  }

  #bounds(kind: ExpensiveKind): { readonly atOnce: number; readonly perMinute: number } {
    const { expensiveAtOnce, expensivePerMinute, questionsAtOnce, questionsPerMinute } = this.#limits;
    return kind === 'questions'
      ? { atOnce: questionsAtOnce, perMinute: questionsPerMinute }
      : { atOnce: expensiveAtOnce, perMinute: expensivePerMinute };
  }

  #forget(now: number): void {
    for (const [uses, use] of this.#uses) {
      use.began = use.began.filter((began) => began > now - MINUTE_MS);
      if (use.atWork === 0 && use.began.length === 0) this.#uses.delete(uses);
    }
  }
}
