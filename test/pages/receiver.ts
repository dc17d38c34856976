import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A receiver of webhooks on this machine: keeps what it gets, and answers with the status that the test wants. */
export class Receiver {
  readonly received: Received[] = [];
  status = 204;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const body = await text(request);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      this.received.push({ headers, body });
      response.writeHead(this.status).end();
    });
  }

  static start(): Promise<Receiver> {
    const receiver = new Receiver();
    return new Promise((resolve) => receiver.#server.listen(0, '127.0.0.1', () => resolve(receiver)));
  }

  /** `127.0.0.1:40123` */
  get host(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
