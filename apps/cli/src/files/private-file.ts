import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { UsageError } from '../exit-code.js';

/**
 * A new file that only its owner can read, in the place of one that was there. Opened beside it and renamed: an old file would
 * keep its rights, and a link would lead to somewhere else.
 * @returns its descriptor
 * @throws UsageError that names the option
 */
export function openPrivateFile(file: string, option: string): number {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    rmSync(beside, { force: true });
    const descriptor = openSync(beside, 'wx', 0o600);
    try {
      renameSync(beside, file);
      return descriptor;
    } catch (error) {
      closeSync(descriptor);
      rmSync(beside, { force: true });
      throw error;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'not writable';
    throw new UsageError(`${file} cannot be written (${code}). Name another file with ${option}.`);
  }
}
