import { OriginField, SecretField } from '@castellan/form-schema';
import {
  type ConnectorContext,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  PermissionError,
  UpstreamError,
} from '@castellan/connector-sdk';

export class AcmeSettings {
  @OriginField({ label: 'Address', placeholder: 'https://acme.example.com' }) readonly domain!: string;
  @SecretField({ label: 'Token' }) readonly token!: string;
}

/** Speaks to Acme, and makes of its answers what the streams can trust. A new one for each connection. */
export class AcmeClient {
  readonly #http: HttpClient;

  constructor({ http, config }: ConnectorContext<AcmeSettings>) {
    // #region client
    this.#http = http({
      origin: config.domain,
      authorize: () => ({ authorization: `Bearer ${config.token}` }),
      // Acme counts calls of the log apart from all others.
      bucketOf: (_, path) => (path.startsWith('/events') ? 'events' : 'directory'),
      share: 0.5,
      toError: readRefusal,
    });
    // #endregion
  }

  /** The next page stands in a `Link` header. */
  async people(link: string): Promise<{ readonly people: readonly Row[]; readonly next: string | undefined }> {
    const { body, next } = await this.#http.send(link === '' ? { url: '/people', query: { limit: '100' } } : { url: link });
    return { people: rowsOf(body), next };
  }

  /** Pages have numbers, from 1. */
  async groups(page: number): Promise<{ readonly groups: readonly Row[]; readonly pages: number }> {
    const body = await this.#get({ url: '/groups', query: { page: String(page) } });
    const pages = member(body, 'pages');
    if (typeof pages !== 'number') throw unexpected('groups', 'pages is no number');
    return { groups: rowsOf(member(body, 'items')), pages };
  }

  /** The next page has a token in the body. `undefined`: the group is gone. */
  async members(group: string, token: string): Promise<{ readonly ids: readonly string[]; readonly next: string } | undefined> {
    const url = `/groups/${encodeURIComponent(group)}/members`;
    const response = await this.#http.send({ url, query: token === '' ? {} : { token }, accept: [404] });
    if (response.status === 404) return undefined;
    const next = member(response.body, 'next');
    // The end is said: a token that is merely missing would end the list in the middle.
    if (next !== null && typeof next !== 'string') throw unexpected('members', 'next is neither a token nor null');
    const ids = rowsOf(member(response.body, 'items')).map(({ id }) => id);
    return { ids, next: next ?? '' };
  }

  /** Events after one that is known, oldest first. */
  async events(after: string): Promise<readonly Row[]> {
    return rowsOf(await this.#get({ url: '/events', query: { after } }));
  }

  async #get(request: HttpRequest): Promise<unknown> {
    return (await this.#http.send(request)).body;
  }
}

/** An object of Acme's that can be a record: all that is certain is that it has an id. */
export interface Row {
  readonly id: string;
  readonly values: ReadonlyMap<string, unknown>;
}

function rowsOf(body: unknown): readonly Row[] {
  if (!Array.isArray(body)) throw unexpected('a list', typeof body);
  return body.map((item: unknown) => {
    const id = member(item, 'id');
    if (typeof id !== 'string' || id === '') throw unexpected('a row', 'it has no id');
    return { id, values: new Map(Object.entries(Object(item))) };
  });
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}

// #region refusal
/** Acme says in the body of a 403 which permission is missing. What this does not know is read by the general table. */
function readRefusal({ status, body }: HttpResponse): Error | undefined {
  const missing = member(body, 'missing_permission');
  if (status !== 403 || typeof missing !== 'string') return undefined;
  return new PermissionError({
    message: `The token lacks the permission ${missing}. Add it in Acme: Settings > Tokens.`,
    missing: [missing],
  });
}
// #endregion

function unexpected(what: string, found: string): UpstreamError {
  return new UpstreamError({
    message: `Acme answered with something other than ${what}.`,
    detail: `expected ${what}: ${found}`,
  });
}
