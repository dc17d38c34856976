import type { ActionBatchUndoView } from '@castellan/api';
import pg from 'pg';
import { ownDatabase, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';
import { auditedOf, Batches } from './batch-fixture.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let database: pg.Client;
let batches: Batches;
let analyst: Person;
let second: Person;

beforeAll(async () => {
  const grantedScopes = [...DEFAULT_SCOPES, 'okta.users.manage'];
  simulator = await startSimulator({ users: 4, groups: 2, apps: 2, events: 10, grantedScopes });
  const databaseUrl = await ownDatabase();
  database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  host = await TestHost.start(settingsFor(folder, { databaseUrl }));
  batches = new Batches((await host.api.create({ ...simulator.config, actions: true })).id, simulator);
  analyst = await person(host.api, 'ana@castellan.test', 'analyst');
  second = await person(host.api, 'bo@castellan.test', 'analyst');
}, 60_000);
afterAll(async () => {
  await host.close();
  await database.end();
  await simulator.close();
}, 30_000);

/** Suspended, each seen to be so. */
async function suspended(inputs: readonly { readonly account: string }[]): Promise<string> {
  const asked = await batches.ask(analyst.api, 'suspend-account', inputs);
  if (asked.body.state === 'proposed') await second.api.post(`/action-batches/${asked.body.id}/approve`);
  await batches.ended(analyst.api, asked.body.id);
  return asked.body.id;
}

const undoOf = async (id: string): Promise<ActionBatchUndoView> =>
  (await analyst.api.get<ActionBatchUndoView>(`/action-batches/${id}/undo`)).body;

/** As a page does it: each looked at, then all asked for. */
async function itemsOf({ steps: [step] }: ActionBatchUndoView): Promise<readonly object[]> {
  if (step === undefined) throw new Error('nothing is taken back');
  const inputs = step.items.map(({ input }) => input);
  const agreed = await batches.agreed(analyst.api, step.action, inputs);
  return agreed.map((item, index) => ({ ...item, undoOf: step.items[index]?.undoOf }));
}

const statuses = (inputs: readonly { readonly account: string }[]) => inputs.map(({ account }) => batches.statusOf(account));

test('all of a batch is taken back as a batch, and what was so already is neither done nor taken back', async () => {
  const inputs = batches.accounts(4);
  const [, already = { account: '' }] = inputs;
  const items = await batches.agreed(analyst.api, 'suspend-account', inputs);
  simulator.org.setStatus(already.account, 'SUSPENDED');
  const { id } = (await batches.send(analyst.api, 'suspend-account', items)).body;
  const done = await batches.ended(analyst.api, id);
  expect(done).toMatchObject({ counts: { verified: 3, already: 1 }, undoable: 3, undoOf: null });

  const undo = await undoOf(id);
  // What was done last is taken back first.
  const others = inputs.filter((input) => input !== already).toReversed();
  expect(undo.steps.map(({ action, items: of }) => [action, of.map(({ input }) => input)])).toEqual([
    ['unsuspend-account', others],
  ]);
  expect(undo.leftOut.map(({ why }) => why)).toEqual(['It was so already, and nothing was sent.']);

  const back = await itemsOf(undo);
  const send = (wish: string) => batches.send(analyst.api, 'unsuspend-account', back, { wish, reason: 'A mistake.' });
  const [first, same] = await Promise.all([send('twice'), send('twice')]);
  expect([first.status, same.body.id]).toEqual([201, first.body.id]);
  expect(first.body).toMatchObject({ size: 3, undoOf: id, refused: [] });
  expect(await batches.ended(analyst.api, first.body.id)).toMatchObject({ state: 'ended', counts: { verified: 3 } });
  expect(inputs.map(({ account }) => batches.events('user.lifecycle.unsuspend', account))).toEqual([1, 0, 1, 1]);
  expect(statuses(inputs)).toEqual(['ACTIVE', 'SUSPENDED', 'ACTIVE', 'ACTIVE']);

  expect((await analyst.api.get(`/action-batches/${id}`)).body).toMatchObject({
    counts: { verified: 0, undone: 3, already: 1 },
    undoable: 0,
  });
  expect((await undoOf(id)).steps).toEqual([]);
  expect(await send('once more')).toMatchObject({
    status: 409,
    body: { type: 'urn:castellan:problem:action-not-undoable', errors: [{ message: 'It was taken back already.' }, {}, {}] },
  });
  expect(await auditedOf(host.api, first.body.id)).toEqual(['action-batch.request done ana@castellan.test']);
}, 90_000);

test('what cannot be taken back is told of that object, and does not stop the others', async () => {
  const inputs = batches.accounts(4);
  const [late, gone] = inputs.map(({ account }) => account);
  const id = await suspended(inputs);
  const undo = await undoOf(id);
  const back = await itemsOf(undo);
  await database.query(
    `UPDATE action_requests SET ended_at = now() - interval '8 days' WHERE batch_id = $1 AND input ->> 'account' = $2`,
    [id, late],
  );
  simulator.org.deleteUser(gone ?? '');
  expect((await undoOf(id)).leftOut.map(({ why }) => why)).toEqual([expect.stringContaining('more than 7 days ago')]);
  // An old page sends all of it.
  const asked = await batches.send(analyst.api, 'unsuspend-account', back);
  expect(asked.body.refused.map(({ input, problem }) => [input['account'], problem.kind])).toEqual([
    [gone, 'config'],
    [late, 'not-undoable'],
  ]);
  await batches.ended(analyst.api, asked.body.id);
  expect(statuses(inputs)).toEqual(['SUSPENDED', undefined, 'ACTIVE', 'ACTIVE']);
  // Of another action, and of another workspace, nothing is taken back.
  const [object] = await batches.objects(analyst.api, id);
  const wrong = { input: object?.input, fingerprint: 'f', undoOf: object?.id };
  expect(await batches.send(analyst.api, 'deactivate-account', [wrong])).toMatchObject({ status: 409 });
  const stranger = await otherWorkspace(host, 'globex');
  expect(await stranger.api.get(`/action-batches/${id}/undo`)).toMatchObject({ status: 404 });
}, 90_000);

test('more than ten are taken back when a second person agrees, and not asked for twice meanwhile', async () => {
  const inputs = batches.accounts(11);
  const id = await suspended(inputs);
  const back = await itemsOf(await undoOf(id));
  const asked = await batches.send(analyst.api, 'unsuspend-account', back);
  expect(asked.body).toMatchObject({ state: 'proposed', undoOf: id, size: 11 });
  expect((await analyst.api.get(`/action-batches/${id}`)).body).toMatchObject({ undoable: 0 });
  const { steps, leftOut } = await undoOf(id);
  expect([steps, leftOut.map(({ why }) => why)]).toEqual([[], Array(11).fill('It is being taken back already.')]);
  expect(await batches.send(second.api, 'unsuspend-account', back)).toMatchObject({
    status: 409,
    body: { type: 'urn:castellan:problem:action-under-way' },
  });
  expect(await analyst.api.post(`/action-batches/${asked.body.id}/approve`)).toMatchObject({ status: 403 });
  expect(statuses(inputs)).toEqual(Array(11).fill('SUSPENDED'));
  await second.api.post(`/action-batches/${asked.body.id}/approve`);
  await batches.ended(analyst.api, asked.body.id);
  expect(statuses(inputs)).toEqual(Array(11).fill('ACTIVE'));
}, 90_000);
