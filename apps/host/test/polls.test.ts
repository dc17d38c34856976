import type { IntegrationDetail, RunView } from '@castellan/api';
import { RECORD_KINDS } from '@castellan/connector-sdk';
import { settingsFor, temporaryFolder, TestHost, until } from './host-harness.js';
import { applyRandomChanges, changeKinds, type Simulator, startSimulator } from './simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let first: IntegrationDetail;

/** Okta writes no event when a link to an identity provider is removed: only a listing can see it. */
const KINDS = changeKinds.filter(({ name }) => !/unlink/i.test(name));

beforeAll(async () => {
  simulator = await startSimulator({ users: 30, groups: 10, apps: 6, events: 40, seed: 3 });
  host = await TestHost.start(settingsFor(folder, { pollSeconds: 1 }));
  first = await host.api.synced(simulator.config);
}, 60_000);

afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

const detail = (): Promise<IntegrationDetail> => host.api.detail(first.id);

/** Asks the database, which costs a fraction of what the host does for an answer. */
async function untilPolledAfter(time: number): Promise<number> {
  let polledAt = 0;
  await until(async () => {
    const [row] = await host.query(
      `SELECT extract(epoch FROM polled_at)::float8 * 1000 AS at FROM integrations WHERE id = '${first.id}'`,
    );
    polledAt = Number(row?.['at']);
    return polledAt > time;
  }, 60_000);
  return polledAt;
}

/** Until a poll that began after now has ended with nothing left to read. */
async function untilPolled(): Promise<void> {
  const once = await untilPolledAfter(Date.now());
  await untilPolledAfter(once);
}

async function rowsOf(id: string): Promise<readonly string[]> {
  const rows: string[] = [];
  for (const kind of RECORD_KINDS.filter((one) => one !== 'activity')) {
    let cursor = '';
    do {
      const page = await host.api.get<{
        readonly items: readonly { key: string; data: unknown }[];
        readonly next: string | null;
      }>(`/integrations/${id}/records/${kind}?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`);
      for (const { key, data } of page.body.items) rows.push(`${kind} ${key} ${JSON.stringify(data)}`);
      cursor = page.body.next ?? '';
    } while (cursor !== '');
  }
  return rows;
}

test('a quiet poll costs one request and leaves no run', async () => {
  await untilPolled();
  const before = simulator.requests.total;
  const polls = simulator.requests.count('/api/v1/logs');
  await untilPolled();
  const made = simulator.requests.count('/api/v1/logs') - polls;
  expect(made).toBeGreaterThan(0);
  expect(simulator.requests.total - before).toBe(made);
  const { body } = await host.api.get<{ readonly items: readonly RunView[] }>(`/integrations/${first.id}/runs?limit=50`);
  expect(body.items.filter(({ counts }) => counts.refreshed + counts.created === 0 && counts.unchanged === 0)).toEqual([]);
}, 60_000);

test('what happens at Okta is here after a poll, as a fresh sync would show it, and the next full run finds no drift', async () => {
  const applied = applyRandomChanges(simulator.org, 45, 9, KINDS);
  expect(new Set(applied).size).toBeGreaterThan(20);
  await untilPolled();
  const again = await host.api.synced(simulator.config);
  expect(await rowsOf(first.id)).toEqual(await rowsOf(again.id));
  const run = await host.api.syncAgain(first.id);
  expect([run.state, run.drift]).toEqual(['complete', 0]);
  const { body } = await host.api.get<{ readonly items: readonly RunView[] }>(`/integrations/${first.id}/runs?limit=50`);
  expect(body.items.some(({ mode, counts }) => mode === 'poll' && counts.refreshed > 10)).toBe(true);
}, 120_000);

test('a change that no event tells of is found by the next full run, and said to be drift', async () => {
  const [user] = [...simulator.org.directory.users.keys()];
  simulator.org.silently(() => simulator.org.updateUser(user ?? '', { department: 'Overlooked' }));
  await untilPolled();
  const run = await host.api.syncAgain(first.id);
  expect(run.drift).toBe(1);
  expect(run.streams.find(({ name }) => name === 'accounts')?.drift).toBe(1);
}, 60_000);

test('a credential that is revoked ends the polls, and the integration says so before the next full run', async () => {
  const { removed, counts } = await detail();
  simulator.setClientsActive(false);
  await until(async () => (await detail()).status.state === 'needs_reconnect', 30_000);
  const before = simulator.requests.total;
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(simulator.requests.total).toBe(before);
  expect(await detail()).toMatchObject({ removed, counts });
}, 60_000);
