import type {
  ActionCall,
  ConnectorContext,
  ConnectorError,
  HttpClient,
  HttpHeaders,
  HttpRequest,
  HttpResponse,
  Logger,
  PermissionError,
  PlanContext,
  SyncContext,
  SyncPlan,
} from '@castellan/connector-sdk';
import type { OktaConfig } from '../config/okta-config.js';
import { type Selection, selectionOf } from '../config/selection.js';
import { Drift } from '../map/drift.js';
import { wantedScopes } from '../config/scopes.js';
import { type Pace, PlanBoard } from '../plan/plan-board.js';
import { apiError, errorCodeOf, READ_HERE, scopeError, unauthorized, unexpectedBody } from './api-errors.js';
import { READ_OF_WRITES, unusable, writeError } from './write-errors.js';
import { bucketOf } from './buckets.js';
import { type Credential, credentialFor } from './credential.js';
import { DpopProver } from './dpop.js';
import { fetchOrganisation, keepOrganisation, type Organisation, recallOrganisation } from './organisation.js';

export interface OktaRequest {
  /** A path below the domain, or the absolute URL of a `next` link. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: HttpHeaders;
  /** Tries in all when Okta is in trouble. Default: the http client's. */
  readonly attempts?: number;
  /** `low`: when nobody else wants the bucket. Default `normal`. */
  readonly priority?: 'normal' | 'low';
}

/** A sync says which streams it reads, and an action its name; a connection test and a refresh say neither. */
export type OktaContext = ConnectorContext<OktaConfig> &
  Partial<Pick<SyncContext<OktaConfig>, 'streams' | 'completed'> & Pick<PlanContext<OktaConfig>, 'action'>>;

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
  /** What the run costs. */
  readonly board: PlanBoard;
  readonly selection: Selection;
  /** Lists that this organisation turned out not to offer, so that they are tried once a run. */
  readonly closedRoutes = new Set<string>();
  readonly #context: ConnectorContext<OktaConfig>;
  readonly #credential: Credential;
  /** Sends no credentials: for the organisation's own document and for tokens. */
  readonly #open: HttpClient;
  #organisation: Promise<Organisation> | undefined;
  #known: Organisation | undefined;
  #skewMs = 0;
  #api: Promise<HttpClient> | undefined;
  #pace: Pace | undefined;

  constructor(context: OktaContext) {
    const { config, http, now, signal, logger, memory } = context;
    this.#context = context;
    this.config = config;
    this.now = now;
    this.drift = new Drift(logger);
    this.selection = selectionOf(config);
    this.board = boardOf(context, this.selection, () => this.#pace);
    this.#open = http({ origin: config.domain, bucketOf, share: config.rateLimitShare / 100 });
    const oktaNow = (): Date => new Date(now().getTime() + this.#skewMs);
    const prover = new DpopProver(oktaNow);
    const isForAction = context.action !== undefined;
    const scopes = wantedScopes(config, isForAction);
    const options = { http: this.#open, origin: config.domain, prover, now, oktaNow, signal, scopes };
    // A token that may change something outlives nothing that it was got for.
    this.#credential = credentialFor(config.auth, isForAction ? options : { ...options, memory });
    const known = recallOrganisation(memory, now());
    if (known !== undefined) this.#know(known);
  }

  get logger(): Logger {
    return this.#context.logger;
  }

  plan(): SyncPlan | undefined {
    return this.board.plan();
  }

  /**
   * Asked once for each client; a failure is not kept, so that a later call may succeed.
   * @throws ConfigError when it is no Okta organisation.
   */
  organisation(): Promise<Organisation> {
    this.#organisation ??= fetchOrganisation(this.#open, this.config.domain, this.now).then(
      (organisation) => {
        keepOrganisation(this.#context.memory, organisation, this.now());
        return this.#know(organisation);
      },
      (error: unknown) => {
        this.#organisation = undefined;
        throw error;
      },
    );
    return this.#organisation;
  }

  #know(organisation: Organisation): Organisation {
    // Small differences are the network's; only a clock that is wrong must not end up in what is signed.
    const skewMs = organisation.clockSkewMs ?? 0;
    this.#skewMs = Math.abs(skewMs) > 5_000 ? skewMs : 0;
    this.#known = organisation;
    return organisation;
  }

  /** What an earlier run was told will do, unless somebody has asked for it anew. */
  async #knownOrganisation(): Promise<Organisation> {
    return this.#known ?? this.organisation();
  }

  /** What is granted now, whatever an earlier run was told. @throws ConnectorError that names the field or the permission to mend. */
  async grantedScopes(): Promise<readonly string[] | null> {
    await this.#knownOrganisation();
    return this.#credential.grantedScopes(true);
  }

  /** @throws like `grantedScopes`. */
  async tokenScheme(): ReturnType<Credential['tokenScheme']> {
    await this.#knownOrganisation();
    return this.#credential.tokenScheme();
  }

  /** Okta drops a scope that is not granted without a word, so that it would only show as a refusal in mid-run. */
  async requireScopes(scopes: readonly string[], then = 'sync'): Promise<void> {
    const error = await this.scopeProblem(scopes, then);
    if (error !== undefined) throw error;
  }

  /** What `requireScopes` would throw; `undefined`: all are granted. */
  async scopeProblem(scopes: readonly string[], then: string): Promise<PermissionError | undefined> {
    await this.#knownOrganisation();
    const missingIn = (granted: readonly string[] | null): readonly string[] =>
      granted === null ? [] : scopes.filter((scope) => !granted.includes(scope));
    if (missingIn(await this.#credential.grantedScopes(false)).length === 0) return undefined;
    // A kept token knows nothing of a scope that somebody has granted since.
    const granted = await this.grantedScopes();
    const missing = missingIn(granted);
    return missing.length === 0 ? undefined : scopeError(missing, `granted: ${granted?.join(' ') ?? ''}`, then);
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
    if (isMissing(response)) return undefined;
    if (response.status >= 400) throw apiError(response, pathOf(request.url));
    return response;
  }

  /**
   * Sends what an action has planned.
   * @param repeatable whether it may arrive twice: only then it is sent again after a fault
   * @throws ConnectorError; see `writeError`
   */
  async write({ method, path, body }: ActionCall, repeatable: boolean): Promise<HttpResponse> {
    const request = { url: path, method, repeatable, ...(body !== undefined && { json: body }) };
    const response = await this.#send(request).catch((error: unknown) => {
      throw unusable(error);
    });
    // A DELETE whose answer was lost is sent again, and then there is nothing left of it.
    const isGone = method === 'DELETE' && isMissing(response);
    if (response.status >= 400 && !isGone) throw writeError(response, pathOf(path));
    return response;
  }

  /** The answer as it is, also one of `READ_HERE`: for lists that may not exist. */
  async ask(request: OktaRequest): Promise<HttpResponse> {
    return this.#send(request);
  }

  /** Whether a stored position lies on a host of this organisation; the http client refuses to send elsewhere in any case. */
  async knows(url: string): Promise<boolean> {
    const { linkHosts } = await this.#knownOrganisation();
    const origin = new URL(this.config.domain);
    const target = URL.canParse(url) ? new URL(url) : undefined;
    return target !== undefined && target.protocol === origin.protocol && [origin.host, ...linkHosts].includes(target.host);
  }

  async #send(request: OktaRequest & Pick<HttpRequest, 'method' | 'json' | 'repeatable'>): Promise<HttpResponse> {
    this.#api ??= this.#connect().catch((error: unknown) => {
      this.#api = undefined;
      throw error;
    });
    const http = await this.#api;
    const message: HttpRequest & Pick<OktaRequest, 'priority'> = {
      ...request,
      accept: request.method === undefined ? READ_HERE : READ_OF_WRITES,
    };
    this.board.sent(bucketOf(request.method ?? 'GET', pathOf(request.url)));
    const response = await http.send(message);
    // "Invalid session" is a 403, so the http client does not renew by itself.
    const lost = response.status === 403 && errorCodeOf(response) === 'E0000005';
    if (!lost || !(await this.#credential.renew(response))) return response;
    const again = await http.send(message);
    if (again.status === 403 && errorCodeOf(again) === 'E0000005') this.#credential.forget();
    return again;
  }

  async #connect(): Promise<HttpClient> {
    const { linkHosts } = await this.#knownOrganisation();
    const client: HttpClient & Pace = this.#context.http({
      origin: this.config.domain,
      linkHosts,
      bucketOf,
      share: this.config.rateLimitShare / 100,
      authorize: (attempt) => this.#credential.authorize(attempt),
      reauthorize: (response) => this.#credential.renew(response),
      toError: (response) => (response.status === 401 ? this.#refused(response) : undefined),
    });
    this.#pace = client;
    return client;
  }

  #refused(response: HttpResponse): ConnectorError {
    // A feature that is not licensed says nothing about the token.
    if (errorCodeOf(response) !== 'E0000015') this.#credential.forget();
    return unauthorized(response, this.config.auth);
  }
}

/** There is no such object: said by Okta itself, and of the object, not of the path. */
const isMissing = (response: HttpResponse): boolean => response.status === 404 && errorCodeOf(response) === 'E0000007';

function boardOf(
  { config, now, streams = [], completed = [] }: OktaContext,
  selection: Selection,
  pace: () => Pace | undefined,
): PlanBoard {
  return new PlanBoard({
    streams,
    completed,
    now,
    pace,
    share: config.rateLimitShare / 100,
    skinnyUsers: config.skinnyUsers,
    leftOut: selection.describe(),
  });
}

/** The items of a plain list. */
export function listOf(response: HttpResponse, url: string): OktaList {
  if (!Array.isArray(response.body)) throw unexpectedBody(pathOf(url), typeof response.body);
  const items: readonly unknown[] = response.body;
  return { items, next: response.next };
}

/**
 * The items of a list that lies inside an object, as below `/api/v1/iam`: `{ roles: [...], _links: { next: { href } } }`.
 * The body's link counts first: some of these lists send no header. On the last page it is not there; one that leads nowhere is an
 * error, or whoever stands behind it would be taken for gone.
 */
export function wrappedListOf(response: HttpResponse, url: string, key: string): OktaList {
  const body = new Map<string, unknown>(
    typeof response.body === 'object' && response.body !== null ? Object.entries(response.body) : [],
  );
  const items: unknown = body.get(key);
  if (!Array.isArray(items)) throw unexpectedBody(pathOf(url), `${typeof response.body} without "${key}"`);
  return { items, next: nextIn(body.get('_links'), url) ?? response.next };
}

function nextIn(links: unknown, url: string): string | undefined {
  const next = memberOf(links, 'next');
  if (next === undefined || next === null) return undefined;
  const href = memberOf(next, 'href');
  if (typeof href !== 'string' || href === '') throw unexpectedBody(pathOf(url), 'a link to the next page without an address');
  return href;
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(key) : undefined;
}

export function pathOf(url: string): string {
  return (URL.canParse(url) ? new URL(url).pathname : url).split(/[?#]/, 1)[0] ?? '';
}
