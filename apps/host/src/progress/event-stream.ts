import type { ServerResponse } from 'node:http';

/** How long a browser waits before it connects again. */
const RETRY_MS = 2_000;

/** `text/event-stream` over one response. */
export class EventStream {
  readonly #response: ServerResponse;

  /** @param onDrain the client reads again. @param onClose the socket is gone, or the stream was ended. */
  constructor(response: ServerResponse, onDrain: () => void, onClose: () => void) {
    this.#response = response;
    response.on('drain', onDrain);
    response.on('close', onClose);
    // The write that meets a broken connection reports it here as well; `close` follows.
    response.on('error', () => undefined);
    begin(response);
    response.write(`retry: ${RETRY_MS}\n\n`);
  }

  /** The client does not keep up: what is written now would only lie in memory. */
  get isCongested(): boolean {
    return this.#response.writableNeedDrain;
  }

  /** @param json one line. @param id what the client sends back when it connects again. */
  event(name: string, json: string, id?: string): void {
    this.#response.write(`event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${json}\n\n`);
  }

  /** Says nothing, so that proxies keep the connection open. */
  ping(): void {
    this.#response.write(': ping\n\n');
  }

  end(): void {
    this.#response.end();
  }

  /** Without waiting for a client that does not read. */
  cut(): void {
    this.#response.destroy();
  }
}

/** Status and headers of a stream; a HEAD request gets them and nothing else. */
export function begin(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // nginx would else collect events until its buffer is full.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
}
