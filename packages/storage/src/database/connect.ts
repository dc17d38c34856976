import type { Logger } from '@castellan/connector-sdk';
import { DataSource } from 'typeorm';
import { ENTITIES } from '../schema/entities.js';
import { MIGRATIONS } from '../schema/migrations/migrations.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';

/** A pool on an up-to-date schema. `ownerUrl`: whose role makes and changes tables, if not the same. */
export async function connect(url: string, poolSize: number, logger: Logger, ownerUrl?: string): Promise<Database> {
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
    extra: { connectionString: url, keepAlive: true, connectionTimeoutMillis: 30_000 },
    poolErrorHandler: (error: unknown) => {
      // The pool lets go of its sockets a moment after it says that it is closed; the server that stops meanwhile ends them.
      if (!source.isInitialized) return;
      logger.warn('idle database connection lost', { error: error instanceof Error ? error.message : String(error) });
    },
  });
  await source.initialize();
  try {
    await migrate(source, url, ownerUrl);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return new Database(source, logger);
}
