import type { IntegrationDetail, IntegrationView } from '@castellan/api';
import { lastRunOf, until } from './host-harness.js';
import { OpenHost, temporaryFolder } from './integration-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let open: OpenHost;
let id: string;

interface ListPage {
  readonly items: readonly IntegrationView[];
  readonly next: string | null;
}

const path = (more = ''): string => `/integrations/${id}${more}`;
const detail = (): Promise<IntegrationDetail> => open.host.api.detail(id);
const post = (more: string) => open.host.api.post<IntegrationDetail>(path(more));
const list = async (query = ''): Promise<ListPage> => (await open.host.api.get<ListPage>(`/integrations${query}`)).body;
const runs = async (): Promise<number> => Number((await open.rows<{ n: string }>('SELECT count(*) AS n FROM sync_runs'))[0]?.n);

beforeAll(async () => {
  simulator = await startSimulator({ users: 10, groups: 3, apps: 2, events: 10, seed: 21 });
  open = await OpenHost.start(folder);
  id = (await open.host.api.synced(simulator.config)).id;
}, 60_000);

afterAll(async () => {
  await open.close();
  await simulator.close();
}, 30_000);

afterEach(() => simulator.setFaults([]));

test('paused: nothing begins, by itself or by hand; resumed: what was due meanwhile begins at once', async () => {
  expect(await post('/pause')).toMatchObject({
    status: 200,
    body: { paused: true, nextRunAt: null, status: { state: 'paused', next: { action: 'resume' } } },
  });
  const before = await runs();
  await open.rows(`UPDATE integrations SET next_run_at = now() - interval '1 hour', next_poll_at = now(), poll_seconds = 10`);
  const refused = await post('/sync');
  expect(refused).toMatchObject({
    status: 409,
    body: { type: 'urn:castellan:problem:paused', detail: expect.stringMatching(/resume/i) },
  });
  // Two ticks of the schedule.
  const [{ at } = { at: 0 }] = await open.rows<{ readonly at: number }>('SELECT extract(epoch FROM now())::float8 AS at');
  await until(async () => {
    const [row] = await open.rows<{ readonly at: number }>('SELECT extract(epoch FROM now())::float8 AS at');
    return (row?.at ?? 0) - at > 11;
  });
  expect(await runs()).toBe(before);
  await open.rows('UPDATE integrations SET poll_seconds = 0');
  const resumed = await post('/resume');
  expect(resumed).toMatchObject({ status: 200, body: { paused: false, status: { state: 'syncing' } } });
  expect(lastRunOf(resumed.body).cause).toBe('scheduled');
  expect(Date.parse(resumed.body.nextRunAt ?? '')).toBeGreaterThan(Date.now());
  await open.host.api.untilRun(id, lastRunOf(resumed.body).id);
  // Said twice it is said once.
  expect((await post('/resume')).status).toBe(200);
  expect(await runs()).toBe(before + 1);
  const audit = await open.rows(`SELECT FROM audit_log WHERE action IN ('integration.pause', 'integration.resume')`);
  expect(audit).toHaveLength(2);
}, 60_000);

test('a run under way is given back by a pause, and goes on from the beginning at the resumption', async () => {
  const { counts } = await detail();
  simulator.setFaults([{ kind: 'slow', delayMs: 2_000, match: /^\/api\/v1\/groups/ }]);
  const run = await open.host.api.sync(id);
  await open.host.api.untilRun(id, run.id, ['running']);
  await post('/pause');
  expect((await open.host.api.untilRun(id, run.id)).state).toBe('cancelled');
  expect(await detail()).toMatchObject({ counts, status: { state: 'paused' } });
  simulator.setFaults([]);
  const again = lastRunOf((await post('/resume')).body);
  expect(again.id).not.toBe(run.id);
  expect((await open.host.api.untilRun(id, again.id)).state).toBe('complete');
  expect(await detail()).toMatchObject({ counts, status: { state: 'healthy' } });
}, 60_000);

test('a shorter schedule is due sooner, a longer one at the same time', async () => {
  const change = async (schedule: object): Promise<IntegrationDetail> =>
    (await open.host.api.ask<IntegrationDetail>('PATCH', path(), { schedule })).body;
  const hour = await change({ everySeconds: 3_600, pollSeconds: 30 });
  expect(hour.schedule).toEqual({ everySeconds: 3_600, pollSeconds: 30 });
  const due = Date.parse(hour.nextRunAt ?? '') - Date.now();
  expect(due).toBeGreaterThan(3_500_000);
  expect(due).toBeLessThanOrEqual(3_600_000);
  const month = await change({ everySeconds: 2_592_000 });
  expect(month.schedule).toEqual({ everySeconds: 2_592_000, pollSeconds: 30 });
  expect(month.nextRunAt).toBe(hour.nextRunAt);
  expect((await change({ pollSeconds: null })).schedule.pollSeconds).toBeNull();
});

test('the list comes in pages, and by status', async () => {
  const made = [id];
  for (let n = 0; n < 3; n += 1) made.push((await open.host.api.create(simulator.config)).id);
  await Promise.all(
    made.slice(1).map(async (one) => open.host.api.untilRun(one, lastRunOf(await open.host.api.detail(one)).id)),
  );
  await open.host.api.post(`/integrations/${made[1]}/pause`);
  await open.host.api.post(`/integrations/${made[3]}/pause`);
  const first = await list('?limit=3');
  const second = await list(`?limit=3&cursor=${first.next}`);
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(made);
  expect(second.next).toBeNull();
  const paused = await list('?status=paused&limit=1');
  const rest = await list(`?status=paused&limit=1&cursor=${paused.next}`);
  expect([paused, rest].map(({ items }) => items.map((item) => item.id))).toEqual([[made[1]], [made[3]]]);
  expect(rest.next).toBeNull();
  expect((await list('?status=healthy')).items.map((item) => item.id)).toEqual([made[0], made[2]]);
  expect(await list('?status=failed')).toEqual({ items: [], next: null });
  for (const query of ['?status=green', '?limit=0', '?limit=201', '?cursor=x', '?sort=name']) {
    expect((await open.host.api.get(`/integrations${query}`)).status).toBe(400);
  }
  const bad = Buffer.from(JSON.stringify(['integrations', `2026-02-31T00:00:00.000000Z|${id}`])).toString('base64url');
  expect((await open.host.api.get(`/integrations?cursor=${bad}`)).status).toBe(400);
  for (const one of made.slice(1)) await open.host.api.ask('DELETE', `/integrations/${one}`);
}, 60_000);

test('a deletion is shown first; it wants the right name where it gets one', async () => {
  const { counts, name } = await detail();
  const preview = await open.host.api.get(path('/deletion'));
  expect(preview).toMatchObject({ status: 200, body: { name, goes: { runs: await runs(), holds: 0, secrets: 1 } } });
  expect(preview.body).toMatchObject({ goes: { records: { account: counts.account, group: counts.group } } });
  const wrong = await open.host.api.ask('DELETE', path('?confirm=Entra'));
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'confirm' }] } });
  expect((await open.host.api.ask('DELETE', path(), { confirm: name })).status).toBe(400);
  expect((await detail()).counts).toEqual(counts);
});

test('deleted while it is read: gone at once, its run stops, its rows follow', async () => {
  simulator.setFaults([{ kind: 'slow', delayMs: 1_000, match: /^\/api\/v1\/groups/ }]);
  const run = await open.host.api.sync(id);
  await open.host.api.untilRun(id, run.id, ['running']);
  const { name } = await detail();
  expect((await open.host.api.ask('DELETE', path(`?confirm=${encodeURIComponent(name)}`))).status).toBe(204);
  for (const more of ['', '/runs', '/records/account', '/holds', '/deletion'])
    expect((await open.host.api.get(path(more))).status).toBe(404);
  expect(await list()).toEqual({ items: [], next: null });
  const rows = async (): Promise<number> => {
    const [row] = await open.rows<{ readonly n: number }>(
      'SELECT ((SELECT count(*) FROM accounts) + (SELECT count(*) FROM memberships) + (SELECT count(*) FROM activity))::int AS n',
    );
    return row?.n ?? -1;
  };
  await until(async () => (await rows()) === 0 && (await open.rows('SELECT FROM deleted_integrations')).length === 0, 40_000);
  // The run that was at work has noticed, and its host goes on.
  await until(() => open.host.lines.some((line) => line.includes(run.id) && /taken over|run broke off/.test(line)));
  expect(await open.rows('SELECT FROM secrets')).toEqual([]);
  expect(
    await open.rows(`SELECT FROM audit_log WHERE action = 'integration.delete' AND target->>'id' = $1`, [id]),
  ).toHaveLength(1);
  expect(await rows()).toBe(0);
}, 60_000);
