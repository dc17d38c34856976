import type { Logger } from '@castellan/connector-sdk';
import pg from 'pg';
import { startEmbeddedPostgres } from '../embedded/server.js';

export interface DatabaseLocation {
  /** `DATABASE_URL`. Without it the embedded server is started in `dataDir`. */
  readonly url?: string | undefined;
  /** `DATABASE_OWNER_URL`: the same database with the role that owns the tables. */
  readonly ownerUrl?: string | undefined;
  readonly dataDir: string;
  readonly logger?: Logger;
}

export interface OpenedDatabase {
  readonly url: string;
  /** Stops the embedded server; nothing to do for a server of somebody else. */
  stop(): Promise<void>;
}

const OLDEST = 15;

export class DatabaseRefusedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseRefusedError';
  }
}

/** The database by URL or the embedded one. @throws DatabaseRefusedError, EmbeddedDatabaseError with a way out. */
export async function openDatabase(location: DatabaseLocation): Promise<OpenedDatabase> {
  if (location.url === undefined || location.url === '') {
    const { dataDir, logger, ownerUrl } = location;
    if (ownerUrl !== undefined)
      throw new DatabaseRefusedError('DATABASE_OWNER_URL is set without DATABASE_URL. Set both, or none.');
    return startEmbeddedPostgres({ dataDir, ...(logger !== undefined && { logger }) });
  }
  await checkServer(location.url, 'DATABASE_URL');
  if (location.ownerUrl !== undefined) await checkServer(location.ownerUrl, 'DATABASE_OWNER_URL');
  return { url: location.url, stop: async () => undefined };
}

/** `variable` names the address in errors: the address itself holds a password. */
async function checkServer(url: string, variable: string): Promise<void> {
  const version = await readVersion(url, variable);
  if (version >= OLDEST * 10_000) return;
  const found = Math.floor(version / 10_000);
  throw new DatabaseRefusedError(`${variable} leads to PostgreSQL ${found}; Castellan needs version ${OLDEST} or newer.`);
}

async function readVersion(url: string, variable: string): Promise<number> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ readonly version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    return rows[0]?.version ?? 0;
  } catch (cause) {
    // Never the URL itself: it holds a password.
    const why = cause instanceof Error ? cause.message : String(cause);
    const way = 'Check that the server runs, and that address, user and database are right.';
    throw new DatabaseRefusedError(`${variable} cannot be used: ${why}. ${way}`, { cause });
  } finally {
    await client?.end().catch(() => undefined);
  }
}
