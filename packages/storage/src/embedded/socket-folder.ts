import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, mayEnter } from './account.js';

export const PORT = 5432;
export const SOCKET_FOLDER_PREFIX = 'castellan-pg-';
/** `sockaddr_un` holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const LONGEST = process.platform === 'darwin' ? 103 : 107;

export interface SocketFolder {
  readonly path: string;
  remove(): void;
}

/** A folder that only the server's account (and root) may enter: that is the whole authentication. */
export function makeSocketFolder(home: string, account: Account | undefined): SocketFolder {
  const inside = join(home, 'run');
  if (fits(inside)) {
    // The socket's lock file of a killed server stops the next one for the same reason as a stale postmaster.pid does.
    rmSync(inside, { recursive: true, force: true });
    mkdirSync(inside, { recursive: true, mode: 0o700 });
    own(inside, account);
    return { path: inside, remove: () => undefined };
  }
  const path = mkdtempSync(join(shortTemporary(account), SOCKET_FOLDER_PREFIX));
  own(path, account);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${PORT}.lock`)) <= LONGEST;
}

function shortTemporary(account: Account | undefined): string {
  const usual = tmpdir();
  const reachable = account === undefined || mayEnter(usual, account);
  return reachable && fits(join(usual, `${SOCKET_FOLDER_PREFIX}XXXXXX`)) ? usual : '/tmp';
}

function own(folder: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
}
