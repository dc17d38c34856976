import type { BackupProgress } from '@castellan/storage';
import type { Output } from '../output.js';

/** A line for each table that has rows, once it is through. */
export class TableLines {
  #rows = 0;

  constructor(private readonly output: Output) {}

  get rows(): number {
    return this.#rows;
  }

  see({ table, bytes, rows }: BackupProgress): void {
    if (rows === undefined || rows === 0) return;
    this.#rows += rows;
    this.output.say(`${table}: ${rows} rows, ${bytes} bytes`);
  }
}
