import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import copyStreams from 'pg-copy-streams';
import pg from 'pg';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { whileLocked } from '../database/advisory-lock.js';
import { connect } from '../database/connect.js';
import { LOCKS } from '../database/lock-numbers.js';
import { type DatabaseLocation, openDatabase } from '../database/open-database.js';
import { MIGRATIONS } from '../schema/migrations/migrations.js';
import { checkKeys } from '../secrets/key-check.js';
import type { KeyProvider } from '../secrets/key-provider.js';
import { SecretsError } from '../secrets/secrets-error.js';
import type { BackupProgress } from './back-up.js';
import { checkBackup, readBackup } from './backup-file.js';
import { refuseFilled } from './empty-database.js';
import type { BackupHeader, BackupTrailer, RowCounts, SequenceState, TableHead } from './manifest.js';
import { ourTables, prepareSession, quoted } from './our-tables.js';
import { setAside } from './set-aside.js';

export interface RestoreOptions extends DatabaseLocation {
  readonly file: string;
  /** Compared with the one that has sealed the secrets; what does not fit keeps nothing from being restored. */
  readonly key: KeyProvider;
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly signal?: AbortSignal;
}

export interface RestoreResult {
  readonly at: string;
  readonly rows: RowCounts;
  readonly sha256: string;
  /** Migrations since the backup, which the tables have seen now as well. */
  readonly upgraded: readonly string[];
  /** Why secrets cannot be opened with the key at hand; left out where they can. */
  readonly keyProblem?: string;
}

/**
 * A backup into an empty database, all of it or nothing, and from its schema to that of this release.
 * @throws BackupError, DatabaseRefusedError, EmbeddedDatabaseError; nothing was changed then
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  // All of it, before a server is started or a table made.
  const header = await checkBackup(options.file);
  const opened = await openDatabase(options);
  try {
    const owner = options.ownerUrl ?? opened.url;
    // A host that is started meanwhile waits, and finds all of it.
    const trailer = await whileLocked(owner, LOCKS.migration, () => asOwner(owner, options, header));
    const before = new Set(header.migrations);
    const upgraded = MIGRATIONS.map(({ name }) => name).filter((name) => !before.has(name));
    const keyProblem = await lookAfter(opened.url, options);
    return { at: header.at, ...trailer, upgraded, ...(keyProblem !== undefined && { keyProblem }) };
  } finally {
    await opened.stop();
  }
}

async function asOwner(url: string, options: RestoreOptions, header: BackupHeader): Promise<BackupTrailer> {
  const source = sourceOf(url);
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    // TypeORM does not say what its driver gives: a client of `pg`.
    const client = (await runner.connect()) as pg.ClientBase;
    await refuseFilled(client);
    await prepareSession(client);
    await runner.startTransaction();
    const trailer = await load(runner, client, options, header);
    await runner.commitTransaction();
    for (const table of header.tables) await client.query(`ANALYZE ${quoted(table)}`);
    return trailer;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
    await source.destroy();
  }
}

async function load(
  runner: QueryRunner,
  client: pg.ClientBase,
  options: RestoreOptions,
  header: BackupHeader,
): Promise<BackupTrailer> {
  await migrateWithin(runner, header.migrations);
  await makePartitions(client, header.months);
  const tables = (await ourTables(client)).map(({ table }) => table);
  const putBack = await setAside(client, tables);
  // Rows that a migration makes are in the backup, if they were still there.
  await client.query(`TRUNCATE ${tables.map(quoted).join(', ')}`);
  const trailer = await readBackup(options.file, {
    header: async () => undefined,
    table: (head, rows) => loadTable(client, head, rows, options),
  });
  await putBack();
  for (const sequence of header.sequences) await setSequence(client, sequence);
  await migrateWithin(
    runner,
    MIGRATIONS.map(({ name }) => name),
  );
  await makePartitions(client, header.months);
  return trailer;
}

/** In the transaction of the runner; `runMigrations` would take a connection of its own. */
async function migrateWithin(runner: QueryRunner, names: readonly string[]): Promise<void> {
  const executor = new NamedMigrations(runner, new Set(names));
  executor.transaction = 'none';
  await executor.executePendingMigrations();
}

class NamedMigrations extends MigrationExecutor {
  constructor(
    runner: QueryRunner,
    private readonly names: ReadonlySet<string>,
  ) {
    super(runner.dataSource, runner);
  }

  protected override getMigrations() {
    return super.getMigrations().filter(({ name }) => this.names.has(name));
  }
}

/** A schema from before the function has none: its rows lie in the default partition until the tables are of today. */
async function makePartitions(client: pg.ClientBase, months: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ readonly there: boolean }>(
    `SELECT to_regproc('create_activity_partition') IS NOT NULL AS there`,
  );
  if (rows[0]?.there !== true) return;
  for (const month of months) await client.query('SELECT create_activity_partition($1)', [month]);
}

async function loadTable(
  client: pg.ClientBase,
  { table, columns }: TableHead,
  rows: AsyncIterable<Buffer>,
  { onProgress, signal }: RestoreOptions,
): Promise<number> {
  const target = client.query(copyStreams.from(`COPY ${quoted(table)} (${columns.map(quoted).join(', ')}) FROM STDIN`));
  let bytes = 0;
  const seen = async function* () {
    for await (const chunk of rows) {
      signal?.throwIfAborted();
      bytes += chunk.length;
      yield chunk;
      onProgress?.({ table, bytes });
    }
  };
  await pipeline(Readable.from(seen(), { objectMode: false }), target);
  onProgress?.({ table, bytes, rows: target.rowCount });
  return target.rowCount;
}

async function setSequence(client: pg.ClientBase, { table, column, last }: SequenceState): Promise<void> {
  await client.query('SELECT setval(pg_get_serial_sequence($1, $2)::regclass, $3::bigint)', [quoted(table), column, last]);
}

function sourceOf(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    migrations: [...MIGRATIONS],
    installExtensions: false,
    logging: false,
    poolSize: 1,
    applicationName: 'castellan restore',
    extra: { connectionString: url, connectionTimeoutMillis: 30_000 },
  });
}

/** Gives the host's own role its rights, and tries the key. */
async function lookAfter(url: string, { ownerUrl, logger, key }: RestoreOptions): Promise<string | undefined> {
  const none = (): void => undefined;
  const quiet = { debug: none, info: none, warn: none, error: none };
  const database = await connect(url, { poolSize: 1, logger: logger ?? quiet, ownerUrl });
  try {
    await checkKeys(database, await key.keyRing(), true);
    return undefined;
  } catch (error) {
    if (error instanceof SecretsError) return error.message;
    throw error;
  } finally {
    await database.close();
  }
}
