import { damaged } from './backup-error.js';

export const FORMAT = 'castellan backup';
export const FORMAT_VERSION = 1;

/** A number that the database gives to new rows. */
export interface SequenceState {
  readonly table: string;
  readonly column: string;
  /** The last one given. As text: it may be larger than a number of JavaScript. */
  readonly last: string;
}

/** What comes first in a backup. */
export interface BackupHeader {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** The migrations that had been run, in order: the schema of the rows. */
  readonly migrations: readonly string[];
  /** By the clock of the database: the moment that all rows are of. */
  readonly at: string;
  readonly postgres: string;
  /** What tables there are, in the order in which they come. */
  readonly tables: readonly string[];
  readonly sequences: readonly SequenceState[];
  /** Months that the activity log has a partition for: `2026-01-01`. */
  readonly months: readonly string[];
}

export interface TableHead {
  readonly table: string;
  readonly columns: readonly string[];
}

export type RowCounts = Readonly<Record<string, number>>;

/** What comes last. */
export interface BackupTrailer {
  readonly rows: RowCounts;
  /** Over everything before, hexadecimal. */
  readonly sha256: string;
}

export function readJson<T>(payload: Buffer): T {
  try {
    return JSON.parse(payload.toString('utf8')) as T; // its sum is compared before anything is made of it
  } catch (cause) {
    throw damaged('it was altered', cause);
  }
}

export function sumOf(rows: RowCounts): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}
