import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../schema/migrations/migrations.js';
import { LOCKS } from './lock-numbers.js';
import { refuseNewerSchema } from '../schema/schema-release.js';
import { whileLocked } from './advisory-lock.js';
import { AppRole } from './app-role.js';
import { sqlState } from './sql-state.js';
import { DatabaseRefusedError } from './open-database.js';

/** One host at a time; all migrations in one transaction, so that a host killed here leaves the schema as it was. */
export function migrate(source: DataSource, url: string, ownerUrl: string | undefined): Promise<void> {
  return whileLocked(ownerUrl ?? url, LOCKS.migration, () =>
    ownerUrl === undefined ? migrateAlone(source) : migrateAsOwner(source, ownerUrl),
  );
}

async function migrateAlone(source: DataSource): Promise<void> {
  try {
    await refuseNewerSchema(source);
    await source.runMigrations({ transaction: 'all' });
  } catch (cause) {
    if (sqlState(cause) !== '42501') throw cause;
    const text =
      'The role of DATABASE_URL may not change the tables, and this release has changes for them. Set DATABASE_OWNER_URL to the owner, for one start at least.';
    throw new DatabaseRefusedError(text, { cause });
  }
}

async function migrateAsOwner(app: DataSource, ownerUrl: string): Promise<void> {
  const owner = new DataSource({
    type: 'postgres',
    migrations: [...MIGRATIONS],
    installExtensions: false,
    logging: false,
    poolSize: 1,
    applicationName: 'castellan owner',
    extra: { connectionString: ownerUrl, connectionTimeoutMillis: 30_000 },
  });
  await owner.initialize();
  try {
    const role = await AppRole.of(owner, app);
    await refuseNewerSchema(owner);
    await owner.runMigrations({ transaction: 'all' });
    await role.grant(app.entityMetadatas.map(({ tableName }) => tableName));
  } finally {
    await owner.destroy();
  }
  await refuseOtherDatabase(app);
}

async function refuseOtherDatabase(app: DataSource): Promise<void> {
  // TypeORM's `query` does not know what the statement gives.
  const [row] = (await app.query(`SELECT to_regclass('audit_log') IS NOT NULL AS found`)) as readonly { found: boolean }[];
  if (row?.found === true) return;
  throw new DatabaseRefusedError(
    'DATABASE_URL and DATABASE_OWNER_URL lead to different databases. They differ in the role only.',
  );
}
