import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EmbeddedDatabaseError } from './embedded-error.js';

/** The user that the server runs as. PostgreSQL refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Home {
  /** The folder that was asked for, with its links resolved. */
  readonly requested: string;
  /** Where everything of the server lives: the requested folder, or a reachable stand-in for it. */
  readonly folder: string;
  /** `undefined`: the server runs as ourselves. */
  readonly account: Account | undefined;
}

/** Where root's servers live when the requested folder cannot be entered by the account that they run as. */
const STAND_IN_ROOT = '/var/lib/castellan';

/** Makes the folder of the server (0700, owned by the account that it runs as) and says where it is. */
export function prepareHome(dataDir: string, standInRoot = STAND_IN_ROOT): Home {
  const wanted = realLocation(resolve(dataDir));
  if (process.getuid?.() !== 0) {
    makePrivate(wanted, undefined);
    return { requested: wanted, folder: wanted, account: undefined };
  }
  const account = accountFor(wanted);
  const folder = mayEnter(dirname(wanted), account) ? wanted : join(standInRoot, hashOf(wanted));
  makePrivate(folder, account);
  if (folder !== wanted) openPassage(standInRoot);
  return { requested: wanted, folder, account };
}

/** The owner of an existing folder goes on owning it; else `nobody`. */
function accountFor(folder: string): Account {
  if (existsSync(folder)) {
    const { uid, gid } = statSync(folder);
    if (uid !== 0) return { uid, gid };
  }
  const fields = readPasswd()
    .find((line) => line.startsWith('nobody:'))
    ?.split(':');
  return { uid: Number(fields?.[2] ?? 65534), gid: Number(fields?.[3] ?? 65534) };
}

function readPasswd(): readonly string[] {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Whether the account may pass through this folder and all above it, by their modes; what does not exist yet, root makes. */
export function mayEnter(folder: string, account: Account): boolean {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(current)) {
      const { mode, uid, gid } = statSync(current);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return false;
    }
    if (dirname(current) === current) return true;
  }
}

export function makePrivate(folder: string, account: Account | undefined): void {
  try {
    // Only the last folder is private: one above it may hold things of others. 0755 whatever the umask, or the account
    // could not pass through what we make here.
    const made = mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
    if (made !== undefined && account !== undefined && !mayEnter(dirname(folder), account)) openPath(dirname(folder), made);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (account !== undefined) chownSync(folder, account.uid, account.gid);
    chmodPrivate(folder);
  } catch (cause) {
    const text = `The folder ${folder} of the embedded database cannot be made or owned. Choose another one, or set DATABASE_URL.`;
    throw new EmbeddedDatabaseError('not_permitted', text, { cause });
  }
}

function openPath(from: string, topMade: string): void {
  for (let current = from; current.length >= topMade.length; current = dirname(current)) chmodSync(current, 0o755);
}

/** 0711, whatever the umask of whoever made it: the account passes through, nobody lists what is there. */
function openPassage(folder: string): void {
  if ((statSync(folder).mode & 0o777) !== 0o711) chmodSync(folder, 0o711);
}

function chmodPrivate(folder: string): void {
  if (process.platform !== 'win32') chmodSync(folder, 0o700);
}

/** The path with its existing part resolved, so that one folder has one name however it was reached. */
function realLocation(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realLocation(parent), basename(path));
}

function hashOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
