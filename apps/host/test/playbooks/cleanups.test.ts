import type { PlaybookRunView, PlaybookSimulation, PostureOverview } from '@castellan/api';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { type Person, person } from '../security/workspace-people.js';
import { type Simulator, startSimulator } from '../simulator.js';
import {
  agreeToAll,
  eventsOf,
  isAt,
  isOver,
  isWaitingFor,
  openFinding,
  requestsOf,
  runOf,
  SCOPES,
  simulateAndEnable,
  statesOf,
  untilRun,
} from './playbook-harness.js';

// What is cleared away, what only waits, and what a person does by hand.
const folder = temporaryFolder();
let simulator: Simulator;
let quiet: Simulator;
let host: TestHost;
let integration: string;
let analyst: Person;

beforeAll(async () => {
  simulator = await startSimulator({ users: 8, groups: 3, apps: 3, events: 10, grantedScopes: SCOPES });
  quiet = await startSimulator({ users: 4, groups: 1, apps: 2, events: 3, seed: 9 });
  host = await TestHost.start(settingsFor(folder));
  analyst = await person(host.api, 'ana@castellan.test', 'analyst');
  integration = (await host.api.synced({ ...simulator.config, actions: true })).id;
}, 120_000);
afterAll(async () => {
  await host.close();
  await Promise.all([simulator.close(), quiet.close()]);
}, 30_000);

/** Looks come by themselves after each sync: what they see is not to be mistaken for what comes then. */
async function synced(): Promise<void> {
  await host.api.syncAgain(integration);
  await until(async () => {
    const { body } = await host.api.get<PostureOverview>(`/posture/overview?integration=${integration}`);
    return body.evaluatedAt !== null && body.pending === 0;
  }, 60_000);
}
const post = <T>(path: string, body?: object) => analyst.api.post<T>(path, body);
const rolesOf = (account: string): number =>
  [...simulator.org.administration.assignments({ kind: 'user', id: account }).values()].length;
/** A week later; the log was read an hour ago. */
const laterThan = async (run: PlaybookRunView, step: string) => {
  await host.query(
    `UPDATE stream_state SET complete_began_at = now() - interval '1 hour' WHERE integration_id = '${integration}' AND kind = 'activity'`,
  );
  await host.query(
    `UPDATE playbook_runs SET due_at = now(), lease_until = NULL, log = (SELECT jsonb_agg(CASE WHEN s ->> 'step' = '${step}'
       THEN jsonb_set(s, '{dueAt}', to_jsonb(to_char((now() - interval '6 minutes') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) ELSE s END ORDER BY n)
       FROM jsonb_array_elements(log) WITH ORDINALITY AS e (s, n)) WHERE id = '${run.id}'`,
  );
};

test('a dormant administrator: the roles are taken only when the log was read to the end of the week', async () => {
  await simulateAndEnable(host.api, 'dormant-administrator');
  const { id: account } = simulator.org.addUser();
  simulator.org.grantRole({ kind: 'user', id: account }, { type: 'USER_ADMIN' });
  simulator.org.grantRole({ kind: 'user', id: account }, { type: 'READ_ONLY_ADMIN' });
  await synced();
  const finding = await openFinding(host, integration, { rule: 'administrator-not-used', kind: 'account', key: account });
  const waiting = await untilRun(analyst.api, finding, isWaitingFor('event'));
  expect(waiting).toMatchObject({ state: 'running', step: 'comes-back' });
  await laterThan(waiting, 'comes-back');
  // The week is over, and nobody has looked at the log since: the owner may have signed in.
  const unsure = await untilRun(analyst.api, finding, ({ log }) => log.at(-1)?.message !== null);
  expect(unsure).toMatchObject({
    step: 'comes-back',
    log: [{}, { state: 'open', message: expect.stringContaining('not read to its end') }],
  });
  expect(await requestsOf(analyst.api, finding)).toEqual([]);
  await synced();
  await host.query(`UPDATE playbook_runs SET due_at = now() WHERE id = '${waiting.id}' AND ended_at IS NULL`);
  await untilRun(analyst.api, finding, isWaitingFor('agreement'));
  expect(rolesOf(account)).toBe(2);
  expect(await agreeToAll(analyst.api, finding)).toBe(2);
  // A look at the organisation may have seen it already.
  const seen = await untilRun(analyst.api, finding, ({ log }) => log.at(-1)?.step === 'see');
  expect(rolesOf(account)).toBe(0);
  await host.query(`UPDATE findings SET status = 'resolved', resolved_at = now() WHERE id = '${finding}'`);
  await host.query(`UPDATE playbook_runs SET due_at = now() WHERE id = '${seen.id}' AND ended_at IS NULL`);
  const over = await untilRun(analyst.api, finding, isOver);
  expect(over).toMatchObject({ state: 'ended', end: 'done' });
  expect(statesOf(over)).toEqual(['tell-owner done', 'comes-back late', 'remove-roles done', 'see came']);
}, 240_000);

test('an administrator who signs in keeps the roles', async () => {
  const { id: account } = simulator.org.addUser();
  simulator.org.grantRole({ kind: 'user', id: account }, { type: 'USER_ADMIN' });
  await synced();
  const finding = await openFinding(host, integration, { rule: 'administrator-not-used', kind: 'account', key: account });
  const waiting = await untilRun(analyst.api, finding, isWaitingFor('event'));
  const user = simulator.org.directory.users.get(account);
  if (user === undefined) throw new Error('nobody is there');
  simulator.org.emit({
    eventType: 'user.session.start',
    displayMessage: 'User login to Okta',
    actor: simulator.org.userParty(user),
  });
  await synced();
  await host.query(`UPDATE playbook_runs SET due_at = now() WHERE id = '${waiting.id}'`);
  const over = await untilRun(analyst.api, finding, isOver);
  expect(over).toMatchObject({ end: 'still-used' });
  expect(rolesOf(account)).toBe(1);
}, 120_000);

test('a leaver: tokens at once, the rest with a second person, and switched off when the manager says so', async () => {
  await simulateAndEnable(host.api, 'leaver-with-access');
  const { id: account } = simulator.org.addUser();
  const [app = ''] = simulator.org.applications.apps.keys();
  simulator.org.assignUser(app, account);
  simulator.org.grantRole({ kind: 'user', id: account }, { type: 'USER_ADMIN' });
  simulator.org.setStatus(account, 'SUSPENDED');
  await synced();
  const finding = await openFinding(host, integration, {
    rule: 'suspended-account-keeps-access',
    kind: 'account',
    key: account,
  });
  const asked = await untilRun(analyst.api, finding, isAt('has-left'));
  expect((await requestsOf(analyst.api, finding)).map(({ action, state }) => `${action} ${state}`).toSorted()).toEqual([
    'clear-sessions verified',
    'remove-role proposed',
    'unassign-application proposed',
  ]);
  expect(await agreeToAll(analyst.api, finding)).toBe(2);
  await post(`/playbook-runs/${asked.id}/steps/has-left/approve`, {});
  await untilRun(analyst.api, finding, ({ log }) => log.at(-1)?.step === 'see');
  expect(await agreeToAll(analyst.api, finding)).toBe(1);
  await host.query(`UPDATE findings SET status = 'resolved', resolved_at = now() WHERE id = '${finding}'`);
  await host.query(`UPDATE playbook_runs SET due_at = now() WHERE id = '${asked.id}' AND ended_at IS NULL`);
  const over = await untilRun(analyst.api, finding, isOver, 120_000);
  expect(over).toMatchObject({ state: 'ended', end: 'done' });
  expect(statesOf(over)).toEqual([
    'revoke-tokens done',
    'end-sessions done',
    'tell done',
    'remove-roles done',
    'revoke-api-tokens skipped',
    'unassign done',
    'has-left approved',
    'deactivate done',
    'see came',
  ]);
  expect(simulator.org.directory.users.get(account)?.['status']).toBe('DEPROVISIONED');
  expect(rolesOf(account)).toBe(0);
  expect(simulator.org.assignmentOf(app, account)).toBeUndefined();
}, 300_000);

test('a rogue identity provider: switched off with a second person, who is linked to it is signed out', async () => {
  const detail = await simulateAndEnable(host.api, 'rogue-identity-provider');
  const { id: author } = simulator.org.addUser();
  const { id: linked } = simulator.org.addUser();
  const idp = String(simulator.org.addIdp({ name: 'Evil', type: 'OIDC' })['id']);
  simulator.org.linkIdpUser(idp, linked);
  await synced();
  const rule = detail.trigger.findings.find(({ title }) => title === 'An identity provider was added');
  const finding = await openFinding(host, integration, {
    rule: rule?.id ?? '',
    kind: 'account',
    key: author,
    evidence: { title: rule?.title, targets: [{ id: idp, type: 'IdentityProvider', name: 'Evil' }] },
  });
  const waiting = await untilRun(analyst.api, finding, isWaitingFor('agreement'));
  // Nothing goes on before a second person has said yes or no.
  expect(waiting).toMatchObject({ state: 'waiting', step: 'switch-off' });
  // A rule may have seen it, too, and another run have asked for the same before: that is the request then.
  const [item] = waiting.log.at(-1)?.items ?? [];
  expect(item).toMatchObject({ state: 'requested', record: { kind: 'identity_provider', key: idp } });
  expect(await post(`/actions/${item?.requestId ?? ''}/approve`)).toMatchObject({ status: 200 });
  const asked = await untilRun(analyst.api, finding, isAt('is-attack'));
  expect(simulator.org.identityProviders.idps.get(idp)?.['status']).toBe('INACTIVE');
  const login = String(Object(simulator.org.directory.users.get(linked)?.['profile'])['login']);
  expect(asked.log.find(({ step }) => step === 'list-accounts')?.message).toContain(login);
  await post(`/playbook-runs/${asked.id}/steps/is-attack/approve`, {});
  const over = await untilRun(analyst.api, finding, isOver);
  expect(over).toMatchObject({ end: 'done' });
  for (const one of [author, linked]) expect(eventsOf(simulator, 'user.session.clear', one)).toBe(1);
}, 240_000);

test('unused access: who has not opened it for 60 days, and no more than the limit', async () => {
  const [app = ''] = simulator.org.applications.apps.keys();
  const people = Array.from({ length: 3 }, () => simulator.org.addUser().id);
  for (const one of people) simulator.org.assignUser(app, one);
  await synced();
  // The log was watched for a year, and the assignments are as old; one of them was used yesterday.
  await host.query(`UPDATE usage_since SET since = now() - interval '1 year' WHERE integration_id = '${integration}'`);
  await host.query(`UPDATE app_assignments SET created_at = now() - interval '1 year' WHERE application = '${app}'`);
  await host.query(
    `INSERT INTO usage (integration_id, "use", principal, object, first_at, last_at, times, days, day_times)
     VALUES ('${integration}', 'application', '${people[0] ?? ''}', '${app}', now() - interval '1 day', now() - interval '1 day', 1, '{}', '{}')`,
  );
  await simulateAndEnable(host.api, 'unused-access');
  const finding = await openFinding(host, integration, { rule: 'access-that-is-not-used', kind: 'application', key: app });
  const asked = await untilRun(analyst.api, finding, isAt('attested'));
  await post(`/playbook-runs/${asked.id}/steps/attested/approve`, {});
  const run = await untilRun(analyst.api, finding, isWaitingFor('agreement'));
  const keys = run.log.at(-1)?.items.map(({ input }) => input['principal']);
  expect(keys).toEqual(expect.arrayContaining(people.slice(1)));
  expect(keys).not.toContain(people[0]);
  await post(`/playbook-runs/${run.id}/stop`, { reason: 'It is a drill.' });
}, 120_000);

test('what the connection does not offer is done by hand, ticked off with a note', async () => {
  const other = (await host.api.synced(quiet.config)).id;
  const { id: account } = quiet.org.addUser();
  await host.api.syncAgain(other);
  const finding = await openFinding(host, other, { rule: 'account-without-second-factor', kind: 'account', key: account });
  await post('/playbooks/stolen-session/runs', { findingId: finding });
  const run = await untilRun(analyst.api, finding, isAt('next-sign-in'));
  // The wait goes on, and there is something to do for a person.
  expect(run).toMatchObject({ state: 'waiting', waitsFor: 'hand' });
  const byHand = run.log.flatMap(({ step, items }) => items.map(({ id, state, message }) => ({ step, id, state, message })));
  expect(byHand.map(({ step, state }) => `${step} ${state}`)).toEqual(['end-sessions by_hand', 'revoke-tokens by_hand']);
  expect(byHand[0]?.message).toMatch(/^By hand: .* does not offer it/);
  expect(await post(`/playbook-runs/${run.id}/steps/end-sessions/tick`, { item: 'none', note: 'Done.' })).toMatchObject({
    status: 404,
  });
  const [done, left] = byHand.map(({ step, id }) => ({ path: `/playbook-runs/${run.id}/steps/${step}/tick`, id }));
  const inTheConsole = { item: done?.id, note: 'Done in the console.' };
  expect(await post(done?.path ?? '', inTheConsole)).toMatchObject({ status: 200 });
  expect(await post(done?.path ?? '', { ...inTheConsole, note: 'Once more.' })).toMatchObject({ status: 409 });
  const nothing = { item: left?.id, note: 'It has none.', isDone: false };
  expect(await post(left?.path ?? '', nothing)).toMatchObject({ status: 200 });
  const ticked = await untilRun(analyst.api, finding, ({ log }) => log[1]?.state === 'not_done');
  expect(ticked.log.slice(0, 2)).toMatchObject([
    { state: 'done', items: [{ state: 'done_by_hand', note: 'Done in the console.', by: { name: 'ana@castellan.test' } }] },
    { state: 'not_done', items: [{ state: 'not_done', note: 'It has none.', by: { name: 'ana@castellan.test' } }] },
  ]);
  expect(await untilRun(analyst.api, finding, isWaitingFor('event'))).toMatchObject({ state: 'running' });
  expect(await requestsOf(analyst.api, finding)).toEqual([]);
}, 120_000);

test('all seven are simulated by what is stored: nothing is asked of the provider, and nothing written', async () => {
  const { items } = (await analyst.api.get<{ items: readonly { id: string }[] }>('/playbooks')).body;
  expect(items).toHaveLength(7);
  // What checks have found beside what is seeded here begins no more.
  for (const { id } of items) await host.api.post(`/playbooks/${id}/disable`);
  const runs = (await analyst.api.get<{ items: readonly PlaybookRunView[] }>('/playbook-runs')).body.items;
  for (const { id, endedAt } of runs)
    if (endedAt === null) await post(`/playbook-runs/${id}/stop`, { reason: 'It is a drill.' });
  await until(async () => {
    const [row] = await host.query(`SELECT count(*)::int AS n FROM action_requests WHERE due_at IS NOT NULL`);
    return row?.['n'] === 0;
  }, 60_000);
  const asked = Object.values(simulator.requests.byTemplate).reduce((sum, one) => sum + one, 0);
  const rows = async () =>
    host.query('SELECT (SELECT count(*) FROM action_requests) AS requests, (SELECT count(*) FROM playbook_runs) AS runs');
  const before = await rows();
  const found = new Map<string, PlaybookSimulation>();
  for (const { id } of items) {
    const { status, body } = await host.api.post<PlaybookSimulation>(`/playbooks/${id}/simulate`, { days: 30 });
    expect([id, status]).toEqual([id, 200]);
    found.set(id, body);
  }
  expect(await rows()).toEqual(before);
  expect(Object.values(simulator.requests.byTemplate).reduce((sum, one) => sum + one, 0)).toBe(asked);
  const leaver = found.get('leaver-with-access')?.integrations.find((one) => one.integration.id === integration);
  expect(leaver).toMatchObject({ offersActions: true, findings: expect.any(Number) });
  const unused = found.get('unused-access')?.integrations.find((one) => one.integration.id === integration);
  expect(unused).toMatchObject({ count: 1, byHand: 0 });
  const unassign = unused?.runs[0]?.steps.find(({ step }) => step === 'unassign');
  expect(unassign).toMatchObject({ would: 'person', because: 'A person has to agree to it.', agreements: unassign?.count });
  expect(unassign?.inputs[0]?.input).toEqual({
    application: expect.any(String),
    principalKind: 'account',
    principal: expect.any(String),
  });
  expect(await runOf(analyst.api, unused?.runs[0]?.findingId ?? '')).toMatchObject({ state: 'stopped' });
}, 120_000);
