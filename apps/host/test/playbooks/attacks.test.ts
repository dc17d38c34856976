import type { PlaybookDetail, PlaybookRunView, ProblemBody } from '@castellan/api';
import { playScenario } from '@castellan/okta-simulator';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { apiKey, type Person, person } from '../security/workspace-people.js';
import { hoursAgo, type Simulator, startSimulator } from '../simulator.js';
import {
  agreeToAll,
  eventsOf,
  findingOf,
  isAt,
  isOver,
  isWaitingFor,
  openFinding,
  requestsOf,
  SCOPES,
  simulateAndEnable,
  statesOf,
  untilRun,
} from './playbook-harness.js';

// What is done when somebody is attacked, from what the log says to what the provider has.
const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: string;
let analyst: Person;
let takeover: PlaybookDetail;

beforeAll(async () => {
  simulator = await startSimulator({
    users: 8,
    groups: 3,
    apps: 3,
    events: 10,
    grantedScopes: SCOPES,
    epoch: hoursAgo(2),
  });
  host = await TestHost.start(settingsFor(folder));
  analyst = await person(host.api, 'ana@castellan.test', 'analyst');
  integration = (await host.api.synced({ ...simulator.config, actions: true })).id;
  takeover = await simulateAndEnable(host.api, 'account-takeover');
  await simulateAndEnable(host.api, 'mfa-fatigue');
}, 120_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

const pushesOf = (account: string): number =>
  simulator.org.factorsOf(account).filter(({ factorType }) => factorType === 'push').length;
const statusOf = (account: string): unknown => simulator.org.directory.users.get(account)?.['status'];
/** Somebody with one push factor and nothing else. */
function withPush(): string {
  const { id } = simulator.org.addUser();
  simulator.org.resetFactors(id);
  simulator.org.enrolFactor(id, 'push');
  return id;
}
const decide = (run: PlaybookRunView, step: string, what: 'approve' | 'decline', api = analyst.api, body: object = {}) =>
  api.post<PlaybookRunView & ProblemBody>(`/playbook-runs/${run.id}/steps/${step}/${what}`, body);

test('MFA fatigue, as the log tells of it: sessions end by themselves, the rest when a person says so', async () => {
  playScenario(simulator.org, 'push-bombing-accepted', { at: hoursAgo(1) });
  await host.api.syncAgain(integration);
  let begun: PlaybookRunView | undefined;
  await until(async () => {
    const { items } = (await analyst.api.get<{ items: readonly PlaybookRunView[] }>('/playbook-runs?playbook=mfa-fatigue'))
      .body;
    begun = items[0];
    return begun?.waitsFor === 'approval';
  }, 90_000);
  if (begun === undefined) throw new Error('nothing has begun');
  expect(begun).toMatchObject({ step: 'not-theirs', startedBy: { kind: 'playbook' }, incidentId: expect.any(String) });
  const account = begun.subject.key;
  expect(eventsOf(simulator, 'user.session.clear', account)).toBe(1);
  expect(eventsOf(simulator, 'user.account.expire_password', account)).toBe(0);
  // Several rules have found something of it: it is one opening, and one run.
  const all = (await analyst.api.get<{ items: readonly PlaybookRunView[] }>('/playbook-runs?playbook=mfa-fatigue')).body.items;
  expect(all.map(({ id }) => id)).toEqual([begun.id]);
  const [told] = await host.query(
    `SELECT count(*)::int AS n FROM events WHERE type = 'playbook.notified' AND data ->> 'run' = '${begun.id}'`,
  );
  expect(told?.['n']).toBe(1);

  const key = await apiKey(host.api, ['actions:approve', 'actions:read']);
  expect(await decide(begun, 'not-theirs', 'approve', key)).toMatchObject({
    status: 403,
    body: { type: 'urn:castellan:problem:own-approval' },
  });
  expect(await decide(begun, 'not-theirs', 'approve', analyst.api, { note: 'She was asleep.' })).toMatchObject({ status: 200 });
  expect(await decide(begun, 'not-theirs', 'approve')).toMatchObject({ status: 409 });
  const pushes = pushesOf(account);
  expect(pushes).toBeGreaterThan(0);
  const finding = begun.findingId;
  const waiting = await untilRun(analyst.api, finding, isWaitingFor('agreement'));
  expect(waiting).toMatchObject({ step: 'remove-push', end: null, endedAt: null });
  expect(pushesOf(account)).toBe(pushes);
  // Who has switched it on would be alone with it; another one is enough.
  const [proposed] = (await requestsOf(host.api, finding)).filter(({ state }) => state === 'proposed');
  expect(await host.api.post<ProblemBody>(`/actions/${proposed?.id ?? ''}/approve`)).toMatchObject({
    status: 403,
    body: { type: 'urn:castellan:problem:own-approval', detail: expect.stringContaining('switched on') },
  });
  expect(await agreeToAll(analyst.api, finding)).toBe(pushes);
  const over = await untilRun(analyst.api, finding, isOver);
  expect(over).toMatchObject({ state: 'ended', end: 'done', waitsFor: null });
  expect(statesOf(over)).toEqual([
    'end-sessions done',
    'tell done',
    'not-theirs approved',
    'revoke-tokens done',
    'expire-password done',
    'remove-push done',
  ]);
  expect(over.log[2]).toMatchObject({ decidedBy: { name: 'ana@castellan.test' }, note: 'She was asleep.' });
  expect(pushesOf(account)).toBe(0);
  expect(statusOf(account)).toBe('PASSWORD_EXPIRED');
  const comments = await host.query(
    `SELECT detail ->> 'text' AS text FROM incident_events WHERE incident_id = '${over.incidentId ?? ''}' AND kind = 'comment' ORDER BY id`,
  );
  expect(comments.map(({ text }) => String(text).slice(0, 40))).toEqual([
    'Playbook "MFA fatigue" has begun.',
    'Playbook "MFA fatigue" is over (done). T',
  ]);
  const audited = (await host.api.get<AuditLogPage>(`/audit-log?target=${over.id}`)).body.items;
  expect(audited.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'playbook.ended done',
    'playbook.approve done',
    'playbook.approve refused',
    'playbook.begun done',
  ]);
}, 240_000);

test('account takeover: kept out when a person says so, and given back when the owner is there', async () => {
  const account = withPush();
  await host.api.syncAgain(integration);
  const finding = await openFinding(host, integration, {
    rule: findingOf(takeover, /signed in to after stolen passwords/),
    kind: 'account',
    key: account,
  });
  const asked = await untilRun(analyst.api, finding, isAt('is-attack'));
  expect(asked).toMatchObject({ state: 'waiting', waitsFor: 'approval', incidentId: null, subject: { key: account } });
  expect(statusOf(account)).toBe('ACTIVE');
  await decide(asked, 'is-attack', 'approve');
  const kept = await untilRun(analyst.api, finding, isAt('owner-reached'));
  expect(statusOf(account)).toBe('SUSPENDED');
  await decide(kept, 'owner-reached', 'approve');
  await untilRun(analyst.api, finding, isWaitingFor('agreement'));
  expect(simulator.org.factorsOf(account).length).toBeGreaterThan(0);
  await agreeToAll(analyst.api, finding);
  const over = await untilRun(analyst.api, finding, isOver);
  expect(statesOf(over)).toEqual([
    'end-sessions done',
    'revoke-tokens done',
    'tell done',
    'is-attack approved',
    'suspend done',
    'owner-reached approved',
    'let-in done',
    'expire-password done',
    'reset-factors done',
  ]);
  expect(simulator.org.factorsOf(account)).toEqual([]);
  expect(eventsOf(simulator, 'user.lifecycle.suspend', account)).toBe(1);
  expect(eventsOf(simulator, 'user.lifecycle.unsuspend', account)).toBe(1);
  const requests = await requestsOf(analyst.api, finding);
  expect(new Set(requests.map(({ requestedBy }) => requestedBy.kind))).toEqual(new Set(['playbook']));
}, 240_000);

test('declined: it ends where the playbook says, and nothing else is done', async () => {
  const { id: account } = simulator.org.addUser();
  await host.api.syncAgain(integration);
  const finding = await openFinding(host, integration, {
    rule: findingOf(takeover, /signed in to after stolen passwords/),
    kind: 'account',
    key: account,
  });
  const asked = await untilRun(analyst.api, finding, isAt('is-attack'));
  await decide(asked, 'is-attack', 'decline');
  expect(await untilRun(analyst.api, finding, isOver)).toMatchObject({ state: 'ended', end: 'false-alarm' });
  expect(statusOf(account)).toBe('ACTIVE');
}, 120_000);

test('whoever begins it by hand is who asks: another person agrees', async () => {
  const account = withPush();
  await host.api.syncAgain(integration);
  const bo = await person(host.api, 'bo@castellan.test', 'analyst');
  // It is less bad than the trigger asks: it begins by nobody but a person.
  const finding = await openFinding(host, integration, {
    rule: 'account-without-second-factor',
    kind: 'account',
    key: account,
  });
  const path = '/playbooks/mfa-fatigue/runs';
  const started = await analyst.api.post<PlaybookRunView>(path, { findingId: finding });
  expect(started).toMatchObject({ status: 201, body: { startedBy: { name: 'ana@castellan.test' } } });
  expect(await analyst.api.post<ProblemBody>(path, { findingId: finding })).toMatchObject({
    status: 409,
    body: { type: 'urn:castellan:problem:playbook-not-begun' },
  });
  await decide(await untilRun(analyst.api, finding, isAt('not-theirs')), 'not-theirs', 'approve');
  await untilRun(analyst.api, finding, isWaitingFor('agreement'));
  const [proposed] = (await requestsOf(analyst.api, finding)).filter(({ state }) => state === 'proposed');
  expect(await analyst.api.post(`/actions/${proposed?.id ?? ''}/approve`)).toMatchObject({ status: 403 });
  await agreeToAll(bo.api, finding);
  expect(await untilRun(analyst.api, finding, isOver)).toMatchObject({ end: 'done' });
  expect(pushesOf(account)).toBe(0);
}, 240_000);

test('a run stops by itself when somebody says that it may be so', async () => {
  const { id: account } = simulator.org.addUser();
  simulator.org.resetFactors(account);
  await host.api.syncAgain(integration);
  const finding = await openFinding(host, integration, {
    rule: 'account-without-second-factor',
    kind: 'account',
    key: account,
  });
  await analyst.api.post<PlaybookRunView>('/playbooks/mfa-fatigue/runs', { findingId: finding });
  // For up to a day.
  await untilRun(analyst.api, finding, isAt('not-theirs'));
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const change = { do: 'except', until: tomorrow, reason: 'A drill of the year.' };
  expect(await analyst.api.post('/findings/changes', { change, ids: [finding] })).toMatchObject({ body: { changed: 1 } });
  expect(await untilRun(analyst.api, finding, isOver)).toMatchObject({
    state: 'stopped',
    reason: 'The finding was excepted: it may be so for a while.',
    end: null,
  });
}, 120_000);

test('a run that is stopped withdraws what waits for a person, and does nothing more', async () => {
  const account = withPush();
  await host.api.syncAgain(integration);
  const finding = await openFinding(host, integration, {
    rule: 'account-without-second-factor',
    kind: 'account',
    key: account,
  });
  await analyst.api.post<PlaybookRunView>('/playbooks/mfa-fatigue/runs', { findingId: finding });
  await decide(await untilRun(analyst.api, finding, isAt('not-theirs')), 'not-theirs', 'approve');
  const run = await untilRun(analyst.api, finding, isWaitingFor('agreement'));
  const stopped = await analyst.api.post<PlaybookRunView>(`/playbook-runs/${run.id}/stop`, { reason: 'It is a drill.' });
  expect(stopped).toMatchObject({
    status: 200,
    body: { state: 'stopped', reason: 'It is a drill.', stoppedBy: { name: 'ana@castellan.test' }, step: null, end: null },
  });
  expect(stopped.body.log.at(-1)).toMatchObject({ step: 'remove-push', state: 'given_up' });
  expect((await requestsOf(analyst.api, finding)).filter(({ state }) => state === 'proposed')).toEqual([]);
  expect(pushesOf(account)).toBe(1);
  expect(await analyst.api.post(`/playbook-runs/${run.id}/stop`, { reason: 'Once more.' })).toMatchObject({ status: 409 });
}, 120_000);
