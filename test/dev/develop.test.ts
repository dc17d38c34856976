import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startSimulator } from '@castellan/okta-simulator';
import { copyCheckout } from './checkout.mjs';
import { Development, freePort, type Ports } from './development.js';

/** Programs start, and start again; the machine may have other work. */
const PATIENCE_MS = 240_000;

const CONFIG = 'packages/connector-okta/src/config/okta-config.ts';

/** Seen by no other package, so that only this one is looked at again; that others are as well is tried in `parts.test.ts`. */
const WRONG_TYPE = "const wrong: number = 'text';\nvoid wrong;\n";

let checkout: string;
let ports: Ports;
let dev: Development;
let cookie: string;
let original: string;

const at = (file: string): string => join(checkout, file);
const sourceOf = (file: string): string => readFileSync(at(file), 'utf8');
const relabelled = (label: string): string => original.replace("label: 'Okta domain'", `label: '${label}'`);

/** As many editors save: a new file is renamed over the old one. */
function save(file: string, source: string): void {
  writeFileSync(at(`${file}.swap`), source);
  renameSync(at(`${file}.swap`), at(file));
}

beforeAll(async () => {
  checkout = mkdtempSync(join(tmpdir(), 'castellan-dev-'));
  chmodSync(checkout, 0o711); // as root the database runs as another account, which must pass through
  copyCheckout(checkout);
  original = sourceOf(CONFIG);
  expect(relabelled('other')).not.toBe(original);
  ports = { host: await freePort(), simulator: await freePort() };
  dev = new Development(checkout, ports);
  await dev.says(/what you save/);
  cookie = await dev.signIn();
}, PATIENCE_MS);

afterAll(async () => {
  await dev.end('SIGINT');
  rmSync(checkout, { recursive: true, force: true });
}, PATIENCE_MS);

const form = async (): Promise<string> => JSON.stringify(await dev.send('GET', '/connectors/okta', cookie));

async function untilFormSays(text: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS / 2; !(await form()).includes(text); await sleep(50))
    if (Date.now() > end) throw new Error(`the form does not say ${text}:\n${dev.said}`);
}

describe('what is saved is live', () => {
  test(
    'also while the save before it is at work: the last word counts',
    async () => {
      save(CONFIG, relabelled('First'));
      await sleep(200);
      save(CONFIG, relabelled('Second'));
      await untilFormSays('Second');
      expect(dev.said).toMatch(/okta-config\.ts: live after [\d.]+ s/);
    },
    PATIENCE_MS,
  );

  test(
    'below the connectors, and with a wrong type: the mistake is shown until it is mended',
    async () => {
      const file = 'packages/form-schema/src/json-schema.ts';
      const before = sourceOf(file);
      const changed = before.replace('formVersion: 1,', "formVersion: 1, hint: 'from below',");
      expect(changed).not.toBe(before);
      save(file, `${changed}\n${WRONG_TYPE}`);
      await untilFormSays('from below');
      await dev.says(/types of packages.form-schema are wrong[^]*json-schema\.ts[^]*not assignable to type 'number'/);
      save(file, before);
      await dev.says(/types of packages.form-schema are right again/);
      expect(await form()).not.toContain('from below');
    },
    PATIENCE_MS,
  );

  test(
    'of a simulator at its address',
    async () => {
      const file = 'packages/okta-simulator/src/index.ts';
      save(file, `${sourceOf(file)}export const changed = true;\n`);
      await dev.says(/the simulated okta was started again/);
      const answer = await fetch(`http://127.0.0.1:${ports.simulator}/.well-known/okta-organization`);
      expect(answer.status).toBe(200);
    },
    PATIENCE_MS,
  );
});

test(
  'what cannot run is told with its place, and what ran before goes on',
  async () => {
    const before = await form();
    save(CONFIG, `${relabelled('Broken')}export const = ;\n`);
    await dev.says(/okta-config\.ts: not built; what ran before goes on/);
    save(CONFIG, `${relabelled('Broken')}throw new Error('canary of the import');\n`);
    await dev.says(new RegExp(`canary of the import[^]*okta-config\\.ts:${original.split('\n').length}\\b`));
    await dev.says(/a host with it does not start; the one before goes on/);
    expect(await form()).toBe(before);
    save(CONFIG, original);
    await untilFormSays('Okta domain');
  },
  PATIENCE_MS,
);

test(
  'castellan works with the file that it names',
  async () => {
    const file = join('.castellan', 'dev', 'okta.json');
    expect(dev.said).toContain(`npx castellan check okta --config ${file}`);
    expect(statSync(at(file)).mode & 0o777).toBe(0o600);
    const castellan = [at('apps/cli/bin/castellan.js'), 'check', 'okta', '--config', at(file)];
    const { stdout } = await promisify(execFile)(process.execPath, castellan);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  },
  PATIENCE_MS,
);

interface Integration {
  readonly id: string;
  readonly name: string;
  readonly status: { readonly state: string };
  readonly counts: Readonly<Record<string, number>>;
  readonly lastRun: { readonly id: string } | null;
}

test(
  'a reload in the middle of a sync loses nothing',
  async () => {
    const org = await startSimulator({ users: 80, groups: 20, apps: 10, latencyMs: 80 });
    // The answers of the host's API.
    const detail = async (id: string) => (await dev.send('GET', `/integrations/${id}`, cookie)) as Integration;
    try {
      const settings = { connector: 'okta', name: 'Slow', config: org.config };
      const { id } = (await dev.send('POST', '/integrations', cookie, settings)) as Integration;
      while ((await detail(id)).counts['account'] !== 80) await sleep(20);
      save(CONFIG, relabelled('During a sync'));
      const before = await detail(id);
      expect(before.status.state).toBe('syncing');
      await untilFormSays('During a sync');
      while (['syncing', 'interrupted', 'waiting'].includes((await detail(id)).status.state)) await sleep(100);
      const { status, counts, lastRun } = await detail(id);
      expect(status.state).toBe('healthy');
      // The same run: it was taken over, and not begun again.
      expect(lastRun?.id).toBe(before.lastRun?.id);
      const { directory, applications } = org.org;
      const members = [...directory.groups.keys()].reduce((sum, group) => sum + directory.memberCount(group), 0);
      expect(counts).toMatchObject({
        account: directory.users.size,
        group: directory.groups.size,
        membership: members,
        application: applications.apps.size,
      });
    } finally {
      await org.close();
    }
  },
  PATIENCE_MS,
);

test(
  'a second one is refused on the same port, and on the same data',
  async () => {
    const samePort = new Development(checkout, ports);
    expect(await samePort.end()).toBe(1);
    expect(samePort.said).toContain(`Port ${ports.host} is in use`);
    const sameData = new Development(checkout, { host: await freePort(), simulator: await freePort() });
    expect(await sameData.end()).toBe(1);
    expect(sameData.said).toContain(`is in use by process ${dev.pid}`);
    expect(await form()).toContain('During a sync');
  },
  PATIENCE_MS,
);

/** Programs of this checkout. */
async function running(): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args=']);
  return stdout.split('\n').filter((line) => line.includes(checkout));
}

describe('Ctrl-C', () => {
  test(
    'ends everything',
    async () => {
      expect((await running()).length).toBeGreaterThan(3);
      expect(await dev.end('SIGINT')).toBe(0);
      expect(await running()).toEqual([]);
    },
    PATIENCE_MS,
  );

  test.each([0, 700])(
    'after %i ms of a start ends what was started',
    async (ms) => {
      const cut = new Development(checkout, ports);
      await sleep(ms);
      await cut.end('SIGINT');
      expect(await running()).toEqual([]);
      expect(cut.said).not.toMatch(/Error|at .*\.mjs/);
    },
    PATIENCE_MS,
  );
});

test(
  'a start with code that is neither right nor runs: the next save starts it, and the data is found',
  async () => {
    writeFileSync(at('build-status'), '1');
    save(CONFIG, `${original}throw new Error('not yet');\n${WRONG_TYPE}`);
    dev = new Development(checkout, ports);
    await dev.says(/the build has failed/);
    await dev.says(/the host did not start; the next save tries again/);
    save(CONFIG, relabelled('At last'));
    await dev.says(/found "Okta"/);
    cookie = await dev.signIn();
    await untilFormSays('At last');
    const { items } = (await dev.send('GET', '/integrations', cookie)) as { readonly items: readonly Integration[] };
    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(['Okta', 'Slow']));
  },
  PATIENCE_MS,
);
