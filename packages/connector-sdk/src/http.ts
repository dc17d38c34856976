import type { Json } from './json.js';

/** Retries, rate limits, redirects, link hosts, body caps and abort live behind this port, once for all connectors. */
export interface HttpFactory {
  (options: HttpOptions): HttpClient;
}

/** How one client of a provider is made. */
export interface HttpOptions {
  /** `https://acme.example.com`: scheme and host of the provider. Only this host and `linkHosts` are ever spoken to. */
  readonly origin: string;
  /** Other hosts that a `next` link may lead to: aliases of the same organisation that the provider itself has named. */
  readonly linkHosts?: readonly string[];
  /** Headers for one attempt. Called for every attempt, retries included, since a proof (DPoP, JWT) may be used once only. */
  readonly authorize?: (attempt: HttpAttempt) => HttpHeaders | Promise<HttpHeaders>;
  /** After a 401: `true` when the credential was renewed and one more attempt is worth it. */
  readonly reauthorize?: (response: HttpResponse) => Promise<boolean>;
  /** The rate-limit bucket that a request is counted in. Default: one bucket for the whole client. */
  readonly bucketOf?: (method: HttpMethod, path: string) => string;
  /** The part of each bucket that may be spent, 0.05 to 1; at least one request a window. Default 0.8. */
  readonly share?: number;
  /** The provider's own reading of an error answer; `undefined` leaves it to the general table (status -> kind). */
  readonly toError?: (response: HttpResponse) => Error | undefined;
  /** Most requests in flight at once. Default 24. Clients of one factory, origin and share go by the smallest that one of them names. */
  readonly concurrency?: number;
}

/** Methods that a client sends. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** One value a name. */
export type HttpHeaders = Readonly<Record<string, string>>;

/** The attempt that headers are asked for. */
export interface HttpAttempt {
  readonly method: HttpMethod;
  /** Absolute, with query. */
  readonly url: string;
  /** 1 for the first. */
  readonly number: number;
}

/** One request, with all its tries. */
export interface HttpRequest {
  readonly method?: HttpMethod;
  /** A path below `origin` (`/api/v1/users`), or the absolute URL of a `next` link. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: HttpHeaders;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as JSON, under the `content-type` in `headers`, else `application/json`. Not together with `form`. */
  readonly json?: Json;
  /**
   * A write that may arrive twice and does then what it does once (a PUT, "set active to false"): tried again after a fault, as a
   * GET and a `form` always are. What else is written may have taken effect unseen, and is tried once.
   */
  readonly repeatable?: boolean;
  /** Error statuses that are given back as answers instead of thrown, e.g. 404 in a fan-out. */
  readonly accept?: readonly number[];
  /** Tries in all, the first included. Default 5. */
  readonly attempts?: number;
  /** `false` sends no credentials. Default `true`. */
  readonly authorized?: boolean;
  /**
   * `low`: served when no other request waits in its bucket, and leaves the last 15 % of the bucket and the last two of the
   * client's places to the others. For what can wait, e.g. details that nobody looks at yet. Default `normal`.
   */
  readonly priority?: 'normal' | 'low';
}

/** An answer that was read to its end. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; a header that came several times keeps its values apart. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The parsed JSON body; `undefined` when the body was empty; a string when an error answer was no JSON. */
  readonly body: unknown;
  /** The absolute URL of `Link: <...>; rel="next"`, checked against the known hosts. */
  readonly next: string | undefined;
  /** The provider's clock. */
  readonly date: Date | undefined;
}

/** Speaks to one provider. */
export interface HttpClient {
  /**
   * Sends one request and gives back its answer.
   * @throws ConnectorError of kind `auth` (401), `permission` (403), `rate_limit` (the wait would be too long),
   *   `transient` (5xx, network, after all tries), `upstream` (other statuses, no JSON, too large, foreign link), `aborted`.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
  /**
   * Milliseconds until the last of `calls` more requests in this bucket may go, by what is known of its limit, of our share
   * and of the window, if nobody else spends of it. Counts windows of a minute. The answers' own time comes on top.
   * `undefined` when the limit is not known yet, or when there is none.
   */
  forecast?(bucket: string, calls: number): number | undefined;
  /** Requests a minute that this client may send in a bucket: the limit in the provider's headers times our share. */
  limitOf?(bucket: string): number | undefined;
}
