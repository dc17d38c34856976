/** `npm run demo`: a host on its own PostgreSQL, connected to a simulated Okta organisation. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { secondPerson, signIn } from './local/administrator.mjs';
import { Api, refusePortInUse } from './local/api.mjs';
import { connect } from './local/connect.mjs';
import { gone, Programs } from './local/programs.mjs';
import { startedSimulator } from './local/simulator.mjs';
import { install, root, turbo } from './workspace.mjs';

const PORT = Number(process.env.PORT ?? 4400);
/** Fixed, because the integration remembers the address: the second start finds its organisation where it was. */
const SIMULATOR_PORT = Number(process.env.CASTELLAN_DEMO_PORT ?? 4401);
/** Apart from the data of `npm start`: the demo signs in by itself, and must know the password. */
const DATA = process.env.CASTELLAN_DATA_DIR ?? join(root, '.castellan', 'demo');
const SIZE = { users: 1500, groups: 120, apps: 60 };
/** All that can be read and done, so that the checks have something to say. Not the ages of secrets: no one reads them unasked. */
const MORE_DATA = { posture: true, eachAccount: true, activityDays: 90, actions: true };
const OWNER = {
  file: 'demo-sign-in.json',
  email: 'demo@castellan.example',
  name: 'Demo Administrator',
  workspace: 'Demo',
};
const SECOND = {
  file: 'demo-second-person.json',
  email: 'second@castellan.example',
  name: 'Second Person',
  role: 'analyst',
};
const api = new Api(`http://127.0.0.1:${PORT}/api`);

const say = (text) => process.stdout.write(`${text}\n`);
const programs = new Programs();

/** All that any of its streams and actions needs. */
function scopesOf(connector) {
  const spec = execFileSync(process.execPath, [join(root, 'apps/cli/bin/castellan.js'), 'spec', connector], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { streams, actions } = JSON.parse(spec);
  return [...new Set([...streams, ...actions].flatMap(({ requires }) => requires))];
}

async function startHost(simulatorUrl, setupToken) {
  const allowed = [process.env.CASTELLAN_ALLOW_HOSTS, new URL(simulatorUrl).host].filter(Boolean).join(',');
  const child = await programs.start('apps/host/dist/main.js', [], {
    env: {
      PORT: String(PORT),
      CASTELLAN_ALLOW_HOSTS: allowed,
      CASTELLAN_DATA_DIR: DATA,
      CASTELLAN_SETUP_TOKEN: setupToken,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    },
  });
  const waiting = new AbortController();
  try {
    await Promise.race([api.untilReady(waiting.signal), gone(child, 'The host')]);
  } finally {
    waiting.abort();
  }
}

function countsOf(integration) {
  return Object.entries(integration.counts).map(([kind, count]) => `${kind} ${count}`);
}

async function showFirstSync(id) {
  const live = process.stdout.isTTY;
  for (let shown = ''; ; ) {
    const integration = await api.call('GET', `/integrations/${id}`);
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
  await refusePortInUse(PORT, 'npm run demo');
  install();
  turbo('build');
  const organisation = { port: SIMULATOR_PORT, ...SIZE, grantedScopes: scopesOf('okta') };
  const file = 'scripts/demo-organisation.mjs';
  const { line } = await startedSimulator(programs, 'okta', file, [JSON.stringify(organisation)]);
  const config = { ...line.config, ...MORE_DATA };
  // For who wants to fill the dialog by hand, and for `castellan check okta --config`.
  mkdirSync(DATA, { recursive: true, mode: 0o711 });
  const credentials = join(DATA, 'okta.json');
  writeFileSync(credentials, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  const setupToken = randomBytes(24).toString('base64url');
  await startHost(line.url, setupToken);
  const { email, password } = await signIn(api, DATA, setupToken, OWNER);
  const connected = await connect(api, 'okta', config);
  const found = `Found "${connected.integration.name}" with the data of an earlier start.`;
  say(connected.isNew ? 'Connecting the simulated organisation. First sync:' : found);
  const integration = await showFirstSync(connected.integration.id);
  say(`Status: ${integration.status.state}. ${countsOf(integration).join(', ')}`);
  const second = await secondPerson(api, new Api(api.url), DATA, SECOND);
  const key = await api.call('POST', '/api-keys', {
    name: 'Demo',
    scopes: ['integrations:read', 'records:read', 'findings:read'],
    expiresInDays: 1,
  });
  say(`\nCastellan runs at http://127.0.0.1:${PORT}. Sign in as ${email} with the password ${password}`);
  say(`Who agrees to what is heavy, in another browser: ${second.email} with the password ${second.password}`);
  say(
    `To fill the dialog of Okta by hand: address, client id and secret of the organisation are in ${relative(process.cwd(), credentials)}`,
  );
  say(`Programs use an API key; this one is good for a day:`);
  say(`  export KEY=${key.key}`);
  say(`  curl -s -H "Authorization: Bearer $KEY" ${api.url}/integrations/${integration.id}`);
  say(`  curl -s -H "Authorization: Bearer $KEY" '${api.url}/integrations/${integration.id}/records/account?limit=5'`);
  say(`  curl -s -H "Authorization: Bearer $KEY" '${api.url}/findings?severity=critical&limit=5'`);
  say('Ctrl-C stops everything.');
} catch (error) {
  if (!programs.isStopping) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    await programs.stopAll();
  }
}
