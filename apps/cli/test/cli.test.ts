import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SyncOptions } from '../src/sync/sync.js';
import { castellan, commands, inProcess, simulatorHere, startSimulator } from './castellan.js';

const SCOPES = ['users', 'groups', 'apps', 'roles', 'idps', 'logs'].map((name) => `okta.${name}.read`);

let folder: string;
let config: string;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-cli-'));
  simulator = await startSimulator('--users', '90', '--groups', '12', '--apps', '8', '--seed', '3');
  config = join(folder, 'org.json');
  await writeFile(config, simulator.line);
});
afterAll(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true });
});

interface Line {
  readonly type: string;
  readonly stream: string;
  readonly records: readonly { readonly kind: string; readonly key: string }[];
  readonly progress: { readonly done: boolean };
}
const keysOf = (lines: readonly unknown[]) =>
  (lines as readonly Line[]).flatMap((line) =>
    line.type === 'page' ? line.records.map((record) => `${record.kind} ${record.key}`) : [],
  );

/** `castellan sync okta --config FILE ...`. */
const synced = (options: Partial<SyncOptions>) =>
  inProcess((output, signal) => commands.sync('okta', { config, ...options }, output, signal));

describe('spec', () => {
  test('gives form, streams and scopes as one line of JSON', async () => {
    const { code, lines } = await castellan(['spec', 'okta']);
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      id: 'okta',
      scopes: ['okta.apps.read', 'okta.groups.read', 'okta.idps.read', 'okta.logs.read', 'okta.roles.read', 'okta.users.read'],
      form: { formVersion: 1, schema: { required: ['domain', 'auth'] } },
    });
  });

  test('an unknown connector is named, with those that there are', async () => {
    const { code, stderr } = await inProcess((output) => commands.spec('nope', output));
    expect(code).toBe(2);
    expect(stderr).toContain('There is no connector "nope". Connectors: okta');
  });
});

describe('check', () => {
  test('exit 0 and a line for each permission when all is there', async () => {
    const { code, lines } = await inProcess((output, signal) => commands.check('okta', { config }, output, signal));
    expect(lines[0]).toMatchObject({ ok: true, tenant: { id: expect.stringMatching(/^00o/) } });
    expect(code).toBe(0);
  });

  test('exit 1 for a wrong secret, which is named and not shown', async () => {
    const wrong = JSON.parse(simulator.line);
    wrong.config.auth.clientSecret = 'canary-wrong-secret';
    const { code, lines, stdout, stderr } = await castellan(['check', 'okta', '--config', '-'], {
      input: JSON.stringify(wrong),
    });
    expect(code).toBe(1);
    expect(JSON.stringify(lines)).toContain('auth.clientSecret');
    expect(stdout + stderr).not.toContain('canary');
  });

  test.each([
    ['no JSON', 'domain: canary', 'is not JSON'],
    ['an array', '[]', 'must be a JSON object'],
    ['nothing', '', 'is empty'],
    [
      'an unknown key',
      '{"domain":"acme.okta.com","auth":{"method":"api_token","token":"canary"},"tokn":1}',
      'tokn: Is no field',
    ],
    [
      'http',
      '{"domain":"http://acme.okta.com","auth":{"method":"api_token","token":"canary"}}',
      'domain: Must start with https://',
    ],
    [
      'a private address without the operator',
      '{"domain":"http://127.0.0.1:1","auth":{"method":"api_token","token":"canary"}}',
      'domain: ',
    ],
  ])('exit 2 for %s; the file itself is never repeated', async (_, input, part) => {
    const file = join(folder, 'refused.json');
    await writeFile(file, input);
    const { code, stdout, stderr, lines } = await inProcess((output, signal) =>
      commands.check('okta', { config: file }, output, signal),
    );
    expect(code).toBe(2);
    expect(stderr).toContain(part);
    expect(lines[0]).toMatchObject({ ok: false, issues: [{ message: expect.any(String) }] });
    expect(stdout + stderr).not.toContain('canary');
  });

  test('exit 2 for a file that is not there', async () => {
    const { code, stderr } = await inProcess((output, signal) =>
      commands.check('okta', { config: join(folder, 'none.json') }, output, signal),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('ENOENT');
  });

  test('the settings alone work when the operator allows the address', async () => {
    const file = join(folder, 'settings-alone.json');
    await writeFile(file, JSON.stringify(JSON.parse(simulator.line).config));
    const { code } = await inProcess((output, signal) => commands.check('okta', { config: file }, output, signal), {
      env: { CASTELLAN_ALLOW_HOSTS: '127.0.0.1' },
    });
    expect(code).toBe(0);
  });
});

describe('what check shows to people', () => {
  test('a table that is aligned, and each step once', async () => {
    const wanted = JSON.parse(simulator.line);
    wanted.config.posture = true;
    wanted.config.excludeGroups = 'Test*,Test*';
    const file = join(folder, 'wanted.json');
    await writeFile(file, JSON.stringify(wanted));
    const { code, lines, stderr } = await inProcess((output, signal) =>
      commands.check('okta', { config: file }, output, signal),
    );
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ ok: false, hints: [{ field: 'excludeGroups' }] });
    const said = stderr.split('\n');
    expect(said[0]).toMatch(/^Note: excludeGroups: /);
    const head = said.find((line) => line.startsWith('CHECK')) ?? '';
    for (const [name, result] of [
      ['organisation', 'ok'],
      ['scope okta.policies.read', 'FAILED'],
      ['stream memberships', 'ok'],
    ] as const) {
      const line = said.find((candidate) => candidate.startsWith(`${name} `)) ?? '';
      expect(line.slice(head.indexOf('RESULT'), head.indexOf('FOUND')).trim()).toBe(result);
    }
    expect(said.filter((line) => line.startsWith('  You:'))).toHaveLength(1);
    // Its scopes are granted except those of the pack `posture`: of its 13 streams one needs none of them, the settings of the console.
    expect(stderr).toContain('\nPartly ready: 22 of 34 streams can be read; ');
    expect(Math.max(...said.map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});

describe('keys', () => {
  const made = (out: string, algorithm: 'RS256' | 'ES256') =>
    inProcess((output) => commands.keys('okta', { out, algorithm }, output));

  test.each([
    // As nobody names it.
    ['RS256', (out: string) => castellan(['keys', 'okta', '--out', out])],
    ['ES256', (out: string) => made(out, 'ES256')],
  ] as const)('%s: the private half into a file of one reader, the public one to stdout', async (algorithm, make) => {
    const out = join(folder, `${algorithm}.jwk`);
    const { code, lines, stdout, stderr } = await make(out);
    expect(code).toBe(0);
    expect(lines).toEqual([{ algorithm, file: out, publicJwk: expect.objectContaining({ alg: algorithm, use: 'sig' }) }]);
    const text = await readFile(out, 'utf8');
    const { d, kid } = JSON.parse(text);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(lines[0]).toMatchObject({ publicJwk: { kid } });
    expect(d).toEqual(expect.any(String));
    expect(stdout + stderr).not.toContain(d);
    expect(stderr).toMatch(/Okta API Scopes/);

    const again = await made(out, 'RS256');
    expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('is there already') });
    expect(await readFile(out, 'utf8')).toBe(text);
  });

  test('a folder that is not there, and an algorithm that Okta does not take', async () => {
    expect(await made(join(folder, 'none', 'k'), 'RS256')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ENOENT'),
    });
    const { code, stderr } = await castellan(['keys', 'okta', '--out', join(folder, 'k'), '--algorithm', 'HS256']);
    expect(code).toBe(2);
    expect(stderr).toContain('RS256, ES256');
  });
});

describe('sync', () => {
  test('all streams to their end, JSON Lines only on stdout', async () => {
    const { code, lines, stderr } = await castellan(['sync', 'okta', '--config', config]);
    expect(code).toBe(0);
    const pages = (lines as readonly Line[]).filter((line) => line.type === 'page' && line.progress.done);
    expect(pages).toHaveLength(21);
    const keys = keysOf(lines);
    expect(keys.filter((key) => key.startsWith('account '))).toHaveLength(90);
    expect(new Set(keys).size).toBe(keys.length);
    expect(stderr).toContain(`Complete: ${keys.length} records.`);
  });

  test('a stream alone brings what it depends on, and prints only what was asked', async () => {
    const { code, lines, stderr } = await synced({ streams: 'memberships' });
    expect(code).toBe(0);
    expect(new Set((lines as readonly Line[]).map((line) => line.stream))).toEqual(new Set(['memberships']));
    expect(keysOf(lines).length).toBeGreaterThan(90);
    expect(stderr).toContain('groups');
  });

  test('an unknown stream is refused with the list', async () => {
    const { code, stderr } = await synced({ streams: 'people' });
    expect(code).toBe(2);
    expect(stderr).toContain('There is no stream people. Streams: accounts');
  });

  test('a stream that the settings leave out is named, not read', async () => {
    const { code, stdout, stderr } = await synced({ streams: 'groups,policies' });
    expect(code).toBe(2);
    expect(stderr).toContain('The settings do not ask for policies.');
    expect(stdout).toBe('');
  });

  test('a cut run goes on from its state file, and nothing is left out', async () => {
    const state = join(folder, 'cut.state');
    const whole = keysOf((await synced({ state })).lines);
    // What a cut in the middle leaves behind: some streams through, one under way, the rest not begun.
    const streams = { accounts: { done: true }, groups: { done: true }, applications: { done: true } };
    const through = JSON.parse(await readFile(state, 'utf8'));
    await writeFile(state, JSON.stringify({ ...through, streams }));
    const { code, lines } = await synced({ state });
    expect(code).toBe(0);
    const rest = new Set(keysOf(lines));
    const missing = whole.filter((key) => !rest.has(key)).filter((key) => !/^(account|group|application) /.test(key));
    expect(missing).toEqual([]);
    const after = JSON.parse(await readFile(state, 'utf8'));
    expect(Object.keys(after.streams)).toEqual(['activity']);
  });

  test('the next run reads the activity on from where it was', async () => {
    const state = join(folder, 'activity.state');
    const options = { streams: 'activity', state };
    const first = keysOf((await synced(options)).lines);
    const second = keysOf((await synced(options)).lines);
    expect(first.length).toBeGreaterThan(0);
    expect(second).toEqual([]);
  });

  test('a stream that may not be read does not hold the others: the next run lists them again', async () => {
    const org = await simulatorHere({
      users: 30,
      groups: 4,
      apps: 2,
      grantedScopes: SCOPES.filter((scope) => scope !== 'okta.apps.read'),
    });
    try {
      const file = join(folder, 'partial.json');
      await writeFile(file, JSON.stringify({ url: org.url, config: org.config }));
      const options = { config: file, state: join(folder, 'partial.state') };
      const first = await synced(options);
      expect(first.code).toBe(1);
      expect(first.stderr).toContain('okta.apps.read');
      const user = org.org.addUser({ firstName: 'Zoe', lastName: 'New' });
      const second = keysOf((await synced(options)).lines);
      expect(second).toContain(`account ${user.id}`);
    } finally {
      await org.close();
    }
  });

  test('a reader that has seen enough ends the command without a stack', async () => {
    const bin = fileURLToPath(new URL('../bin/castellan.js', import.meta.url));
    const command = `"${process.execPath}" "${bin}" sync okta --config "${config}" --streams memberships | head -1`;
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], { env: { PATH: process.env['PATH'] } });
    expect(JSON.parse(stdout)).toMatchObject({ type: 'started', stream: 'memberships' });
    expect(stderr).not.toMatch(/EPIPE|at .*\.js/);
  });

  test('a state file that cannot be written is found before the first page', async () => {
    const { code, stdout, stderr } = await synced({ state: '/nowhere/at/all.json' });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('cannot be written (ENOENT)');
  });

  test('a state file of something else is refused', async () => {
    const state = join(folder, 'foreign.state');
    await writeFile(state, JSON.stringify({ version: 1, connector: 'acme', streams: {} }));
    const { code, stderr } = await synced({ state });
    expect(code).toBe(2);
    expect(stderr).toContain('is not one of the connector "okta"');
    // The same file for settings that name something else to read: its positions mean nothing there.
    await rm(state);
    const other = join(folder, 'other.json');
    const line = JSON.parse(simulator.line);
    await writeFile(other, JSON.stringify({ ...line, config: { ...line.config, posture: true } }));
    await synced({ streams: 'groups', state });
    const refused = await synced({ config: other, streams: 'groups', state });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('belongs to another organisation or to other settings');
  });
});

describe('simulate', () => {
  test('a number of people that cannot be', async () => {
    const { code, stderr } = await castellan(['simulate', 'okta', '--users', '-1']);
    expect(code).toBe(2);
    expect(stderr).toContain('Use a whole number from 1');
  });

  test('limits that are none, and a folder that is not there', async () => {
    expect(() => commands.parseLimits('fast')).toThrow('Use on, off, or a factor');
    const { code, stderr } = await inProcess((output, signal) =>
      commands.simulate('okta', { objects: '/nowhere/at/all' }, output, signal),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('could not start');
  });

  test('an attack that has just happened is in the log, and what there is to play is named', async () => {
    const list = await inProcess((output, signal) => commands.simulate('okta', { play: ['list'] }, output, signal));
    expect([list.code, list.lines]).toEqual([
      0,
      [
        {
          scenarios: expect.arrayContaining([
            { name: 'help-desk-takeover', title: 'A help desk lets a stranger in as super administrator', kind: 'attack' },
          ]),
        },
      ],
    ]);
    expect(list.stderr).toMatch(/^attack:\n {2}help-desk-takeover +A help desk/);
    const unknown = await inProcess((output, signal) => commands.simulate('okta', { play: ['nothing'] }, output, signal));
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('simulate okta --play list')]);
    // As it is typed, twice; ended at once.
    const args = ['--users', '30', '--play', 'push-bombing-accepted', '--play', 'credential-stuffing'];
    const child = await startSimulator(...args);
    // The line on stdout may be here first.
    for (let tries = 0; tries < 100 && !child.said().includes('Ctrl-C'); tries += 1) await sleep(50);
    expect(child.said()).toMatch(/Played push-bombing-accepted: .* events, [^]*Played credential-stuffing: /);
    expect(await child.stop()).toBe(0);
  }, 30_000);

  // The last test: the simulator of all others.
  test('ends in order when interrupted', async () => {
    expect(JSON.parse(simulator.line)).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      config: { auth: {} },
    });
    expect(await simulator.stop()).toBe(0);
  });
});
