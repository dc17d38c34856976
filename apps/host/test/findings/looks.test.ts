import type {
  CheckDetail,
  CheckView,
  FindingDetail,
  FindingView,
  FrameworkView,
  IntegrationDetail,
  LookAsked,
  Page,
  PostureOverview,
  ProblemBody,
} from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { otherWorkspace, type Person } from '../security/workspace-people.js';
import { type Simulator, startSimulator } from '../simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let stranger: Person;
let integration: IntegrationDetail;

beforeAll(async () => {
  simulator = await startSimulator({ users: 40, groups: 8, apps: 6, events: 60, seed: 8 });
  host = await TestHost.start(settingsFor(folder));
  stranger = await otherWorkspace(host, 'globex');
  integration = await host.api.synced(simulator.config);
  await until(async () => (await overview()).evaluatedAt !== null, 40_000);
}, 120_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

const overview = async (query = ''): Promise<PostureOverview> =>
  (await host.api.get<PostureOverview>(`/posture/overview${query}`)).body;
const findings = async (query: string): Promise<readonly FindingView[]> =>
  (await host.api.get<Page<FindingView>>(`/findings?limit=500&${query}`)).body.items;
const checks = async (query = ''): Promise<readonly CheckView[]> =>
  (await host.api.get<{ readonly items: readonly CheckView[] }>(`/posture/checks${query}`)).body.items;
const check = async (id: string): Promise<CheckDetail> => (await host.api.get<CheckDetail>(`/posture/checks/${id}`)).body;
const keysOf = (items: readonly FindingView[]): readonly string[] => items.map(({ subject }) => subject.key).toSorted();

const UNUSED = 'account-not-used';
const NO_THREATS = 'bad-addresses-let-in';

/** What the provider says of a user, as far as these tests reckon with it. */
interface ProviderUser {
  readonly id: string;
  readonly status: string;
  readonly lastLogin: string | null;
  readonly profile: { readonly login: string };
}

/** Objects of the provider, whose form its description says. */
const users = (): readonly ProviderUser[] =>
  [...simulator.org.directory.users.values()].map((user) => user as unknown as ProviderUser);

/** Who has not signed in for so many days, by the provider itself. */
function unusedFor(days: number): readonly string[] {
  const before = Date.now() - days * 86_400_000;
  return users()
    .filter(({ status }) => !['DEPROVISIONED', 'STAGED'].includes(status))
    .filter(({ lastLogin }) => lastLogin !== null && Date.parse(lastLogin) < before)
    .map(({ id }) => id)
    .toSorted();
}

test('after a sync the look comes by itself, and names those whom the provider would name', async () => {
  const expected = unusedFor(90);
  expect(expected.length).toBeGreaterThan(0);
  expect(keysOf(await findings(`rule=${UNUSED}`))).toEqual(expected);
  const [one] = await findings(`rule=${UNUSED}&subject=account:${expected[0]}`);
  expect(one?.subject.detail).toBe(users().find(({ id }) => id === expected[0])?.profile.login);
  const view = await check(UNUSED);
  expect(view).toMatchObject({ status: 'failed', open: expected.length, excepted: 0, enabled: true, only: null });
  expect(view.needs[0]).toEqual({ about: 'account', streams: ['accounts'], scopes: ['okta.users.read'] });
  const line = host.lines.find((text) => text.includes('organisation looked at'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ integration: integration.id, whole: true, checks: (await checks()).length });
  const metrics = (await host.api.get<string>('/metrics')).body;
  expect(metrics).toMatch(/^castellan_posture_look_seconds_count\{connector="okta",scope="all"\} [1-9]\d*$/m);
});

test('what cannot be known says why, and what to do about it; it counts neither way', async () => {
  const view = await check(NO_THREATS);
  expect(view.status).toBe('unknown');
  const [reason] = view.results[0]?.reasons ?? [];
  expect(reason).toMatchObject({ code: 'switched_off', about: 'setting:threat_insight', scopes: ['okta.threatInsights.read'] });
  expect(reason?.message).toMatch(
    /^The integration is set not to read the settings for bad addresses: switch on "Policies and security settings" .*okta\.threatInsights\.read\.$/,
  );
  const { score, unknown, areas } = await overview();
  expect(unknown).toBe((await checks('?status=unknown')).length);
  expect(score).not.toBeNull();
  expect(areas.every(({ failed, passed, score: own }) => (failed + passed === 0) === (own === null))).toBe(true);
});

test('the overview adds up to the checks and to the findings', async () => {
  const [whole, views, open] = [await overview(), await checks(), await findings('')];
  const count = (status: string): number => views.filter((view) => view.status === status).length;
  expect([whole.failed, whole.passed, whole.unknown]).toEqual(['failed', 'passed', 'unknown'].map(count));
  expect(Object.values(whole.open).reduce((sum, n) => sum + n, 0)).toBe(open.length);
  expect(whole.open.critical).toBe(open.filter(({ severity }) => severity === 'critical').length);
  const failing = views.filter((view) => view.open > 0).map(({ id }) => id);
  expect(failing).toEqual(expect.arrayContaining(whole.worst.map((one) => one.check)));
  expect(whole.worst.length).toBe(Math.min(10, failing.length));
  // All that could be won is what is missing.
  const gains = whole.worst.reduce((sum, { gain }) => sum + gain, 0);
  if (failing.length <= 10) expect(gains).toBeCloseTo(100 - (whole.score ?? 0), 6);
  const [day] = whole.trend;
  expect([whole.trend.length, day?.day]).toEqual([1, new Date().toISOString().slice(0, 10)]);
  expect(day?.score).toBeCloseTo(whole.score ?? -1, 6);
  expect(await overview(`?integration=${integration.id}`)).toEqual(await overview());
});

test('each framework counts its controls, and says which are unchecked', async () => {
  const { items } = (await host.api.get<{ readonly items: readonly FrameworkView[] }>('/posture/frameworks')).body;
  expect(items.map(({ id }) => id)).toEqual(['nist', 'cis', 'soc2', 'stig']);
  for (const { failed, passed, unknown, unchecked, controls, whole } of items) {
    expect(failed + passed + unknown + unchecked).toBe(controls.length);
    if (!whole) expect(controls.every((control) => control.checks.length > 0)).toBe(true);
  }
  const stig = items.find(({ id }) => id === 'stig');
  expect(stig?.controls.length).toBe(29);
  const unused = stig?.controls.find(({ control }) => control === 'OKTA-APP-000090');
  expect(unused?.checks.map(({ id }) => id)).toContain(UNUSED);
});

test('the file of a framework has a row for each control and check, and says where a limit is laxer', async () => {
  const { items } = (await host.api.get<{ readonly items: readonly FrameworkView[] }>('/posture/frameworks')).body;
  const pairs = (one: FrameworkView | undefined): number =>
    (one?.controls ?? []).reduce((sum, { checks: of }) => sum + Math.max(1, of.length), 0);
  const text = await (await host.api.send('GET', '/posture/frameworks/export.csv?framework=stig')).text();
  expect(text.trimEnd().split('\r\n')).toHaveLength(1 + pairs(items.find(({ id }) => id === 'stig')));
  const line = text.split('\r\n').find((one) => one.includes('OKTA-APP-000090') && one.includes(`,${UNUSED},`));
  // 90 days by default, and the control asks for 35.
  expect(line).toMatch(/,90,35,true$/);
  const all = await (await host.api.send('GET', '/posture/frameworks/export.jsonl')).text();
  expect(all.trimEnd().split('\n')).toHaveLength(items.reduce((sum, one) => sum + pairs(one), 0));
  expect((await host.api.get('/posture/frameworks/export.csv?framework=moon')).status).toBe(400);
});

test('the report has a row for each check', async () => {
  const text = await (await host.api.send('GET', '/posture/report/export.csv')).text();
  expect(text.trimEnd().split('\r\n')).toHaveLength(1 + (await checks()).length);
  expect(text).toContain(`\r\n${UNUSED},`);
  const lines = (await (await host.api.send('GET', '/posture/report/export.jsonl')).text()).trimEnd().split('\n');
  // One object a line, as this host writes them.
  const rows = lines.map(
    (line) => JSON.parse(line) as { readonly check: { readonly id: string }; readonly frameworks: readonly unknown[] },
  );
  expect(rows.find((row) => row.check.id === UNUSED)?.frameworks).toContainEqual({
    framework: 'nist',
    control: 'AC-2(3)',
    title: 'Disable accounts',
  });
});

test('another workspace sees the checks, and nothing of what they say', async () => {
  const { body } = await stranger.api.get<PostureOverview>('/posture/overview');
  expect(body).toMatchObject({ score: null, failed: 0, passed: 0, unknown: 0, worst: [], trend: [], pending: 0 });
  const theirs = (await stranger.api.get<{ readonly items: readonly CheckView[] }>('/posture/checks')).body.items;
  expect(theirs.every(({ status, results }) => status === null && results.length === 0)).toBe(true);
  expect((await stranger.api.get(`/posture/overview?integration=${integration.id}`)).status).toBe(404);
  expect((await stranger.api.post(`/integrations/${integration.id}/posture/look`)).status).toBe(404);
  const report = await (await stranger.api.send('GET', '/posture/report/export.csv')).text();
  expect(report).not.toContain(integration.name + ',failed');
  expect((await stranger.api.get<Page<FindingView>>('/findings')).body.items).toEqual([]);
});

const set = <T = CheckDetail>(id: string, body: object) => host.api.ask<T>('PUT', `/posture/checks/${id}/settings`, body);

test('another limit is used by the next look, which comes by itself', async () => {
  const expected = unusedFor(30);
  expect(expected.length).not.toBe(unusedFor(90).length);
  const answer = await set(UNUSED, { enabled: true, parameters: { days: 30 } });
  expect([answer.status, answer.body.parameters[0]?.value, answer.body.settings.changedBy]).toEqual([
    200,
    30,
    'First Administrator',
  ]);
  await until(async () => (await check(UNUSED)).open === expected.length, 30_000);
  expect(keysOf(await findings(`rule=${UNUSED}`))).toEqual(expected);
}, 40_000);

test('a check that is off names nobody, and the same findings come back when it is on', async () => {
  const before = (await findings(`rule=${UNUSED}`)).map(({ id }) => id).toSorted();
  await set(UNUSED, { enabled: false, reason: 'Another tool looks after it.', parameters: { days: 30 } });
  const off = await check(UNUSED);
  expect([off.enabled, off.status, off.settings.reason]).toEqual([false, null, 'Another tool looks after it.']);
  await until(async () => (await findings(`rule=${UNUSED}`)).length === 0, 30_000);
  await set(UNUSED, { enabled: true, parameters: { days: 30 } });
  await until(async () => (await findings(`rule=${UNUSED}`)).length > 0, 30_000);
  expect((await findings(`rule=${UNUSED}`)).map(({ id }) => id).toSorted()).toEqual(before);
  const { items } = (await host.api.get<AuditLogPage>('/audit-log?action=check.settings&limit=2')).body;
  expect(items[1]).toMatchObject({
    target: { kind: 'check', id: UNUSED },
    before: { enabled: true, parameters: { days: 30 } },
    after: { enabled: false, reason: 'Another tool looks after it.' },
  });
}, 80_000);

test.each<[object, string]>([
  [{}, 'enabled'],
  [{ enabled: false }, 'reason'],
  [{ enabled: false, reason: ' ' }, 'reason'],
  [{ enabled: true, parameters: [] }, 'parameters'],
  [{ enabled: true, parameters: null }, 'parameters'],
  [{ enabled: true, parameters: { days: 0 } }, 'parameters.days'],
  [{ enabled: true, parameters: { days: '30' } }, 'parameters.days'],
  [{ enabled: true, parameters: { weeks: 3 } }, 'parameters.weeks'],
  [{ enabled: true, severity: 'low' }, 'severity'],
  [{ enabled: false, reason: 'a\u0000' }, 'reason'],
  [{ enabled: false, reason: 'half \ud800' }, 'reason'],
])('settings %j are refused and name %s', async (body, field) => {
  const { status, body: problem } = await set<ProblemBody>(UNUSED, body);
  expect([status, problem.errors?.[0]?.field]).toEqual([400, field]);
});

test('a check that is not there cannot be set', async () => {
  expect((await set('no-such-check', { enabled: true })).status).toBe(404);
});

test('whoever asks has everything looked at again', async () => {
  const evaluated = async () => (await check(NO_THREATS)).results[0]?.evaluatedAt ?? '';
  const before = await evaluated();
  const { status, body } = await host.api.post<LookAsked>(`/integrations/${integration.id}/posture/look`);
  expect([status, body.integration]).toEqual([202, integration.id]);
  await until(async () => (await evaluated()) > before, 30_000);
  await until(async () => (await overview()).pending === 0, 30_000);
  expect(String((await overview()).evaluatedAt) > body.askedAt).toBe(true);
  const { items } = (await host.api.get<AuditLogPage>('/audit-log?action=posture.look&limit=5')).body;
  expect(items.map(({ outcome, target }) => [outcome, target?.id])).toEqual([['done', integration.id]]);
}, 70_000);

test('what is mended at the provider is resolved after the next sync, and nothing else', async () => {
  const before = unusedFor(30);
  const [mended = '', ...others] = before;
  const [finding] = await findings(`rule=${UNUSED}&subject=account:${mended}`);
  simulator.org.setStatus(mended, 'DEPROVISIONED');
  expect((await host.api.syncAgain(integration.id)).state).toBe('complete');
  const detail = async () => (await host.api.get<FindingDetail>(`/findings/${finding?.id}`)).body;
  await until(async () => (await detail()).status === 'resolved', 30_000);
  expect((await detail()).history.map(({ kind, by }) => [kind, by])[0]).toEqual(['resolved', null]);
  expect(keysOf(await findings(`rule=${UNUSED}`))).toEqual(others);
}, 80_000);

test.each(['a\u0000', 'a\u0007', 'a\u0085', 'half \ud800', '\udc00 half'])(
  'a text of a parameter that the database does not take, %j, is refused and says so',
  async (word) => {
    const wanted = { enabled: true, parameters: { ways: ['sms', word] } };
    const answer = await set<ProblemBody>('administrator-recovers-password-easily', wanted);
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [{ field: 'parameters.ways', message: 'Must have texts without control characters or halves of characters.' }],
    ]);
  },
);

test('a text of whole characters beyond the first plane is kept', async () => {
  const wanted = { enabled: true, parameters: { ways: ['sms', 'Schlüssel 🔑'] } };
  const answer = await set('administrator-recovers-password-easily', wanted);
  expect([answer.status, answer.body.parameters[0]?.value]).toEqual([200, ['sms', 'Schlüssel 🔑']]);
});
