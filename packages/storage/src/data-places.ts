import { join } from 'node:path';

/** Below the folder where a host is started, unless it is told another. */
export const DEFAULT_DATA_DIR = join('.castellan', 'data');

export interface DataPlaces {
  /** The embedded server's own. */
  readonly postgres: string;
  readonly keyFile: string;
}

/** What lies where in the data folder of a host. */
export function dataPlaces(dataDir: string): DataPlaces {
  return { postgres: join(dataDir, 'postgres'), keyFile: join(dataDir, 'castellan.key') };
}
