import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UsageError } from '../exit-code.js';

/** Bytes of a file, or of what was compressed. */
const AT_ONCE = 1024 * 1024;
const UNPACKED_AT_ONCE = 256 * 1024;

/** @param file `-`: stdin @throws UsageError it cannot be opened */
export async function openInput(file: string, stdin: Readable, signal: AbortSignal): Promise<Readable> {
  if (file === '-') return stdin;
  const stream = createReadStream(file, { signal, highWaterMark: AT_ONCE });
  await new Promise<void>((resolve, reject) => {
    stream.once('readable', resolve);
    stream.once('end', resolve);
    stream.once('error', (error: NodeJS.ErrnoException) =>
      reject(new UsageError(`${file} cannot be read (${error.code ?? error.message}).`)),
    );
  });
  return stream;
}

/** What the first bytes of a file say that nobody can read lines of, and what unpacks it. */
const PACKED: readonly (readonly [magic: string, what: string, wayOut: string])[] = [
  ['504b0304', 'a ZIP archive', 'unzip -p FILE'],
  ['28b52ffd', 'compressed with zstd', 'zstd -dc FILE'],
  ['425a68', 'compressed with bzip2', 'bzip2 -dc FILE'],
  ['fd377a585a00', 'compressed with xz', 'xz -dc FILE'],
  ['50415231', 'a Parquet file', `duckdb -json -c "from 'FILE'"`],
];
const GZIP = '1f8b';
/** As many as say what it is. */
const FIRST_BYTES = 6;

/**
 * The bytes of an input as UTF-8 without a mark: gzip is unpacked and UTF-16 read, a piece at a time.
 * @throws UsageError it is compressed in another way
 */
export async function* utf8Of(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  const { first, all } = await begun(stream);
  const head = first.toString('hex');
  for (const [magic, what, wayOut] of PACKED)
    if (head.startsWith(magic)) throw new UsageError(`The input is ${what}. Unpack it first: ${wayOut} | castellan detect -`);
  yield* textOf(head.startsWith(GZIP) ? unpacked(all) : all);
}

/** The first bytes of a stream, and all of it. */
async function begun(stream: AsyncIterable<unknown>): Promise<{ readonly first: Buffer; readonly all: AsyncIterable<Buffer> }> {
  const pieces = stream[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  while (first.length < FIRST_BYTES) {
    const { done, value } = await pieces.next();
    if (done === true) break;
    first = Buffer.concat([first, bytesOf(value)]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    if (first.length > 0) yield first;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield bytesOf(next.value);
  }
  return { first: first.subarray(0, FIRST_BYTES), all: all() };
}

const bytesOf = (piece: unknown): Buffer => (Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece)));

/** A stream that fails forgets what it has unpacked: all of it is taken out before more is put in. */
async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: UNPACKED_AT_ONCE });
  let wake = (): void => undefined;
  const state: { isBusy: boolean; failed?: Error } = { isBusy: false };
  const settled = (error?: Error | null): void => {
    if (error !== undefined && error !== null) state.failed ??= error;
    state.isBusy = false;
    wake();
  };
  gunzip.on('readable', () => wake()).once('error', settled);
  async function* until(): AsyncGenerator<Buffer> {
    for (;;) {
      for (let piece: unknown = gunzip.read(); piece !== null; piece = gunzip.read()) yield bytesOf(piece);
      if (state.failed !== undefined) throw state.failed;
      if (!state.isBusy) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  try {
    for await (const piece of packed) {
      state.isBusy = true;
      gunzip.write(piece, settled);
      yield* until();
    }
    state.isBusy = true;
    gunzip.once('end', () => settled()).end();
    yield* until();
  } finally {
    gunzip.destroy();
  }
}

/** Whether what went wrong is that compressed bytes are damaged, or end too early. */
export function isDamaged(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

const MARK = 'efbbbf';

async function* textOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { first, all } = await begun(stream);
  const encoding = utf16In(first);
  if (encoding === undefined) {
    let left = first.toString('hex').startsWith(MARK) ? MARK.length / 2 : 0;
    for await (const piece of all) {
      yield left === 0 ? piece : piece.subarray(left);
      left = 0;
    }
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const piece of all) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** By its mark; without one by the zero that half of each character of JSON is. */
function utf16In([one, other]: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (one === undefined || other === undefined) return undefined;
  if ((one === 0xff && other === 0xfe) || (one !== 0 && other === 0)) return 'utf-16le';
  if ((one === 0xfe && other === 0xff) || (one === 0 && other !== 0)) return 'utf-16be';
  return undefined;
}
