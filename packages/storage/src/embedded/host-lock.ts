import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedDatabaseError } from './embedded-error.js';
import { identityOf } from './processes.js';

/**
 * Says which host owns the folder. A running server alone does not tell: it may serve another live host, or be the
 * orphan of one that was killed. The last word between two hosts that start at once is the server's own `postmaster.pid`.
 */
export class HostLock {
  private constructor(private readonly file: string) {}

  static take(home: string): HostLock {
    const file = join(home, 'host.pid');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        writeFileSync(file, `${process.pid}\n${identityOf(process.pid) ?? ''}\n`, { flag: 'wx', mode: 0o600 });
        return new HostLock(file);
      } catch (error) {
        if (!isExisting(error)) throw error;
      }
      const [pid = '', identity = ''] = read(file).split('\n');
      if (Number(pid) > 0 && identity !== '' && identityOf(Number(pid)) === identity) throw inUse(home, Number(pid));
      rmSync(file, { force: true });
    }
    throw inUse(home, undefined);
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

export function inUse(home: string, pid: number | undefined): EmbeddedDatabaseError {
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  const text = `The embedded database in ${home} is in use by ${who}. Stop that host, choose another folder, or set DATABASE_URL.`;
  return new EmbeddedDatabaseError('in_use', text);
}

function isExisting(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // gone in between
  }
}
