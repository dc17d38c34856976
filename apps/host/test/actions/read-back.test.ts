import type { ActionPlanView, ActionRequestView } from '@castellan/api';
import pg from 'pg';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { type Person, person } from '../security/workspace-people.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: string;
let second: Person;

beforeAll(async () => {
  simulator = await startSimulator({
    users: 8,
    groups: 3,
    apps: 1,
    events: 5,
    grantedScopes: [...DEFAULT_SCOPES, 'okta.users.manage', 'okta.groups.manage'],
  });
  host = await TestHost.start(settingsFor(folder, { leaseMs: 1_500 }));
  integration = (await host.api.create({ ...simulator.config, actions: true })).id;
  second = await person(host.api, 'bo@castellan.test', 'analyst');
}, 60_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

async function asked(action: string, input: object): Promise<string> {
  const wanted = { action, input };
  const { plan } = (await host.api.post<ActionPlanView>(`/integrations/${integration}/actions/plan`, wanted)).body;
  const request = { ...wanted, integrationId: integration, fingerprint: plan.fingerprint };
  return (await host.api.post<ActionRequestView>('/actions', request)).body.id;
}

const viewOf = async (id: string): Promise<ActionRequestView> => (await host.api.get<ActionRequestView>(`/actions/${id}`)).body;

async function ended(id: string): Promise<ActionRequestView> {
  await until(async () => (await viewOf(id)).endedAt !== null, 60_000);
  return viewOf(id);
}

test('what a list shows only after a while is seen then, and is not called failed before', async () => {
  const { org } = simulator;
  const { id: group } = org.addGroup({ name: 'Crew' });
  const { id: member } = org.addUser();
  const id = await asked('add-to-group', { group, member });
  // Okta says that it was done, and its list of the groups of somebody does not show it yet.
  simulator.setFaults([{ kind: 'empty-list', match: '/api/v1/users/{id}/groups' }]);
  await second.api.post(`/actions/${id}/approve`);
  await until(async () => (await viewOf(id)).state === 'done', 30_000);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect((await viewOf(id)).endedAt).toBeNull();
  simulator.setFaults([]);
  expect(await ended(id)).toMatchObject({ state: 'verified', changed: true, problem: null });
  expect([...org.directory.members(group).keys()]).toContain(member);
}, 90_000);

test('what has ended its host again and again is not begun for ever', async () => {
  const { id: account } = simulator.org.addUser();
  const client = new pg.Client(host.host.databaseUrl);
  await client.connect();
  try {
    // As hosts have left it that ended in the middle: taken, its lease run out.
    const id = await asked('suspend-account', { account });
    await ended(id);
    await client.query(
      `UPDATE action_requests SET state = 'running', tries = 10, ended_at = NULL, due_at = now(), changed = NULL, message = NULL WHERE id = $1`,
      [id],
    );
    const over = await ended(id);
    expect(over).toMatchObject({ state: 'failed', problem: { kind: 'internal' } });
    expect(over.problem?.message).toMatch(/begun 10 times/);
  } finally {
    await client.end();
  }
}, 90_000);
