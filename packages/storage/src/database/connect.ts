import type { Logger } from '@castellan/connector-sdk';
import { DataSource } from 'typeorm';
import { ENTITIES } from '../schema/entities.js';
import { MIGRATIONS } from '../schema/migrations/migrations.js';
import { refuseOtherSchema } from '../schema/schema-release.js';
import { cancelOver } from './cancel-statement.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';

export interface ConnectOptions {
  readonly poolSize: number;
  readonly logger: Logger;
  /** Whose role makes and changes tables, if not the same. */
  readonly ownerUrl?: string | undefined;
  /** Leaves the tables as they are, and refuses those of another release. */
  readonly asReader?: boolean;
}

/** A pool on an up-to-date schema. */
export async function connect(
  url: string,
  { poolSize, logger, ownerUrl, asReader = false }: ConnectOptions,
): Promise<Database> {
  const source = new DataSource({
    type: 'postgres',
    entities: [...ENTITIES],
    migrations: [...MIGRATIONS],
    migrationsTransactionMode: 'all',
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolSize,
    applicationName: 'castellan',
    // TypeORM parses URLs in its own way and loses the socket's path: the driver gets the whole string.
    // A time-out, so that a caller hears of a database that is away instead of waiting for it.
    // A transaction that hangs (its host is stopped, or cut off) lets go: others wait for what it holds.
    extra: {
      connectionString: url,
      // Soon enough that a balancer in between does not forget the connection, and that one that it has forgotten is noticed.
      keepAlive: true,
      keepAliveInitialDelayMillis: 30_000,
      connectionTimeoutMillis: 30_000,
      // A new connection knows no table and has prepared nothing: with the driver's 10 s, pauses of 100 ms came again and again.
      idleTimeoutMillis: 600_000,
      idle_in_transaction_session_timeout: 60_000,
    },
    poolErrorHandler: (error: unknown) => {
      // The pool lets go of its sockets a moment after it says that it is closed; the server that stops meanwhile ends them.
      if (!source.isInitialized) return;
      logger.warn('idle database connection lost', { error: error instanceof Error ? error.message : String(error) });
    },
  });
  await source.initialize();
  try {
    await (asReader ? refuseOtherSchema(source) : migrate(source, url, ownerUrl));
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return new Database(source, logger, cancelOver(url, logger));
}
