import { createHash, type Hash } from 'node:crypto';
import { createGzip } from 'node:zlib';
import copyStreams from 'pg-copy-streams';
import pg from 'pg';
import { type DatabaseLocation, openDatabase } from '../database/open-database.js';
import { BackupError } from './backup-error.js';
import { FRAMES, FrameWriter } from './frames.js';
import { type BackupHeader, FORMAT, FORMAT_VERSION, type RowCounts } from './manifest.js';
import {
  migrated,
  type OurTable,
  ourTables,
  partitionMonths,
  prepareSession,
  quoted,
  sequences,
  unknownMigrations,
} from './our-tables.js';
import { PartFile } from './part-file.js';

export interface BackupProgress {
  readonly table: string;
  readonly bytes: number;
  /** Once the table is through. */
  readonly rows?: number;
}

export interface BackupOptions extends DatabaseLocation {
  readonly file: string;
  /** Replaces a file that is there. */
  readonly force?: boolean;
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly signal?: AbortSignal;
}

export interface BackupResult {
  readonly file: string;
  /** Of the file. */
  readonly bytes: number;
  readonly at: string;
  readonly migrations: readonly string[];
  readonly rows: RowCounts;
  readonly sha256: string;
}

/** Less would be written at a time than is worth a frame. */
const FRAME_BYTES = 64 * 1024;
/** Quick rather than small: one processor does it. */
const LEVEL = 4;

/**
 * All tables as of one moment into a file, which is there whole or not at all. Hosts go on meanwhile. Secrets stay sealed.
 * @throws BackupError, DatabaseRefusedError, EmbeddedDatabaseError
 */
export async function backUp(options: BackupOptions): Promise<BackupResult> {
  const file = await PartFile.open(options.file, options.force === true);
  try {
    const opened = await openDatabase(options);
    try {
      const client = new pg.Client({ connectionString: options.ownerUrl ?? opened.url, application_name: 'castellan backup' });
      client.on('error', () => undefined); // whoever waits for a statement hears of it
      await client.connect();
      try {
        return await write(client, file, options);
      } finally {
        await client.end();
      }
    } finally {
      await opened.stop();
    }
  } catch (error) {
    await file.discard();
    throw error;
  }
}

async function write(client: pg.Client, file: PartFile, options: BackupOptions): Promise<BackupResult> {
  const zipped = createGzip({ level: LEVEL, chunkSize: 256 * 1024 });
  const hash = createHash('sha256');
  const filled = file.fill(zipped);
  // Told by whoever writes next; until then it must not count as unhandled.
  filled.catch(() => undefined);
  const work = async () => {
    const header = await openSnapshot(client);
    const frames = new FrameWriter(zipped, hash);
    await frames.json(FRAMES.header, header.header);
    const rows: Record<string, number> = {};
    for (const table of header.tables) rows[table.table] = await writeTable(client, frames, table, options);
    return { header: header.header, rows, sha256: await finish(frames, hash, rows) };
  };
  // A full disk ends the work: it would wait for room for ever.
  const ends = filled.then(() => new Promise<never>(() => undefined));
  const { header, rows, sha256 } = await Promise.race([work(), ends]).catch((error: unknown) => {
    zipped.destroy();
    throw error;
  });
  zipped.end();
  await filled;
  await client.query('ROLLBACK');
  const bytes = await file.keep();
  return { file: options.file, bytes, at: header.at, migrations: header.migrations, rows, sha256 };
}

async function finish(frames: FrameWriter, hash: Hash, rows: RowCounts): Promise<string> {
  const sha256 = hash.digest('hex');
  await frames.json(FRAMES.trailer, { rows, sha256 });
  return sha256;
}

interface Snapshot {
  readonly header: BackupHeader;
  readonly tables: readonly OurTable[];
}

async function openSnapshot(client: pg.Client): Promise<Snapshot> {
  await prepareSession(client);
  const tables = await ourTables(client);
  if (tables.length === 0)
    throw new BackupError('refused', 'There is nothing in this database yet: no host was started on it. Check DATABASE_URL.');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // Nobody changes a table until the end. It takes no snapshot: the next statement does.
  await client.query(`LOCK TABLE ${tables.map(({ table }) => quoted(table)).join(', ')} IN ACCESS SHARE MODE`);
  const migrations = await migrated(client);
  const unknown = unknownMigrations(migrations);
  if (unknown.length > 0) {
    const text = `The database was brought up to date by a newer release of Castellan (${unknown.join(', ')}). Back it up with that release.`;
    throw new BackupError('refused', text);
  }
  if (JSON.stringify(await ourTables(client)) !== JSON.stringify(tables))
    throw new BackupError('refused', 'The tables were just being changed by a host that starts. Run it again.');
  const { rows } = await client.query<{ readonly at: string; readonly postgres: string }>(
    `SELECT to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, current_setting('server_version') AS postgres`,
  );
  const names = tables.map(({ table }) => table);
  return {
    tables,
    header: {
      format: FORMAT,
      version: FORMAT_VERSION,
      migrations,
      at: rows[0]?.at ?? '',
      postgres: rows[0]?.postgres ?? '',
      tables: names,
      sequences: await sequences(client, names),
      months: await partitionMonths(client),
    },
  };
}

/** @returns its rows */
async function writeTable(client: pg.Client, frames: FrameWriter, table: OurTable, options: BackupOptions): Promise<number> {
  await frames.json(FRAMES.table, table);
  const columns = table.columns.map(quoted).join(', ');
  // A query, not the table by its name: that would leave out the rows of partitions.
  const rows = client.query(copyStreams.to(`COPY (SELECT ${columns} FROM ${quoted(table.table)}) TO STDOUT`));
  let waiting: Buffer[] = [];
  let [length, bytes] = [0, 0];
  // A stream of bytes without an encoding.
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    options.signal?.throwIfAborted();
    waiting.push(chunk);
    length += chunk.length;
    if (length < FRAME_BYTES) continue;
    bytes += length;
    await frames.write(FRAMES.rows, Buffer.concat(waiting));
    options.onProgress?.({ table: table.table, bytes });
    waiting = [];
    length = 0;
  }
  if (length > 0) await frames.write(FRAMES.rows, Buffer.concat(waiting));
  await frames.json(FRAMES.end, { rows: rows.rowCount });
  options.onProgress?.({ table: table.table, bytes: bytes + length, rows: rows.rowCount });
  return rows.rowCount;
}
