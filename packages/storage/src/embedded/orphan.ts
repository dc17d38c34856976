import type { Logger } from '@castellan/connector-sdk';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedDatabaseError } from './embedded-error.js';
import { countServerProcesses, isPostmasterOf, waitUntilGone } from './processes.js';
import { SOCKET_FOLDER_PREFIX } from './socket-folder.js';

const CHILDREN_PATIENCE_MS = 10_000;

/**
 * Stops the server that a killed host left running: it holds the folder, and every later start would fail. The caller
 * holds the host lock, so no live host uses it.
 */
export async function stopOrphan(dataFolder: string, logger: Logger): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (Number.isInteger(pid) && pid > 1 && isPostmasterOf(pid, dataFolder)) {
    logger.warn('stopping the embedded database that an earlier host left running', { pid });
    await stopServer(pid, dataFolder);
  }
  removeSocketFolder(lines[4] ?? '');
  await removeStaleLock(dataFolder, file);
}

/**
 * The server would refuse to start on a file that names any process in being: one that got the number later, or a dead
 * one that nobody has collected (process 1 of a container often does not). With no server process left in the folder the
 * file says nothing. Where that cannot be seen (not Linux) the file stays, and the server judges.
 */
async function removeStaleLock(dataFolder: string, file: string): Promise<void> {
  // The children of a server that was killed alone go within seconds; until then they may still write.
  const end = Date.now() + CHILDREN_PATIENCE_MS;
  for (let left = countServerProcesses(dataFolder); left !== 0; left = countServerProcesses(dataFolder)) {
    if (left === undefined || Date.now() > end) return;
    await sleep(50);
  }
  rmSync(file, { force: true });
}

export async function stopServer(pid: number, dataFolder: string): Promise<void> {
  // SIGINT: clients are cut, the server closes its files. SIGQUIT: it drops everything; the next start recovers.
  for (const [signal, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    signalServer(pid, signal);
    if (await waitUntilGone(pid, patience)) return;
  }
  throw new EmbeddedDatabaseError('not_started', `The embedded database in ${dataFolder} (process ${pid}) does not stop.`);
}

export function signalServer(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone already
  }
}

/** Only a folder that we made: the line comes from a file that could name anything. */
function removeSocketFolder(path: string): void {
  if (basename(path).startsWith(SOCKET_FOLDER_PREFIX)) rmSync(path, { recursive: true, force: true });
}
