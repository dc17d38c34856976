import type { ProblemBody } from '@castellan/api';
import { once } from 'node:events';
import { request } from 'node:http';
import type { EventReader } from './event-reader.js';
import { lastRunOf, settingsFor, temporaryFolder, TestHost, truthOf, until } from './host-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

const folder = temporaryFolder();
const otherFolder = temporaryFolder();
const readers: EventReader[] = [];
let simulator: Simulator;
let config: object;
let host: TestHost;
/** Made by the first test. */
let id: string;

beforeAll(async () => {
  simulator = await startSimulator({ users: 620, groups: 10, apps: 4, memberships: 150, events: 50, seed: 8 });
  // A call for each person would only take time here.
  config = { ...simulator.config, skipFactors: true };
  host = await TestHost.start(settingsFor(folder));
}, 60_000);

afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

afterEach(() => {
  simulator.setFaults([]);
  for (const reader of readers.splice(0)) reader.close();
});

async function watch(path: string, headers: Readonly<Record<string, string>> = {}): Promise<EventReader> {
  const reader = await host.api.watch(path, headers);
  readers.push(reader);
  return reader;
}

/** A machine that is busy with other things takes its time. */
const SYNC_MS = 45_000;

const rising = (numbers: readonly number[]): boolean => numbers.every((number, at) => number >= (numbers[at - 1] ?? 0));

test('a first sync is seen from its beginning to its end, with rows that grow towards what Okta has counted', async () => {
  const all = await watch('/progress');
  expect(all.status).toBe(200);
  expect(all.response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  await all.untilEvent('present');
  expect(all.named('present')[0]?.data).toEqual({ integrations: [] });
  expect(all.retry).toBe(2_000);
  // Slow enough to be watched: pages of accounts come one after the other, and something takes longer than all of them. The
  // first request for it is the connection's test.
  simulator.setFaults([
    { kind: 'slow', delayMs: 900, match: '/api/v1/users' },
    { kind: 'slow', delayMs: 10_000, match: '/api/v1/idps', after: 1, times: 1 },
  ]);
  const created = await host.api.create(config);
  ({ id } = created);
  const one = await watch(`/integrations/${created.id}/progress`);
  await until(() => all.states(created.id).at(-1)?.status.state === 'healthy', SYNC_MS);

  const states = all.states(created.id);
  const words = states.map(({ status }) => status.state);
  expect(words.filter((word, at) => word !== words[at - 1])).toEqual(['syncing', 'healthy']);
  expect(states.at(-1)).toMatchObject({ name: 'Okta', run: null, status: { message: 'Everything was read.' } });
  expect(states[0]?.run).toMatchObject({ id: lastRunOf(created).id, mode: 'full', cause: 'created' });

  const accounts = states.flatMap(({ run }) => run?.streams.filter(({ name }) => name === 'accounts') ?? []);
  const rows = accounts.map((stream) => stream.rows);
  expect(rising(rows)).toBe(true);
  expect(new Set(rows).size).toBeGreaterThan(2);
  expect(accounts[0]).toMatchObject({ kind: 'account', freshAt: null });
  const { directory } = simulator.org;
  // Everyone is the largest group.
  const counted = Math.max(...[...directory.groups.keys()].map((group) => directory.memberCount(group)));
  const reading = accounts.filter(({ state, total }) => state === 'reading' && total !== null);
  expect(reading.length).toBeGreaterThan(0);
  expect(reading.every(({ total, estimated }) => total === counted && estimated)).toBe(true);
  expect(accounts.find(({ state }) => state === 'complete')).toMatchObject({
    rows: 620,
    total: 620,
    estimated: false,
    pages: 4,
  });
  expect(states.some(({ run }) => run !== null && (run.calls?.done ?? 0) > 0)).toBe(true);

  // The other stream tells the same of this integration, without the beginning.
  await until(() => one.states(created.id).at(-1)?.status.state === 'healthy');
  expect(one.states(created.id).at(-1)).toEqual(states.at(-1));
}, 60_000);

test('the second listing is measured by the first', async () => {
  const reader = await watch(`/integrations/${id}/progress`);
  // Something takes longer than all others, so that the run is seen before it is over.
  simulator.setFaults([{ kind: 'slow', delayMs: 2_500, match: '/api/v1/idps', times: 1 }]);
  const run = await host.api.sync(id);
  await host.api.untilRun(id, run.id);
  await until(() => reader.states(id).at(-1)?.status.state === 'healthy' && reader.states(id).some((state) => state.run));
  const totals = (name: string): readonly (number | null)[] =>
    reader.states(id).flatMap((state) => state.run?.streams.find((stream) => stream.name === name)?.total ?? []);
  const truth = truthOf(simulator);
  // Okta counts none of these before they are listed.
  expect(new Set(totals('applications'))).toEqual(new Set([truth.application]));
  expect(new Set(totals('groups'))).toEqual(new Set([truth.group]));
}, 60_000);

test('who comes back with the last id is sent what has changed since, and who comes with another one everything', async () => {
  const { id: other } = await host.api.create(config);
  await until(async () => (await host.api.detail(other)).status.state === 'healthy', SYNC_MS);
  const first = await watch('/progress');
  await first.untilEvent('integration', 2);
  first.close();
  const [same, stranger] = [
    await watch('/progress', { 'last-event-id': first.lastEventId }),
    await watch('/progress', { 'last-event-id': first.named('integration')[0]?.id ?? '' }),
  ];
  await stranger.untilEvent('integration', 2);
  expect(stranger.named('present')[0]?.data).toEqual({ integrations: [id, other] });
  await host.api.ask('DELETE', `/integrations/${other}`);
  await same.untilEvent('removed');
  expect(same.events.map(({ name, data }) => [name, data])).toEqual([['removed', { integration: other }]]);
  await stranger.untilEvent('removed');
  // Both know the same by now.
  expect(same.lastEventId).toBe(stranger.lastEventId);
}, 60_000);

test('a stream of one integration ends when that is deleted', async () => {
  const reader = await watch(`/integrations/${id}/progress`);
  await reader.untilEvent('integration');
  await host.api.ask('DELETE', `/integrations/${id}`);
  await until(() => reader.isClosed);
  expect(reader.events.slice(-2).map(({ name, data }) => [name, data])).toEqual([
    ['removed', { integration: id }],
    ['end', { reason: 'removed' }],
  ]);
}, 60_000);

test.each(['nothing', '00000000-0000-4000-8000-000000000000'])('%s is no integration that one could watch', async (unknown) => {
  const answer = await host.api.get<ProblemBody>(`/integrations/${unknown}/progress`);
  expect(answer).toMatchObject({
    status: 404,
    type: expect.stringContaining('problem+json'),
    body: { errors: [{ field: 'id' }] },
  });
});

test('X38: a page of another site does not hold a stream open with somebody’s session', async () => {
  for (const headers of [
    { origin: 'https://evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    const { cookie } = host.api.credentials;
    const answer = await fetch(`${host.api.url}/api/progress`, { headers: { cookie: String(cookie), ...headers } });
    expect([answer.status, ((await answer.json()) as ProblemBody).type]).toEqual([403, 'urn:castellan:problem:refused-origin']);
  }
});

test('a HEAD request gets the headers and an end', async () => {
  const outgoing = request(`${host.api.url}/api/progress`, { method: 'HEAD', agent: false, headers: host.api.credentials });
  outgoing.end();
  // `response` is emitted with one value.
  const [response] = (await once(outgoing, 'response')) as [import('node:http').IncomingMessage];
  expect(response).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
  response.resume();
  await once(response, 'end');
});

test('a caller has twenty streams at most, and one that is closed makes room', async () => {
  const open = await Promise.all(Array.from({ length: 20 }, () => watch('/progress')));
  expect(open.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(await host.api.get('/progress')).toMatchObject({
    status: 429,
    body: { type: 'urn:castellan:problem:too-many-streams' },
  });
  open[0]?.close();
  await until(async () => {
    const reader = await watch('/progress');
    return reader.status === 200;
  });
});

test('a host that stops does not wait for its streams, and its log has a line for each when it is over', async () => {
  const stopping = await TestHost.start(settingsFor(otherFolder));
  const open = await Promise.all(Array.from({ length: 10 }, () => stopping.api.watch('/progress')));
  await Promise.all(open.map((reader) => reader.untilEvent('present')));
  const lines = (): readonly string[] => stopping.lines.filter((line) => line.includes('"path":"/api/progress"'));
  expect(lines()).toEqual([]);
  const asked = performance.now();
  await stopping.close();
  expect(performance.now() - asked).toBeLessThan(3_000);
  await until(() => open.every(({ isClosed }) => isClosed));
  // They shall try again: another host may be there.
  expect(open.flatMap((reader) => reader.named('end'))).toEqual([]);
  expect(lines()).toHaveLength(10);
  expect(lines().every((line) => line.includes('"status":200'))).toBe(true);
}, 30_000);
