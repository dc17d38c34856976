import type {
  FindingDetail,
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
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { playScenario } from '@castellan/okta-simulator';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { otherWorkspace, type Person } from '../security/workspace-people.js';
import { hoursAgo, type Simulator, startSimulator } from '../simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let stranger: Person;
let integration: IntegrationDetail;
/** `uuid` of what the attack has written into the log. */
let attack: readonly string[];

beforeAll(async () => {
  simulator = await startSimulator({ users: 60, groups: 8, apps: 6, events: 60, seed: 8, epoch: hoursAgo(2) });
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
  // The log holds JSON of the form that its provider describes.
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

test('incidents are found by a name, a login and a title; the page of a finding has its events and its incident', async () => {
  const one = await worst();
  const { label, detail: login } = one.subject;
  for (const q of [label, login ?? '', one.rule.title.toUpperCase()])
    expect((await incidents(`q=${encodeURIComponent(q)}`)).map(({ id }) => id)).toContain(one.id);
  expect(await incidents('q=nobody-is-called-that')).toEqual([]);
  const counted = (await host.api.get<IncidentsSummary>('/incidents/summary?q=nobody-is-called-that')).body;
  expect([counted.open, counted.acknowledged]).toEqual([0, 0]);
  expect((await host.api.get<ProblemBody>(`/incidents?q=${'x'.repeat(201)}`)).status).toBe(400);
  const [found] = (await detail(one.id)).found;
  const { detection, source } = (await host.api.get<FindingDetail>(`/findings/${found?.id}`)).body;
  expect([source, detection?.incident]).toEqual([
    'detection',
    { id: one.id, title: one.rule.title, severity: one.severity, status: one.status, verdict: null },
  ]);
  expect(detection?.events.map(({ key }) => key).toSorted()).toEqual(found?.events.toSorted());
  expect(detection).toMatchObject({ count: found?.events.length, firstAt: found?.firstAt, lastAt: found?.lastAt });
  expect((await stranger.api.get(`/findings/${found?.id}`)).status).toBe(404);
});

test('the summary counts what the list has', async () => {
  const [all, counts] = [await incidents(), await summary()];
  expect(counts.open + counts.acknowledged).toBe(all.length);
  for (const [severity, count] of Object.entries(counts.severities))
    expect((await incidents(`severity=${severity}`)).length).toBe(count);
});

const ANY_STATUS = ['open', 'acknowledged', 'excepted', 'resolved'].map((status) => `status=${status}`).join('&');

/** Of a file of JSON Lines. */
async function objectsOf<T>(path: string): Promise<readonly T[]> {
  const response = await host.api.send('GET', path);
  expect(response.status).toBe(200);
  const text = await response.text();
  // Written by this program as the tests say.
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

function judge(): (object: object) => unknown {
  const path = join(import.meta.dirname, '../findings/ocsf-1.8-findings.schema.json');
  const schema: object = JSON.parse(readFileSync(path, 'utf8'));
  const isValid = new Ajv({ allErrors: true, strict: false }).compile(schema);
  return (object) => (isValid(object) ? [] : { object, wrong: isValid.errors });
}

interface Said {
  readonly class_uid: number;
  readonly severity_id: number;
  readonly finding_info: { readonly uid: string };
  readonly metadata: { readonly uid: string };
}

test('what rules have found is a Detection Finding of OCSF 1.8, with its techniques, who did it from where, and what to do', async () => {
  const wrong = judge();
  const said = await objectsOf<Said>(`/findings/export.ocsf?source=detection&${ANY_STATUS}`);
  const found = await findings(ANY_STATUS);
  expect(said.map(({ finding_info: { uid } }) => uid).toSorted()).toEqual(found.map(({ id }) => id).toSorted());
  for (const one of said) expect(wrong(one)).toEqual([]);
  const one = await worst();
  const { found: parts } = await detail(one.id);
  const push = parts.find(({ rule }) => rule.techniques.some(({ id }) => id === 'T1621'));
  const words = ['', 'informational', 'low', 'medium', 'high', 'critical'];
  const ocsf = said.find(({ finding_info: { uid } }) => uid === push?.id);
  expect(words[ocsf?.severity_id ?? 0]).toBe(push?.severity);
  expect(ocsf).toMatchObject({
    class_uid: 2004,
    type_uid: 200401,
    status: 'New',
    is_alert: true,
    confidence_id: ['', 'low', 'medium', 'high'].indexOf(push?.confidence ?? ''),
    start_time: Date.parse(push?.firstAt ?? ''),
    end_time: Date.parse(push?.lastAt ?? ''),
    remediation: { desc: push?.rule.response.join(' ') },
    finding_info: {
      title: push?.rule.title,
      analytic: { uid: push?.rule.id, type_id: 1 },
      related_events: push?.events.map((uid) => ({ uid })),
      related_events_count: push?.events.length,
      attacks: expect.arrayContaining([
        {
          version: '18.1',
          tactic: { uid: 'TA0006', name: 'Credential Access' },
          technique: { uid: 'T1621', name: 'Multi-Factor Authentication Request Generation' },
        },
      ]),
    },
    evidences: expect.arrayContaining([
      expect.objectContaining({
        actor: { user: expect.objectContaining({ uid: victim(), type_id: 1 }) },
        src_endpoint: { ip: expect.stringMatching(/^[\d.:a-f]+$/) },
      }),
    ]),
  });
  // That the judge judges.
  expect(wrong({ ...ocsf, confidence_id: 4 })).not.toEqual([]);
  expect(wrong({ ...ocsf, evidences: [{}] })).not.toEqual([]);
});

test('an incident is an Incident Finding of OCSF 1.8 with its findings, and its export is in the audit log', async () => {
  const wrong = judge();
  const said = await objectsOf<Said>('/incidents/export.ocsf');
  expect(said.map(({ metadata: { uid } }) => uid)).toEqual((await incidents()).map(({ id }) => id));
  for (const one of said) expect(wrong(one)).toEqual([]);
  const one = await worst();
  const { found } = await detail(one.id);
  const ocsf = said.find(({ metadata: { uid } }) => uid === one.id);
  expect(ocsf).toMatchObject({
    class_uid: 2005,
    status_id: 1,
    assignee_group: { name: 'Unassigned' },
    start_time: Date.parse(one.firstAt),
    finding_info_list: found.map(({ id, rule }) => expect.objectContaining({ uid: id, title: rule.title })),
    unmapped: { subject: { key: victim() } },
  });
  const { assignee_group: _nobody, ...unassigned } = { assignee_group: null, ...ocsf };
  expect(wrong(unassigned)).not.toEqual([]);
  const { items } = (await host.api.get<AuditLogPage>('/audit-log?action=incidents.export&limit=1')).body;
  expect(items[0]).toMatchObject({ outcome: 'done', after: { format: 'ocsf' } });
});

test('the other files of incidents have all of them', async () => {
  const listed = await incidents();
  expect(await objectsOf('/incidents/export.jsonl')).toEqual(listed);
  const csv = await (await host.api.send('GET', '/incidents/export.csv?severity=high&severity=critical')).text();
  const bad = listed.filter(({ severity }) => severity === 'high' || severity === 'critical');
  expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + bad.length);
  expect((await host.api.get('/incidents/export.xlsx')).status).toBe(404);
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
  const [said] = await objectsOf<Said>(`/incidents/export.ocsf?status=closed&subject=account:${victim()}`);
  expect(judge()(said ?? {})).toEqual([]);
  expect(said).toMatchObject({
    status_id: 5,
    type_uid: 200503,
    verdict_id: 2,
    verdict: 'True Positive',
    is_suspected_breach: true,
  });
  expect(await change([id], { do: 'reopen' })).toBe(1);
  expect(await detail(id)).toMatchObject({ status: 'open', verdict: null });
});

test('one whose findings are all excepted is closed by itself, and open again when one is not', async () => {
  const { id } = await worst();
  const ids = (await detail(id)).found.map((one) => one.id);
  const [first] = ids;
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  await host.api.post('/findings/changes', { change: { do: 'except', until: tomorrow, reason: 'A test of ours.' }, ids });
  expect(await detail(id)).toMatchObject({ status: 'closed', verdict: null, findings: ids.length });
  expect(await incidents(`subject=account:${victim()}`)).toEqual([]);
  await host.api.post('/findings/changes', { change: { do: 'end_exception' }, ids: [first] });
  expect(await detail(id)).toMatchObject({ status: 'open', closedAt: null });
  await host.api.post('/findings/changes', { change: { do: 'end_exception' }, ids });
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
  expect(await (await stranger.api.send('GET', '/incidents/export.jsonl')).text()).toBe('');
});
