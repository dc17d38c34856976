import type { ActionDecisionsView, ActionRequestView, Page, PlaybookRunView, ProblemBody } from '@castellan/api';
import { auditedOf } from '../actions/batch-fixture.js';
import { type Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { apiKey, type Person, person } from '../security/workspace-people.js';
import { hoursAgo, type Simulator, startSimulator } from '../simulator.js';
import { findingOf, isOver, isWaitingFor, openFinding, SCOPES, simulateAndEnable, untilRun } from './playbook-harness.js';

// All that one step asks for is decided at once, also what somebody has asked for before.
const PUSHES = 4;
const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: string;
let ana: Person;
let bo: Person;
let account: string;

beforeAll(async () => {
  simulator = await startSimulator({ users: 6, groups: 2, apps: 2, events: 10, grantedScopes: SCOPES, epoch: hoursAgo(2) });
  account = simulator.org.addUser().id;
  simulator.org.resetFactors(account);
  for (let n = 0; n < PUSHES; n += 1) simulator.org.enrolFactor(account, 'push');
  host = await TestHost.start(settingsFor(folder));
  ana = await person(host.api, 'ana@castellan.test', 'analyst');
  bo = await person(host.api, 'bo@castellan.test', 'analyst');
  integration = (await host.api.synced({ ...simulator.config, actions: true })).id;
}, 120_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

const factors = (): readonly string[] => simulator.org.factorsOf(account).map(({ id }) => id);
const decide = (api: Api, decision: string, requests: readonly string[]) =>
  api.post<ActionDecisionsView & ProblemBody>('/actions/decisions', { decision, requests });
const waitingOf = async ({ id }: PlaybookRunView): Promise<readonly ActionRequestView[]> =>
  (await ana.api.get<Page<ActionRequestView>>(`/actions?run=${id}&state=proposed`)).body.items;

/** Somebody has asked for it before the run does. */
async function askedBefore(factor: string): Promise<string> {
  const wanted = { action: 'remove-factor', input: { authenticator: `${account}|${factor}` } };
  const planned = await bo.api.post<{ readonly plan: ActionRequestView['plan'] }>(
    `/integrations/${integration}/actions/plan`,
    wanted,
  );
  const { fingerprint } = planned.body.plan;
  const asked = await bo.api.post<ActionRequestView>('/actions', { ...wanted, integrationId: integration, fingerprint });
  return asked.body.id;
}

test('one person decides on all of a step at once, and leaves single ones out', async () => {
  const detail = await simulateAndEnable(host.api, 'mfa-fatigue');
  const [first = ''] = factors();
  const before = await askedBefore(first);
  const rule = findingOf(detail, /push/i);
  const finding = await openFinding(host, integration, { rule, kind: 'account', key: account });
  const asked = await untilRun(ana.api, finding, isWaitingFor('approval'));
  await ana.api.post(`/playbook-runs/${asked.id}/steps/not-theirs/approve`, {});
  const run = await untilRun(ana.api, finding, isWaitingFor('agreement'));

  // What was asked for before is of no step, and is waited for all the same.
  const waiting = await waitingOf(run);
  const step = { run: run.id, step: 'remove-push' };
  expect(waiting.map(({ id, playbookStep }) => (id === before ? null : playbookStep))).toEqual(
    waiting.map(({ playbookStep }) => playbookStep),
  );
  const own = waiting.filter(({ playbookStep }) => playbookStep !== null);
  expect(own).toHaveLength(PUSHES - 1);
  expect(own.map(({ playbookStep }) => playbookStep)).toEqual(own.map(() => step));
  expect(waiting.map(({ id }) => id)).toContain(before);
  const [one = '', two = '', three = ''] = own.map(({ id }) => id);

  // Neither a key, nor who has switched the playbook on, however many they are.
  const key = await apiKey(host.api, ['actions:approve', 'actions:read']);
  for (const api of [key, host.api])
    expect(await decide(api, 'approve', [one, two])).toMatchObject({
      status: 403,
      body: { type: 'urn:castellan:problem:own-approval' },
    });
  expect(await decide(ana.api, 'approve', [one, run.id])).toMatchObject({
    status: 404,
    body: { errors: [{ field: 'requests.1' }] },
  });
  expect(await decide(ana.api, 'approve', [one, one])).toMatchObject({ status: 400 });
  expect((await waitingOf(run)).length).toBe(PUSHES);

  const agreed = await decide(ana.api, 'approve', [one, two]);
  expect(agreed).toMatchObject({
    status: 200,
    body: { decided: [{ id: one, decidedBy: { name: 'ana@castellan.test' } }, { id: two }], refused: [] },
  });
  expect((await waitingOf(run)).map(({ id }) => id).toSorted()).toEqual([three, before].toSorted());
  // A second click, and one's own: each is told, and does not stop the other.
  const partly = await decide(bo.api, 'approve', [one, before, three]);
  expect(partly.body.decided.map(({ id }) => id)).toEqual([three]);
  expect(partly.body.refused.map(({ request, problem }) => [request, problem.kind])).toEqual([
    [one, 'action-decided'],
    [before, 'own-approval'],
  ]);
  expect(await decide(ana.api, 'reject', [before])).toMatchObject({ status: 200, body: { decided: [{ state: 'rejected' }] } });
  expect(await decide(ana.api, 'reject', [before])).toMatchObject({ status: 409 });

  const over = await untilRun(ana.api, finding, isOver);
  expect(over.log.at(-1)).toMatchObject({ step: 'remove-push', state: 'partly' });
  const stateOf = async (id: string) => (await ana.api.get<ActionRequestView>(`/actions/${id}`)).body.state;
  expect(await Promise.all([one, two, three, before].map(stateOf))).toEqual(['verified', 'verified', 'verified', 'rejected']);
  expect((await auditedOf(host.api, one)).filter((line) => line.startsWith('action.approve'))).toEqual([
    'action.approve refused bo@castellan.test',
    'action.approve done ana@castellan.test',
    expect.stringContaining('action.approve refused'),
    expect.stringContaining('action.approve refused'),
  ]);
}, 120_000);
