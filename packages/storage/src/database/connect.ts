import type { Logger } from '@castellan/connector-sdk';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { ENTITIES } from '../schema/entities.js';
import { MIGRATIONS } from '../schema/migrations/migrations.js';
import { refuseNewerSchema } from '../schema/schema-release.js';
import { Database } from './database.js';

/** Any number, the same in every host: who holds it brings the schema up to date. */
const MIGRATION_LOCK = 5_294_713_021;

/** A pool on an up-to-date schema. */
export async function connect(url: string, poolSize: number, logger: Logger): Promise<Database> {
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
    await migrate(source, url);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return new Database(source, logger);
}

/** One host at a time; all migrations in one transaction, so that a host killed here leaves the schema as it was. */
async function migrate(source: DataSource, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the lock ends with the connection; a second migration then finds nothing to do
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewerSchema(source);
    await source.runMigrations({ transaction: 'all' });
  } finally {
    await client.end();
  }
}
