/**
 * Kills the host at random moments of a sync, restarts it, and compares what is stored in the end with an undisturbed run.
 * `npm run bench -- kill [times] [users]`
 * The databases are embedded ones, which lose their host as well; on the server of the tests where there is one.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyFromFile, openStorage } from '@castellan/storage';
import { migratedDatabase } from '@castellan/storage/testing';
import { note, startHost, startSimulator, temporaryFolder, untilSynced } from './stack.mjs';

const [times = 20, users = 5_000, seed = 1] = process.argv.slice(2).map(Number);

/** Mulberry32: the moments must be the same in every run of one seed. */
function random(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// 400 and 80 for 5,000 people.
const [groups, apps] = [Math.min(400, Math.ceil(users / 2)), Math.min(80, Math.ceil(users / 10))].map(String);
const simulator = await startSimulator(['--users', String(users), '--groups', groups, '--apps', apps, '--limits', 'off']);

const silent = { debug() {}, info() {}, warn() {}, error: (...line) => note(JSON.stringify(line)) };

const server = process.env.CASTELLAN_TEST_POSTGRES;

async function dumpOf(dataDir, url, id) {
  const key = keyFromFile(join(dataDir, 'castellan.key'), { create: false });
  const storage = await openStorage({ url, dataDir: join(dataDir, 'postgres'), key, logger: silent });
  try {
    return await storage.canonicalDump(id);
  } finally {
    await storage.close();
  }
}

/** @param killAtPages committed pages at which the host is killed: a time would be another moment on a machine that has become busier */
async function syncOnce(killAtPages) {
  const folder = temporaryFolder();
  const url = server && (await migratedDatabase(server));
  const env = url && { DATABASE_URL: url };
  try {
    let host = await startHost(folder.path, simulator.url, env);
    const started = performance.now();
    const { id } = await host.call('POST', '/integrations', { connector: 'okta', config: simulator.config });
    let resumedAfterMs = null;
    if (killAtPages !== undefined) {
      await untilPages(host, id, killAtPages);
      await host.kill();
      const restarted = performance.now();
      host = await startHost(folder.path, simulator.url, env);
      resumedAfterMs = await untilResumed(host, id, restarted);
    }
    const run = await untilSynced(host, id);
    const ms = performance.now() - started;
    await host.stop();
    return { ...(await dumpOf(folder.path, url, id)), pages: pagesOf(run), state: run.state, ms, resumedAfterMs };
  } finally {
    folder.remove();
  }
}

function pagesOf(run) {
  // Before the first look of a host at its queue there is none.
  return (run?.streams ?? []).reduce((sum, stream) => sum + stream.pages, 0);
}

async function latestRun(host, id) {
  const { items } = await host.call('GET', `/integrations/${id}/runs?limit=1`);
  return items[0];
}

async function untilPages(host, id, pages) {
  while (pagesOf(await latestRun(host, id)) < pages) await sleep(10);
}

/** From the restart to the first page that the resumed run commits; `null` when there was nothing left to resume. */
async function untilResumed(host, id, since) {
  let before;
  for (;;) {
    const run = await latestRun(host, id);
    before ??= pagesOf(run);
    if (pagesOf(run) > before) return Math.round(performance.now() - since);
    if (!['queued', 'running', 'waiting'].includes(run.state)) return null;
    await sleep(50);
  }
}

try {
  const whole = await syncOnce();
  note(`undisturbed: ${whole.rows} rows, ${Math.round(whole.ms)} ms, ${whole.sha256}`);
  const next = random(seed);
  let equal = 0;
  const resumed = [];
  for (let round = 1; round <= times; round += 1) {
    // Neither before anything is stored nor when all of it is: then nothing would be resumed.
    const killAtPages = Math.ceil((0.05 + 0.75 * next()) * whole.pages);
    const cut = await syncOnce(killAtPages);
    const same = cut.sha256 === whole.sha256;
    if (same) equal += 1;
    if (cut.resumedAfterMs !== null) resumed.push(cut.resumedAfterMs);
    note(
      `${round}/${times}: killed at page ${killAtPages} of ${whole.pages}, resumed after ${cut.resumedAfterMs} ms, ${cut.state}, ${same ? 'equal' : `DIFFERENT: ${cut.rows} rows`}`,
    );
  }
  process.stdout.write(
    `${JSON.stringify({ benchmark: 'kill', users, times, equal, resumed: resumed.length, rows: whole.rows, slowestResumeMs: Math.max(0, ...resumed) })}\n`,
  );
  process.exitCode = equal === times ? 0 : 1;
} finally {
  await simulator.stop();
}
