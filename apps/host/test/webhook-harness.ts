import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Storage, Webhook } from '@castellan/storage';
import pg from 'pg';
import { ownDatabase } from './host-harness.js';
import { loadStorage } from './loaded-once.js';

const { DEFAULT_WORKSPACE_ID, keyFromText, openStorage } = await loadStorage();

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** A real receiver of webhooks: keeps what it gets, and answers as the test wants. */
export class Receiver {
  readonly received: Received[] = [];
  connections = 0;
  answer: (response: ServerResponse, received: Received) => void = (response) => void response.writeHead(204).end();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const body = await text(request);
      const received = { path: request.url ?? '', headers: request.headers, body, at: Date.now() };
      this.received.push(received);
      this.answer(response, received);
    });
    this.#server.on('connection', () => {
      this.connections += 1;
    });
  }

  static start(): Promise<Receiver> {
    const receiver = new Receiver();
    return new Promise((resolve) => receiver.#server.listen(0, '127.0.0.1', () => resolve(receiver)));
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** What verifies a signature needs these three, and wants them as texts. */
export function signedBy({ headers }: Received) {
  const one = (name: string): string => String(headers[name]);
  return {
    'webhook-id': one('webhook-id'),
    'webhook-timestamp': one('webhook-timestamp'),
    'webhook-signature': one('webhook-signature'),
  };
}

export const KEY = Buffer.alloc(32, 7).toString('base64');
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A database that several hosts share, and a look at it that shares no code with them. */
export class SharedDatabase {
  readonly #storages: Storage[] = [];

  private constructor(
    readonly url: string,
    readonly client: pg.Client,
  ) {}

  static async start(): Promise<SharedDatabase> {
    const url = await ownDatabase();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new SharedDatabase(url, client);
  }

  async open(): Promise<Storage> {
    const storage = await openStorage({ url: this.url, dataDir: '', key: keyFromText(KEY), logger: SILENT });
    this.#storages.push(storage);
    return storage;
  }

  /**
   * Leaves no webhook and no event. TRUNCATE would lock whole tables, and a delivery that is under way holds them the other way
   * round; rows can still meet like that, and PostgreSQL then ends one of the two: when it is this one, it begins again.
   */
  async empty(): Promise<void> {
    for (const table of ['webhooks', 'events']) {
      for (let left = 10; ; left -= 1) {
        const failure: unknown = await this.client.query(`DELETE FROM ${table}`).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failure === undefined) break;
        const isDeadlock = failure instanceof pg.DatabaseError && failure.code === '40P01';
        if (!isDeadlock || left === 0) throw failure;
      }
    }
  }

  async close(): Promise<void> {
    for (const storage of this.#storages) await storage.close();
    await this.client.end();
  }
}

export function newWebhook(
  storage: Storage,
  url: string,
  secret: string,
  workspaceId = DEFAULT_WORKSPACE_ID,
): Promise<Webhook> {
  return storage.webhooks.create(
    workspaceId,
    {
      kind: 'http',
      url,
      mailTo: null,
      description: null,
      eventTypes: [],
      leastSeverity: null,
      format: 'castellan' as const,
      template: null,
      isEnabled: true,
    },
    secret,
  );
}
