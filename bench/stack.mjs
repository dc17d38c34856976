/** A simulated organisation and a host on a data folder of its own, as processes that can be measured and killed. */
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { start, stop } from '../scripts/workspace.mjs';

export const note = (text) => process.stderr.write(`${text}\n`);

export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'castellan-bench-'));
  // PostgreSQL runs as another user when this runs as root: it must be able to pass through.
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** @param args options of `castellan simulate okta` */
export async function startSimulator(args) {
  const child = start('apps/cli/bin/castellan.js', ['simulate', 'okta', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface(child.stdout);
  const [line] = await Promise.race([once(lines, 'line'), gone(child)]);
  return { ...JSON.parse(line), child, stop: () => stop(child) };
}

async function gone(child) {
  const [code] = await once(child, 'exit');
  throw new Error(`a process ended early with ${code}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Of every host that is measured. */
export const ADMINISTRATOR = {
  token: 'the set-up token of the benchmarks',
  email: 'bench@castellan.example',
  name: 'Benchmark',
  password: 'a phrase for measurements',
};

/** The headers of the administrator's session; a host that is new is set up first. */
async function signIn(base) {
  const { origin } = new URL(base);
  const send = (path, body) =>
    fetch(`${base}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const { email, password } = ADMINISTRATOR;
  const made = await send('/set-up', ADMINISTRATOR);
  const answer = made.ok ? made : await send('/session', { email, password });
  if (!answer.ok) throw new Error(`not signed in: ${answer.status} ${await answer.text()}`);
  return { origin, cookie: answer.headers.getSetCookie()[0].split(';', 1)[0] };
}

/** Starts a host; resolves when it is ready. */
export async function startHost(dataDir, simulatorUrl, env = {}, program = 'apps/host/dist/main.js') {
  const port = await freePort();
  const settings = {
    PORT: String(port),
    CASTELLAN_DATA_DIR: dataDir,
    CASTELLAN_ALLOW_HOSTS: new URL(simulatorUrl).host,
    LOG_LEVEL: 'warn',
    CASTELLAN_SETUP_TOKEN: ADMINISTRATOR.token,
    ...env,
  };
  const child = start(program, [], { env: settings, stdio: ['ignore', 'ignore', 'inherit'] });
  const base = `http://127.0.0.1:${port}/api`;
  const ended = gone(child);
  ended.catch(() => undefined);
  for (let ready = false; !ready; ) {
    ready = await Promise.race([
      fetch(`${base}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      ),
      ended,
    ]);
    if (!ready) await sleep(50);
  }
  const headers = { 'content-type': 'application/json', ...(await signIn(base)) };
  const call = async (method, path, body) => {
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${base}${path}`, init);
    const content = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(content)}`);
    return content;
  };
  return {
    child,
    base,
    headers,
    call,
    stop: () => stop(child),
    kill: () => killNow(child),
    peakMemory: () => peakMemory(child.pid),
  };
}

async function killNow(child) {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** The largest resident set that a process has had, in bytes; the kernel keeps it. */
function peakMemory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024;
}

/** Waits until the newest run of an integration is over, and gives it back. */
export async function untilSynced(host, id, timeoutMs = 30 * 60_000) {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    const { items } = await host.call('GET', `/integrations/${id}/runs?limit=1`);
    const run = items[0];
    if (run !== undefined && !['queued', 'running', 'waiting'].includes(run.state)) return run;
    await sleep(100);
  }
  throw new Error('the sync did not end in time');
}
