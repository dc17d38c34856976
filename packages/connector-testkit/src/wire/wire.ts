import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { close, listen } from './listening.js';

/** One request of the connector's, as it went over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** How often this very URL was asked for before. */
  readonly before: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** What the wire does with a request in place of passing it on. */
export type Fault =
  | { readonly kind: 'answer'; readonly answer: WireAnswer }
  /** Passed on, and the answer changed. */
  | { readonly kind: 'change'; readonly change: (answer: WireAnswer) => WireAnswer }
  /** Never answered. */
  | { readonly kind: 'hang' }
  /** The connection is cut. */
  | { readonly kind: 'reset' };

export type Rule = (request: WireRequest) => Fault | undefined;

/** What was asked, and what came back; `status` 0: nothing. */
export interface Exchange {
  readonly request: WireRequest;
  readonly answer: WireAnswer;
}

/**
 * Stands between connector and provider, so that every fault is one on the wire and works for every provider alike. Addresses
 * of the provider in its answers are written as the wire's own: whoever follows a link comes back here.
 */
export class Wire {
  readonly trace: Exchange[] = [];
  rule: Rule = () => undefined;
  /** Off for runs of ten thousand pages, whose trace would be what fills the memory. */
  tracing = true;
  readonly #asked = new Map<string, number>();
  readonly #target: string;
  readonly #aliases: readonly string[];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #url = '';

  private constructor(target: string, aliases: readonly string[]) {
    this.#target = target;
    this.#aliases = [target, ...aliases];
  }

  /** @param aliases other addresses that the provider gives for itself */
  static async before(target: string, aliases: readonly string[] = []): Promise<Wire> {
    const wire = new Wire(target, aliases);
    wire.#server.on('connection', (socket) => {
      wire.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => wire.#sockets.delete(socket));
    });
    wire.#url = await listen(wire.#server);
    return wire;
  }

  get url(): string {
    return this.#url;
  }

  /** Requests so far, also those that were not traced. */
  get count(): number {
    return [...this.#asked.values()].reduce((sum, times) => sum + times, 0);
  }

  reset(rule: Rule = () => undefined): void {
    this.trace.length = 0;
    this.#asked.clear();
    this.rule = rule;
  }

  async close(): Promise<void> {
    await close(this.#server, this.#sockets);
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', this.#url);
    const asked = `${incoming.method ?? 'GET'} ${url.pathname}${url.search}`;
    const before = this.#asked.get(asked) ?? 0;
    this.#asked.set(asked, before + 1);
    const request: WireRequest = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.search,
      headers: incoming.headers,
      body: await textOf(incoming),
      before,
    };
    const fault = this.rule(request);
    if (fault?.kind === 'hang' || fault?.kind === 'reset') {
      this.#note(request, { status: 0, headers: {}, body: '' });
      if (fault.kind === 'reset') response.destroy();
      return;
    }
    const own = fault?.kind === 'answer' ? fault.answer : await this.#ask(request);
    const answer = fault?.kind === 'change' ? fault.change(own) : own;
    this.#note(request, answer);
    const headers = Object.entries(answer.headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : [...value],
    ]);
    response.writeHead(answer.status, Object.fromEntries(headers)).end(answer.body);
  }

  #note(request: WireRequest, answer: WireAnswer): void {
    if (this.tracing) this.trace.push({ request, answer });
  }

  async #ask({ method, path, query, headers, body }: WireRequest): Promise<WireAnswer> {
    const asIs = { ...without(headers, OF_THE_CONNECTION), 'accept-encoding': 'identity' };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = send(`${this.#target}${path}${query}`, { method, headers: asIs }, resolve);
      asked.on('error', reject);
      asked.end(body);
    }).catch(() => undefined);
    // The provider is gone: for the connector the same as one that has trouble.
    if (answer === undefined) return { status: 502, headers: {}, body: '' };
    const named = Object.entries(without(answer.headers, OF_THE_CONNECTION)).map(([name, value]) => [
      name,
      this.#renamed(value),
    ]);
    return { status: answer.statusCode ?? 502, headers: Object.fromEntries(named), body: this.#own(await textOf(answer)) };
  }

  #renamed(value: string | readonly string[]): string | readonly string[] {
    return typeof value === 'string' ? this.#own(value) : value.map((one) => this.#own(one));
  }

  #own(text: string): string {
    return this.#aliases.reduce((own, alias) => own.replaceAll(alias, this.#url), text);
  }
}

/** Headers that belong to one connection or to the length of one text, and not to the message. */
const OF_THE_CONNECTION = ['host', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];

function without(headers: IncomingMessage['headers'], names: readonly string[]): Record<string, string | string[]> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || names.includes(name) ? [] : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  // Nobody sets an encoding, so every chunk is a buffer; a cut connection ends the text.
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
