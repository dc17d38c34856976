import type { DataSource } from 'typeorm';
import { DatabaseRefusedError } from '../database/open-database.js';

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

/** For who only reads: the tables must be exactly those of this release. @throws DatabaseRefusedError */
export async function refuseOtherSchema(source: DataSource): Promise<void> {
  await refuseNewerSchema(source);
  const [found] = await source.query<{ readonly made: boolean }[]>(`SELECT to_regclass('migrations') IS NOT NULL AS made`);
  const rows = found?.made === true ? await source.query<{ readonly name: string }[]>('SELECT name FROM migrations') : [];
  if (rows.length === source.migrations.length) return;
  throw new DatabaseRefusedError(
    'The database is of an older release of Castellan. Start a host of this release first: it brings the tables up to date.',
  );
}
