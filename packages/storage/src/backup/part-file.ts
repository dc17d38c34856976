import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BackupError } from './backup-error.js';

/** A file that only its owner can read, written beside its place and put there once it is whole and on the disk. */
export class PartFile {
  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    private readonly replaces: boolean,
  ) {}

  /** @throws BackupError where a file is there and must not be replaced, or none can be made */
  static async open(file: string, replaces: boolean): Promise<PartFile> {
    refuseExisting(file, replaces);
    try {
      if (replaces) await rm(partOf(file), { force: true });
      return new PartFile(file, await open(partOf(file), 'wx', 0o600), replaces);
    } catch (cause) {
      const code = codeOf(cause);
      const text =
        code === 'EEXIST'
          ? `${partOf(file)} is there: a backup is being written to it, or one was cut off. Remove it if none runs, or name another file.`
          : `${file} cannot be written (${code}). Name another file.`;
      throw new BackupError('file', text, { cause });
    }
  }

  /** All that comes. @throws BackupError e.g. where the disk is full */
  async fill(source: Readable): Promise<void> {
    try {
      await pipeline(source, this.handle.createWriteStream({ flush: true }));
    } catch (cause) {
      throw new BackupError('file', `${this.file} cannot be written (${codeOf(cause)}). Make room, or name another file.`, {
        cause,
      });
    }
  }

  /** @returns its size */
  async keep(): Promise<number> {
    // The stream has brought it to the disk; it may still be about to close.
    await this.handle.close();
    // Once more: it may have come while this one was written.
    refuseExisting(this.file, this.replaces);
    await rename(partOf(this.file), this.file);
    await syncFolder(dirname(this.file));
    return (await stat(this.file)).size;
  }

  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(partOf(this.file), { force: true });
  }
}

function refuseExisting(file: string, replaces: boolean): void {
  if (replaces || !existsSync(file)) return;
  throw new BackupError('file', `${file} is there already and stays as it is. Name another file, or replace it with --force.`);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function partOf(file: string): string {
  return `${file}.part`;
}

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
