import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { BackupError, damaged } from './backup-error.js';
import { type Frame, FRAMES, framesOf } from './frames.js';
import { type BackupHeader, type BackupTrailer, FORMAT, FORMAT_VERSION, readJson, type TableHead } from './manifest.js';
import { unknownMigrations } from './our-tables.js';
import { codeOf } from './part-file.js';

export interface BackupReader {
  header(header: BackupHeader): Promise<void>;
  /** Takes the rows up to their end. @returns how many there were */
  table(head: TableHead, rows: AsyncIterable<Buffer>): Promise<number>;
}

/**
 * Reads a backup from its first byte to its last, whoever takes what is in it.
 * @returns its trailer, whose sum and counts are those of what was read
 * @throws BackupError where it is not whole
 */
export async function readBackup(file: string, reader: BackupReader): Promise<BackupTrailer> {
  const hash = createHash('sha256');
  const frames = framesOf(unzipped(file), hash);
  try {
    return await readFrames(frames, reader, () => hash.digest('hex'));
  } finally {
    // Closes the file where somebody has stopped on the way.
    await frames.return();
  }
}

async function readFrames(frames: AsyncGenerator<Frame>, reader: BackupReader, digest: () => string): Promise<BackupTrailer> {
  const header = readJson<BackupHeader>((await expectFrame(frames, FRAMES.header)).payload);
  refuseForeign(header);
  await reader.header(header);
  const rows: Record<string, number> = {};
  let frame = await next(frames);
  for (; frame.kind === FRAMES.table; frame = await next(frames)) {
    const head = readJson<TableHead>(frame.payload);
    const end: { rows?: number } = {};
    const taken = await reader.table(head, rowsOf(frames, end));
    if (end.rows !== taken) throw damaged(`the table ${head.table} has ${taken} rows, not ${String(end.rows)}`);
    rows[head.table] = taken;
  }
  if (frame.kind !== FRAMES.trailer) throw damaged('it was altered');
  const trailer = readJson<BackupTrailer>(frame.payload);
  if (trailer.sha256 !== digest()) throw damaged('its sum is not that of its contents');
  if (JSON.stringify(trailer.rows) !== JSON.stringify(rows) || header.tables.join() !== Object.keys(rows).join())
    throw damaged('tables are missing');
  if ((await frames.next()).done !== true) throw damaged('something was added to it');
  return trailer;
}

/** Looks at all of it before anything is done with it. */
export async function checkBackup(file: string): Promise<BackupHeader> {
  const seen: { header?: BackupHeader } = {};
  await readBackup(file, {
    header: async (header) => {
      seen.header = header;
    },
    table: async (_, rows) => {
      let lines = 0;
      // COPY writes a row a line; a line break in a value is written as two other characters.
      for await (const bytes of rows) for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
      return lines;
    },
  });
  if (seen.header === undefined) throw damaged('it has no beginning');
  return seen.header;
}

async function* rowsOf(frames: AsyncGenerator<Frame>, end: { rows?: number }): AsyncGenerator<Buffer, void, void> {
  let frame = await next(frames);
  for (; frame.kind === FRAMES.rows; frame = await next(frames)) yield frame.payload;
  if (frame.kind !== FRAMES.end) throw damaged('it was altered');
  end.rows = readJson<{ readonly rows: number }>(frame.payload).rows;
}

async function next(frames: AsyncGenerator<Frame>): Promise<Frame> {
  const { value, done } = await frames.next();
  if (done === true) throw damaged('it ends too early');
  return value as Frame; // what is not done has a value
}

async function expectFrame(frames: AsyncGenerator<Frame>, kind: Frame['kind']): Promise<Frame> {
  const frame = await next(frames);
  if (frame.kind !== kind) throw damaged('it was altered, or is something else');
  return frame;
}

/** Before its sum is known: whoever wrote another format may sum it up in another way. */
function refuseForeign({ format, version, migrations }: BackupHeader): void {
  if (format !== FORMAT) throw damaged('it is something else');
  const unknown = unknownMigrations(migrations);
  if (version === FORMAT_VERSION && unknown.length === 0) return;
  const which = version === FORMAT_VERSION ? unknown.join(', ') : `format ${version}`;
  const text = `The backup was made by a newer release of Castellan (${which}). Restore it with that release or a later one; nothing was changed.`;
  throw new BackupError('refused', text);
}

async function* unzipped(file: string): AsyncGenerator<Buffer, void, void> {
  const read = createReadStream(file, { highWaterMark: 256 * 1024 });
  const zipped = createGunzip({ chunkSize: 256 * 1024 });
  read.on('error', (error) => zipped.destroy(error));
  read.pipe(zipped);
  try {
    for await (const chunk of zipped as AsyncIterable<Buffer>) yield chunk; // a stream of bytes without an encoding
  } catch (cause) {
    if (codeOf(cause).startsWith('Z_')) throw damaged('it was altered, cut off, or is something else', cause);
    throw new BackupError('file', `${file} cannot be read (${codeOf(cause)}). Check its name and its rights.`, { cause });
  } finally {
    read.destroy();
    zipped.destroy();
  }
}
