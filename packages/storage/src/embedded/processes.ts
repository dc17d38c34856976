import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A text that names this very process: its number alone would be taken over by another one some day. `undefined`: there
 * is no such process.
 */
export function identityOf(pid: number): string | undefined {
  try {
    if (process.platform === 'win32') {
      process.kill(pid, 0);
      return String(pid);
    }
    if (process.platform !== 'linux') return ps(pid, 'lstart');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; what follows it is: state (3), ..., start time (22).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Whether the process is the PostgreSQL server of this data folder (and not somebody who got its number). */
export function isPostmasterOf(pid: number, dataFolder: string): boolean {
  if (process.platform === 'linux') return worksIn(pid, dataFolder);
  try {
    return ps(pid, 'command').includes(`-D ${dataFolder}`);
  } catch {
    return false;
  }
}

/** The server and its children. `undefined`: cannot be told on this system. */
export function countServerProcesses(dataFolder: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && worksIn(Number(name), dataFolder)).length;
}

/** Server processes work in their data folder. The dead have no folder; what is not ours cannot be read and is none. */
function worksIn(pid: number, dataFolder: string): boolean {
  try {
    // The file of a running server may have been replaced by an upgrade.
    const program = basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
    return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === dataFolder;
  } catch {
    return false;
  }
}

export async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (identityOf(pid) !== undefined) {
    if (Date.now() > end) return false;
    await sleep(20);
  }
  return true;
}

function ps(pid: number, column: string): string {
  return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
}
