import type { ActionPlanView, ActionRequestView, Page, ProblemBody } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { type Person, person } from '../security/workspace-people.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

// What the way from a wish to its end leaves lying: answers and rows that are lost, integrations that are gone, proposals nobody decides.
const MANAGE = ['okta.users.manage', 'okta.groups.manage', 'okta.apps.manage'];
const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: string;
let analyst: Person;
let second: Person;

beforeAll(async () => {
  simulator = await startSimulator({ users: 8, groups: 3, apps: 3, events: 10, grantedScopes: [...DEFAULT_SCOPES, ...MANAGE] });
  host = await TestHost.start(settingsFor(folder, { leaseMs: 1_500 }));
  integration = (await host.api.create({ ...simulator.config, actions: true })).id;
  analyst = await person(host.api, 'ana@castellan.test', 'analyst');
  second = await person(host.api, 'bo@castellan.test', 'analyst');
}, 60_000);
afterEach(() => simulator.setFaults([]));
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

async function fingerprintOf(action: string, input: object, of = integration): Promise<string> {
  const { body } = await analyst.api.post<ActionPlanView>(`/integrations/${of}/actions/plan`, { action, input });
  return body.plan.fingerprint;
}

const send = (body: object) =>
  analyst.api.post<ActionRequestView & ProblemBody>('/actions', { integrationId: integration, ...body });

async function ask(action: string, input: object, more: object = {}, of = integration) {
  return send({ integrationId: of, action, input, fingerprint: await fingerprintOf(action, input, of), ...more });
}

async function ended(id: string): Promise<ActionRequestView> {
  let view: ActionRequestView | undefined;
  await until(async () => {
    view = (await analyst.api.get<ActionRequestView>(`/actions/${id}`)).body;
    return view.endedAt !== null;
  }, 60_000);
  if (view === undefined) throw new Error('it was never seen');
  return view;
}

test('a wish that is sent again after it was done is the request that was made, also where it could not be asked for any more', async () => {
  const { id: account } = simulator.org.addUser();
  const { undo, id: undoOf } = await ended((await ask('suspend-account', { account })).body.id).then(({ plan, id }) => ({
    ...plan,
    id,
  }));
  if (undo === null) throw new Error('nothing takes it back');
  const back = { ...undo, undoOf, fingerprint: await fingerprintOf(undo.action, undo.input), wish: 'a bad line' };
  const { id } = (await send(back)).body;
  await ended(id);
  expect(await send(back)).toMatchObject({ status: 201, body: { id, state: 'verified' } });
}, 60_000);

test('what the database did not take down after the provider has done it is looked at again, and not called failed', async () => {
  const { id: account } = simulator.org.addUser();
  await host.query(`CREATE FUNCTION lose_the_first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.state = 'running' AND NEW.state = 'done' AND NEW.tries = 1 THEN RAISE EXCEPTION 'the disk is full' USING ERRCODE = '53100'; END IF;
    RETURN NEW; END $$`);
  await host.query(
    `CREATE TRIGGER lose_the_first BEFORE UPDATE ON action_requests FOR EACH ROW EXECUTE FUNCTION lose_the_first()`,
  );
  try {
    const asked = await ask('suspend-account', { account });
    expect(await ended(asked.body.id)).toMatchObject({ state: 'verified', changed: true, undoUntil: expect.any(String) });
  } finally {
    await host.query(`DROP FUNCTION lose_the_first() CASCADE`);
  }
}, 90_000);

test('requests of an integration that was deleted do not hide the others', async () => {
  const gone = (await host.api.create({ ...simulator.config, actions: true })).id;
  const kept = await ask('deactivate-account', { account: simulator.org.addUser().id });
  await ask('deactivate-account', { account: simulator.org.addUser().id }, {}, gone);
  const [row] = await host.query(`SELECT * FROM action_requests WHERE integration_id = '${gone}'`);
  expect(await host.api.ask('DELETE', `/integrations/${gone}`)).toMatchObject({ status: 204 });
  // They are removed a piece at a time; until then they are there.
  if ((await host.query(`SELECT FROM action_requests WHERE integration_id = '${gone}'`)).length === 0)
    await host.query(
      `INSERT INTO action_requests SELECT * FROM json_populate_record(NULL::action_requests, '${JSON.stringify(row)}')`,
    );
  const list = await analyst.api.get<Page<ActionRequestView>>('/actions?state=proposed');
  expect(list).toMatchObject({ status: 200 });
  expect(list.body.items.map(({ id }) => id)).toEqual([kept.body.id]);
});

test.each(['00u\0', '00u\ud800'])('a key that the database cannot keep is refused: %j', async (account) => {
  const body = { action: 'suspend-account', input: { account }, byHand: true, reason: 'Done in the console.' };
  expect(await send(body)).toMatchObject({ status: 400, body: { errors: [{ field: 'input' }] } });
});

test('what nobody has agreed to for a day leaves the inbox, says so, and can be asked for again', async () => {
  const input = { account: simulator.org.addUser().id };
  const { id } = (await ask('deactivate-account', input)).body;
  await host.query(`UPDATE action_requests SET created_at = created_at - interval '24 hours' WHERE id = '${id}'`);
  expect(await second.api.post(`/actions/${id}/approve`)).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('ask for it again') },
  });
  expect(await ended(id)).toMatchObject({ state: 'withdrawn', decidedBy: null, problem: { kind: 'expired' } });
  const { items } = (await host.api.get<AuditLogPage>(`/audit-log?target=${id}`)).body;
  expect(items.map(({ action, actor }) => `${action} ${actor.kind}`)).toContain('action.expire host');
  expect(await ask('deactivate-account', input)).toMatchObject({ status: 201, body: { state: 'proposed' } });
}, 90_000);

test('what another host has taken meanwhile is not waited for at the provider', async () => {
  const { id: account } = simulator.org.addUser();
  const began = Date.now();
  const fingerprint = await fingerprintOf('suspend-account', { account });
  simulator.setFaults([{ kind: 'hang', match: /lifecycle\/suspend/, times: 1 }]);
  const { id } = (await send({ action: 'suspend-account', input: { account }, fingerprint })).body;
  await until(
    async () => (await host.query(`SELECT FROM action_requests WHERE id = '${id}' AND state = 'running'`)).length > 0,
  );
  await host.query(`UPDATE action_requests SET tries = tries + 1, lease_until = now() WHERE id = '${id}'`);
  expect(await ended(id)).toMatchObject({ state: 'verified', changed: true });
  // It is found out when the lease is to be renewed; the provider alone would have been waited for for 30 seconds.
  expect(Date.now() - began).toBeLessThan(28_000);
}, 90_000);
