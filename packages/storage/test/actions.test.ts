import type { ComparablePlan } from '@castellan/connector-sdk';
import type pg from 'pg';
import { type ActionRequest, DEFAULT_WORKSPACE_ID, type NewActionRequest, type Storage } from '../src/index.js';
import { TestDatabases } from './fixtures/test-database.js';

const ANA = { kind: 'user', id: '00000000-0000-4000-8000-00000000000a', name: 'Ana' } as const;
const BO = { kind: 'user', id: '00000000-0000-4000-8000-00000000000b', name: 'Bo' } as const;
const INTEGRATION = '00000000-0000-4000-8000-0000000000f1';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;
let n = 0;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
  await client.query(
    `INSERT INTO integrations (id, workspace_id, connector_id, name, config, next_run_at) VALUES ($1, $2, 'acme', 'Acme', '{}', now())`,
    [INTEGRATION, DEFAULT_WORKSPACE_ID],
  );
}, 60_000);
afterAll(() => databases.close());
afterEach(() => client.query('TRUNCATE action_requests CASCADE'));

const PLAN: ComparablePlan = {
  state: 'open',
  calls: [{ method: 'POST', path: '/users/u-1/off' }],
  touches: [{ kind: 'account', key: 'u-1', name: 'ana@acme.example' }],
  consequences: [],
  outcome: 'It is off.',
  stale: [],
  undo: { action: 'on', input: { account: 'u-1' } },
  fingerprint: 'f',
};

function wish(more: Partial<NewActionRequest> = {}): NewActionRequest {
  n += 1;
  return {
    integrationId: INTEGRATION,
    action: 'off',
    title: 'Switch off',
    effect: 'write',
    input: { account: `u-${n}` },
    plan: PLAN,
    reason: null,
    findingId: null,
    incidentId: null,
    undoOf: null,
    byHand: false,
    requestedBy: ANA,
    wish: `wish ${n}`,
    batchId: null,
    ...more,
  };
}

async function made(more: Partial<NewActionRequest> = {}): Promise<ActionRequest> {
  const created = await storage.actions.create(DEFAULT_WORKSPACE_ID, wish(more));
  if (created?.is !== 'new') throw new Error('it was not made');
  return created.request;
}

async function taken(request: ActionRequest): Promise<ActionRequest> {
  const found = await storage.actions.take(request.id);
  if (found === undefined) throw new Error('it was not due');
  return found;
}

const stateOf = async ({ id }: ActionRequest): Promise<string | undefined> =>
  (await storage.actions.find(DEFAULT_WORKSPACE_ID, id))?.state;
const leaseRunsOut = () =>
  client.query(`UPDATE action_requests SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`);

test('of many who take it at once one gets it, and whoever has lost it writes nothing more', async () => {
  const request = await made();
  const all = await Promise.all(Array.from({ length: 12 }, () => storage.actions.take(request.id)));
  const [first, ...others] = all.filter((one) => one !== undefined);
  if (first === undefined) throw new Error('nobody got it');
  expect(others).toEqual([]);
  expect(first).toMatchObject({ state: 'running', tries: 1, startedAt: expect.any(Date) });
  expect(await storage.actions.due(10)).toEqual([]);
  // It was killed, or hung: another one takes it.
  await leaseRunsOut();
  expect(await storage.actions.due(10)).toEqual([{ id: request.id, integrationId: INTEGRATION }]);
  const second = await taken(request);
  expect(second).toMatchObject({ tries: 2, startedAt: first.startedAt });
  expect(await storage.actions.keep(first)).toBe(false);
  expect(await storage.actions.done(first, { changed: true, message: 'Done.', stale: [] })).toBeUndefined();
  expect(await storage.actions.failed(first, { kind: 'upstream', message: 'No.' })).toBe(false);
  expect(await stateOf(request)).toBe('running');
  expect(await storage.actions.keep(second)).toBe(true);
  expect(await storage.actions.done(second, { changed: true, message: 'Done.', stale: [] })).toMatchObject({
    state: 'done',
    changed: true,
  });
  expect(await storage.actions.verified({ ...second, changed: true, message: 'Done.' }, null)).toBe(true);
  expect(await stateOf(request)).toBe('verified');
  expect(await storage.actions.due(10)).toEqual([]);
});

test('what destroys something is not due before a second person has agreed, once, within a day', async () => {
  const request = await made({ effect: 'destructive' });
  expect([request.state, await storage.actions.due(10)]).toEqual(['proposed', []]);
  expect(await storage.actions.take(request.id)).toBeUndefined();
  const decided = await Promise.all(
    (['approved', 'rejected', 'withdrawn', 'approved'] as const).map((state) =>
      storage.actions.decide(DEFAULT_WORKSPACE_ID, request.id, state, BO),
    ),
  );
  expect(decided.filter((one) => one !== undefined)).toHaveLength(1);
  const late = await made({ effect: 'destructive' });
  await client.query(`UPDATE action_requests SET created_at = now() - interval '25 hours' WHERE id = $1`, [late.id]);
  expect(await storage.actions.decide(DEFAULT_WORKSPACE_ID, late.id, 'approved', BO)).toBeUndefined();
  expect(await storage.actions.decide(DEFAULT_WORKSPACE_ID, late.id, 'rejected', BO)).toMatchObject({ state: 'rejected' });
});

test('one wish is one request, and the same is not done twice at a time', async () => {
  const one = wish();
  const all = await Promise.all(Array.from({ length: 8 }, () => storage.actions.create(DEFAULT_WORKSPACE_ID, one)));
  expect(new Set(all.map((created) => created?.request.id)).size).toBe(1);
  expect(all.map((created) => created?.is).toSorted()).toEqual(['new', ...Array.from({ length: 7 }, () => 'same wish')]);
  const again = await storage.actions.create(DEFAULT_WORKSPACE_ID, wish({ input: one.input }));
  expect(again).toMatchObject({ is: 'under way', request: { id: all[0]?.request.id } });
  expect(
    await storage.actions.create(DEFAULT_WORKSPACE_ID, wish({ integrationId: '00000000-0000-4000-8000-0000000000f9' })),
  ).toBeUndefined();
});

test('what takes another one back is told to that one, and what takes it back itself, where that comes to be with it', async () => {
  const original = await taken(await made({ plan: { ...PLAN, undo: null } }));
  const done = await storage.actions.done(original, { changed: true, message: 'Done.', stale: [] });
  if (done === undefined) throw new Error('it was lost');
  await storage.actions.verified(done, { action: 'remove', input: { assignment: 'a-1' } });
  const seen = await storage.actions.find(DEFAULT_WORKSPACE_ID, original.id);
  expect(seen?.plan.undo).toEqual({ action: 'remove', input: { assignment: 'a-1' } });
  const back = await taken(await made({ undoOf: original.id }));
  const undone = await storage.actions.done(back, { changed: true, message: 'Undone.', stale: [] });
  if (undone === undefined) throw new Error('it was lost');
  await storage.actions.verified(undone, null);
  expect(await storage.actions.find(DEFAULT_WORKSPACE_ID, original.id)).toMatchObject({ undoneBy: back.id });
});

test('what fails in passing is tried again after a while', async () => {
  const request = await taken(await made());
  await storage.actions.later(request, { kind: 'transient', message: 'Later.' }, 60_000);
  expect([await stateOf(request), await storage.actions.due(10)]).toEqual(['approved', []]);
  await client.query(`UPDATE action_requests SET due_at = now()`);
  expect(await storage.actions.due(10)).toEqual([{ id: request.id, integrationId: INTEGRATION }]);
});

test('the list has each once, by pages, and nothing of another workspace', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 7; index += 1) ids.unshift((await made()).id);
  const shown: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await storage.actions.list(DEFAULT_WORKSPACE_ID, { after, limit: 3 });
    shown.push(...page.requests.map(({ id }) => id));
    if (page.next === null) break;
    after = page.next;
  }
  expect(shown).toEqual(ids);
  expect((await storage.actions.list('00000000-0000-4000-8000-0000000000aa', {})).requests).toEqual([]);
  expect(await storage.actions.find('00000000-0000-4000-8000-0000000000aa', ids[0] ?? '')).toBeUndefined();
});
