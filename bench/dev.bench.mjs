/**
 * From a save to the host answering with it, in `npm run dev`: `npm run bench -- dev [times] [pauseSeconds]`
 * A label of the Okta form, then one in a package below it, each saved so often in a copy of this checkout.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyCheckout } from '../test/dev/checkout.mjs';
import { note } from './stack.mjs';

const [times = 10, pauseSeconds = 6] = process.argv.slice(2).map(Number);
const LONGEST_MS = 60_000;

const CHANGES = {
  connector: ['packages/connector-okta/src/config/okta-config.ts', "label: 'Okta domain'", (mark) => `label: '${mark}'`],
  below: ['packages/form-schema/src/json-schema.ts', 'formVersion: 1,', (mark) => `formVersion: 1, ...{ mark: '${mark}' },`],
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function startDevelopment(checkout, port) {
  const env = { ...process.env, PORT: String(port), CASTELLAN_DEMO_PORT: String(await freePort()), LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [join(checkout, 'scripts', 'dev.mjs')], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', 2],
  });
  const lines = createInterface(child.stdout);
  await new Promise((resolve, reject) => {
    lines.on('line', (line) => line.includes('what you save') && resolve());
    child.once('exit', () => reject(new Error('it did not start; the lines above say why')));
  });
  return child;
}

async function signIn(checkout, origin) {
  const body = readFileSync(join(checkout, '.castellan', 'dev', 'sign-in.json'));
  const answer = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body,
  });
  return answer.headers.getSetCookie()[0].split(';', 1)[0];
}

/** Milliseconds from the save until the form says so. Each question has a connection of its own: a replaced host ends those that it has. */
async function untilLive(mark, origin, cookie) {
  const saved = performance.now();
  for (;;) {
    const form = await fetch(`${origin}/api/connectors/okta`, { headers: { cookie, connection: 'close' } }).then(
      (answer) => answer.text(),
      () => '',
    );
    if (form.includes(mark)) return Math.round(performance.now() - saved);
    if (performance.now() - saved > LONGEST_MS) throw new Error('it is not live after a minute');
    await sleep(20);
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const checkout = mkdtempSync(join(tmpdir(), 'castellan-dev-bench-'));
chmodSync(checkout, 0o711); // as root the database runs as another account, which must pass through
let child;
try {
  copyCheckout(checkout);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  child = await startDevelopment(checkout, port);
  const cookie = await signIn(checkout, origin);
  const result = { benchmark: 'dev', times, load: loadavg()[0] };
  for (const [name, [file, before, after]] of Object.entries(CHANGES)) {
    const original = readFileSync(join(checkout, file), 'utf8');
    const measured = [];
    for (let round = 0; round < times; round += 1) {
      await sleep(pauseSeconds * 1_000);
      const mark = `mark ${name} ${round}`;
      writeFileSync(join(checkout, file), original.replace(before, after(mark)));
      measured.push(await untilLive(mark, origin, cookie));
      note(`${name} ${round + 1}/${times}: ${measured.at(-1)} ms (load ${loadavg()[0].toFixed(1)})`);
    }
    result[name] = { medianMs: median(measured), slowestMs: Math.max(...measured) };
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  if (child !== undefined && child.exitCode === null) {
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  rmSync(checkout, { recursive: true, force: true });
}
