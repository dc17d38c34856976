import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Directory, Person, Team } from './directory.js';
import { groupResource, userResource } from './resources.js';

export interface Asked {
  readonly method: string;
  /** Below the base URL, e.g. `/Users/x-u0000001`, percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is. */
  readonly body?: unknown;
}

type Thing = Person | Team;

/** How the service differs from a good one. */
export interface Manners {
  /** `/ServiceProviderConfig`; a number is a status. */
  config: object | number;
  /** `/ResourceTypes`. */
  types: unknown;
  /** `/Schemas`. */
  schemas: unknown;
  /** The most in a page, whatever is asked for. */
  cap: number;
  /** What is said as the number of all. */
  total: (all: number, inPage: number) => unknown;
  /** Where a page begins, counted from 0. */
  start: (startIndex: number, count: number, all: number) => number;
  /** How many of the page are given. */
  rows: (count: number) => number;
  /** What is listed, in which order. Called for each page. */
  order: (things: readonly Thing[]) => readonly Thing[];
  filter: 'works' | 'ignored' | 'refused' | 'finds nothing' | 'by the day';
  /** Whether `attributes` and `excludedAttributes` are understood, passed over or refused. */
  attributes: 'works' | 'ignored' | 'refused';
  /** Whether members are in the resource of a group, in the list of groups, or only there where they were asked for. */
  members: 'shown' | 'asked for' | 'whole only' | 'hidden';
  /** The last word on a resource before it is sent. */
  resource: (resource: Record<string, unknown>, asked: Asked) => unknown;
  /** Everything, instead of the service. `undefined`: the service answers. */
  instead: (asked: Asked) => Answer | undefined | Promise<Answer | undefined>;
  /** Cursors are good so many times; `Infinity`: always. */
  cursorsLive: number;
  patch: (asked: Asked) => Answer;
}

export const BASE = '/scim/v2';

export const GOOD_CONFIG = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Token', description: 'Token' }],
};

export const GOOD_TYPES = {
  totalResults: 2,
  Resources: [
    { id: 'User', name: 'User', endpoint: '/Users', schema: 'urn:ietf:params:scim:schemas:core:2.0:User' },
    { id: 'Group', name: 'Group', endpoint: '/Groups', schema: 'urn:ietf:params:scim:schemas:core:2.0:Group' },
  ],
};

/** A SCIM service over a directory, which can be as odd as services are. On 127.0.0.1; to be closed by the test that started it. */
export class FakeScim {
  readonly directory: Directory;
  readonly manners: Manners;
  readonly asked: Asked[] = [];
  /** `false`: nothing is kept of what was asked, for very long lists. */
  remembers = true;
  /** `Bearer ...` or `Basic ...` that is let in. */
  admits = 'Bearer good-token';
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #cursors = new Map<string, { at: number; left: number }>();
  #cursorsMade = 0;
  url = '';

  private constructor(directory: Directory) {
    this.directory = directory;
    this.manners = good(this);
    this.#server = createServer((incoming, response) => void this.#answer(incoming, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(directory: Directory, manners: Partial<Manners> = {}): Promise<FakeScim> {
    const fake = new FakeScim(directory);
    Object.assign(fake.manners, manners);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    // Listening on a port, so the address is no pipe.
    fake.url = `http://127.0.0.1:${(fake.#server.address() as AddressInfo).port}${BASE}`;
    return fake;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const {
      status = 200,
      headers = {},
      body,
    } = await this.#serve(incoming).catch(
      (failure: unknown): Answer => ({ status: 500, body: { detail: `the fake service broke: ${String(failure)}` } }),
    );
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/scim+json', ...headers }).end(text);
  }

  async #serve(incoming: IncomingMessage): Promise<Answer> {
    const asked = await readAsked(incoming);
    if (this.remembers) this.asked.push(asked);
    const instead = await this.manners.instead(asked);
    if (instead !== undefined) return instead;
    if (asked.headers.authorization !== this.admits) return error(401, undefined, 'Not authorized');
    const { path, method } = asked;
    if (path === '/ServiceProviderConfig') return document(this.manners.config);
    if (path === '/ResourceTypes') return document(this.manners.types);
    if (path === '/Schemas') return document(this.manners.schemas);
    const [, kind, id] = /^\/(Users|Groups)(?:\/([^/]+))?$/.exec(path) ?? [];
    if (kind === undefined) return error(404, undefined, `Nothing at ${path}`);
    if (id === undefined) return this.#list(kind, asked);
    if (method === 'PATCH') return this.manners.patch(asked);
    const found = this.#things(kind).get(decodeURIComponent(id));
    if (found === undefined) return error(404, undefined, 'No such resource');
    const shown = this.#shown(this.#resource(found), asked, 'single');
    return 'status' in shown ? shown : { body: this.manners.resource(shown.resource, asked) };
  }

  #things(kind: string): ReadonlyMap<string, Thing> {
    return kind === 'Users' ? this.directory.people : this.directory.teams;
  }

  #resource(thing: Thing): Record<string, unknown> {
    if ('login' in thing) return userResource(thing, this.url, this.directory);
    return groupResource(thing, this.url, this.directory);
  }

  #list(kind: string, asked: Asked): Answer {
    const { manners } = this;
    const { query } = asked;
    const filtered = this.#filtered([...this.#things(kind).values()], query.get('filter'));
    if (!('things' in filtered)) return filtered;
    const all = manners.order(filtered.things);
    const count = Math.min(Number(query.get('count') ?? 100), manners.cap);
    const cursor = query.get('cursor');
    if (cursor !== null) return this.#cursorPage(all, cursor, count, asked);
    const from = manners.start(Number(query.get('startIndex') ?? 1), count, all.length);
    const items = this.#page(all, from, manners.rows(count), asked);
    if ('status' in items) return items;
    const totalResults = manners.total(all.length, items.resources.length);
    return {
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        ...(totalResults !== undefined && { totalResults }),
        startIndex: from + 1,
        itemsPerPage: items.resources.length,
        Resources: items.resources,
      },
    };
  }

  #cursorPage(all: readonly Thing[], cursor: string, count: number, asked: Asked): Answer {
    const known = cursor === '' ? { at: 0, left: 1 } : this.#cursors.get(cursor);
    if (known === undefined) return error(400, 'invalidCursor', 'No such cursor');
    if (known.left <= 0) return error(400, 'expiredCursor', 'Too late');
    known.left -= 1;
    const items = this.#page(all, known.at, this.manners.rows(count), asked);
    if ('status' in items) return items;
    const at = known.at + items.resources.length;
    const totalResults = this.manners.total(all.length, items.resources.length);
    return {
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        ...(totalResults !== undefined && { totalResults }),
        itemsPerPage: items.resources.length,
        ...(at < all.length && { nextCursor: this.newCursor(at) }),
        Resources: items.resources,
      },
    };
  }

  newCursor(at: number): string {
    this.#cursorsMade += 1;
    const cursor = `c${this.#cursorsMade}.${at}`;
    this.#cursors.set(cursor, { at, left: this.manners.cursorsLive });
    return cursor;
  }

  #page(
    all: readonly Thing[],
    from: number,
    count: number,
    asked: Asked,
  ): { readonly resources: readonly unknown[] } | (Answer & { readonly status: number }) {
    const resources: unknown[] = [];
    for (const thing of all.slice(from, from + count)) {
      const shown = this.#shown(this.#resource(thing), asked, 'list');
      if ('status' in shown) return shown;
      resources.push(this.manners.resource(shown.resource, asked));
    }
    return { resources };
  }

  #filtered(things: readonly Thing[], filter: string | null): { readonly things: readonly Thing[] } | Answer {
    const { manners } = this;
    if (filter === null || manners.filter === 'ignored') return { things };
    const since = /^meta\.lastModified gt "([^"]+)"$/.exec(filter)?.[1];
    if (manners.filter === 'refused' || since === undefined) return error(400, 'invalidFilter', 'Cannot filter so');
    if (manners.filter === 'finds nothing') return { things: [] };
    const from = manners.filter === 'by the day' ? Date.parse(since.slice(0, 10)) : Date.parse(since);
    return { things: things.filter(({ changed }) => changed > from) };
  }

  #shown(
    resource: Record<string, unknown>,
    { query }: Asked,
    where: 'list' | 'single',
  ): { readonly resource: Record<string, unknown> } | (Answer & { readonly status: number }) {
    const { attributes, members } = this.manners;
    const wanted = query.get('attributes')?.split(',');
    const unwanted = query.get('excludedAttributes')?.split(',') ?? [];
    if (attributes === 'refused' && (wanted !== undefined || unwanted.length > 0))
      return { ...error(400, 'invalidValue', 'Unknown parameter'), status: 400 };
    const isWhole = attributes === 'ignored' || wanted === undefined;
    const hides =
      members === 'hidden' ||
      (members === 'asked for' && wanted?.includes('members') !== true) ||
      (members === 'whole only' && (where === 'list' || !isWhole));
    const shown = Object.entries(resource).filter(([name]) => {
      if (name === 'members' && hides) return false;
      if (attributes === 'ignored') return true;
      if (unwanted.includes(name)) return false;
      return wanted === undefined || name === 'id' || name === 'schemas' || wanted.includes(name);
    });
    return { resource: Object.fromEntries(shown) };
  }
}

function good(fake: FakeScim): Manners {
  return {
    config: GOOD_CONFIG,
    types: GOOD_TYPES,
    schemas: { totalResults: 0, Resources: [] },
    cap: 200,
    total: (all) => all,
    start: (startIndex) => Math.max(0, startIndex - 1),
    rows: (count) => count,
    order: (things) => things,
    filter: 'works',
    attributes: 'works',
    members: 'shown',
    resource: (resource) => resource,
    instead: () => undefined,
    cursorsLive: Number.POSITIVE_INFINITY,
    patch: (asked) => patchAsTheRfcSays(fake.directory, asked),
  };
}

interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

export function operationsIn({ body }: Asked): readonly Operation[] {
  // What the connector sends is judged by the tests, which look at it as it comes.
  return (body as { Operations: readonly Operation[] }).Operations;
}

/** RFC 7644, section 3.5.2, for what the connector may send. */
export function patchAsTheRfcSays(directory: Directory, asked: Asked): Answer {
  const id = decodeURIComponent(asked.path.split('/')[2] ?? '');
  for (const { op, path, value } of operationsIn(asked)) {
    if (asked.path.startsWith('/Users/')) {
      if (!directory.people.has(id)) return error(404, undefined, 'No such user');
      const active = path === 'active' ? value : (value as { active?: unknown } | undefined)?.active;
      if (op !== 'replace' || typeof active !== 'boolean') return error(400, 'invalidValue', 'active is a boolean');
      directory.change(id, { isActive: active });
      continue;
    }
    const team = directory.teams.get(id);
    if (team === undefined) return error(404, undefined, 'No such group');
    const quoted = /^members\[value eq ("(?:[^"\\]|\\.)*")\]$/.exec(path ?? '')?.[1];
    if (op === 'remove' && quoted !== undefined) {
      const member: unknown = JSON.parse(quoted);
      if (!team.members.includes(String(member))) return error(400, 'noTarget', 'No such member');
      directory.dropMember(id, String(member));
    } else if (op === 'remove' && path === 'members') directory.setMembers(id, []);
    else if (op === 'add' && path === 'members') {
      for (const entry of value as readonly { value: string }[]) directory.addMember(id, entry.value);
    } else return error(400, 'invalidPath', 'Cannot do that');
  }
  return { status: 204 };
}

export function error(status: number, scimType: string | undefined, detail: string): Answer {
  return {
    status,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      ...(scimType !== undefined && { scimType }),
      detail,
    },
  };
}

function document(body: unknown): Answer {
  return typeof body === 'number' ? error(body, undefined, 'Not here') : { body };
}

async function readAsked(incoming: IncomingMessage): Promise<Asked> {
  // A base is needed to parse a path; it is not used.
  const url = new URL(incoming.url ?? '/', 'http://fake.test');
  const chunks: Buffer[] = [];
  // Nobody sets an encoding, so every chunk is a buffer.
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const isJson = /json/.test(incoming.headers['content-type'] ?? '') && text !== '';
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.startsWith(BASE) ? url.pathname.slice(BASE.length) : url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: isJson ? JSON.parse(text) : text,
  };
}
