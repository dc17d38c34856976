import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DatabaseLocation, KeyProvider, Storage } from '@castellan/storage';
import { UsageError } from '../exit-code.js';
import type { Output } from '../output.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Mended by setting something else, not by trying again. */
const SETTINGS = ['bad_key', 'key_missing', 'key_exposed', 'wrong_key', 'key_retired', 'no_new_key'];

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * The database of a host, found by the host's own variables, opened for `work` and closed.
 * @param asReader changes nothing by being opened
 * @throws UsageError when the variables or the keys are not the host's
 */
export async function withHostDatabase<T>(
  env: Environment,
  cwd: string,
  output: Output,
  work: (storage: Storage) => Promise<T>,
  { asReader = false } = {},
): Promise<T> {
  const { openStorage, SecretsError } = await import('@castellan/storage');
  const { location, readKey } = await hostPlaces(env, cwd, { mustExist: true });
  try {
    const storage = await openStorage({ ...location, key: readKey(), logger: warningsTo(output), poolSize: 3, asReader });
    return await throughSignals(() => work(storage).finally(() => storage.close()));
  } catch (error) {
    if (error instanceof SecretsError && SETTINGS.includes(error.code)) throw new UsageError(error.message);
    throw error;
  }
}

interface HostPlaces {
  readonly location: DatabaseLocation;
  /** @throws SecretsError */
  readonly readKey: () => KeyProvider;
  /** In words. */
  readonly keyPlace: string;
}

/** Where the host's own variables say that its database and its key are. @throws UsageError where there has to be one, and is none */
export async function hostPlaces(
  env: Environment,
  cwd: string,
  { mustExist }: { readonly mustExist: boolean },
): Promise<HostPlaces> {
  // Loaded here only: the commands that need no database must not wait for it.
  const { dataPlaces, DEFAULT_DATA_DIR, keyFrom } = await import('@castellan/storage');
  const dataDir = resolve(cwd, given(env, 'CASTELLAN_DATA_DIR') ?? DEFAULT_DATA_DIR);
  const [url, ownerUrl] = [given(env, 'DATABASE_URL'), given(env, 'DATABASE_OWNER_URL')];
  // Else a wrong folder would be filled with a new, empty database.
  if (mustExist && url === undefined && !existsSync(dataDir))
    throw new UsageError(`There is no data of a host in ${dataDir}. Set CASTELLAN_DATA_DIR or DATABASE_URL as for the host.`);
  const { keyFile, postgres } = dataPlaces(dataDir);
  return {
    location: { url, ownerUrl, dataDir: postgres },
    readKey: () => keyFrom(env, keyFile, { create: false }),
    keyPlace: given(env, 'CASTELLAN_KEY') === undefined ? keyFile : 'the value of CASTELLAN_KEY',
  };
}

/**
 * The embedded server ends at once with a process that does not handle signals, and the handlers of this one are used up by the
 * first: it must live until the work has stopped in order.
 */
export async function throughSignals<T>(work: () => Promise<T>): Promise<T> {
  for (const signal of SIGNALS) process.on(signal, ignore);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, ignore);
  }
}

function ignore(): void {}

/** An empty variable is how many tools write "not set". */
function given(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

function warningsTo(output: Output) {
  const quiet = (): void => undefined;
  const say = (message: string): void => output.say(message);
  return { debug: quiet, info: quiet, warn: say, error: say };
}
