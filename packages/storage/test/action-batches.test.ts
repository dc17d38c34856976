import type { ComparablePlan } from '@castellan/connector-sdk';
import type pg from 'pg';
import { type ActionBatch, type ActionRequest, DEFAULT_WORKSPACE_ID, type NewActionBatch, type Storage } from '../src/index.js';
import { TestDatabases } from './fixtures/test-database.js';

const ANA = { kind: 'user', id: '00000000-0000-4000-8000-00000000000a', name: 'Ana' } as const;
const BO = { kind: 'user', id: '00000000-0000-4000-8000-00000000000b', name: 'Bo' } as const;
const ONE = '00000000-0000-4000-8000-0000000000f1';
const OTHER = '00000000-0000-4000-8000-0000000000f2';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;
let n = 0;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
  for (const id of [ONE, OTHER])
    await client.query(
      `INSERT INTO integrations (id, workspace_id, connector_id, name, config, next_run_at) VALUES ($1::uuid, $2, 'acme', $1::text, '{}', now())`,
      [id, DEFAULT_WORKSPACE_ID],
    );
}, 60_000);
afterAll(() => databases.close());
afterEach(() => client.query('TRUNCATE action_requests, action_batches CASCADE'));

const planOf = (account: string): ComparablePlan => ({
  state: 'open',
  calls: [{ method: 'POST', path: `/users/${account}/off` }],
  touches: [{ kind: 'account', key: account, name: account }],
  consequences: [],
  outcome: 'It is off.',
  stale: [],
  undo: null,
  fingerprint: account,
});

function batchOf(accounts: readonly string[], more: Partial<NewActionBatch> = {}): NewActionBatch {
  n += 1;
  return {
    integrationId: ONE,
    action: 'off',
    title: 'Switch off',
    effect: 'write',
    needsApproval: false,
    reason: null,
    requestedBy: ANA,
    wish: `wish ${n}`,
    items: accounts.map((account) => ({
      input: { account },
      plan: planOf(account),
      findingId: null,
      incidentId: null,
      undoOf: null,
    })),
    refused: [],
    ...more,
  };
}

async function made(accounts: readonly string[], more: Partial<NewActionBatch> = {}): Promise<ActionBatch> {
  const created = await storage.transaction(() => storage.actionBatches.create(DEFAULT_WORKSPACE_ID, batchOf(accounts, more)));
  if (created === undefined) throw new Error('it was not made');
  return created.batch;
}

async function single(account: string, integrationId = ONE): Promise<ActionRequest> {
  n += 1;
  const { items: _items, refused: _refused, ...batch } = batchOf([]);
  const asked = {
    ...batch,
    integrationId,
    input: { account },
    plan: planOf(account),
    undoOf: null,
    byHand: false,
    batchId: null,
  };
  const created = await storage.actions.create(DEFAULT_WORKSPACE_ID, { ...asked, findingId: null, incidentId: null });
  if (created === undefined) throw new Error('it was not made');
  return created.request;
}

async function next(): Promise<ActionRequest | undefined> {
  const [due] = await storage.actions.due(1);
  return due === undefined ? undefined : storage.actions.take(due.id);
}

async function takeNext(): Promise<ActionRequest> {
  const taken = await next();
  if (taken === undefined) throw new Error('nothing is due');
  return taken;
}

async function finish(request: ActionRequest): Promise<void> {
  const done = await storage.actions.done(request, { changed: true, message: 'Done.', stale: [] });
  if (done === undefined || !(await storage.actions.verified(done, null))) throw new Error('it was lost');
}

const fail = (request: ActionRequest, kind: string) => storage.actions.failed(request, { kind, message: 'No.' });
const accountsOf = (batch: ActionBatch, states: readonly ActionRequest['state'][]) =>
  storage.actions
    .list(DEFAULT_WORKSPACE_ID, { batchId: batch.id, states })
    .then(({ requests }) => requests.map(({ subject }) => subject.key).toSorted());
const seen = async ({ id }: ActionBatch): Promise<ActionBatch> => {
  const found = await storage.actionBatches.find(DEFAULT_WORKSPACE_ID, id);
  if (found === undefined) throw new Error('it is gone');
  return found;
};

test('of one integration one is done at a time, also by two hosts at once, and another integration waits for nobody', async () => {
  const requests = [await single('a'), await single('b'), await single('c')];
  const foreign = await single('a', OTHER);
  const taken = await Promise.all([...requests, ...requests, foreign].map(({ id }) => storage.actions.take(id)));
  const got = taken.filter((one) => one !== undefined);
  expect(got.map(({ integrationId }) => integrationId).toSorted()).toEqual([ONE, OTHER]);
  expect(await storage.actions.due(10)).toEqual([]);
  const [first] = got.filter(({ integrationId }) => integrationId === ONE);
  if (first === undefined) throw new Error('nobody got it');
  // What waits for its next try holds nobody up.
  await storage.actions.later(first, { kind: 'transient', message: 'Later.' }, 60_000);
  const second = await takeNext();
  expect([second.integrationId, second.id === first.id]).toEqual([ONE, false]);
  // Done, and not looked at yet: still alone.
  const done = await storage.actions.done(second, { changed: true, message: 'Done.', stale: [] });
  expect(await next()).toBeUndefined();
  if (done === undefined) throw new Error('it was lost');
  await storage.actions.later(done, null, 0);
  // A further look and the next one to be done are no matter to each other.
  expect((await takeNext()).state).toBe('running');
  expect((await storage.actions.take(done.id))?.state).toBe('done');
});

test('what a killed host has left in the middle comes before everything else of its integration', async () => {
  const left = await single('a');
  await storage.actions.take(left.id);
  const urgent = await single('b');
  expect(await storage.actions.take(urgent.id)).toBeUndefined();
  await client.query(`UPDATE action_requests SET lease_until = now() - interval '1 second' WHERE id = $1`, [left.id]);
  expect(await storage.actions.due(10)).toEqual([{ id: left.id, integrationId: ONE }]);
  expect(await storage.actions.take(urgent.id)).toBeUndefined();
  await finish(await takeNext());
  expect((await takeNext()).id).toBe(urgent.id);
});

test('a batch is done in its order, and what is asked for by itself does not wait for it', async () => {
  const batch = await made(['a', 'b', 'c']);
  expect(batch).toMatchObject({ state: 'running', size: 3, counts: { approved: 3 }, endedAt: null });
  await finish(await takeNext());
  await single('urgent');
  const order: string[] = [];
  for (let request = await next(); request !== undefined; request = await next()) {
    order.push(request.subject.key);
    await finish(request);
  }
  expect(order).toEqual(['urgent', 'b', 'c']);
  expect(await seen(batch)).toMatchObject({ state: 'ended', counts: { verified: 3 }, endedAt: expect.any(Date) });
});

test('one wish is one batch, and what is to be done already is told apart', async () => {
  await single('b');
  const wanted = batchOf(['a', 'b']);
  const all = await Promise.all(
    Array.from({ length: 4 }, () => storage.transaction(() => storage.actionBatches.create(DEFAULT_WORKSPACE_ID, wanted))),
  );
  expect(new Set(all.map((one) => one?.batch.id)).size).toBe(1);
  expect(all.filter((one) => one?.isNew)).toHaveLength(1);
  expect(await storage.actionBatches.ofWish(DEFAULT_WORKSPACE_ID, wanted.wish)).toMatchObject({
    size: 1,
    refused: [{ input: { account: 'b' }, problem: { kind: 'under-way' } }],
  });
  expect(await storage.actionBatches.find('00000000-0000-4000-8000-0000000000aa', all[0]?.batch.id ?? '')).toBeUndefined();
});

test('a batch is agreed to as a whole, once, within a day', async () => {
  const batch = await made(['a', 'b'], { effect: 'destructive', needsApproval: true });
  expect([batch.state, await storage.actions.due(10)]).toEqual(['proposed', []]);
  const [object] = (await storage.actions.list(DEFAULT_WORKSPACE_ID, { batchId: batch.id })).requests;
  expect(await storage.actions.decide(DEFAULT_WORKSPACE_ID, object?.id ?? '', 'approved', BO)).toBeUndefined();
  const decide = (of: ActionBatch, state: 'approved' | 'rejected') =>
    storage.transaction(() => storage.actionBatches.decide(DEFAULT_WORKSPACE_ID, of.id, state, BO));
  const decided = await Promise.all([decide(batch, 'approved'), decide(batch, 'rejected'), decide(batch, 'approved')]);
  expect(decided.filter((one) => one !== undefined)).toHaveLength(1);
  const late = await made(['c'], { effect: 'destructive', needsApproval: true });
  await client.query(`UPDATE action_batches SET created_at = now() - interval '25 hours' WHERE id = $1`, [late.id]);
  expect(await decide(late, 'approved')).toBeUndefined();
  expect(await decide(late, 'rejected')).toMatchObject({
    state: 'rejected',
    counts: { rejected: 1 },
    endedAt: expect.any(Date),
  });
});

test('what has not begun is not done after the stop; what has begun is looked at', async () => {
  const batch = await made(['a', 'b', 'c', 'd']);
  await finish(await takeNext());
  const tried = await takeNext();
  await storage.actions.later(tried, { kind: 'transient', message: 'Later.' }, 3_600_000);
  const running = await takeNext();
  const stop = () =>
    storage.transaction(() =>
      storage.actionBatches.stop(DEFAULT_WORKSPACE_ID, batch.id, BO, { why: 'Stopped by Bo.', missing: [] }),
    );
  expect(await stop()).toMatchObject({ state: 'stopped', endedAt: null, stoppedBy: BO, stopReason: { why: 'Stopped by Bo.' } });
  expect(await stop()).toBeUndefined();
  expect(await accountsOf(batch, ['withdrawn'])).toEqual(['d']);
  await finish(running);
  expect((await takeNext()).subject.key).toBe('b');
  expect(await storage.actionBatches.isStopped(batch.id)).toBe(true);
  expect(await next()).toBeUndefined();
});

test('three that wait for another try hold back the rest of their batch, and nothing else', async () => {
  const batch = await made(['a', 'b', 'c', 'd']);
  for (const account of ['a', 'b', 'c']) {
    const tried = await takeNext();
    expect(tried.subject.key).toBe(account);
    await storage.actions.later(tried, { kind: 'transient', message: 'Later.' }, 60_000);
  }
  expect(await next()).toBeUndefined();
  const other = await made(['e']);
  expect((await takeNext()).batchId).toBe(other.id);
  await client.query(
    `UPDATE action_requests SET lease_until = NULL, exclusive = false, state = 'failed', due_at = NULL WHERE batch_id = $1`,
    [other.id],
  );
  await client.query(`UPDATE action_requests SET due_at = now() - interval '1 second' WHERE subject_key = 'b'`);
  const again = await takeNext();
  expect([again.subject.key, again.tries]).toEqual(['b', 2]);
  await finish(again);
  expect((await takeNext()).subject.key).toBe('d');
  expect((await seen(batch)).counts).toEqual({ approved: 2, verified: 1, running: 1 });
});

test('failures in a row are those of the provider, not of an object that is gone', async () => {
  const batch = await made(['a', 'b', 'c', 'd', 'e', 'f']);
  const kinds = ['upstream', 'config', 'transient', 'upstream'];
  const inRow: number[] = [];
  for (const kind of kinds) {
    await fail(await takeNext(), kind);
    inRow.push(await storage.actionBatches.failedInRow(batch.id, 2));
  }
  expect(inRow).toEqual([1, 1, 1, 2]);
  await finish(await takeNext());
  expect(await storage.actionBatches.failedInRow(batch.id, 2)).toBe(1);
});

test('the list has each batch once, by pages and by state', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 5; index += 1) ids.unshift((await made([`p${index}`])).id);
  const shown: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await storage.actionBatches.list(DEFAULT_WORKSPACE_ID, { after, limit: 2 });
    shown.push(...page.batches.map(({ id }) => id));
    if (page.next === null) break;
    after = page.next;
  }
  expect(shown).toEqual(ids);
  await finish(await takeNext());
  const byState = async (state: ActionBatch['state']) =>
    (await storage.actionBatches.list(DEFAULT_WORKSPACE_ID, { state })).batches.map(({ id }) => id);
  expect(await byState('ended')).toEqual(ids.slice(-1));
  expect(await byState('running')).toEqual(ids.slice(0, -1));
});

test('what ended long ago is removed in steps, and nothing that is younger or under way', async () => {
  const old = await made(['a', 'b', 'c']);
  for (let request = await next(); request !== undefined; request = await next()) await finish(request);
  const proposed = await made(['d'], { effect: 'destructive', needsApproval: true });
  const open = await made(['e']);
  const young = await made(['f']);
  await storage.actionBatches.stop(DEFAULT_WORKSPACE_ID, young.id, null, { why: 'It stops.', missing: [] });
  const days = (count: number) => [
    `UPDATE action_batches SET created_at = now() - interval '${count} days'`,
    `UPDATE action_requests SET created_at = now() - interval '${count} days'`,
    `UPDATE action_requests SET ended_at = now() - interval '${count} days' WHERE ended_at IS NOT NULL AND batch_id <> '${young.id}'`,
  ];
  for (const statement of days(399)) await client.query(statement);
  expect(await storage.actionRetention.purge(100)).toBe(0);
  for (const statement of days(401)) await client.query(statement);
  const steps: number[] = [];
  for (let removed = 1; removed > 0; ) steps.push((removed = await storage.actionRetention.purge(2)));
  // Two requests and two batches at most; four and two are old.
  expect(Math.max(...steps)).toBeLessThanOrEqual(4);
  expect(steps.reduce((sum, removed) => sum + removed, 0)).toBe(6);
  const left = (await storage.actionBatches.list(DEFAULT_WORKSPACE_ID, {})).batches.map(({ id }) => id);
  expect(left.toSorted()).toEqual([open.id, young.id].toSorted());
  expect([old.id, proposed.id].some((id) => left.includes(id))).toBe(false);
});
