import type { Org } from '../org/org.js';
import type { Authentication, Caller } from '../oauth/authenticate.js';
import { authenticate } from '../oauth/authenticate.js';
import { OauthError } from '../oauth/oauth-error.js';
import { covers } from '../oauth/scopes.js';
import type { TokenEndpoint } from '../oauth/token-endpoint.js';
import { bucketOf } from '../rate-limits/buckets.js';
import type { RateLimiter, RateState } from '../rate-limits/rate-limiter.js';
import type { RequestLog } from '../requests/request-log.js';
import { circumstancesOf } from './api-caller.js';
import type { DeferredWrites } from './deferred-writes.js';
import type { Endpoint, EndpointRequest, Reply } from './endpoint.js';
import { ok } from './endpoint.js';
import { OktaError, accessDenied, internalError, methodNotAllowed, tooManyRequests, unknownPath } from './okta-error.js';
import type { ListLag } from './list-lag.js';
import type { Router } from './router.js';
import { methodOf } from './router.js';

export interface IncomingCall {
  readonly method: string;
  readonly base: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface ResponderParts {
  readonly org: Org;
  readonly router: Router;
  readonly authentication: Authentication;
  readonly tokenEndpoint: TokenEndpoint;
  readonly limiter: RateLimiter;
  readonly requests: RequestLog;
  readonly lag: ListLag;
  readonly deferred: DeferredWrites;
  /** Requests that may be in flight at once. */
  readonly concurrency: number;
}

/** From a call to an answer: authentication, limits, scope and role, then the endpoint. Knows nothing of sockets. */
export class Responder {
  /** False: the credential has no admin role. The user list is then empty instead of forbidden, which is Okta's trap. */
  hasAdminRole = true;

  constructor(readonly parts: ResponderParts) {}

  async answer(call: IncomingCall, errorId: string): Promise<Reply> {
    try {
      if (call.path === '/.well-known/okta-organization') return this.#wellKnown(call);
      if (call.path === '/oauth2/v1/token') return await this.#token(call, errorId);
      return await this.#resource(call, errorId);
    } catch (error) {
      return errorReply(error, errorId);
    }
  }

  #wellKnown(call: IncomingCall): Reply {
    if (call.method !== 'GET') throw methodNotAllowed();
    const links = { organization: { href: call.base }, alternate: { href: call.base } };
    return ok({ id: this.parts.org.id, pipeline: 'idx', _links: links });
  }

  async #token(call: IncomingCall, errorId: string): Promise<Reply> {
    if (call.method !== 'POST') throw methodNotAllowed();
    return this.#limited('token', call.path, errorId, async () => {
      const body = await this.parts.tokenEndpoint.issue({
        contentType: call.headers['content-type'],
        authorization: call.headers['authorization'],
        dpop: call.headers['dpop'],
        body: call.body,
        url: `${call.base}${call.path}`,
      });
      return { ...ok(body), headers: { 'cache-control': 'no-cache, no-store' } };
    });
  }

  async #resource(call: IncomingCall, errorId: string): Promise<Reply> {
    const caller = await authenticate(
      {
        method: call.method,
        url: `${call.base}${call.path}`,
        authorization: call.headers['authorization'],
        dpop: call.headers['dpop'],
      },
      this.parts.authentication,
    );
    if (this.parts.requests.inFlight > this.parts.concurrency) {
      this.parts.requests.limited('concurrency');
      return concurrencyReply(this.parts.limiter.now(), errorId);
    }
    return this.#limited(caller.id, call.path, errorId, () => this.#endpoint(call, caller, errorId));
  }

  /** Counts the request in its bucket and puts the bucket's headers on whatever the answer is. */
  async #limited(who: string, path: string, errorId: string, answer: () => Reply | Promise<Reply>): Promise<Reply> {
    const state = this.parts.limiter.count(who, bucketOf(path));
    if (state.exceeded) this.parts.requests.limited('rate');
    const reply = await settled(() => (state.exceeded ? Promise.reject(tooManyRequests()) : answer()), errorId);
    return { ...reply, headers: { ...rateHeaders(state), ...reply.headers } };
  }

  #endpoint(call: IncomingCall, caller: Caller, errorId: string): Reply {
    const match = this.parts.router.match(call.path, call.method);
    if (!match) throw unknownPath();
    if (match === 'other method') throw methodNotAllowed();
    const { endpoint, params } = match;
    const missing = missingScope(endpoint, caller);
    if (missing !== undefined) return missingScopeReply(missing);
    if (!this.hasAdminRole) {
      if (endpoint.template !== '/api/v1/users' || methodOf(endpoint) !== 'GET') throw accessDenied();
      return { ...ok([]), links: { self: `${call.base}${call.path}` } };
    }
    const { org, lag, deferred } = this.parts;
    deferred.runDue();
    const { path, query, base, headers, body } = call;
    const request = { org, caller, lag, deferred, path, query, base, params, headers, body };
    return methodOf(endpoint) === 'GET' ? endpoint.handle(request) : this.#write(endpoint, request, errorId);
  }

  /** A change by the caller: its events say so, and each list shows for a while what it held before. */
  #write(endpoint: Endpoint, request: EndpointRequest, errorId: string): Reply {
    const requestId = errorId.replace(/^oae/, 'req');
    request.lag.beforeWrite(request.org, request.params);
    const reply = request.org.under(circumstancesOf(request, requestId), () => endpoint.handle(request));
    return { ...reply, headers: { 'x-okta-request-id': requestId, ...reply.headers } };
  }
}

async function settled(answer: () => Reply | Promise<Reply>, errorId: string): Promise<Reply> {
  try {
    return await answer();
  } catch (error) {
    return errorReply(error, errorId);
  }
}

function missingScope(endpoint: Endpoint, caller: Caller): string | undefined {
  const { scopes } = caller;
  return scopes === 'all' ? undefined : endpoint.scopes.find((scope) => !covers(scopes, scope));
}

/** Okta says nothing in the body: the scope that is missing stands in the header alone. */
export function missingScopeReply(scope: string): Reply {
  const challenge = `Bearer realm="okta", scope="${scope}", error="insufficient_scope", error_description="The access token provided does not contain the required scopes."`;
  return { status: 403, headers: { 'www-authenticate': challenge } };
}

export const rateHeaders = (state: Pick<RateState, 'limit' | 'remaining' | 'reset'>): Readonly<Record<string, string>> => ({
  'x-rate-limit-limit': String(state.limit),
  'x-rate-limit-remaining': String(state.remaining),
  'x-rate-limit-reset': String(state.reset),
});

/** The concurrency kind: limit 0 tells it from the rate kind, and the reset is far later than it needs to be. */
export function concurrencyReply(now: Date, errorId: string): Reply {
  const reset = Math.ceil(now.getTime() / 1000) + 60;
  return { status: 429, body: tooManyRequests().body(errorId), headers: rateHeaders({ limit: 0, remaining: 0, reset }) };
}

export function errorReply(error: unknown, errorId: string): Reply {
  if (error instanceof OktaError) return { status: error.status, body: error.body(errorId), headers: error.headers };
  if (error instanceof OauthError) return { status: error.status, body: error.body(), headers: error.headers };
  // A mistake of the simulator itself: the cause goes into the answer, where the test that met it can read it.
  const cause = error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error);
  return { status: 500, body: { ...internalError().body(errorId), errorCauses: [{ errorSummary: `simulator: ${cause}` }] } };
}
