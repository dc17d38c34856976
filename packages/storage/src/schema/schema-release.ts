import type { DataSource } from 'typeorm';
import { DatabaseRefusedError } from '../database/database-refused-error.js';

/**
 * A database that a newer release has brought up to date may mean something else by the same tables: an older release that
 * wrote into it would damage it without a sign.
 * @throws DatabaseRefusedError
 */
export async function refuseNewerSchema(source: DataSource): Promise<void> {
  // Before the first migration there is no table to ask.
  const [found] = await source.query<{ readonly made: boolean }[]>(`SELECT to_regclass('migrations') IS NOT NULL AS made`);
  if (found?.made !== true) return;
  const rows = await source.query<{ readonly name: string }[]>('SELECT name FROM migrations ORDER BY timestamp');
  const known = new Set(source.migrations.map(({ name, constructor }) => name ?? constructor.name));
  const unknown = rows.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new DatabaseRefusedError(
    `The database was brought up to date by a newer release of Castellan (${unknown.join(', ')}). ` +
      'Start that release or a later one, or restore the backup that was made before it; nothing was changed.',
  );
}

/** A role that may not change tables cannot bring them up to date. @throws DatabaseRefusedError */
export async function refuseMissingMigrations(source: DataSource, cause: unknown): Promise<never> {
  const missing = await source.showMigrations().catch(() => true);
  if (!missing) throw cause;
  throw new DatabaseRefusedError(
    'The database is of an older release, and its role may not change tables. ' +
      'Set DATABASE_OWNER_URL to the owner of the tables for this start; nothing was changed.',
    { cause },
  );
}
