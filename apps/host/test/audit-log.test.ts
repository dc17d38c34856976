import type { ProblemBody } from '@castellan/api';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from '@castellan/storage';
import { newDatabase } from '@castellan/storage/testing';
import pg from 'pg';
import type { AuditLogPage } from '../src/audit/audit-log.controller.js';
import { AuditTrail } from '../src/audit/audit-trail.js';
import type { Caller } from '../src/callers/caller.js';
import { settingsFor, temporaryFolder, TestHost } from './host-harness.js';
import { loadStorage } from './loaded-once.js';
import { type Simulator, startSimulator } from './simulator.js';

const { DEFAULT_WORKSPACE_ID, keyFromText, openStorage, readAnchor } = await loadStorage();

// The host runs with a role that may not change the audit log, as behind a server of the customer's.
const folder = temporaryFolder();
const key = Buffer.alloc(32, 7).toString('base64');
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let simulator: Simulator;
/** As the one who runs the server. */
let superuser: string;
let databaseUrl: string;
let host: TestHost;
let storage: Storage;
let integrationId: string;

async function asSuperuser(url: string, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  simulator = await startSimulator({ users: 6, groups: 2, apps: 1, events: 5, seed: 8 });
  superuser = await newDatabase(process.env['CASTELLAN_TEST_POSTGRES']);
  const name = new URL(superuser).pathname.slice(1);
  await asSuperuser(
    superuser,
    `CREATE ROLE of_owner LOGIN; CREATE ROLE of_host LOGIN; ALTER DATABASE ${name} OWNER TO of_owner`,
  );
  const as = (role: string): string => superuser.replace('castellan@', `${role}@`);
  databaseUrl = as('of_host');
  host = await TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl, databaseOwnerUrl: as('of_owner'), key }));
  storage = await openStorage({ url: databaseUrl, dataDir: '', key: keyFromText(key), logger: silent, poolSize: 2 });
  ({ id: integrationId } = await host.api.synced(simulator.config));
  await host.api.ask('DELETE', `/integrations/${integrationId}`);
}, 90_000);

afterAll(async () => {
  await storage.close();
  await host.close();
  await simulator.close();
}, 30_000);

const list = async (query = ''): Promise<AuditLogPage> => (await host.api.get<AuditLogPage>(`/audit-log${query}`)).body;

const caller: Caller = {
  kind: 'user',
  id: '7f0c1a52-3b0e-4c55-9d6e-0f5f0a3f8c11',
  name: 'Ada',
  workspaceId: DEFAULT_WORKSPACE_ID,
  permissions: new Set(),
  userId: null,
  sessionId: null,
  address: '192.0.2.7',
};

test('who did what to what, from where, before and after, with no secret', async () => {
  const { items } = await list();
  expect(items.map(({ action }) => action)).toEqual([
    'integration.delete',
    'integration.create',
    'session.create',
    'host.set-up',
  ]);
  expect(items[0]).toEqual({
    seq: 4,
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    actor: { kind: 'user', id: expect.any(String), name: expect.any(String) },
    address: expect.stringMatching(/127\.0\.0\.1$/),
    action: 'integration.delete',
    outcome: 'done',
    target: { kind: 'integration', id: integrationId, name: 'Okta' },
    before: expect.objectContaining({ connector: 'okta' }),
    after: null,
  });
  const { clientSecret } = (simulator.config as { readonly auth: { readonly clientSecret: string } }).auth;
  expect(clientSecret.length).toBeGreaterThan(8);
  expect(JSON.stringify(items)).not.toContain(clientSecret);
});

test('pages and filters', async () => {
  const first = await list('?limit=1');
  const second = await list(`?limit=1&cursor=${first.next}`);
  expect([first, second].map(({ items }) => items.map(({ seq }) => seq))).toEqual([[4], [3]]);
  expect((await list(`?limit=200&cursor=${second.next}`)).next).toBeNull();
  const seqs = async (query: string): Promise<readonly number[]> => (await list(query)).items.map(({ seq }) => seq);
  expect(await seqs('?action=integration.create')).toEqual([3]);
  expect(await seqs(`?target=${integrationId}`)).toEqual([4, 3]);
  expect(await seqs(`?target=${integrationId}&action=integration.delete`)).toEqual([4]);
  expect(await seqs('?actor=nobody')).toEqual([]);
});

test.each([
  ['?limit=0', 'limit'],
  ['?cursor=x', 'cursor'],
  [`?cursor=${Buffer.from('["audit-log","1; DROP"]').toString('base64url')}`, 'cursor'],
  ['?action=', 'action'],
  ['?actor=a%00b', 'actor'],
  [`?target=${'x'.repeat(201)}`, 'target'],
  ['?target=a&target=b', 'target'],
  ['?workspaceId=x', 'workspaceId'],
])('%s is refused by its name', async (query, field) => {
  const { status, body } = await host.api.get<ProblemBody>(`/audit-log${query}`);
  expect([status, body.errors?.[0]?.field]).toEqual([400, field]);
});

test('X10: another workspace is not in it, and the host itself for operators alone', async () => {
  const trail = new AuditTrail(storage, silent);
  await trail.record(
    { ...caller, workspaceId: '00000000-0000-4000-8000-0000000000bb' },
    'other.workspace',
    async () => undefined,
  );
  await storage.audit.append({
    workspaceId: null,
    actor: { kind: 'host', id: null, name: 'host' },
    address: null,
    action: 'of.host',
    outcome: 'done',
  });
  const actions = (await list()).items.map(({ action }) => action);
  expect(actions).not.toContain('other.workspace');
  const auditor = await host.api.post<{ key: string }>('/api-keys', { name: 'auditor', scopes: ['audit:read'] });
  const seen = await host.api.withKey(auditor.body.key).get<AuditLogPage>('/audit-log');
  // An operator of the host sees what belongs to no workspace.
  expect(actions).toContain('of.host');
  expect(seen.body.items.map(({ action }) => action)).not.toContain('of.host');
});

test('a change that fails leaves no row; a refusal is kept although its request fails', async () => {
  const trail = new AuditTrail(storage, silent);
  const before = (await list()).items.length;
  const failing = trail.record(caller, 'thing.change', async () => {
    await trail.refused(caller, 'thing.steal', { target: { kind: 'thing', id: 't1' } });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await trail.refused(
    { kind: 'anonymous', name: 'eve\0', address: '203.0.113.9', workspaceId: DEFAULT_WORKSPACE_ID },
    'session.create',
  );
  const { items } = await list();
  expect(items.length - before).toBe(2);
  expect(items[0]).toMatchObject({
    action: 'session.create',
    outcome: 'refused',
    actor: { kind: 'anonymous', id: null, name: 'eve\uFFFD' },
    address: '203.0.113.9',
  });
  expect(items[1]).toMatchObject({ action: 'thing.steal', outcome: 'refused', target: { id: 't1' } });
});

test('a caller who is refused over and over fills a minute, not the log', async () => {
  const trail = new AuditTrail(storage, silent);
  const looping = { ...caller, id: '7f0c1a52-3b0e-4c55-9d6e-0f5f0a3f8c99' };
  for (let count = 0; count < 65; count += 1) await trail.refused(looping, 'access.denied', { after: { count } });
  await trail.refused(caller, 'access.denied');
  const { items } = await list(`?actor=${looping.id}&limit=200`);
  expect(items).toHaveLength(60);
  expect(items[0]?.after).toEqual({ count: 59, further: 'not written for the rest of this minute' });
  // Nothing else that he tries is hidden behind it.
  await trail.refused(looping, 'thing.steal');
  expect((await list(`?actor=${looping.id}&action=thing.steal`)).items).toHaveLength(1);
  // It is he who is left out, and nobody else.
  expect((await list(`?actor=${caller.id}&action=access.denied`)).items).toHaveLength(1);
});

test('who has many addresses of one network has one allowance', async () => {
  const trail = new AuditTrail(storage, silent);
  const from = (last: number) =>
    ({ kind: 'anonymous', name: 'eve', address: `2001:db8:0:7::${last.toString(16)}`, workspaceId: null }) as const;
  const before = (await storage.audit.head()).seq;
  for (let count = 1; count <= 65; count += 1) await trail.refused(from(count), 'session.create');
  expect((await storage.audit.head()).seq - before).toBe(60);
});

test('a refusal that cannot be written is told to the log and to nobody else', async () => {
  const closed = await openStorage({ url: databaseUrl, dataDir: '', key: keyFromText(key), logger: silent, poolSize: 2 });
  await closed.close();
  const warnings: unknown[] = [];
  const trail = new AuditTrail(closed, { ...silent, warn: (...line) => void warnings.push(line) });
  await trail.refused({ kind: 'anonymous', name: 'secret name', address: '', workspaceId: null }, 'session.create');
  expect(warnings).toEqual([
    [expect.stringContaining('could not be written'), { action: 'session.create', error: expect.any(String) }],
  ]);
  expect(JSON.stringify(warnings)).not.toContain('secret name');
});

test('the anchors of a start and of a stop lead to rows of the log', async () => {
  const { seq } = await storage.audit.head();
  const second = await TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl, key }), { setUp: false });
  await new AuditTrail(storage, silent).record(caller, 'thing.change', async () => undefined);
  await second.close();
  const anchors = second.lines.flatMap((line) => {
    const { msg, anchor } = JSON.parse(line);
    return msg === 'audit anchor' ? [readAnchor(anchor)] : [];
  });
  expect(anchors.map((anchor) => anchor?.seq)).toEqual([seq, seq + 1]);
  for (const anchor of anchors) expect(await storage.audit.verify({ anchor })).toMatchObject({ ok: true, rows: seq + 1 });
});

test('X17: what a stranger typed is not kept', async () => {
  await host.api.anonymous().post('/session', { email: 'typed-by-mistake@castellan.test', password: 'not a password' });
  const [row] = (await list('?action=session.create')).items;
  expect(row).toMatchObject({ outcome: 'refused', actor: { kind: 'anonymous', id: null, name: '' }, target: null });
  expect(JSON.stringify(row)).not.toContain('typed-by-mistake');
});

test('a log that somebody holds on to refuses the change after a while, and does not take the host along', async () => {
  const holder = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM audit_head FOR UPDATE');
  try {
    const { status, body } = await host.api.post<ProblemBody>('/api-keys', { name: 'waiting', scopes: ['audit:read'] });
    expect([status, body.type]).toEqual([503, 'urn:castellan:problem:database-away']);
    expect((await host.api.get('/audit-log')).status).toBe(200);
  } finally {
    await holder.end();
  }
  expect((await host.api.post('/api-keys', { name: 'waiting', scopes: ['audit:read'] })).status).toBe(201);
}, 40_000);

test('a damaged log is told to whoever wants to change something', async () => {
  const [head] = (await asSuperuser(superuser, 'SELECT seq FROM audit_head')) as readonly [{ readonly seq: string }];
  await asSuperuser(superuser, 'UPDATE audit_head SET seq = 1');
  const { status, body } = await host.api.post<ProblemBody>('/integrations', { connector: 'okta', config: simulator.config });
  expect(status).toBe(503);
  expect(body).toMatchObject({
    type: 'urn:castellan:problem:audit-log-damaged',
    detail: expect.stringMatching(/castellan audit verify/),
  });
  await asSuperuser(superuser, `UPDATE audit_head SET seq = ${head.seq}`);
  expect((await list('?action=integration.create')).items).toHaveLength(1);
  expect((await host.api.get<{ readonly items: readonly unknown[] }>('/integrations')).body.items).toEqual([]);
});

// The last one: the host cannot seal anything after it.
test('a host whose key was retired says so instead of sealing with it', async () => {
  const successor = Buffer.alloc(32, 8).toString('base64');
  const rotating = await openStorage({
    url: databaseUrl,
    dataDir: '',
    key: keyFromText(successor, key),
    logger: silent,
    poolSize: 2,
  });
  await rotating.rotateKeys();
  const { status, body } = await host.api.post<ProblemBody>('/integrations', { connector: 'okta', config: simulator.config });
  expect([status, body.type]).toEqual([503, 'urn:castellan:problem:key-retired']);
  expect(body.detail).toMatch(/new key \(CASTELLAN_KEY or its key file\)/);
  expect((await rotating.audit.list(DEFAULT_WORKSPACE_ID, { limit: 1 })).entries[0]?.action).not.toBe('integration.create');
  expect(await rotating.audit.verify()).toMatchObject({ ok: true });
  await rotating.close();
});
