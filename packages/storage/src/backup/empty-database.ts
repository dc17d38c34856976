import type pg from 'pg';
import { BackupError } from './backup-error.js';

/** A restore replaces nothing. @throws BackupError with the way out */
export async function refuseFilled(client: pg.ClientBase): Promise<void> {
  // What an extension has brought is nobody's data. The second schema is the one of the queues.
  const { rows } = await client.query<{ readonly name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE (n.nspname = current_schema() OR n.nspname = 'castellan_queue') AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
       AND NOT relispartition
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
     ORDER BY relkind = 'S', 1`,
  );
  if (rows.length === 0) return;
  const text =
    `The database is not empty: it has ${rows.length} tables and the like (${rows[0]?.name ?? ''}, ...). A restore replaces nothing. ` +
    'Make an empty database and set DATABASE_URL (and DATABASE_OWNER_URL) to it, or set CASTELLAN_DATA_DIR to a new folder; nothing was changed.';
  throw new BackupError('refused', text);
}
