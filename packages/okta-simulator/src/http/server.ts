import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { applyFault } from '../faults/apply-fault.js';
import type { FaultRule } from '../faults/fault-rule.js';
import type { Faults } from '../faults/faults.js';
import { Random } from '../generator/random.js';
import { bucketOf } from '../rate-limits/buckets.js';
import type { RecentRequest, RequestLog } from '../requests/request-log.js';
import type { Reply } from './endpoint.js';
import type { JsonTexts } from './json-texts.js';
import type { IncomingCall, Responder } from './responder.js';
import type { Router } from './router.js';

export type Latency = number | { readonly min: number; readonly max: number };

export interface ServerParts {
  readonly responder: Responder;
  readonly router: Router;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly latency: Latency;
  readonly seed: number;
  readonly now: () => Date;
  readonly texts: JsonTexts;
}

const MAX_BODY = 64 * 1024;

/** Listens on the loopback address only: the simulated org has no secrets, but it is nobody's business either. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A TCP server that listens always has an AddressInfo; a string would be a pipe.
  return (server.address() as AddressInfo).port;
}

/** `parts` is undefined until the org is filled: the port is open before that, as every link in the objects holds it. */
export function createHttpServer(parts: () => ServerParts | undefined): Server {
  const server = createServer((request, response) => {
    const ready = parts();
    if (!ready) {
      response.writeHead(503).end();
      return;
    }
    serve(request, response, ready).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 30_000;
  return server;
}

async function serve(request: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const call = await readCall(request);
  if (!call) {
    response.writeHead(413).end();
    return;
  }
  const template = parts.router.endpointOf(call.path, call.method)?.template;
  const entry = parts.requests.begin({
    method: call.method,
    path: withQuery(call),
    template: template ?? call.path,
    bucket: bucketOf(call.path).id,
  });
  let ended = false;
  // Whatever ends the exchange ends the count, an abort by the client included: else "in flight" would only grow.
  response.once('close', () => {
    if (ended) return;
    ended = true;
    parts.requests.end(entry, entry.status);
  });
  const gone = whenClosed(response);
  await pause(parts, gone);
  const fault = parts.faults.strike({ method: call.method, path: call.path, pathAndQuery: withQuery(call), template });
  await answer(call, response, parts, entry, { fault, gone });
}

async function answer(
  call: IncomingCall,
  response: ServerResponse,
  parts: ServerParts,
  entry: RecentRequest,
  { fault, gone }: { readonly fault: FaultRule | undefined; readonly gone: AbortSignal },
): Promise<void> {
  const errorId = `oae${newId()}`;
  const regular = () => parts.responder.answer(call, errorId);
  const scope = parts.router.endpointOf(call.path, call.method)?.scopes[0];
  const outcome = fault
    ? await applyFault(fault, { call, errorId, scope, now: parts.now(), gone, answer: regular })
    : { kind: 'reply' as const, reply: await regular() };
  if (outcome.kind === 'hang') return;
  if (outcome.kind === 'reset') {
    if (outcome.status !== undefined) entry.status = outcome.status;
    response.socket?.resetAndDestroy();
    return;
  }
  entry.status = outcome.reply.status;
  send(response, outcome.reply, parts, outcome.kind === 'truncated');
}

function whenClosed(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  // Who has got the whole answer has not gone: an abort after each would cost more than many of the answers.
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Node keeps random numbers for these in store; to ask for some for each request shows in a sync. */
function newId(): string {
  return randomUUID().replaceAll('-', '');
}

function bodyOf(reply: Reply, texts: JsonTexts): Buffer {
  if (reply.body === undefined) return Buffer.alloc(0);
  const raw = reply.headers?.['content-type'] !== undefined && typeof reply.body === 'string';
  return raw ? Buffer.from(String(reply.body), 'utf8') : texts.write(reply.body, reply.stored ?? false);
}

function send(response: ServerResponse, reply: Reply, parts: ServerParts, truncated: boolean): void {
  const body = bodyOf(reply, parts.texts);
  const links = [linkHeader(reply.links?.self, 'self'), linkHeader(reply.links?.next, 'next')].filter(
    (link) => link !== undefined,
  );
  const headers: Record<string, string | string[]> = {
    date: parts.now().toUTCString(),
    'x-okta-request-id': newId(),
    ...(reply.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...reply.headers,
    ...(reply.status === 204 ? {} : { 'content-length': String(body.length) }),
  };
  // An array makes one header line for each link, as Okta sends them.
  if (links.length > 0) headers['link'] = links;
  response.writeHead(reply.status, headers);
  if (!truncated) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
}

const linkHeader = (url: string | undefined, rel: string): string | undefined =>
  url === undefined ? undefined : `<${url}>; rel="${rel}"`;

async function pause(parts: ServerParts, gone: AbortSignal): Promise<void> {
  const { latency } = parts;
  const ms =
    typeof latency === 'number' ? latency : Random.of(parts.seed, parts.requests.total).between(latency.min, latency.max);
  if (ms > 0) await delay(ms, undefined, { signal: gone });
}

async function readCall(request: IncomingMessage): Promise<IncomingCall | undefined> {
  const host = request.headers.host ?? '127.0.0.1';
  const url = new URL(request.url ?? '/', `http://${host}`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // Without an encoding set, a request stream yields Buffers.
    const buffer = chunk as Buffer;
    size += buffer.length;
    if (size > MAX_BODY) return undefined;
    chunks.push(buffer);
  }
  return {
    method: request.method ?? 'GET',
    base: `http://${host}`,
    path: url.pathname,
    query: url.searchParams,
    headers: singleHeaders(request),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function singleHeaders(request: IncomingMessage): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function withQuery(call: IncomingCall): string {
  const query = call.query.toString();
  return query ? `${call.path}?${query}` : call.path;
}
