import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FIXTURE_VERSION, type Fixture, MANIFEST, REQUESTS } from '@castellan/connector-testkit/replay';
import { UsageError } from '../exit-code.js';

/**
 * The folder of a recording. It is there as a whole or not at all, and replaces nothing but an older recording.
 * @throws UsageError that names it
 */
export class RecordingFolder {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Before anything is asked: nobody wants to learn after an hour that there is no room for the answers. */
  static async at(folder: string): Promise<RecordingFolder> {
    const full = resolve(folder);
    if (existsSync(full) && !existsSync(join(full, MANIFEST)) && (await listed(full)).length > 0)
      throw new UsageError(
        `${folder} holds something else than a recording and stays as it is. Name another folder with --out.`,
      );
    return new RecordingFolder(full);
  }

  async write(connector: string, files: ReadonlyMap<string, Fixture>): Promise<void> {
    const beside = `${this.#folder}.${process.pid}.tmp`;
    try {
      await mkdir(join(beside, REQUESTS), { recursive: true });
      await writeFile(join(beside, MANIFEST), `${JSON.stringify({ version: FIXTURE_VERSION, connector }, null, 2)}\n`);
      for (const [name, fixture] of files)
        await writeFile(join(beside, REQUESTS, name), `${JSON.stringify(fixture, null, 2)}\n`);
      await rm(this.#folder, { recursive: true, force: true });
      await rename(beside, this.#folder);
    } catch (error) {
      await rm(beside, { recursive: true, force: true });
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'not writable';
      throw new UsageError(`${this.#folder} cannot be written (${code}). Name another folder with --out.`);
    }
  }
}

async function listed(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'not readable';
    throw new UsageError(`${folder} cannot be used (${code}). Name another folder with --out.`);
  }
}
