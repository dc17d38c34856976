import type { ActionPlanView, ActionRequestView, NewApiKeyView } from '@castellan/api';
import { join } from 'node:path';
import { type Api, ownDatabase, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

// Two that are looked at and done at once, each seeing what the other one is about to take.
const folder = temporaryFolder();
const key = Buffer.alloc(32, 7).toString('base64');
let simulator: Simulator;
let hosts: readonly TestHost[];
let apis: readonly Api[];
let integrationId: string;

beforeAll(async () => {
  simulator = await startSimulator({
    users: 6,
    groups: 2,
    apps: 2,
    events: 5,
    grantedScopes: [...DEFAULT_SCOPES, 'okta.users.manage'],
  });
  const databaseUrl = await ownDatabase();
  const first = await TestHost.start(settingsFor(join(folder, 'one'), { databaseUrl, key }));
  const second = await TestHost.start(settingsFor(join(folder, 'two'), { databaseUrl, key }), { setUp: false });
  hosts = [first, second];
  const scopes = ['integrations:read', 'actions:request', 'actions:read'];
  const made = await first.api.post<NewApiKeyView>('/api-keys', { name: 'both', scopes });
  apis = hosts.map(({ api }) => api.anonymous().withKey(made.body.key));
  integrationId = (await first.api.create({ ...simulator.config, actions: true })).id;
}, 90_000);
afterAll(async () => {
  for (const host of hosts) await host.close();
  await simulator.close();
}, 30_000);

async function ended(id: string): Promise<ActionRequestView> {
  let view: ActionRequestView | undefined;
  await until(async () => {
    view = (await apis[0]?.get<ActionRequestView>(`/actions/${id}`))?.body;
    return view?.endedAt !== null;
  }, 60_000);
  if (view === undefined) throw new Error('it was never seen');
  return view;
}

test('of the last two super administrators one is suspended, whichever host does which', async () => {
  const { org } = simulator;
  for (const kind of ['user', 'group', 'client'] as const)
    for (const id of org.administration.holders(kind)) org.administration.forget({ kind, id });
  const accounts = [org.addUser().id, org.addUser().id];
  for (const id of accounts) org.grantRole({ kind: 'user', id }, { type: 'SUPER_ADMIN' });
  const wanted = await Promise.all(
    accounts.map(async (account, index) => {
      const wish = { action: 'suspend-account', input: { account } };
      const planned = await apis[index]?.post<ActionPlanView>(`/integrations/${integrationId}/actions/plan`, wish);
      return { ...wish, integrationId, fingerprint: planned?.body.plan.fingerprint };
    }),
  );
  // Between the look and the write there is time for the other one.
  simulator.setFaults([{ kind: 'slow', match: /lifecycle\/suspend/, delayMs: 1_500 }]);
  const asked = await Promise.all(wanted.map((body, index) => apis[index]?.post<ActionRequestView>('/actions', body)));
  expect(asked.map((answer) => answer?.status)).toEqual([201, 201]);
  const views = await Promise.all(asked.map((answer) => ended(answer?.body.id ?? '')));
  expect(views.map(({ state }) => state).toSorted()).toEqual(['failed', 'verified']);
  expect(views.find(({ state }) => state === 'failed')?.problem).toMatchObject({
    kind: 'config',
    message: expect.stringContaining('No other Super Administrator who can sign in'),
  });
  const left = accounts.filter((id) => org.directory.users.get(id)?.['status'] === 'ACTIVE');
  expect(left).toHaveLength(1);
}, 120_000);
