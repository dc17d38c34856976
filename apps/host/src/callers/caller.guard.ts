import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isChange } from '../edge/edge-rule.js';
import { Problem } from '../problems/problem.js';
import { type Caller, setCaller } from './caller.js';
import { DENIALS, type Denials } from './denials.js';
import { endpointOf } from './endpoint.js';

/** Finds out who asks. `undefined`: nobody that is known. */
export interface Authentication {
  authenticate(request: Request, response: Response): Promise<Caller | undefined>;
}
export const AUTHENTICATION = Symbol('Authentication');

/** Stands before every route. A route without a rule is closed. */
@Injectable()
export class CallerGuard implements CanActivate {
  readonly #authentication: Authentication;
  readonly #denials: Denials;

  constructor(@Inject(AUTHENTICATION) authentication: Authentication, @Inject(DENIALS) denials: Denials) {
    this.#authentication = authentication;
    this.#denials = denials;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const endpoint = endpointOf(context.getHandler());
    if (endpoint === undefined) throw notAllowed('This route has no rule who may ask it.');
    if (endpoint.access === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const caller = await this.#authentication.authenticate(request, http.getResponse<Response>());
    if (caller === undefined) throw notSignedIn(request);
    setCaller(request, caller);
    if (endpoint.access === 'signed-in' || caller.permissions.has(endpoint.access)) return true;
    // Reads are in the request log; a change that somebody wanted is what an auditor looks for.
    if (isChange(request))
      await this.#denials.note(caller, { method: request.method, path: request.path, permission: endpoint.access });
    const way = caller.kind === 'api_key' ? 'Make a key that has it' : 'Ask for a role that has it';
    throw notAllowed(`This needs the permission "${endpoint.access}". ${way}.`);
  }
}

/** One text for all keys that open nothing: nobody learns which there are or were. */
function notSignedIn({ headers }: Request): Problem {
  const detail =
    headers.authorization === undefined
      ? 'Sign in, or send an API key: Authorization: Bearer KEY.'
      : 'This API key opens nothing: it is mistyped, has expired or was revoked. Send Authorization: Bearer KEY with one that is valid.';
  return new Problem({ code: 'not-signed-in', detail });
}

function notAllowed(detail: string): Problem {
  return new Problem({ code: 'not-allowed', detail });
}
