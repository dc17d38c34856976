import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DatabaseLocation, KeyProvider } from '@castellan/storage';
import { UsageError } from '../exit-code.js';

type Environment = Readonly<Record<string, string | undefined>>;

interface HostPlaces {
  readonly location: DatabaseLocation;
  readonly key: KeyProvider;
  /** In words. */
  readonly keyPlace: string;
}

/** Where the host's own variables say that its database and its key are. @throws UsageError */
export async function hostPlaces(
  env: Environment,
  cwd: string,
  { mustExist }: { readonly mustExist: boolean },
): Promise<HostPlaces> {
  const { dataPlaces, DEFAULT_DATA_DIR, keyFrom } = await import('@castellan/storage');
  const dataDir = resolve(cwd, env['CASTELLAN_DATA_DIR']?.trim() || DEFAULT_DATA_DIR);
  const [url, ownerUrl] = [env['DATABASE_URL']?.trim() || undefined, env['DATABASE_OWNER_URL']?.trim() || undefined];
  if (mustExist && url === undefined && !existsSync(dataDir))
    throw new UsageError(`There is no data of a host in ${dataDir}. Set CASTELLAN_DATA_DIR or DATABASE_URL as for the host.`);
  const { keyFile, postgres } = dataPlaces(dataDir);
  const keyPlace = env['CASTELLAN_KEY'] ? 'the value of CASTELLAN_KEY' : keyFile;
  return { location: { url, ownerUrl, dataDir: postgres }, key: keyFrom(env, keyFile, { create: false }), keyPlace };
}

/** What another file or another setting mends ends with 2. */
export async function refusedAsUsage<T>(work: Promise<T>): Promise<T> {
  const { BackupError } = await import('@castellan/storage');
  try {
    return await work;
  } catch (error) {
    if (error instanceof BackupError) throw new UsageError(error.message);
    throw error;
  }
}
