import type { Logger } from '@castellan/connector-sdk';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Home, makePrivate } from './account.js';
import { HostLock } from './host-lock.js';
import { stopOrphan } from './orphan.js';

const POINTER = 'stand-in.txt';
const OWNER = 'owner.txt';

/**
 * Ties a stand-in to the folder that it stands for: whoever deletes the requested folder (its key file beside it, as a
 * rule) means to begin anew, and must not meet the old database. That one is put aside, not deleted: the requested folder
 * may only be on a disk that is not mounted today.
 */
export async function claimStandIn(home: Home, logger: Logger): Promise<void> {
  const { requested } = home;
  if (home.folder === requested) return;
  const pointer = join(requested, POINTER);
  const owner = join(home.folder, OWNER);
  const said = readLine(pointer);
  if (said !== undefined && said === readLine(owner)) return;
  if (existsSync(join(home.folder, 'data'))) {
    await putAside(home, logger);
    makePrivate(home.folder, home.account);
  }
  const id = randomUUID();
  // In this order: a host that dies in between leaves a stand-in that nobody claims, never a claim on somebody else's.
  writeFileSync(owner, `${id}\n`, { mode: 0o600 });
  mkdirSync(requested, { recursive: true, mode: 0o700 });
  writeFileSync(pointer, `${id}\nThe account of the database cannot enter this folder. Its files are in ${home.folder}\n`, {
    mode: 0o600,
  });
}

async function putAside(home: Home, logger: Logger): Promise<void> {
  const lock = HostLock.take(home.folder);
  try {
    await stopOrphan(join(home.folder, 'data'), logger);
  } finally {
    lock.release();
  }
  const aside = `${home.folder}.${new Date().toISOString().replaceAll(/[^0-9]/g, '')}`;
  renameSync(home.folder, aside);
  logger.warn('the folder of the embedded database was deleted: its old files are put aside', { aside });
}

function readLine(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : undefined;
}
