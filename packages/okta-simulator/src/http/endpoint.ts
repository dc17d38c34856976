import type { Json } from '../json/json.js';
import type { Caller } from '../oauth/authenticate.js';
import type { Org } from '../org/org.js';
import type { DeferredWrites } from './deferred-writes.js';
import type { ListLag } from './list-lag.js';

export interface Reply {
  readonly status: number;
  /** Absent: an empty body. */
  readonly body?: Json;
  /** Whether the items of the body are objects of the org's state, not made for this answer: their JSON text is kept then. */
  readonly stored?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** URLs for the `Link` headers. */
  readonly links?: { readonly self?: string; readonly next?: string };
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface EndpointRequest {
  readonly org: Org;
  readonly caller: Caller;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Scheme and host that the client used: absolute URLs in answers are built from it. */
  readonly base: string;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it was sent: a handler that takes one reads it with `objectOf`. */
  readonly body: string;
  /** What lists show while they run behind. */
  readonly lag: ListLag;
  readonly deferred: DeferredWrites;
}

export interface Endpoint {
  /** Absent: GET. */
  readonly method?: Method;
  /** Path as Okta's OpenAPI description writes it: the key of scopes, faults and counts. */
  readonly template: string;
  /** All of them are needed; the matching `manage` scope serves as well. */
  readonly scopes: readonly string[];
  readonly handle: (request: EndpointRequest) => Reply;
}

export const ok = (body: Json): Reply => ({ status: 200, body });

export const noContent = (): Reply => ({ status: 204 });

/** The value of a path parameter. The router filled all of the template's names, so a missing one is a slip in our code. */
export function param(request: EndpointRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`no path parameter ${name} in ${request.path}`);
  return value;
}
