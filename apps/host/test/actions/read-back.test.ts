import type { ActionPlanView, ActionRequestView } from '@castellan/api';
import pg from 'pg';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: string;

beforeAll(async () => {
  simulator = await startSimulator({
    users: 8,
    groups: 3,
    apps: 1,
    events: 5,
    grantedScopes: [...DEFAULT_SCOPES, 'okta.users.manage', 'okta.groups.manage'],
    // What is listed is what was for a while.
    listLagMs: 6_000,
  });
  host = await TestHost.start(settingsFor(folder, { leaseMs: 1_500 }));
  integration = (await host.api.create({ ...simulator.config, actions: true })).id;
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

async function ended(id: string): Promise<ActionRequestView> {
  let view: ActionRequestView | undefined;
  await until(async () => {
    view = (await host.api.get<ActionRequestView>(`/actions/${id}`)).body;
    return view.endedAt !== null;
  }, 60_000);
  if (view === undefined) throw new Error('it was never seen');
  return view;
}

test('what a list shows only after a while is seen then, and is not called failed before', async () => {
  const { org } = simulator;
  const { id: group } = org.addGroup({ name: 'Crew' });
  const { id: member } = org.addUser();
  org.addMember(group, member);
  // The plan goes by the list as well.
  await new Promise((resolve) => setTimeout(resolve, 6_500));
  const id = await asked('remove-from-group', { group, member });
  expect(await ended(id)).toMatchObject({ state: 'verified', changed: true, problem: null });
  expect([...org.directory.members(group).keys()]).not.toContain(member);
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
