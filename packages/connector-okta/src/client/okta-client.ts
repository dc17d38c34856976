import type { ConnectorContext, HttpClient, HttpHeaders, HttpRequest, HttpResponse, Logger } from '@castellan/connector-sdk';
import type { OktaConfig } from '../config/okta-config.js';
import { Drift } from '../map/drift.js';
import { wantedScopes } from '../streams/scopes.js';
import { apiError, errorCodeOf, READ_HERE, scopeError, unauthorized, unexpectedBody } from './api-errors.js';
import { bucketOf } from './buckets.js';
import { type Credential, credentialFor } from './credential.js';
import { DpopProver } from './dpop.js';
import { fetchOrganisation, type Organisation } from './organisation.js';

export interface OktaRequest {
  /** A path below the domain, or the absolute URL of a `next` link. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: HttpHeaders;
  /** Tries in all when Okta is in trouble. Default: the http client's. */
  readonly attempts?: number;
}

/** One page of a listing. */
export interface OktaList {
  readonly items: readonly unknown[];
  /** Absolute URL of the next page; `undefined` after the last. */
  readonly next: string | undefined;
}

/** One connection to one organisation. Holds all the state there is: token, host names, what was not understood. */
export class OktaClient {
  readonly config: Readonly<OktaConfig>;
  readonly now: () => Date;
  /** Fields that were not understood in this run. */
  readonly drift: Drift;
  readonly #context: ConnectorContext<OktaConfig>;
  readonly #credential: Credential;
  /** Sends no credentials: for the organisation's own document and for tokens. */
  readonly #open: HttpClient;
  #organisation: Promise<Organisation> | undefined;
  #skewMs = 0;
  #api: Promise<HttpClient> | undefined;

  constructor(context: ConnectorContext<OktaConfig>) {
    const { config, http, now, signal, logger } = context;
    this.#context = context;
    this.config = config;
    this.now = now;
    this.drift = new Drift(logger);
    this.#open = http({ origin: config.domain, bucketOf });
    const oktaNow = (): Date => new Date(now().getTime() + this.#skewMs);
    const prover = new DpopProver(oktaNow);
    const scopes = wantedScopes(config);
    const options = { http: this.#open, origin: config.domain, scopes, prover, now, oktaNow, signal };
    this.#credential = credentialFor(config.auth, options);
  }

  get logger(): Logger {
    return this.#context.logger;
  }

  /** Asked once; a failure is not kept, so that a later call may succeed. @throws ConfigError when it is no Okta organisation. */
  organisation(): Promise<Organisation> {
    this.#organisation ??= fetchOrganisation(this.#open, this.config.domain, this.now).then(
      (organisation) => {
        // Small differences are the network's; only a clock that is wrong must not end up in what is signed.
        this.#skewMs = Math.abs(organisation.clockSkewMs) > 5_000 ? organisation.clockSkewMs : 0;
        return organisation;
      },
      (error: unknown) => {
        this.#organisation = undefined;
        throw error;
      },
    );
    return this.#organisation;
  }

  /** @throws ConnectorError that names the field or the permission to mend. */
  async grantedScopes(): Promise<readonly string[] | null> {
    await this.organisation();
    return this.#credential.grantedScopes();
  }

  /** Okta drops a scope that is not granted without a word, so that it would only show as a refusal in mid-run. */
  async requireScopes(scopes: readonly string[]): Promise<void> {
    const granted = await this.grantedScopes();
    const missing = granted === null ? [] : scopes.filter((scope) => !granted.includes(scope));
    if (missing.length > 0) throw scopeError(missing, `granted: ${granted?.join(' ') ?? ''}`);
  }

  /** @throws ConnectorError; see `apiError` for what each refusal becomes. */
  async get(request: OktaRequest): Promise<HttpResponse> {
    const response = await this.#send(request);
    if (response.status >= 400) throw apiError(response, pathOf(request.url));
    return response;
  }

  /** Like `get`, but `undefined` for what is gone (404): objects vanish between a listing and the look inside. */
  async find(request: OktaRequest): Promise<HttpResponse | undefined> {
    const response = await this.#send(request);
    if (response.status === 404 && errorCodeOf(response) === 'E0000007') return undefined;
    if (response.status >= 400) throw apiError(response, pathOf(request.url));
    return response;
  }

  /** Whether a stored position lies on a host of this organisation; the http client refuses to send elsewhere in any case. */
  async knows(url: string): Promise<boolean> {
    const { linkHosts } = await this.organisation();
    const origin = new URL(this.config.domain);
    const target = URL.canParse(url) ? new URL(url) : undefined;
    return target !== undefined && target.protocol === origin.protocol && [origin.host, ...linkHosts].includes(target.host);
  }

  async #send(request: OktaRequest): Promise<HttpResponse> {
    this.#api ??= this.#connect().catch((error: unknown) => {
      this.#api = undefined;
      throw error;
    });
    const http = await this.#api;
    const message: HttpRequest = { ...request, accept: READ_HERE };
    const response = await http.send(message);
    // "Invalid session" is a 403, so the http client does not renew by itself.
    const lost = response.status === 403 && errorCodeOf(response) === 'E0000005';
    return lost && (await this.#credential.renew(response)) ? http.send(message) : response;
  }

  async #connect(): Promise<HttpClient> {
    const { linkHosts } = await this.organisation();
    return this.#context.http({
      origin: this.config.domain,
      linkHosts,
      bucketOf,
      authorize: (attempt) => this.#credential.authorize(attempt),
      reauthorize: (response) => this.#credential.renew(response),
      toError: (response) => (response.status === 401 ? unauthorized(response, this.config.auth) : undefined),
    });
  }
}

/** The items of a plain list. */
export function listOf(response: HttpResponse, url: string): OktaList {
  if (!Array.isArray(response.body)) throw unexpectedBody(pathOf(url), typeof response.body);
  const items: readonly unknown[] = response.body;
  return { items, next: response.next };
}

/**
 * The items of a list that lies inside an object, as below `/api/v1/iam`: `{ roles: [...], _links: { next: { href } } }`.
 * The body's link counts first: some of these lists send no header.
 */
export function wrappedListOf(response: HttpResponse, url: string, key: string): OktaList {
  const body = new Map<string, unknown>(
    typeof response.body === 'object' && response.body !== null ? Object.entries(response.body) : [],
  );
  const items: unknown = body.get(key);
  if (!Array.isArray(items)) throw unexpectedBody(pathOf(url), `${typeof response.body} without "${key}"`);
  return { items, next: linkIn(body.get('_links'), 'next') ?? response.next };
}

function linkIn(links: unknown, name: string): string | undefined {
  if (typeof links !== 'object' || links === null) return undefined;
  const link: unknown = new Map<string, unknown>(Object.entries(links)).get(name);
  const href: unknown = typeof link === 'object' && link !== null && 'href' in link ? link.href : undefined;
  return typeof href === 'string' && href !== '' ? href : undefined;
}

export function pathOf(url: string): string {
  return (URL.canParse(url) ? new URL(url).pathname : url).split(/[?#]/, 1)[0] ?? '';
}
