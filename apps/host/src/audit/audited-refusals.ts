import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { catchError, type Observable } from 'rxjs';
import { type Caller, callerOf } from '../callers/caller.js';
import { isChange } from '../edge/edge-rule.js';
import { Problem } from '../problems/problem.js';
import { AuditTrail } from './audit-trail.js';
import { refusedChange } from './refused-change.js';

/** Beyond his rights, not there (or of another workspace), not as it was when he looked. Bad form is nobody's attempt. */
const STATUSES: readonly number[] = [403, 404, 409];

/** Changes of callers who have the permission, and which were refused all the same, stand in the audit log too. */
@Injectable()
export class AuditedRefusals implements NestInterceptor {
  readonly #trail: AuditTrail;

  constructor(@Inject(AuditTrail) trail: AuditTrail) {
    this.#trail = trail;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const caller = callerOf(request);
    if (caller === undefined || !isChange(request)) return next.handle();
    return next.handle().pipe(catchError((error: unknown) => this.#note(caller, request, error)));
  }

  async #note(caller: Caller, request: Request, error: unknown): Promise<never> {
    if (error instanceof Problem && STATUSES.includes(error.body.status) && !this.#trail.hasNoted(error))
      await this.#trail.refused(caller, 'change.refused', refusedChange(request, { problem: error.body.type }));
    throw error;
  }
}
