import {
  type ConnectorContext,
  ConnectorError,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
  type Logger,
  TransientError,
} from '@castellan/connector-sdk';
import type { ScimConfig } from '../config/scim-config.js';
import { discover, keepService, recallService } from '../discovery/discover.js';
import type { Service } from '../discovery/service.js';
import { Oddities } from '../map/oddities.js';
import { type Credential, credentialFor } from './credential.js';
import { listIn, type ListResponse } from './list-response.js';
import { type Asked, hiddenStatus, RefusedError, refusalOf } from './scim-error.js';

export type Query = Readonly<Record<string, string>>;

/** RFC 7644, section 3.1. Some services know plain JSON only. */
const ACCEPT = 'application/scim+json, application/json;q=0.9';
/** Requests at once: services seldom say what they bear, and a group costs one. */
const CONCURRENCY = 8;
/** A document that a service does not have, or does not show to us. */
const MISSING: readonly number[] = [400, 403, 404, 405, 410, 501];

/** One connection to one service. Holds all the state there is. */
export class ScimClient {
  readonly config: Readonly<ScimConfig>;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Fields that were not understood in this run. */
  readonly oddities: Oddities;
  /** How this service turned out to want to be asked, so that each way is tried once a run. */
  readonly learnt = new Set<string>();
  readonly #context: ConnectorContext<ScimConfig>;
  readonly #credential: Credential;
  readonly #http: HttpClient;
  readonly #host: string;
  readonly #path: string;
  #service: Promise<Service> | undefined;

  constructor(context: ConnectorContext<ScimConfig>) {
    const { config, http, now, logger, signal, memory } = context;
    this.#context = context;
    this.config = config;
    this.now = now;
    this.logger = logger;
    this.signal = signal;
    this.oddities = new Oddities(logger);
    const { origin, host, pathname } = new URL(config.url);
    this.#host = host;
    this.#path = pathname.replace(/\/$/, '');
    this.#credential = credentialFor(config.auth, () => ({ http: http({ origin: tokenOrigin(config) }), now, memory }));
    this.#http = http({
      origin,
      concurrency: CONCURRENCY,
      authorize: () => this.#credential.authorize(),
      reauthorize: () => this.#credential.renew(),
      toError: (response) => this.#refusal(response, 'the service', false),
    });
  }

  /** Host of the service, for people. */
  get host(): string {
    return this.#host;
  }

  /** Where a path of ours lies at the host. */
  at(path: string): string {
    return `${this.#path}${path}`;
  }

  /** What the service says about itself; an hour old at most. */
  service(): Promise<Service> {
    const { memory, now } = this.#context;
    const kept = recallService(memory, now());
    return kept === undefined ? this.discover() : Promise.resolve(kept);
  }

  /** The same, asked for now. A failure is not kept, so that a later call may succeed. */
  discover(): Promise<Service> {
    const { memory, now } = this.#context;
    this.#service ??= discover((path) => this.#document(path), this.config.url)
      .then((service) => {
        keepService(memory, service, now());
        return service;
      })
      .finally(() => {
        this.#service = undefined;
      });
    return this.#service;
  }

  /** One resource. @throws ConnectorError; see `refusalOf` for what each refusal becomes. */
  async get(path: string, what: string, query: Query = {}): Promise<unknown> {
    return (await this.#send({ url: path, query }, what)).body;
  }

  /** Like `get`, but `undefined` for what is not there: things vanish between a listing and the look inside. */
  async find(path: string, what: string, query: Query = {}): Promise<unknown> {
    try {
      return (await this.get(path, what, query)) ?? null;
    } catch (error) {
      if (error instanceof RefusedError && (error.status === 404 || error.status === 410)) return undefined;
      throw error;
    }
  }

  async list(path: string, what: string, query: Query): Promise<ListResponse> {
    const { body, date } = await this.#send({ url: path, query }, what);
    return listIn(body, what, date);
  }

  /** Changes a resource in part (RFC 7644, section 3.5.2), in a way that may arrive twice. */
  async patch(path: string, what: string, operation: JsonObject): Promise<void> {
    const json = patchBody(operation);
    const send = (type: string): Promise<HttpResponse> =>
      this.#send({ method: 'PATCH', url: path, json, headers: { 'content-type': type }, repeatable: true }, what);
    try {
      await send('application/scim+json');
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 415) throw error;
      await send('application/json');
    }
  }

  async #document(path: string): Promise<{ readonly body: unknown } | { readonly missing: string }> {
    try {
      return { body: await this.get(path, path.slice(1)) };
    } catch (error) {
      const known = ConnectorError.from(error);
      if (error instanceof RefusedError && MISSING.includes(error.status)) return { missing: `status ${error.status}` };
      if (known.kind === 'permission') return { missing: 'not allowed' };
      if (known.kind === 'upstream') return { missing: 'not readable' };
      throw known;
    }
  }

  async #send(request: HttpRequest, what: string): Promise<HttpResponse> {
    const isChange = request.method !== undefined && request.method !== 'GET';
    const response = await this.#http.send({
      ...request,
      url: this.at(request.url),
      headers: { accept: ACCEPT, ...request.headers },
      // Read here, where it is known what was asked for. 401, 429 and faults of the server stay with the http client.
      accept: READ_HERE,
    });
    if (response.status >= 400) throw refusalOf(response, this.#asked(what, isChange));
    const hidden = hiddenStatus(response.body);
    if (hidden === undefined) return response;
    const refusal = this.#refusal({ ...response, status: hidden }, what, isChange);
    throw refusal ?? new TransientError({ message: `${this.#host} has trouble (status ${hidden} for ${what}).` });
  }

  #refusal(response: HttpResponse, what: string, isChange: boolean): ConnectorError | undefined {
    const { status } = response;
    // The general table knows these, and that another try may help.
    if (status < 400 || status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505))
      return undefined;
    const refusal = refusalOf(response, this.#asked(what, isChange));
    if (status === 401) this.#credential.forget();
    return refusal;
  }

  #asked(what: string, isChange: boolean): Asked {
    return { host: this.#host, what, auth: this.config.auth, isChange, secrets: this.#credential.secrets };
  }
}

const READ_HERE: readonly number[] = [400, 402, 403, 404, 405, 406, 409, 410, 412, 413, 414, 415, 422, 428, 501, 505];

function tokenOrigin({ auth }: Readonly<ScimConfig>): string {
  return auth.method === 'oauth' ? new URL(auth.tokenUrl).origin : '';
}

/** The body of a PATCH. Source: RFC 7644, 3.5.2. */
export function patchBody(operation: JsonObject): JsonObject {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [operation] };
}
