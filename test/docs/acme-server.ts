import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What the connector of the guide reads: people by link, groups by number, members by token, and a log. */
export class AcmeServer {
  readonly people = Array.from({ length: 5 }, (_, at) => ({
    id: `p${at}`,
    email: `p${at}@acme.test`,
    state: at === 4 ? 'off' : 'on',
  }));
  readonly groups = ['g1', 'g2', 'g3', 'g4'].map((id) => ({ id, name: id.toUpperCase() }));
  readonly members = new Map([
    ['g1', ['p0', 'p1', 'p2']],
    ['g2', ['p1']],
    ['g3', []],
    ['g4', ['p3', 'p4']],
  ]);
  readonly events = [1, 2, 3].map((at) => ({ id: `e${at}`, time: `2026-11-0${at}T00:00:00Z`, type: 'sign_in' }));
  readonly requests: string[] = [];
  /** Instead of the usual answer. */
  refuse: (path: string) => { readonly status: number; readonly body: object } | undefined = () => undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<AcmeServer> {
    const acme = new AcmeServer();
    acme.#server.listen(0, '127.0.0.1');
    await once(acme.#server, 'listening');
    return acme;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', this.url);
    this.requests.push(url.pathname);
    const send = (status: number, body: unknown, headers = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
    if (request.headers.authorization !== 'Bearer good') return send(401, {});
    const refused = this.refuse(url.pathname);
    if (refused !== undefined) return send(refused.status, refused.body);
    if (url.pathname === '/people') {
      const from = Number(url.searchParams.get('from') ?? 0);
      const more = from + 2 < this.people.length;
      const link = more ? { link: `<${this.url}/people?from=${from + 2}>; rel="next"` } : {};
      return send(200, this.people.slice(from, from + 2), link);
    }
    if (url.pathname === '/groups') {
      const page = Number(url.searchParams.get('page'));
      return send(200, { items: this.groups.slice((page - 1) * 3, page * 3), pages: Math.ceil(this.groups.length / 3) });
    }
    if (url.pathname === '/events') {
      const from = this.events.findIndex(({ id }) => id === url.searchParams.get('after')) + 1;
      return send(200, this.events.slice(from, from + 2));
    }
    const members = this.members.get(/^\/groups\/(\w+)\/members$/.exec(url.pathname)?.[1] ?? '');
    if (members === undefined) return send(404, {});
    const at = Number(url.searchParams.get('token') ?? 0);
    const next = { next: at + 2 < members.length ? String(at + 2) : null };
    return send(200, { items: members.slice(at, at + 2).map((id) => ({ id })), ...next });
  }
}
