import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Home } from './account.js';
import type { Binaries } from './binaries.js';
import { EmbeddedDatabaseError } from './embedded-error.js';

const DRAFT = '.initdb-';
export const SUPERUSER = 'castellan';

/** The data folder, made at the first start. @throws EmbeddedDatabaseError when it belongs to another version. */
export async function prepareDataFolder(home: Home, binaries: Binaries): Promise<string> {
  const folder = join(home.folder, 'data');
  // What an interrupted first start left: nobody ever wrote into it.
  for (const name of readdirSync(home.folder)) {
    if (name.startsWith(DRAFT)) rmSync(join(home.folder, name), { recursive: true, force: true });
  }
  if (!existsSync(folder) || readdirSync(folder).length === 0) await initialise(home, binaries, folder);
  checkVersion(folder, binaries);
  return folder;
}

/** Into a folder aside that is renamed when it is whole: a data folder exists completely or not at all. */
async function initialise(home: Home, binaries: Binaries, folder: string): Promise<void> {
  const draft = join(home.folder, `${DRAFT}${randomBytes(6).toString('hex')}`);
  const options = ['-D', draft, '-U', SUPERUSER, '-E', 'UTF8', '--locale=C', '--auth=trust', '--no-instructions'];
  try {
    await promisify(execFile)(binaries.initdb, options, { cwd: home.folder, env: serverEnvironment(), ...home.account });
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    throw new EmbeddedDatabaseError(
      'not_started',
      `The embedded database could not be made in ${home.folder}: ${lastLine(cause)}`,
      { cause },
    );
  }
  rmSync(folder, { recursive: true, force: true }); // an empty one: rename would refuse it on some systems
  renameSync(draft, folder);
  syncFolder(home.folder);
}

/** What initdb said last, e.g. that the disk is full or that the account has no name. */
function lastLine(error: unknown): string {
  const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : '';
  return said.split('\n').at(-1) || String(error);
}

function checkVersion(folder: string, binaries: Binaries): void {
  const file = join(folder, 'PG_VERSION');
  if (!existsSync(file)) {
    const text = `${folder} is not the data folder of a PostgreSQL server. Choose another folder, or set DATABASE_URL.`;
    throw new EmbeddedDatabaseError('foreign_folder', text);
  }
  const found = readFileSync(file, 'utf8').trim();
  if (found === binaries.major) return;
  const text =
    `${folder} was made by PostgreSQL ${found}, and this build of Castellan brings PostgreSQL ${binaries.major}. ` +
    `Start the build that made it and move the data, or choose another folder, or set DATABASE_URL.`;
  throw new EmbeddedDatabaseError('other_version', text);
}

/** A plain environment: the host's may hold secrets, and PG* or LC_* variables would change the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LANG: 'C', TZ: 'UTC', SystemRoot: process.env['SystemRoot'] };
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
