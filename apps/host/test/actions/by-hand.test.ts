import type { ActionPlanView, ActionRequestView, ProblemBody } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { type Person, person } from '../security/workspace-people.js';
import { type Simulator, startSimulator } from '../simulator.js';

// With the scopes that only read, and nothing switched on.
const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: string;
let analyst: Person;
let viewer: Person;

beforeAll(async () => {
  simulator = await startSimulator({ users: 8, groups: 3, apps: 3, events: 10 });
  host = await TestHost.start(settingsFor(folder, { leaseMs: 1_500 }));
  integration = (await host.api.synced(simulator.config)).id;
  analyst = await person(host.api, 'ana@castellan.test', 'analyst');
  viewer = await person(host.api, 'vi@castellan.test', 'viewer');
}, 90_000);
afterEach(() => simulator.setFaults([]));
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

const NOTE = 'Done in the console, ticket 4711.';

function say(action: string, input: object, more: object = {}, who = analyst) {
  const body = { integrationId: integration, action, input, byHand: true, reason: NOTE, ...more };
  return who.api.post<ActionRequestView & ProblemBody>('/actions', body);
}

const view = async (id: string): Promise<ActionRequestView> =>
  (await analyst.api.get<ActionRequestView>(`/actions/${id}`)).body;

async function ended(id: string, ms = 20_000): Promise<ActionRequestView> {
  let seen: ActionRequestView | undefined;
  await until(async () => (seen = await view(id)).endedAt !== null, ms);
  if (seen === undefined) throw new Error('it was never seen');
  return seen;
}

/** So that it has been looked at once, and waits. */
const lookedAt = (id: string) =>
  until(
    async () => (await host.query(`SELECT tries FROM action_requests WHERE id = '${id}' AND due_at > now()`)).length === 1,
    20_000,
  );

const audited = async (id: string): Promise<readonly string[]> =>
  (await host.api.get<AuditLogPage>(`/audit-log?target=${id}`)).body.items.map(
    ({ action, actor, outcome }) => `${action} ${outcome} ${actor.name}`,
  );

test('what is not offered is planned, cannot be done from here, and is done by hand: seen, and taken back by hand', async () => {
  const { id: account } = simulator.org.addUser();
  const input = { account };
  const plan = await analyst.api.post<ActionPlanView>(`/integrations/${integration}/actions/plan`, {
    action: 'suspend-account',
    input,
  });
  expect(plan.body).toMatchObject({
    plan: { state: 'open', calls: [{ method: 'POST' }] },
    canRun: { ok: false, because: 'not-offered', missing: ['okta.users.manage'] },
  });
  const { fingerprint } = plan.body.plan;
  const asked = await analyst.api.post('/actions', {
    integrationId: integration,
    action: 'suspend-account',
    input,
    fingerprint,
  });
  expect(asked).toMatchObject({ status: 409, body: { type: 'urn:castellan:problem:action-not-offered' } });

  simulator.org.setStatus(account, 'SUSPENDED');
  const said = await say('suspend-account', input);
  expect(said).toMatchObject({ status: 201, body: { byHand: true, reason: NOTE, plan: { calls: [] } } });
  const done = await ended(said.body.id);
  expect(done).toMatchObject({ state: 'verified', changed: true, undoUntil: expect.any(String), subject: { key: account } });
  expect(await audited(done.id)).toEqual(['action.by-hand-seen done host', 'action.by-hand done ana@castellan.test']);

  simulator.org.setStatus(account, 'ACTIVE');
  const back = await say('unsuspend-account', input, { undoOf: done.id });
  expect(back.status).toBe(201);
  expect(await ended(back.body.id)).toMatchObject({ state: 'verified', undoOf: done.id });
  expect(await view(done.id)).toMatchObject({ state: 'undone', undoneBy: back.body.id });
});

test('what destroys something needs no second person, since it is done; a note it needs, and the right to ask', async () => {
  const { id: account } = simulator.org.addUser();
  expect(await say('deactivate-account', { account }, {}, viewer)).toMatchObject({ status: 403 });
  expect(await say('deactivate-account', { account }, { reason: undefined })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'reason' }] },
  });
  expect(await say('deactivate-account', {})).toMatchObject({ status: 422, body: { errors: [{ field: 'input.account' }] } });
  expect(await say('fly', { account })).toMatchObject({
    status: 409,
    body: { type: 'urn:castellan:problem:action-not-offered' },
  });
  simulator.org.setStatus(account, 'DEPROVISIONED');
  const said = await say('deactivate-account', { account });
  expect(said.body).toMatchObject({ effect: 'destructive', decidedBy: null });
  expect(await ended(said.body.id)).toMatchObject({ state: 'verified' });
});

test('what does not show yet is looked at again as soon as a sync has ended', async () => {
  const { id: account } = simulator.org.addUser();
  const { id } = (await say('suspend-account', { account })).body;
  await lookedAt(id);
  expect(await view(id)).toMatchObject({ state: 'done', changed: null, endedAt: null });
  simulator.org.setStatus(account, 'SUSPENDED');
  expect(await host.api.syncAgain(integration)).toMatchObject({ state: 'complete' });
  // The wait after the first look is longer than that.
  expect(await ended(id, 15_000)).toMatchObject({ state: 'verified' });
}, 60_000);

test('what a sync that began an hour later does not show either was not done', async () => {
  const { id: account } = simulator.org.addUser();
  const { id } = (await say('suspend-account', { account })).body;
  await lookedAt(id);
  expect(await host.api.syncAgain(integration)).toMatchObject({ state: 'complete' });
  await lookedAt(id);
  // Not within the hour: what the provider shows may lag behind.
  expect((await view(id)).state).toBe('done');
  await host.query(`UPDATE action_requests SET created_at = now() - interval '61 minutes' WHERE id = '${id}'`);
  expect(await host.api.syncAgain(integration)).toMatchObject({ state: 'complete' });
  expect(await ended(id)).toMatchObject({
    state: 'failed',
    problem: { message: 'The provider still shows it as it was, also in what was read since then.' },
  });
  expect((await audited(id))[0]).toBe('action.by-hand-missing done host');
}, 90_000);

test('after a day it was not done, also without a sync', async () => {
  const { id: account } = simulator.org.addUser();
  const { id } = (await say('suspend-account', { account })).body;
  await lookedAt(id);
  await host.query(
    `UPDATE action_requests SET created_at = now() - interval '25 hours', due_at = now(), started_at = now() WHERE id = '${id}'`,
  );
  expect(await ended(id)).toMatchObject({ state: 'failed' });
}, 60_000);

test('what nobody can see from here stays done, and says so', async () => {
  const said = await say('revoke-api-token', { apiToken: '00T1a2b3c4d5e6f7g8h9' });
  expect(said).toMatchObject({
    status: 201,
    body: { plan: { state: 'unseen', undo: null }, subject: { key: '00T1a2b3c4d5e6f7g8h9' } },
  });
  expect(await ended(said.body.id)).toMatchObject({
    state: 'done',
    changed: true,
    undoUntil: null,
    message: expect.stringMatching(/^It was said to be done by hand; nobody can see it from here: .*okta\.apiTokens\.manage/),
  });
  expect((await audited(said.body.id))[0]).toBe('action.by-hand-unseen done host');
});

test('a look that fails in passing says nothing of what was done', async () => {
  const { id: account } = simulator.org.addUser();
  simulator.org.setStatus(account, 'SUSPENDED');
  simulator.setFaults([{ kind: 'status', status: 500, match: `/api/v1/users/${account}` }]);
  const said = await say('suspend-account', { account });
  expect(said).toMatchObject({ status: 201, body: { plan: { state: 'unseen' }, state: 'done' } });
  await lookedAt(said.body.id);
  expect(await view(said.body.id)).toMatchObject({ state: 'done', endedAt: null, problem: { kind: 'transient' } });
  simulator.setFaults([]);
  await host.query(`UPDATE action_requests SET due_at = now() WHERE id = '${said.body.id}'`);
  expect(await ended(said.body.id)).toMatchObject({ state: 'verified', problem: null, undoUntil: expect.any(String) });
}, 90_000);
