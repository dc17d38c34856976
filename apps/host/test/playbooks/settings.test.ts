import type { PlaybookDetail, PlaybookRunView, PlaybookSimulation, PlaybooksView, ProblemBody } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { ownDatabase, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { apiKey, otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { type Simulator, startSimulator } from '../simulator.js';
import { findingOf, isAt, openFinding, runOf, SCOPES, simulateAndEnable, untilRun } from './playbook-harness.js';

// Who may switch a playbook on, when, and what begins then: two hosts share one database.
const key = Buffer.alloc(32, 7).toString('base64');
const [first, second] = [temporaryFolder(), temporaryFolder()];
let simulator: Simulator;
let host: TestHost;
let other: TestHost;
let integration: string;
let analyst: Person;
let viewer: Person;

beforeAll(async () => {
  simulator = await startSimulator({ users: 5, groups: 2, apps: 2, events: 5, grantedScopes: SCOPES });
  const databaseUrl = await ownDatabase();
  host = await TestHost.start(settingsFor(first, { databaseUrl, key }));
  other = await TestHost.start(settingsFor(second, { databaseUrl, key }));
  analyst = await person(host.api, 'ana@castellan.test', 'analyst');
  viewer = await person(host.api, 'vi@castellan.test', 'viewer');
  integration = (await host.api.synced({ ...simulator.config, actions: true })).id;
}, 120_000);
afterAll(async () => {
  await Promise.all([host.close(), other.close()]);
  await simulator.close();
}, 30_000);

const ID = 'stolen-session';
const detail = async (): Promise<PlaybookDetail> => (await host.api.get<PlaybookDetail>(`/playbooks/${ID}`)).body;
const RULE = /from another address with another system/;

/** Somebody who was read. */
async function account(): Promise<string> {
  const { id } = simulator.org.addUser();
  await host.api.syncAgain(integration);
  return id;
}

test('off by default, and shown in words and as it stands in the file', async () => {
  const { items } = (await analyst.api.get<PlaybooksView>('/playbooks')).body;
  expect(items.map(({ setting }) => setting.isEnabled)).toEqual(items.map(() => false));
  const { trigger, steps, yaml, ends } = await detail();
  expect(trigger.findings).toContainEqual({
    source: 'detection',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    title: expect.stringMatching(RULE),
  });
  expect(steps.find(({ id }) => id === 'next-sign-in')?.says).toEqual([
    'Wait until the log shows of the subject: sign_in, 1 day at most.',
    'When it comes: go on with the next step.',
    'When it does not: end as "not-back".',
  ]);
  expect(ends.map(({ id }) => id)).toContain('not-back');
  expect(yaml).toContain('id: stolen-session\n');
  expect(await analyst.api.get('/playbooks/none')).toMatchObject({ status: 404 });
});

test('switched on only by who may, and when this version was simulated', async () => {
  expect(await analyst.api.post(`/playbooks/${ID}/enable`)).toMatchObject({ status: 403 });
  expect(await analyst.api.post(`/playbooks/${ID}/simulate`, { days: 7 })).toMatchObject({ status: 403 });
  expect(await viewer.api.get('/playbooks')).toMatchObject({ status: 403 });
  expect(await viewer.api.get('/playbook-runs')).toMatchObject({ status: 403 });
  expect(await host.api.post<ProblemBody>(`/playbooks/${ID}/enable`)).toMatchObject({
    status: 409,
    body: { type: 'urn:castellan:problem:playbook-not-simulated' },
  });
  expect(await host.api.post(`/playbooks/${ID}/simulate`, { days: 91 })).toMatchObject({ status: 400 });
  // Another version was.
  await host.query(
    `INSERT INTO playbook_settings (workspace_id, playbook, simulated_version, simulated_at) SELECT id, '${ID}', 99, now() FROM workspaces`,
  );
  expect(await host.api.post(`/playbooks/${ID}/enable`)).toMatchObject({ status: 409 });
  const simulated = await host.api.post<PlaybookSimulation>(`/playbooks/${ID}/simulate`, { days: 7 });
  expect(simulated).toMatchObject({ status: 200, body: { days: 7, integrations: [{ offersActions: true, count: 0 }] } });
  expect(await host.api.post(`/playbooks/${ID}/enable`)).toMatchObject({
    status: 200,
    body: { setting: { isEnabled: true, enabledBy: { name: 'First Administrator' } } },
  });
  const audited = (await host.api.get<AuditLogPage>(`/audit-log?target=${ID}`)).body.items;
  expect(audited.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'playbook.enable done',
    'playbook.simulate done',
  ]);
});

test('a program that switches it on does so for whoever has made its key', async () => {
  const program = await apiKey(host.api, ['playbooks:manage', 'actions:read']);
  await simulateAndEnable(program, 'unused-access');
  const [row] = await host.query(
    `SELECT s.enabled_by ->> 'kind' AS kind, u.name FROM playbook_settings s LEFT JOIN users u ON u.id::text = s.enabled_by ->> 'userId'
     WHERE s.playbook = 'unused-access'`,
  );
  expect(row).toEqual({ kind: 'api_key', name: 'First Administrator' });
  await program.post('/playbooks/unused-access/disable');
});

test('one opening begins it once, whichever host sees it; what was there before begins nothing', async () => {
  const [before, after] = [await account(), await account()];
  const rule = findingOf(await detail(), RULE);
  const old = await openFinding(host, integration, { rule, kind: 'account', key: before });
  await host.query(`UPDATE findings SET opened_at = now() - interval '1 hour' WHERE id = '${old}'`);
  const finding = await openFinding(host, integration, { rule, kind: 'account', key: after });
  await untilRun(analyst.api, finding, isAt('next-sign-in'));
  // Both look every five seconds.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  const runs = (await analyst.api.get<{ items: readonly PlaybookRunView[] }>('/playbook-runs')).body.items;
  expect(runs.map(({ findingId }) => findingId)).toEqual([finding]);
  const ofIntegration = (id: string) => analyst.api.get(`/playbook-runs?integration=${id}`);
  expect(await ofIntegration(integration)).toMatchObject({ body: { items: [{ findingId: finding }] } });
  expect(await ofIntegration(finding)).toMatchObject({ status: 200, body: { items: [] } });
  const requests = await host.query(`SELECT count(*)::int AS n FROM action_requests WHERE finding_id = '${finding}'`);
  expect(requests[0]?.['n']).toBe(1);
}, 120_000);

test('nobody whom the trigger leaves out, and no more than may begin on a day', async () => {
  const enabled = await simulateAndEnable(host.api, 'account-takeover');
  const rule = findingOf(enabled, /signed in to after stolen passwords/);
  const [kept, anybody, others] = [await account(), await account(), [await account(), await account()]];
  const login = String(Object(simulator.org.directory.users.get(kept)?.['profile'])['login']);
  await host.api.ask('PUT', '/detection/lists/break_glass/emergencies', { entries: [login] });
  // It alone, with the limit free: then somebody else, so that something begins where it was looked at.
  const forEmergencies = await openFinding(host, integration, { rule, kind: 'account', key: kept });
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  expect(await runOf(analyst.api, forEmergencies)).toBeUndefined();
  const control = await openFinding(host, integration, { rule, kind: 'account', key: anybody });
  await untilRun(analyst.api, control, isAt('is-attack'));
  expect(await runOf(analyst.api, forEmergencies)).toBeUndefined();
  // All but one of the day, with the one above, have begun.
  await host.query(
    `INSERT INTO playbook_runs (workspace_id, integration_id, playbook, version, definition, opening, finding_id, subject_kind, subject_key,
       subject_name, state, started_by, deadline_at, ended_at)
     SELECT workspace_id, id, 'account-takeover', 1, '{}', 'old ' || n, gen_random_uuid(), 'account', 'gone ' || n, '', 'ended',
       '{"kind": "playbook", "id": null, "name": ""}', now(), now() FROM integrations, generate_series(1, 18) n WHERE id = '${integration}'`,
  );
  const found: string[] = [];
  for (const one of others) found.push(await openFinding(host, integration, { rule, kind: 'account', key: one }));
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  const begun = await Promise.all(found.map((one) => runOf(analyst.api, one)));
  expect(begun.filter((one) => one !== undefined)).toHaveLength(1);
}, 120_000);

test('switched off it begins no more, and what runs goes on', async () => {
  expect(await host.api.post(`/playbooks/${ID}/disable`)).toMatchObject({
    status: 200,
    body: { setting: { isEnabled: false } },
  });
  const finding = await openFinding(host, integration, {
    rule: findingOf(await detail(), RULE),
    kind: 'account',
    key: await account(),
  });
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  expect(await runOf(analyst.api, finding)).toBeUndefined();
  expect(await detail()).toMatchObject({ runs: { open: 1 } });
}, 60_000);

test('a connector that is missing on this host does not keep anybody from simulating, and the figures say what they are of', async () => {
  const [gone] = await host.query(
    `INSERT INTO integrations (workspace_id, connector_id, name, config, next_run_at) SELECT workspace_id, 'acme', 'Gone', '{}', now() + interval '1 year'
     FROM integrations WHERE id = '${integration}' RETURNING id`,
  );
  const at = String(gone?.['id']);
  const { trigger } = (await host.api.get<PlaybookDetail>('/playbooks/rogue-identity-provider')).body;
  const rule = trigger.findings[0]?.id ?? '';
  await openFinding(host, at, { rule, kind: 'account', key: 'nobody-1' });
  await openFinding(host, integration, { rule, kind: 'account', key: 'nobody-2' });
  const excepted = await openFinding(host, integration, { rule, kind: 'account', key: 'nobody-3' });
  await host.query(
    `UPDATE findings SET status = 'excepted', excepted_until = now() + interval '1 day' WHERE id = '${excepted}'`,
  );
  const simulated = await host.api.post<PlaybookSimulation>('/playbooks/rogue-identity-provider/simulate', { days: 7 });
  expect(simulated).toMatchObject({ status: 200, body: { lookedAt: 2, isWhole: true, mostADay: 10 } });
  const of = (id: string) => simulated.body.integrations.find((one) => one.integration.id === id);
  const figures = { openings: 1, count: 1, late: 0, overLimit: 0, behind: 0 };
  expect(of(at)).toMatchObject({ ...figures, isAvailable: false, findings: 1, excepted: 0, runs: [] });
  expect(of(integration)).toMatchObject({
    ...figures,
    isAvailable: true,
    findings: 2,
    excepted: 1,
    runs: [{ subject: { key: 'nobody-2' } }],
  });
  expect(await host.api.post('/playbooks/rogue-identity-provider/enable')).toMatchObject({ status: 200 });
  await host.api.post('/playbooks/rogue-identity-provider/disable');
  await host.query(`DELETE FROM integrations WHERE id = '${at}'`);
}, 60_000);

test('another workspace has none of it', async () => {
  const stranger = await otherWorkspace(host, 'globex');
  const [run] = (await analyst.api.get<{ items: readonly PlaybookRunView[] }>('/playbook-runs')).body.items;
  expect((await stranger.api.get<{ items: readonly object[] }>('/playbook-runs')).body.items).toEqual([]);
  expect(await stranger.api.get(`/playbook-runs/${run?.id ?? ''}`)).toMatchObject({ status: 404 });
  expect(await stranger.api.post(`/playbook-runs/${run?.id ?? ''}/stop`, { reason: 'Not mine.' })).toMatchObject({
    status: 404,
  });
  const { items } = (await stranger.api.get<PlaybooksView>('/playbooks')).body;
  expect(items.find(({ id }) => id === 'account-takeover')).toMatchObject({
    setting: { isEnabled: false, simulatedAt: null },
    runs: { open: 0, last24Hours: 0 },
  });
  expect(await stranger.api.post(`/playbooks/account-takeover/enable`)).toMatchObject({ status: 409 });
  const simulated = await stranger.api.post<PlaybookSimulation>('/playbooks/account-takeover/simulate', { days: 30 });
  expect(simulated.body.integrations).toEqual([]);
  expect(await stranger.api.post('/playbooks/account-takeover/runs', { findingId: run?.findingId })).toMatchObject({
    status: 404,
  });
});
