import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import type { HostSettings } from '../src/settings/host-settings.js';
import { ownDatabase, settingsFor, temporaryFolder, TestHost } from './host-harness.js';

/** A host on a database that the test can look into. */
export class OpenHost {
  private constructor(
    readonly host: TestHost,
    readonly database: pg.Client,
  ) {}

  static async start(folder: string, more: Partial<HostSettings> = {}): Promise<OpenHost> {
    const databaseUrl = await ownDatabase();
    const settings = settingsFor(join(folder, 'data'), { databaseUrl, leaseMs: 1_500, ...more });
    const host = await TestHost.start(settings);
    const database = new pg.Client({ connectionString: databaseUrl });
    await database.connect();
    return new OpenHost(host, database);
  }

  async close(): Promise<void> {
    await this.database.end();
    await this.host.close();
  }

  async rows<R extends object>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    // The caller names the columns that it selects.
    return (await this.database.query(text, [...values])).rows as R[];
  }
}

export { temporaryFolder };

/** Somebody at an address who is never to be reached. */
export class Listener {
  connections = 0;
  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.connections += 1;
      socket.destroy();
    });
  }

  static async start(): Promise<Listener> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Listener(server);
  }

  get url(): string {
    // Of a TCP server that listens.
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => void this.server.close(() => resolve()));
  }
}

/** A secret in the forms in which it could come out. */
export function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hash = createHash('sha256').update(bytes);
  return [secret, bytes.toString('base64'), bytes.toString('hex'), encodeURIComponent(secret), hash.digest('hex')];
}
