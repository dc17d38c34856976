/** `npm run demo`: a host on its own PostgreSQL, connected to a simulated Okta organisation. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { install, root, start, stop, turbo } from './workspace.mjs';

const PORT = Number(process.env.PORT ?? 4400);
/** Fixed, because the integration remembers the address: the second start finds its organisation where it was. */
const SIMULATOR_PORT = Number(process.env.CASTELLAN_DEMO_PORT ?? 4401);
/** Apart from the data of `npm start`: the demo signs in by itself, and must know the password. */
const DATA = process.env.CASTELLAN_DATA_DIR ?? join(root, '.castellan', 'demo');
const SIZE = ['--users', '1500', '--groups', '120', '--apps', '60'];
const api = `http://127.0.0.1:${PORT}/api`;

const say = (text) => process.stdout.write(`${text}\n`);
const children = [];
let stopping = false;
async function stopAll() {
  if (stopping) return;
  stopping = true;
  // The host first: it gives its runs back while the organisation still answers.
  for (const child of children.toReversed()) await stop(child);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stopAll());

async function startSimulator() {
  const child = start('apps/cli/bin/castellan.js', ['simulate', 'okta', '--port', String(SIMULATOR_PORT), ...SIZE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), gone(child, 'The simulator')]);
  return JSON.parse(line);
}

/** A host of somebody else that listens there would be taken for ours. */
async function refusePortInUse() {
  const answers = await fetch(`http://127.0.0.1:${PORT}/`).then(
    () => true,
    () => false,
  );
  if (answers)
    throw new Error(`Port ${PORT} is in use by another program. Stop it, or choose another port: PORT=4500 npm run demo`);
}

async function startHost(simulatorUrl, setupToken) {
  const allowed = [process.env.CASTELLAN_ALLOW_HOSTS, new URL(simulatorUrl).host].filter(Boolean).join(',');
  const child = start('apps/host/dist/main.js', [], {
    env: {
      PORT: String(PORT),
      CASTELLAN_ALLOW_HOSTS: allowed,
      CASTELLAN_DATA_DIR: DATA,
      CASTELLAN_SETUP_TOKEN: setupToken,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    },
  });
  children.push(child);
  const waiting = new AbortController();
  try {
    await Promise.race([untilReady(waiting.signal), gone(child, 'The host')]);
  } finally {
    waiting.abort();
  }
}

async function gone(child, name) {
  const [code] = await once(child, 'exit');
  throw new Error(`${name} ended with code ${code}; the lines above say why. PORT and CASTELLAN_DEMO_PORT choose other ports.`);
}

async function untilReady(signal) {
  while (!signal.aborted) {
    const ready = await fetch(`${api}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await sleep(200);
  }
}

let cookie = '';

/** As a page of the host would: the session's cookie, and where the page is from. */
async function send(method, path, body) {
  const headers = { 'content-type': 'application/json', origin: new URL(api).origin, ...(cookie && { cookie }) };
  const answer = await fetch(`${api}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const [set] = answer.headers.getSetCookie();
  if (set !== undefined) cookie = set.split(';', 1)[0];
  return answer;
}

/** The demo's administrator: made at the first start, kept in a file that only its owner can read. */
async function signIn(setupToken) {
  const file = join(DATA, 'demo-sign-in.json');
  if (existsSync(file)) {
    const known = JSON.parse(readFileSync(file, 'utf8'));
    if ((await send('POST', '/session', known)).ok) return known;
  }
  const made = { email: 'demo@castellan.example', password: randomBytes(15).toString('base64url') };
  const answer = await send('POST', '/set-up', { token: setupToken, name: 'Demo Administrator', workspace: 'Demo', ...made });
  if (answer.ok) {
    mkdirSync(DATA, { recursive: true });
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
    return made;
  }
  throw new Error(
    `The data in ${DATA} belongs to somebody whose password the demo does not know. Delete the folder to begin afresh.`,
  );
}

async function call(method, path, body) {
  const answer = await send(method, path, body);
  const content = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(content)}`);
  return content;
}

async function connect(config) {
  const { items } = await call('GET', '/integrations');
  const known = items.find((integration) => integration.config.domain === config.domain);
  say(
    known ? `Found "${known.name}" with the data of an earlier start.` : 'Connecting the simulated organisation. First sync:',
  );
  if (known === undefined) return call('POST', '/integrations', { connector: 'okta', config });
  // A plain start in between could not reach the simulated organisation, and says so until it is read again.
  if (known.status.state !== 'healthy') await call('POST', `/integrations/${known.id}/sync`);
  return known;
}

function countsOf(integration) {
  return Object.entries(integration.counts).map(([kind, count]) => `${kind} ${count}`);
}

async function showFirstSync(id) {
  const live = process.stdout.isTTY;
  for (let shown = ''; ; ) {
    const integration = await call('GET', `/integrations/${id}`);
    const done = integration.streams.filter((stream) => stream.freshAt !== null).length;
    const bar = '#'.repeat(done).padEnd(integration.streams.length, '.');
    const line = `[${bar}] ${done}/${integration.streams.length} streams`;
    if (live) process.stdout.write(`\r\u001B[K${line}  ${countsOf(integration).slice(0, 3).join('  ')}`.slice(0, 120));
    else if (line !== shown) say(line);
    shown = line;
    if (!['never_synced', 'syncing'].includes(integration.status.state)) {
      if (live) say('');
      return integration;
    }
    await sleep(500);
  }
}

try {
  await refusePortInUse();
  install();
  turbo('build');
  const { url, config } = await startSimulator();
  const setupToken = randomBytes(24).toString('base64url');
  await startHost(url, setupToken);
  const { email, password } = await signIn(setupToken);
  const connected = await connect(config);
  const integration = await showFirstSync(connected.id);
  say(`Status: ${integration.status.state}. ${countsOf(integration).join(', ')}`);
  const key = await call('POST', '/api-keys', {
    name: 'Demo',
    scopes: ['integrations:read', 'records:read'],
    expiresInDays: 1,
  });
  say(`\nCastellan runs at http://127.0.0.1:${PORT}. Sign in as ${email} with the password ${password}`);
  say(`(there is no web page yet: POST ${api}/session {email, password}). Or try, with an API key that is good for a day:`);
  say(`  export KEY=${key.key}`);
  say(`  curl -s -H "Authorization: Bearer $KEY" ${api}/integrations/${integration.id}`);
  say(`  curl -s -H "Authorization: Bearer $KEY" '${api}/integrations/${integration.id}/records/account?limit=5'`);
  say('Ctrl-C stops everything.');
} catch (error) {
  if (!stopping) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    await stopAll();
  }
}
