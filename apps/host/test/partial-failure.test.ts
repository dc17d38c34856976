import type { IntegrationDetail, Page, RunView } from '@castellan/api';
import { lastRunOf, settingsFor, temporaryFolder, TestHost } from './host-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let before: IntegrationDetail;

interface Hold {
  readonly id: string;
  readonly stream: string;
  readonly state: string;
  readonly wouldRemove: number;
  readonly present: number;
}
interface HeldRecords {
  readonly items: readonly { readonly key: string }[];
}
const holds = async (): Promise<readonly Hold[]> =>
  (await host.api.get<{ readonly items: readonly Hold[] }>(`/integrations/${before.id}/holds`)).body.items;
const detail = (): Promise<IntegrationDetail> => host.api.detail(before.id);
const stream = (of: IntegrationDetail, name: string) => of.streams.find((candidate) => candidate.name === name);

beforeAll(async () => {
  simulator = await startSimulator({ users: 30, groups: 6, apps: 3, events: 20, seed: 6 });
  host = await TestHost.start(settingsFor(folder));
  before = await host.api.synced(simulator.config);
  expect(before.status.state).toBe('healthy');
}, 60_000);

afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

afterEach(() => simulator.setFaults([]));

test('403 on one stream: the others are fresh, its rows stay, and it says why', async () => {
  simulator.setFaults([{ kind: 'forbidden', match: '/api/v1/groups/rules' }]);
  const run = await host.api.syncAgain(before.id);
  expect(run.state).toBe('incomplete');
  const after = await detail();
  expect(after.status).toMatchObject({ state: 'degraded', streams: ['group-rules'] });
  expect(stream(after, 'group-rules')).toMatchObject({
    state: 'skipped',
    error: { kind: 'permission' },
    freshAt: stream(before, 'group-rules')?.freshAt,
  });
  expect(stream(after, 'accounts')?.freshAt).not.toBe(stream(before, 'accounts')?.freshAt);
  expect(after.counts).toEqual(before.counts);
  expect(after.removed).toEqual({});
  // What is listed of the others is newer, and the one that was refused does not make them look old.
  const { fresh, streams } = before.freshness;
  expect(after.freshness).toMatchObject({ fresh: fresh - 1, streams });
  expect(Date.parse(after.freshness.asOf ?? '')).toBeGreaterThan(Date.parse(run.startedAt ?? ''));
  const runsOf = async (query: string) =>
    (await host.api.get<Page<RunView>>(`/integrations/${before.id}/runs${query}`)).body.items.map(({ id }) => id);
  expect(await runsOf('?failed=true')).toEqual([run.id]);
  expect(await runsOf('')).toEqual([run.id, lastRunOf(before).id]);
}, 40_000);

test('a run that is cut short removes nothing', async () => {
  simulator.setFaults([{ kind: 'unauthorized', match: /\/members|\/groups\/[^/]+\/users/ }]);
  const run = await host.api.syncAgain(before.id);
  expect(run.state).not.toBe('complete');
  const after = await detail();
  expect(after.counts).toEqual(before.counts);
  expect(after.removed).toEqual({});
}, 40_000);

test('an empty list where rows were is held for a person, who may say no', async () => {
  simulator.setFaults([{ kind: 'empty-list', match: '/api/v1/idps' }]);
  await host.api.syncAgain(before.id);
  const after = await detail();
  expect(after.status.state).toBe('held');
  expect(after.counts).toEqual(before.counts);
  const [hold] = (await holds()).filter(({ state, stream: name }) => state === 'open' && name === 'identity-providers');
  expect(hold).toMatchObject({ wouldRemove: before.counts.identity_provider, present: before.counts.identity_provider });
  const path = `/integrations/${before.id}/holds/${hold?.id}`;
  for (const open of (await holds()).filter(({ state }) => state === 'open')) {
    expect(await host.api.post(`/integrations/${before.id}/holds/${open.id}/reject`)).toMatchObject({
      status: 200,
      body: { state: 'rejected' },
    });
  }
  expect(await host.api.post(`${path}/accept`)).toMatchObject({ status: 409 });
  expect((await detail()).counts).toEqual(before.counts);
  expect(await host.api.post(`/integrations/${before.id}/holds/nothing/accept`)).toMatchObject({
    status: 404,
    body: { errors: [{ field: 'holdId' }] },
  });
}, 40_000);

test('an empty list of users removes nothing at all', async () => {
  simulator.setFaults([{ kind: 'empty-list', match: '/api/v1/users' }]);
  await host.api.syncAgain(before.id);
  const after = await detail();
  expect(after.counts.account).toBe(before.counts.account);
  expect(after.status.state).not.toBe('healthy');
}, 40_000);

test('a held removal that a person accepts is done; the next sync brings back what is there again', async () => {
  simulator.setFaults([{ kind: 'empty-list', match: '/api/v1/idps' }]);
  await host.api.syncAgain(before.id);
  const providers = [...simulator.org.identityProviders.idps.keys()];
  for (const { id, state, stream: name } of await holds()) {
    if (state !== 'open') continue;
    const path = `/integrations/${before.id}/holds/${id}`;
    const shown = async () => (await host.api.get<HeldRecords>(`${path}/records?limit=200`)).body.items;
    if (name === 'identity-providers') expect((await shown()).map(({ key }) => key).toSorted()).toEqual(providers.toSorted());
    expect((await host.api.post(`${path}/accept`)).status).toBe(200);
    expect(await shown()).toEqual([]);
  }
  const after = await detail();
  expect(after.counts.identity_provider).toBe(0);
  expect(after.removed.identity_provider).toBe(before.counts.identity_provider);
  const gone = await host.api.get<{ readonly items: readonly { readonly removedAt: string | null }[] }>(
    `/integrations/${before.id}/records/identity_provider?includeRemoved=true`,
  );
  expect(gone.body.items.every(({ removedAt }) => removedAt !== null)).toBe(true);
  simulator.setFaults([]);
  await host.api.syncAgain(before.id);
  expect((await detail()).counts).toEqual(before.counts);
  expect((await detail()).status.state).toBe('healthy');
}, 60_000);

test('a small real removal is swept in the same run', async () => {
  const [user = ''] = simulator.org.directory.users.keys();
  simulator.org.deleteUser(user);
  const run = await host.api.syncAgain(before.id);
  expect(run.state).toBe('complete');
  expect((await detail()).counts.account).toBe((before.counts.account ?? 0) - 1);
  const record = await host.api.get<{ readonly removedAt: string | null }>(
    `/integrations/${before.id}/records/account/${user}`,
  );
  expect(record.body.removedAt).not.toBeNull();
}, 40_000);
