import type { ComparablePlan } from '@castellan/connector-sdk';
import type pg from 'pg';
import { ActionBatches } from '../src/actions/action-batches.js';
import { ActionRequests } from '../src/actions/action-requests.js';
import { ActionRetention } from '../src/actions/action-retention.js';
import type { Database } from '../src/database/database.js';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, type Storage } from '../src/index.js';
import { newIntegration, TestDatabases } from './fixtures/test-database.js';

const ANA = { kind: 'user', id: '00000000-0000-4000-8000-00000000000a', name: 'Ana' } as const;
const BO = { kind: 'user', id: '00000000-0000-4000-8000-00000000000b', name: 'Bo' } as const;

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;
let integrationId: string;
let n = 0;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
  integrationId = await newIntegration(storage);
}, 60_000);
afterAll(() => databases.close());
afterEach(() => client.query('TRUNCATE action_requests, action_batches CASCADE'));

function wanted(account: string) {
  n += 1;
  const plan: ComparablePlan = {
    state: 'open',
    calls: [{ method: 'POST', path: `/users/${account}/off` }],
    touches: [{ kind: 'account', key: account, name: account }],
    consequences: [],
    outcome: 'It is off.',
    stale: [],
    undo: null,
    fingerprint: account,
  };
  const of = {
    integrationId,
    action: 'off',
    title: 'Switch off',
    effect: 'destructive',
    needsApproval: true,
    reason: null,
    requestedBy: ANA,
  } as const;
  return {
    of: { ...of, wish: `wish ${n}` },
    item: { input: { account }, plan, findingId: null, incidentId: null, undoOf: null },
  };
}

async function single(account: string): Promise<string> {
  const { of, item } = wanted(account);
  const created = await storage.actions.create(WORKSPACE, { ...of, ...item, byHand: false, batchId: null });
  return `${created?.is} ${created?.request.id}`;
}

async function batch(...accounts: readonly string[]): Promise<string> {
  const items = accounts.map((account) => wanted(account).item);
  const created = await storage.transaction(() =>
    storage.actionBatches.create(WORKSPACE, { ...wanted('none').of, items, refused: [] }),
  );
  return created?.batch.id ?? 'none';
}

const older = (table: string, by: string) => client.query(`UPDATE ${table} SET created_at = created_at - interval '${by}'`);
const idOf = (made: string): string => made.split(' ')[1] ?? '';

test('what nobody has agreed to within 24 hours is withdrawn, says so, and can be asked for again', async () => {
  const [one, many] = [idOf(await single('u-1')), await batch('u-2', 'u-3')];
  const decided = idOf(await single('u-4'));
  await storage.actions.decide(WORKSPACE, decided, 'approved', BO);
  for (const table of ['action_requests', 'action_batches']) await older(table, '23 hours 59 minutes');
  expect(await storage.actionRetention.expire(10)).toEqual([]);
  for (const table of ['action_requests', 'action_batches']) await older(table, '1 minute');
  // Until then the same cannot be asked for, nor can anybody agree to it.
  expect(await single('u-1')).toBe(`under way ${one}`);
  expect(await storage.actions.decide(WORKSPACE, one, 'approved', BO)).toBeUndefined();
  const known = { workspaceId: WORKSPACE, title: 'Switch off', action: 'off' };
  expect(await storage.actionRetention.expire(10)).toEqual([
    { kind: 'action', id: one, about: 'u-1', ...known },
    { kind: 'action_batch', id: many, about: '2 objects', ...known },
  ]);
  expect(await storage.actionRetention.expire(10)).toEqual([]);
  expect(await storage.actions.find(WORKSPACE, one)).toMatchObject({
    state: 'withdrawn',
    endedAt: expect.any(Date),
    decidedBy: null,
    problem: { kind: 'expired', message: expect.stringMatching(/^Nobody agreed to it within 24 hours: .* Ask for it again/) },
  });
  expect(await storage.actionBatches.find(WORKSPACE, many)).toMatchObject({
    state: 'withdrawn',
    counts: { withdrawn: 2 },
    stoppedBy: null,
    stopReason: { why: expect.stringMatching(/^Nobody agreed/) },
  });
  expect(await storage.actions.find(WORKSPACE, decided)).toMatchObject({ state: 'approved' });
  expect(await single('u-1')).toMatch(/^new /);
});

test('what was asked for by itself is not behind the hundred objects of a batch', async () => {
  const one = idOf(await single('u-1'));
  await batch(...Array.from({ length: 100 }, (_, index) => `b-${index}`));
  const first = async (batchId?: null) =>
    (await storage.actions.list(WORKSPACE, { states: ['proposed'], limit: 100, batchId })).requests.map(({ id }) => id);
  expect(await first()).not.toContain(one);
  expect(await first(null)).toEqual([one]);
});

test('of ten thousand batches that are over none is counted for those that wait, and what is old is found by its index', async () => {
  await client.query(
    `INSERT INTO action_batches (workspace_id, integration_id, action, title, effect, refused, state, requested_by, wish, created_at)
     SELECT $1, $2, 'off', 'Off', 'write', '[]', 'approved', '{}', 'b' || n, now() - n * interval '50 minutes' FROM generate_series(1, 10000) n`,
    [WORKSPACE, integrationId],
  );
  await client.query(
    `INSERT INTO action_requests (workspace_id, integration_id, action, title, effect, input, subject_kind, subject_key, subject_name, plan,
       fingerprint, state, requested_by, wish, created_at, ended_at, batch_id)
     SELECT b.workspace_id, b.integration_id, b.action, b.title, b.effect, jsonb_build_object('account', b.wish || n), 'account', 'u', 'u', '{}',
       'f', 'verified', '{}', b.wish || '|' || n, b.created_at, b.created_at, b.id FROM action_batches b, generate_series(1, 2) n`,
  );
  await client.query('VACUUM ANALYZE');
  const lines: string[] = [];
  const query = async (sql: string, values: unknown[]): Promise<readonly unknown[]> => {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, TIMING OFF) ${sql}`, values);
    lines.push(...rows.map((row) => row['QUERY PLAN']));
    return [];
  };
  // All that is asked of it here.
  const database = { query } as unknown as Database;
  const batches = new ActionBatches(database, new ActionRequests(database));
  for (const state of ['proposed', 'running'] as const) await batches.list(WORKSPACE, { state });
  expect(lines.filter((line) => line.includes('action_requests_batch') && !line.includes('never executed'))).toEqual([]);
  lines.length = 0;
  await new ActionRetention(database).purge(500);
  expect(lines.join('\n')).toContain('action_requests_ended');
});
