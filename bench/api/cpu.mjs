/** How many cores each part has used: where the limit is. Linux only; elsewhere nothing is said. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { serverProcess } from '../../packages/storage/bench/server-process.mjs';

/** What /proc counts in: the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** @param host process id of the host. @param url of its database, which runs on this machine too */
export async function coresUsed(host, url, work) {
  if (!existsSync('/proc/self/stat')) return { result: await work(), cores: null };
  const server = await serverProcess(url);
  const began = performance.now();
  const before = { host: ticksOf(host), database: childrenOf(server), load: process.cpuUsage() };
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  const share = (ticks) => Number((ticks / TICKS_PER_SECOND / seconds).toFixed(2));
  // A process that came meanwhile began at 0; what one that has gone used is not known.
  const database = [...childrenOf(server)].reduce((sum, [pid, ticks]) => sum + ticks - (before.database.get(pid) ?? 0), 0);
  const { user, system } = process.cpuUsage(before.load);
  const cores = {
    host: share(ticksOf(host) - before.host),
    database: share(database),
    load: Number(((user + system) / 1e6 / seconds).toFixed(2)),
  };
  return { result, cores };
}

function statOf(pid) {
  // The name, in brackets, may hold anything: fields are counted from behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

function ticksOf(pid) {
  return statOf(pid).ticks;
}

/** Ticks of each process that the server has started. */
function childrenOf(parent) {
  const children = new Map();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const stat = statOf(pid);
      if (stat.parent === parent) children.set(pid, stat.ticks);
    } catch {
      // It has ended meanwhile.
    }
  }
  return children;
}
