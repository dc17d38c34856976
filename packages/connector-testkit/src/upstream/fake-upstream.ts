import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { close, listen } from '../wire/listening.js';
import type { Credential } from './credential.js';
import type { FakeAnswer, FakeRequest, Route } from './fake-request.js';
import type { RunningUpstream, Upstream, UpstreamOptions } from './upstream.js';

/** What an author writes about the provider: one tenant of it. */
export interface FakeProvider extends Pick<RunningUpstream, 'holds' | 'change' | 'actions'> {
  readonly credential: Credential;
  /** Paths that are answered without a credential, e.g. a discovery document. */
  readonly open?: readonly string[];
  /** By method and path, e.g. `GET /groups/:id/members`. What is not here is 404. */
  readonly routes: Readonly<Record<string, Route>>;
  /** Secrets inside of objects. Those of the credential need not be named. */
  readonly secrets?: readonly string[];
}

/**
 * A provider made of routes. `make` is called for each start and keeps the state of one tenant: what `change` and the actions do
 * to it is gone with the next start.
 */
export function fakeUpstream(make: (options: UpstreamOptions) => FakeProvider): Upstream {
  return {
    async start(options) {
      const provider = make(options);
      const routes = Object.entries(provider.routes).map(([pattern, route]) => compiled(pattern, route));
      const sockets = new Set<Socket>();
      let url = '';
      const server = createServer(
        (incoming, response) => void serve(incoming, response, url, (request) => answerTo(request, provider, routes)),
      );
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      url = await listen(server);
      return {
        url,
        tenant: options.tenant,
        holds: () => provider.holds(),
        secrets: [...provider.credential.secrets, ...(provider.secrets ?? [])],
        ...(provider.change !== undefined && { change: () => provider.change?.() }),
        ...(provider.actions !== undefined && { actions: provider.actions }),
        close: () => close(server, sockets),
      };
    },
  };
}

interface CompiledRoute {
  readonly method: string;
  readonly segments: readonly string[];
  readonly route: Route;
}

function compiled(pattern: string, route: Route): CompiledRoute {
  const match = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/.exec(pattern);
  if (match === null) throw new Error(`"${pattern}" is no route: write a method and a path, e.g. "GET /users".`);
  const [, method = '', path = ''] = match;
  return { method, segments: path.split('/'), route };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  origin: string,
  answer: (request: FakeRequest) => Promise<FakeAnswer>,
): Promise<void> {
  const {
    status = 200,
    headers = {},
    body,
  } = await answer(await read(incoming, origin)).catch(
    (error: unknown): FakeAnswer => ({ status: 500, body: { error: `the fake upstream broke: ${String(error)}` } }),
  );
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...headers }).end(body === undefined ? '' : JSON.stringify(body));
}

async function read(incoming: IncomingMessage, origin: string): Promise<FakeRequest> {
  const url = new URL(incoming.url ?? '/', origin);
  const chunks: Buffer[] = [];
  // Nobody sets an encoding, so every chunk is a buffer.
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    params: {},
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString(),
    origin,
  };
}

async function answerTo(
  request: FakeRequest,
  { credential, open = [] }: FakeProvider,
  routes: readonly CompiledRoute[],
): Promise<FakeAnswer> {
  const token = credential.token?.(request);
  if (token === 'refused') return { status: 401, body: { error: 'invalid_client' } };
  if (token !== undefined) return { body: token };
  if (!open.includes(request.path) && !credential.admits(request))
    return { status: 401, body: { error: 'the credential is not valid' } };
  for (const { method, segments, route } of routes) {
    const params = method === request.method ? paramsOf(segments, request.path.split('/')) : undefined;
    if (params !== undefined) return route({ ...request, params });
  }
  return { status: 404, body: { error: `there is no ${request.method} ${request.path}` } };
}

function paramsOf(pattern: readonly string[], path: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const given = path[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = decodeURIComponent(given);
    else if (segment !== given) return undefined;
  }
  return params;
}
