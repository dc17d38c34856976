import type { IntegrationDetail, IntegrationView, RunView } from '@castellan/api';
import { RECORD_KINDS, type RecordKind } from '@castellan/connector-sdk';
import { loadConnectors } from '@castellan/sync-engine';
import { lastRunOf, settingsFor, temporaryFolder, TestHost, truthOf } from './host-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let other: Simulator;
let host: TestHost;
let integration: IntegrationDetail;

interface Row {
  readonly kind: RecordKind;
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly raw?: unknown;
}
interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

async function everyRow(id: string, kind: RecordKind, limit: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await host.api.get<PageOf<Row>>(`/integrations/${id}/records/${kind}?limit=${limit}${cursor}`);
    rows.push(...body.items);
    if (body.next === null) return rows;
    expect(body.items).toHaveLength(limit);
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
}

beforeAll(async () => {
  simulator = await startSimulator({ users: 45, groups: 8, apps: 5, events: 150, seed: 3 });
  other = await startSimulator({ users: 15, groups: 3, apps: 2, events: 20, seed: 4 });
  // Short, so that a cancelled run notices it soon.
  host = await TestHost.start(settingsFor(folder, { leaseMs: 1_500 }));
}, 60_000);

afterAll(async () => {
  await host.close();
  await Promise.all([simulator.close(), other.close()]);
}, 30_000);

test('lists its connectors, with form and permissions', async () => {
  const { body } = await host.api.get<readonly object[]>('/connectors');
  const listed = { id: 'okta', name: 'Okta', status: 'available', capabilities: expect.arrayContaining(['sync']) };
  expect(body).toContainEqual(expect.objectContaining(listed));
  const detail = await host.api.get<{ scopes: readonly string[] }>('/connectors/okta');
  expect(detail.body).toMatchObject({
    form: { secrets: ['auth.clientSecret', 'auth.privateKey', 'auth.token'], schema: { required: ['domain', 'auth'] } },
    streams: expect.arrayContaining([expect.objectContaining({ name: 'accounts', requires: ['okta.users.read'] })]),
    kinds: expect.arrayContaining(['account', 'activity']),
    makesKeys: true,
  });
  // Of the pack that nobody has asked for.
  expect(detail.body).not.toMatchObject({ kinds: expect.arrayContaining(['policy']) });
  expect(detail.body.scopes).toContain('okta.logs.read');
  expect(await host.api.get('/connectors/none')).toMatchObject({ status: 404, body: { errors: [{ field: 'id' }] } });
});

test('creates, syncs, and has every object of the organisation', async () => {
  const created = await host.api.create(simulator.config);
  expect(created).toMatchObject({
    name: 'Okta',
    revision: 1,
    schedule: { everySeconds: 86_400, pollSeconds: null },
    tenant: simulator.org.id,
    status: { state: 'syncing' },
  });
  expect(lastRunOf(created).cause).toBe('created');
  // Tomorrow: the schedule must not read it again at once.
  expect(Date.parse(created.nextRunAt ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000);
  expect(created.config).toMatchObject({
    domain: simulator.url,
    auth: { method: 'client_secret', clientSecret: { isSet: true } },
  });
  const run = await host.api.untilRun(created.id, lastRunOf(created).id);
  expect(run).toMatchObject({ state: 'complete', error: null });
  integration = await host.api.detail(created.id);
  expect(integration.status).toEqual({ state: 'healthy', message: 'Everything was read.', next: null });
  expect(integration.counts).toMatchObject(truthOf(simulator));
  expect(integration.counts.role).toBeGreaterThan(5);
  expect(run.counts.created).toBe(Object.values(integration.counts).reduce((total, count) => total + count, 0));
  for (const stream of integration.streams)
    expect(stream).toMatchObject({ state: 'complete', error: null, freshAt: expect.any(String) });
}, 60_000);

test('the list says of each how many rows there are and how fresh they are, as its page does', async () => {
  const { body } = await host.api.get<PageOf<IntegrationView>>('/integrations');
  const { counts, freshness } = integration;
  expect(body.items).toEqual([expect.objectContaining({ id: integration.id, counts, freshness })]);
  const count = integration.streams.length;
  // This host does not poll: the next listing is tomorrow's.
  expect(freshness).toMatchObject({ everySeconds: 86_400, fresh: count, streams: count });
  expect(integration.streams.map(({ freshAt }) => freshAt)).toContain(freshness.asOf);
});

const { streams } = (await loadConnectors(new URL('../package.json', import.meta.url))).get('okta');
/** Kinds that are read without any optional pack. */
const kinds = RECORD_KINDS.filter((kind) => streams.some((stream) => stream.kind === kind && stream.pack === undefined));

test('streams of a pack that the settings leave out are not shown, and their kinds are empty', async () => {
  expect(integration.streams.map(({ name }) => name)).not.toContain('policies');
  const left = RECORD_KINDS.filter((kind) => !kinds.includes(kind));
  expect(left).toContain('policy');
  for (const kind of left) expect(await everyRow(integration.id, kind, 29)).toEqual([]);
});

test.each(kinds)('every %s can be read, page by page and alone', async (kind) => {
  const rows = await everyRow(integration.id, kind, 29);
  expect(rows).toHaveLength(integration.counts[kind] ?? -1);
  expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
  const keys = rows.map((row) => (kind === 'activity' ? String(row.data['published']) : row.key));
  expect(keys).toEqual(kind === 'activity' ? keys.toSorted().toReversed() : keys.toSorted());
  const [first] = rows;
  const { status, body } = await host.api.get<Row>(
    `/integrations/${integration.id}/records/${kind}/${encodeURIComponent(first?.key ?? '')}`,
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ kind, key: first?.key, data: first?.data });
  expect(first).not.toHaveProperty('raw');
  expect(body).toHaveProperty('raw');
});

test('a second sync finds nothing new, and both runs are listed page by page', async () => {
  const run = await host.api.syncAgain(integration.id);
  expect(run).toMatchObject({ state: 'complete', cause: 'manual', counts: { created: 0, changed: 0, removed: 0 } });
  const first = await host.api.get<PageOf<RunView>>(`/integrations/${integration.id}/runs?limit=1`);
  expect(first.body.items).toMatchObject([{ id: run.id }]);
  const rest = await host.api.get<PageOf<RunView>>(`/integrations/${integration.id}/runs?cursor=${first.body.next}`);
  expect(rest.body.items.at(-1)).toMatchObject({ id: lastRunOf(integration).id, cause: 'created' });
  expect(rest.body.next).toBeNull();
}, 40_000);

test('a sync that is asked for twice is one run; it can be cancelled once', async () => {
  simulator.setFaults([{ kind: 'slow', delayMs: 3_000, match: '/api/v1/users' }]);
  const [one, two] = await Promise.all([host.api.sync(integration.id), host.api.sync(integration.id)]);
  expect(two.id).toBe(one.id);
  await host.api.untilRun(integration.id, one.id, ['running']);
  expect((await host.api.sync(integration.id)).id).toBe(one.id);
  const path = `/integrations/${integration.id}/runs/${one.id}/cancel`;
  expect(await host.api.post<RunView>(path)).toMatchObject({ status: 202, body: { cancelRequested: true } });
  expect((await host.api.untilRun(integration.id, one.id)).state).toBe('cancelled');
  expect(await host.api.post(path)).toMatchObject({ status: 409, body: { title: 'The run is over' } });
  simulator.setFaults([]);
  expect((await host.api.detail(integration.id)).counts).toEqual(integration.counts);
}, 40_000);

test('tests a stored connection, with stored settings only', async () => {
  const path = `/integrations/${integration.id}/test`;
  const report = await host.api.post<{ readonly checks: readonly { readonly status: string }[] }>(path);
  expect(report.body).toMatchObject({ ok: true, tenant: { id: simulator.org.id } });
  expect(report.body.checks.every((check) => check.status === 'ok')).toBe(true);
  const mixed = await host.api.post(path, { config: { domain: 'https://evil.okta.com' } });
  expect(mixed).toMatchObject({ status: 400, body: { errors: [{ field: 'config' }] } });
});

test('two organisations at once do not mix', async () => {
  const [again, created] = await Promise.all([host.api.sync(integration.id), host.api.create(other.config)]);
  expect(created.name).toBe('Okta 2');
  await Promise.all([host.api.untilRun(integration.id, again.id), host.api.untilRun(created.id, lastRunOf(created).id)]);
  const second = await host.api.detail(created.id);
  expect(second.counts).toMatchObject(truthOf(other));
  expect((await host.api.detail(integration.id)).counts).toEqual(integration.counts);
  const mine = new Set((await everyRow(integration.id, 'account', 200)).map((row) => row.data['login']));
  const theirs = await everyRow(created.id, 'account', 200);
  const known = new Set(other.org.directory.users.keys());
  expect(theirs.every((row) => known.has(row.key))).toBe(true);
  expect(mine.size).toBe(45);
  // A run of one is not shown below the other.
  expect(await host.api.get(`/integrations/${created.id}/runs/${again.id}`)).toMatchObject({
    status: 404,
    body: { errors: [{ field: 'runId' }] },
  });
  expect((await host.api.ask('DELETE', `/integrations/${created.id}`)).status).toBe(204);
  expect((await host.api.get(`/integrations/${created.id}`)).status).toBe(404);
  expect((await host.api.detail(integration.id)).counts).toEqual(integration.counts);
}, 60_000);

test.each([
  ['/integrations/nothing', 404, 'id'],
  ['/integrations/00000000-0000-4000-8000-000000000000', 404, 'id'],
  ['/integrations/ID/records/person', 404, 'kind'],
  ['/integrations/ID/records/account?limit=0', 400, 'limit'],
  ['/integrations/ID/records/account?limit=201', 400, 'limit'],
  ['/integrations/ID/records/account?limit=1000000000', 400, 'limit'],
  ['/integrations/ID/records/account?cursor=x', 400, 'cursor'],
  ['/integrations/ID/records/account?includeRemoved=yes', 400, 'includeRemoved'],
  ['/integrations/ID/records/account?sort=name', 400, 'sort'],
  ['/integrations/ID/records/account/none', 404, 'key'],
  ['/integrations/ID/records/account/%00', 404, 'key'],
  ['/integrations/ID/records/activity?cursor=WyJhY3Rpdml0eSIsIjIwMjYtMDItMzFUMDA6MDA6MDAuMDAwWnx4Il0', 400, 'cursor'],
  ['/integrations/ID/runs?limit=201', 400, 'limit'],
  ['/integrations/ID/runs/none', 404, 'runId'],
])('%s is refused by name', async (path, status, field) => {
  const answer = await host.api.get(path.replace('ID', integration.id));
  expect(answer).toMatchObject({
    status,
    type: expect.stringContaining('application/problem+json'),
    body: { status, errors: [{ field }] },
  });
});

test('no secret is in any answer or log line', async () => {
  const { clientSecret } = simulator.credentials.clientSecret;
  const answers = await Promise.all(
    ['', `/${integration.id}`, `/${integration.id}/runs`].map((path) => host.api.get(`/integrations${path}`)),
  );
  for (const text of [JSON.stringify(answers), host.lines.join('')]) {
    expect(text).not.toContain(clientSecret);
    expect(text).not.toContain(Buffer.from(clientSecret).toString('base64').slice(0, 40));
  }
});

test('says whether it lives and whether it is ready', async () => {
  expect(await host.api.get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await host.api.get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('a restart keeps everything, secrets included', async () => {
  await host.close();
  host = await TestHost.start(settingsFor(folder));
  const after = await host.api.detail(integration.id);
  expect(after).toMatchObject({ name: 'Okta', counts: integration.counts, config: integration.config });
  expect((await host.api.syncAgain(integration.id)).state).toBe('complete');
}, 60_000);
