import { readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux has it; in a container it may be small, or nothing in it may be run. */
const MEMORY = '/dev/shm';
/** All databases of a run and the log of changes take up to 4 GB. */
const NEEDED = 8 * 2 ** 30;

/** Where the files of the server lie: each of some hundred databases has 540, and on a disk they take ten times as long. */
export function quickFolder() {
  if (!isUsable()) return tmpdir();
  removeOrphans();
  return MEMORY;
}

function isUsable() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    const mount = readFileSync('/proc/mounts', 'utf8').match(new RegExp(`^\\S+ ${MEMORY} \\S+ (\\S+)`, 'm'));
    const isForPrograms = mount !== null && !mount[1].split(',').includes('noexec');
    return isForPrograms && Math.min(bavail * bsize, process.availableMemory()) > NEEDED;
  } catch {
    return false;
  }
}

/** A run that was killed could not tidy up, and memory that nobody frees is lost until the machine starts anew. */
function removeOrphans() {
  for (const name of readdirSync(MEMORY)) {
    const pid = /^castellan-postgres-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
