import { closeSync, ftruncateSync, writeSync } from 'node:fs';
import type { Entry, Log } from 'har-format';
import { openPrivateFile } from '../files/private-file.js';

const END = '\n]}}\n';

/**
 * A HAR 1.2 file that is whole after each entry, so that a run that was killed leaves one that can be read. Written at once and
 * not held in memory: a sync makes thousands of entries.
 */
export class HarFile {
  readonly #file: number;
  #length: number;
  #entries = 0;

  /** @throws UsageError when it cannot be written */
  constructor(file: string, creator: Log['creator']) {
    this.#file = openPrivateFile(file, '--trace');
    const head = `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`;
    writeSync(this.#file, head + END, 0);
    this.#length = Buffer.byteLength(head);
  }

  get entries(): number {
    return this.#entries;
  }

  add(entry: Entry): void {
    const text = `${this.#entries === 0 ? '' : ','}\n${JSON.stringify(entry)}`;
    try {
      writeSync(this.#file, text + END, this.#length);
    } catch (error) {
      // Half of an entry: the disk is full. What was there before stays readable.
      ftruncateSync(this.#file, this.#length);
      writeSync(this.#file, END, this.#length);
      throw error;
    }
    this.#length += Buffer.byteLength(text);
    this.#entries += 1;
  }

  close(): void {
    closeSync(this.#file);
  }
}
