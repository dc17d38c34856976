import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '@castellan/okta-simulator';
import { castellan, commands, inProcess, simulatorHere } from './castellan.js';

let folder: string;
let simulator: Simulator;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-act-'));
  simulator = await simulatorHere({
    users: 5,
    groups: 2,
    apps: 2,
    events: 5,
    grantedScopes: [
      'okta.users.read',
      'okta.users.manage',
      'okta.groups.read',
      'okta.apps.read',
      'okta.roles.read',
      'okta.logs.read',
    ],
  });
});
afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true });
});

function config(settings: object): string {
  const file = join(folder, `config-${Object.keys(settings).join('-')}.json`);
  writeFileSync(file, JSON.stringify({ url: simulator.url, config: { ...simulator.config, ...settings } }), { mode: 0o600 });
  return file;
}

const act = (
  action: string | undefined,
  input: Readonly<Record<string, string>>,
  agreed?: string,
  settings: object = { actions: true },
) =>
  inProcess((output, signal) =>
    commands.act(
      'okta',
      action,
      { config: config(settings), input: Object.entries(input), ...(agreed !== undefined && { agreed }) },
      output,
      signal,
    ),
  );

const statusOf = (account: string): unknown => simulator.org.directory.users.get(account)?.['status'];

/** Of a line on stdout. */
function planIn(lines: readonly unknown[]): { readonly fingerprint: string; readonly calls: readonly object[] } {
  const [line] = lines as readonly { readonly plan: { readonly fingerprint: string; readonly calls: readonly object[] } }[];
  if (line === undefined) throw new Error('nothing was printed');
  return line.plan;
}

test('actions are listed where the settings offer them', async () => {
  const { code, lines, stderr } = await act(undefined, {});
  expect(code).toBe(0);
  expect(lines).toEqual([
    {
      actions: expect.arrayContaining([
        expect.objectContaining({ name: 'suspend-account', notGranted: [] }),
        expect.objectContaining({ name: 'remove-from-group', notGranted: ['okta.groups.manage'] }),
      ]),
    },
  ]);
  expect(stderr).toMatch(/! deactivate-account +The account is switched off/);
  // Those that can be done first; then what is not granted, and where it is.
  expect(stderr.indexOf('deactivate-account')).toBeLessThan(stderr.indexOf('Not granted yet: okta.groups.manage'));
  expect(stderr).toMatch(/Not granted yet: okta\.apps\.manage\n[!\s]+(un)?assign/);
  expect(stderr).toContain('Grant it in Okta: Applications > the app > Okta API Scopes.');
  const off = await act(undefined, {}, undefined, {});
  expect(off.lines).toEqual([{ actions: [] }]);
  expect(off.stderr).toContain('With these settings nothing may be changed.');
});

test('an action is shown, then done as it was shown, then taken back', async () => {
  const { id } = simulator.org.addUser();
  const shown = await act('suspend-account', { account: id });
  const { fingerprint, calls } = planIn(shown.lines);
  expect(shown.code).toBe(0);
  expect(calls).toEqual([{ method: 'POST', path: `/api/v1/users/${id}/lifecycle/suspend` }]);
  expect(shown.stderr).toContain(`sends       POST /api/v1/users/${id}/lifecycle/suspend`);
  expect(shown.stderr).toContain(`--input account=${id} --agreed ${fingerprint}`);
  expect(statusOf(id)).toBe('ACTIVE');

  const done = await act('suspend-account', { account: id }, fingerprint);
  expect(done.code).toBe(0);
  expect(done.lines).toMatchObject([
    { changed: true, state: 'done', undo: { action: 'unsuspend-account', input: { account: id } } },
  ]);
  expect(done.stderr).toMatch(
    new RegExp(`To take it back, look at: castellan act okta unsuspend-account --config \\S+ --input account=${id}`),
  );
  expect(statusOf(id)).toBe('SUSPENDED');

  const again = await act('suspend-account', { account: id }, fingerprint);
  expect(again.lines).toMatchObject([{ changed: false }]);
  expect(again.stderr).toContain('It was so already');
});

test('what was agreed to for another state is not done', async () => {
  const { id } = simulator.org.addUser();
  const { fingerprint } = planIn((await act('deactivate-account', { account: id })).lines);
  simulator.org.setStatus(id, 'SUSPENDED');
  const outdated = await act('deactivate-account', { account: id }, fingerprint);
  expect(outdated.code).toBe(1);
  expect(outdated.lines).toMatchObject([{ outdated: { state: 'open' } }]);
  expect(outdated.stderr).toContain('Nothing was sent: it is not as it was');
  expect(statusOf(id)).toBe('SUSPENDED');
});

test.each([
  ['an action that there is not', 'delete-everything', {}, 'There is no action delete-everything. There are: clear-sessions,'],
  ['a field that is missing', 'suspend-account', {}, 'account: '],
  ['an account that there is not', 'suspend-account', { account: '00uNobody' }, 'account: There is no such account in Okta.'],
  ['a field that nobody knows', 'suspend-account', { account: '00u1', reason: 'x' }, 'reason: '],
])('%s is told by its field', async (_, action, input, message) => {
  const { code, stderr } = await act(action, input);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('what a field wants as a number is one, and what is none is told by its name', async () => {
  const wanted = { application: '0oaNone', principalKind: 'group', principal: '00gNone' };
  const good = await act('assign-application', { ...wanted, priority: '3' });
  // The number is good: what is missing is the application.
  expect(good.stderr).not.toContain('priority');
  const odd = await act('assign-application', { ...wanted, priority: 'first' });
  expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('priority: ') });
});

test('without the switch, and without the scope, nothing is done: the plan is shown, and the way by hand', async () => {
  const { id } = simulator.org.addUser();
  const off = await act('suspend-account', { account: id }, undefined, {});
  expect(off).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/It cannot be done from here\. .*switch "Actions in Okta" on/),
  });
  expect(off.stderr).toMatch(/By hand:\n {2}1\. Directory > People > the person > More Actions > Suspend/);
  expect(off.stderr).not.toContain('--agreed');
  const { fingerprint } = planIn(off.lines);
  expect(await act('suspend-account', { account: id }, fingerprint, {})).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('switch actions on in the file'),
  });
  const [app] = simulator.org.applications.apps.keys();
  const scope = await act('deactivate-application', { application: app ?? '' });
  expect(scope).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/It cannot be done from here\. The scope okta\.apps\.manage\s+is not granted\./),
  });
  expect(await act('deactivate-application', { application: app ?? '' }, planIn(scope.lines).fingerprint)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The scope okta.apps.manage is not granted.'),
  });
  expect(statusOf(id)).toBe('ACTIVE');
});

test('as it is typed', async () => {
  const { id } = simulator.org.addUser();
  const { code, stderr } = await castellan([
    'act',
    'okta',
    'suspend-account',
    '--config',
    config({ actions: true }),
    '--input',
    `account=${id}`,
  ]);
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('It is not so yet.') });
  const odd = await castellan(['act', 'okta', 'suspend-account', '--config', config({ actions: true }), '--input', 'account']);
  expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('Use NAME=VALUE, e.g. account=00u1a2b3.') });
}, 60_000);
