import type { IncomingMessage } from 'node:http';

/** A request as a route of a fake upstream sees it. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  /** Parts of the path that the route names, e.g. `id` of `/groups/:id/members`; decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The upstream's own address, for links. */
  readonly origin: string;
}

export interface FakeAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent: an empty body. */
  readonly body?: unknown;
}

export type Route = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;
