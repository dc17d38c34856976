import type {
  FindingView,
  IncidentDetail,
  IncidentsChanged,
  IncidentsSummary,
  IncidentTimeline,
  IncidentView,
  IntegrationDetail,
  Page,
  ProblemBody,
} from '@castellan/api';
import { playScenario } from '@castellan/okta-simulator';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { otherWorkspace, type Person } from '../security/workspace-people.js';
import { type Simulator, startSimulator } from '../simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let stranger: Person;
let integration: IntegrationDetail;
/** `uuid` of what the attack has written into the log. */
let attack: readonly string[];

beforeAll(async () => {
  simulator = await startSimulator({ users: 60, groups: 8, apps: 6, events: 60, seed: 8 });
  attack = playScenario(simulator.org, 'push-bombing-accepted', { at: new Date(Date.now() - 40 * 60_000) });
  host = await TestHost.start(settingsFor(folder));
  stranger = await otherWorkspace(host, 'globex');
  integration = await host.api.synced(simulator.config);
  await until(async () => (await incidents()).length > 0, 40_000);
  // A moment later there may be more of it.
  await until(async () => (await summary()).open === (await incidents()).length, 10_000);
}, 120_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

const incidents = async (query = ''): Promise<readonly IncidentView[]> =>
  (await host.api.get<Page<IncidentView>>(`/incidents?limit=200&${query}`)).body.items;
const summary = async (): Promise<IncidentsSummary> => (await host.api.get<IncidentsSummary>('/incidents/summary')).body;
const detail = async (id: string): Promise<IncidentDetail> => (await host.api.get<IncidentDetail>(`/incidents/${id}`)).body;
const findings = async (query: string): Promise<readonly FindingView[]> =>
  (await host.api.get<Page<FindingView>>(`/findings?source=detection&limit=500&${query}`)).body.items;
const change = async (ids: readonly string[], what: object): Promise<number> =>
  (await host.api.post<IncidentsChanged>('/incidents/changes', { change: what, ids })).body.changed;

/** Who was asked for consent, by the log of the provider itself. */
function victim(): string {
  const { log } = simulator.org;
  const events = Array.from({ length: log.length }, (_, n) => log.eventAt(n) as unknown as LogLine);
  const push = events.find(({ uuid, eventType }) => attack.includes(uuid) && eventType === 'user.authentication.auth_via_mfa');
  return push?.actor.id ?? '';
}

/** An event, as far as this test reckons with it. */
interface LogLine {
  readonly uuid: string;
  readonly eventType: string;
  readonly actor: { readonly id: string };
}

async function worst(): Promise<IncidentView> {
  const [one] = await incidents(`subject=account:${victim()}`);
  if (one === undefined) throw new Error('There is no incident of the victim.');
  return one;
}

test('an attack in the log is one incident of its victim, minutes after it was read', async () => {
  const one = await worst();
  expect(['high', 'critical']).toContain(one.severity);
  expect(one).toMatchObject({ status: 'open', verdict: null, integration: { id: integration.id } });
  const { found, response, attackVersion, history } = await detail(one.id);
  expect(found.length).toBe(one.findings);
  expect(found.flatMap(({ events }) => events).every((key) => attack.includes(key))).toBe(true);
  expect(found.map(({ rule }) => rule.techniques.map(({ id }) => id))).toContainEqual(expect.arrayContaining(['T1621']));
  expect(response.length).toBeGreaterThan(0);
  expect([attackVersion, history]).toEqual(['18.1', []]);
  const listed = await findings(`subject=account:${victim()}`);
  expect(listed.map(({ id }) => id).toSorted()).toEqual(found.map(({ id }) => id).toSorted());
  expect(listed.every(({ rule }) => !/^[0-9a-f-]{36}$/.test(rule.title))).toBe(true);
});

test('its timeline has the whole attack, in order, and says what is part of which finding', async () => {
  const { id } = await worst();
  const { found } = await detail(id);
  const { events, isCut } = (await host.api.get<IncidentTimeline>(`/incidents/${id}/timeline`)).body;
  expect(isCut).toBe(false);
  expect(events.map(({ key }) => key)).toEqual(expect.arrayContaining([...new Set(found.flatMap((one) => one.events))]));
  expect(events.map(({ published }) => published)).toEqual(events.map(({ published }) => published).toSorted());
  for (const { id: finding, events: keys } of found)
    expect(
      events
        .filter((event) => event.findings.includes(finding))
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(keys.toSorted());
  expect(events.some(({ address, latitude }) => address !== null && latitude !== null)).toBe(true);
});

test('the summary counts what the list has', async () => {
  const [all, counts] = [await incidents(), await summary()];
  expect(counts.open + counts.acknowledged).toBe(all.length);
  for (const [severity, count] of Object.entries(counts.severities))
    expect((await incidents(`severity=${severity}`)).length).toBe(count);
});

test('what people do with an incident is done to its findings, and is in its history', async () => {
  const { id } = await worst();
  expect(await change([id], { do: 'acknowledge' })).toBe(1);
  expect(await change([id], { do: 'acknowledge' })).toBe(0);
  expect((await detail(id)).found.every(({ status }) => status === 'acknowledged')).toBe(true);
  expect(await change([id], { do: 'comment', text: 'Called him.' })).toBe(1);
  expect(await change([id], { do: 'close', verdict: 'attack', reason: 'He did not ask for it.' })).toBe(1);
  const closed = await detail(id);
  expect(closed).toMatchObject({ status: 'closed', verdict: 'attack' });
  expect(closed.found.every(({ status }) => status === 'resolved')).toBe(true);
  expect(closed.history.map(({ kind }) => kind)).toEqual(['closed', 'comment', 'acknowledged']);
  expect(await incidents(`subject=account:${victim()}`)).toEqual([]);
  expect((await incidents('status=closed')).map((one) => one.id)).toContain(id);
  expect(await change([id], { do: 'reopen' })).toBe(1);
  expect(await detail(id)).toMatchObject({ status: 'open', verdict: null });
});

test('a change that cannot be says which field is wrong', async () => {
  const { id } = await worst();
  const refused = async (body: object): Promise<readonly string[]> => {
    const { status, body: problem } = await host.api.post<ProblemBody>('/incidents/changes', body);
    expect(status).toBe(400);
    return (problem.errors ?? []).map(({ field }) => field);
  };
  expect(await refused({ ids: [id], change: { do: 'close', verdict: 'nothing', reason: 'Because.' } })).toEqual([
    'change.verdict',
  ]);
  expect(await refused({ ids: [id], change: { do: 'close', verdict: 'test', reason: ' ' } })).toEqual(['change.reason']);
  expect(await refused({ ids: ['x'], change: { do: 'acknowledge' } })).toEqual(['ids']);
  expect(await refused({ ids: [id], change: { do: 'delete' } })).toEqual(['change.do']);
});

test('another workspace sees none of it', async () => {
  const { id } = await worst();
  for (const path of [`/incidents/${id}`, `/incidents/${id}/timeline`]) expect((await stranger.api.get(path)).status).toBe(404);
  expect((await stranger.api.get<Page<IncidentView>>('/incidents')).body.items).toEqual([]);
});
