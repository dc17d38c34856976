import type { FindingDetail, FindingsSummary, FindingView, Page, ProblemBody } from '@castellan/api';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIRECTORY, FORMULA, FOREIGN, Organisation, ownWorkspace, SECOND } from '../access/organisation.js';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { otherWorkspace, type Person } from '../security/workspace-people.js';
import { seedFinding, type SeededFinding } from './seeded-findings.js';

const folder = temporaryFolder();
let host: TestHost;
let stranger: Person & { readonly workspaceId: string };
/** By the name that a test gives them. */
const ids: Record<string, string> = {};

const NO_FACTOR = 'administrator-without-second-factor';
const THEM: Readonly<Record<string, SeededFinding>> = {
  ana: {
    rule: NO_FACTOR,
    kind: 'account',
    key: 'ana',
    severity: 5,
    openedAt: '2026-11-02T00:00:00Z',
    evidence: { roles: ['Super administrator'], lastLoginAt: '2026-11-01T08:00:00Z', isSuspended: false },
  },
  cy: {
    rule: NO_FACTOR,
    kind: 'account',
    key: 'cy',
    severity: 4,
    openedAt: '2026-11-03T00:00:00Z',
    evidence: { isSuspended: true },
  },
  bo: {
    rule: 'account-not-used',
    kind: 'account',
    key: 'bo',
    severity: 3,
    status: 'acknowledged',
    openedAt: '2026-11-01T00:00:00Z',
  },
  all: {
    rule: 'group-without-members',
    kind: 'group',
    key: 'all',
    severity: 3,
    openedAt: '2026-11-05T00:00:00Z',
    evidence: { note: FORMULA },
  },
  ledger: {
    rule: 'application-receives-passwords',
    kind: 'application',
    key: 'led:ger',
    severity: 4,
    openedAt: '2026-11-04T00:00:00Z',
  },
  org: {
    rule: 'bad-addresses-let-in',
    kind: 'organisation',
    key: 'organisation',
    severity: 4,
    status: 'excepted',
    openedAt: '2026-11-06T00:00:00Z',
  },
  gone: {
    rule: 'account-not-used',
    kind: 'account',
    key: 'gone',
    severity: 2,
    status: 'resolved',
    openedAt: '2026-10-01T00:00:00Z',
  },
  seen: {
    rule: 'impossible-travel',
    kind: 'account',
    key: 'ana',
    severity: 2,
    openedAt: '2026-11-07T00:00:00Z',
    source: 'detection',
  },
};

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  stranger = await otherWorkspace(host, 'globex');
  const workspaceId = await ownWorkspace(host);
  await new Organisation(host, workspaceId, DIRECTORY, '=Directory').seed();
  await new Organisation(host, workspaceId, SECOND, 'Second').seed();
  await new Organisation(host, stranger.workspaceId, FOREIGN, 'Foreign').seed();
  for (const [name, finding] of Object.entries(THEM))
    ids[name] = await seedFinding(host, { workspaceId, integrationId: DIRECTORY }, finding);
  const second = { rule: NO_FACTOR, kind: 'account', key: 'ana', severity: 1, openedAt: '2026-11-08T00:00:00Z' };
  ids['second'] = await seedFinding(host, { workspaceId, integrationId: SECOND }, second);
  ids['foreign'] = await seedFinding(
    host,
    { workspaceId: stranger.workspaceId, integrationId: FOREIGN },
    { ...second, severity: 5 },
  );
}, 60_000);
afterAll(() => host.close());

const list = async (query: string) => (await host.api.get<Page<FindingView>>(`/findings?${query}`)).body;
const namesOf = (items: readonly { readonly id: string }[]): readonly string[] =>
  items.map(({ id }) => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id);
const named = async (query: string): Promise<readonly string[]> => namesOf((await list(query)).items);

const WORST = ['ana', 'ledger', 'cy', 'all', 'bo', 'seen', 'second'];

test.each<[string, readonly string[]]>([
  ['', WORST],
  ['sort=newest', ['second', 'seen', 'all', 'ledger', 'cy', 'ana', 'bo']],
  [`integration=${SECOND}`, ['second']],
  ['source=detection', ['seen']],
  [`rule=${NO_FACTOR}`, ['ana', 'cy', 'second']],
  [`rule=${NO_FACTOR}&rule=account-not-used`, ['ana', 'cy', 'bo', 'second']],
  ['status=acknowledged', ['bo']],
  ['status=resolved&status=excepted', ['org', 'gone']],
  ['severity=critical&severity=low', ['ana', 'seen']],
  ['subject=account:ana', ['ana', 'seen', 'second']],
  ['subject=application:led:ger', ['ledger']],
  ['subject=organisation:organisation&status=excepted', ['org']],
  ['owner=none', WORST],
  ['owner=me', []],
  // No rule of today: it is known by what it has found.
  ['rule=impossible-travel', ['seen']],
  ['q=second%20FACTOR%20administrator', ['ana', 'cy', 'second']],
  ['q=of-no-such-name', []],
  ['area=administrators', ['ana', 'cy', 'second']],
  ['area=accounts', ['bo']],
  [`area=accounts&rule=${NO_FACTOR}&rule=account-not-used`, ['bo']],
  [`area=accounts&rule=${NO_FACTOR}`, []],
  [`subject=account:ana&severity=critical&integration=${DIRECTORY}`, ['ana']],
])('?%s lists what it says, in its order', async (query, expected) => {
  expect(await named(query)).toEqual(expected);
});

test.each(['worst', 'newest'])('page by page, %s first, each comes once', async (sort) => {
  const whole = await named(`sort=${sort}`);
  const pages: string[] = [];
  let cursor = '';
  for (;;) {
    const page: Page<FindingView> = await list(`sort=${sort}&limit=2${cursor}`);
    pages.push(...namesOf(page.items));
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  expect(pages).toEqual(whole);
});

test.each<[string, string]>([
  ['severity=awful', 'severity'],
  ['status=closed', 'status'],
  ['rule=none-of-this-name', 'rule'],
  [`rule=${NO_FACTOR}&rule=none-of-this-name`, 'rule'],
  ['area=nowhere', 'area'],
  ['q=%00', 'q'],
  ['source=rumour', 'source'],
  ['subject=ana', 'subject'],
  ['owner=somebody', 'owner'],
  ['sort=best', 'sort'],
  ['limit=0', 'limit'],
  [`cursor=${Buffer.from('["findings","9|x|y"]').toString('base64url')}`, 'cursor'],
])('?%s is refused and names %s', async (query, field) => {
  const { status, body } = await host.api.get<ProblemBody>(`/findings?${query}`);
  expect([status, body.errors?.[0]?.field]).toEqual([400, field]);
});

test('a finding says whom it is about, why it is less severe, and until when it is allowed', async () => {
  const one = async (name: string) => (await host.api.get<FindingDetail>(`/findings/${ids[name]}`)).body;
  expect(await one('cy')).toMatchObject({
    rule: { id: NO_FACTOR, title: 'Administrator without a second factor' },
    integration: { id: DIRECTORY, name: '=Directory' },
    subject: { kind: 'account', key: 'cy', label: 'Cy Ng', detail: 'cy@acme.example', present: true },
    severity: 'high',
    severityReason: 'the account is suspended, so that somebody has to let it in first',
    exception: null,
    history: [],
  });
  expect((await one('ana')).severityReason).toBeNull();
  expect((await one('gone')).subject).toEqual({ kind: 'account', key: 'gone', label: 'gone', detail: null, present: false });
  const org = await one('org');
  expect([org.subject.label, org.exception?.reason]).toEqual(['=Directory', 'known']);
});

test('the summary counts what is not resolved', async () => {
  const { body } = await host.api.get<FindingsSummary>('/findings/summary');
  const none = { open: 0, acknowledged: 0, excepted: 0 };
  expect(body).toEqual({
    open: 6,
    acknowledged: 1,
    excepted: 1,
    severities: {
      informational: { ...none, open: 1 },
      low: { ...none, open: 1 },
      medium: { ...none, open: 1, acknowledged: 1 },
      high: { ...none, open: 2, excepted: 1 },
      critical: { ...none, open: 1 },
    },
  });
  const { body: some } = await host.api.get<FindingsSummary>(`/findings/summary?rule=${NO_FACTOR}&severity=high`);
  expect([some.open, some.excepted]).toEqual([1, 0]);
});

test('another workspace sees its own alone', async () => {
  const { body } = await stranger.api.get<Page<FindingView>>('/findings');
  expect(namesOf(body.items)).toEqual(['foreign']);
  expect((await stranger.api.get(`/findings/${ids['ana']}`)).status).toBe(404);
  expect((await stranger.api.get(`/findings?integration=${DIRECTORY}`)).status).toBe(404);
  expect((await stranger.api.get<FindingsSummary>('/findings/summary')).body.open).toBe(1);
  const file = await (await stranger.api.send('GET', '/findings/export.jsonl')).text();
  expect(file).toContain('"name":"Foreign"');
  expect(file.trim().split('\n')).toHaveLength(1);
});

const file = async (path: string): Promise<{ readonly name: string; readonly text: string }> => {
  const response = await host.api.send('GET', path);
  expect(response.status).toBe(200);
  return { name: response.headers.get('content-disposition') ?? '', text: await response.text() };
};

test('the file for people has all of them, and nothing in it is calculated', async () => {
  const { name, text } = await file('/findings/export.csv');
  expect(name).toMatch(/filename="findings-\d{4}-\d\d-\d\d\.csv"/);
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + WORST.length);
  expect(lines[0]).toMatch(/^\uFEFF?id,severity,status,check,title,integration,/);
  expect(lines[1]).toContain(`,"'=Directory",account,ana,Ana Diaz,`);
  const ofGroup = lines.find((line) => line.startsWith(`${ids['all']},`));
  // The name of the group, between quotes because of those in it.
  expect(ofGroup).toContain(`,group,all,"'=HYPERLINK(""https://evil.example"")",`);
  const { items } = (await host.api.get<AuditLogPage>('/audit-log?action=findings.export&limit=1')).body;
  expect(items[0]).toMatchObject({ outcome: 'done', after: { format: 'csv' } });
});

test('the file for programs has the findings as the API shows them', async () => {
  const { text } = await file('/findings/export.jsonl?severity=critical');
  const [line = ''] = text.split('\n');
  const shown: unknown = JSON.parse(line);
  expect(shown).toEqual((await list('severity=critical')).items[0]);
});

interface OcsfFinding {
  readonly class_uid: number;
  readonly finding_info: { readonly uid: string };
  readonly resources: readonly { readonly type: string }[];
}

test('every object of the OCSF file is a finding of OCSF 1.8, of the class that its subject asks for', async () => {
  const schema: object = JSON.parse(readFileSync(join(import.meta.dirname, 'ocsf-1.8-findings.schema.json'), 'utf8'));
  const isValid = new Ajv({ allErrors: true, strict: false }).compile(schema);
  const statuses = ['open', 'acknowledged', 'excepted', 'resolved'].map((status) => `status=${status}`).join('&');
  const { name, text } = await file(`/findings/export.ocsf?${statuses}`);
  expect(name).toMatch(/filename="findings-ocsf-\d{4}-\d\d-\d\d\.jsonl"/);
  // Written by this program as it stands in the test before.
  const objects = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as OcsfFinding);
  expect(objects).toHaveLength(Object.keys(THEM).length + 1);
  for (const object of objects) expect({ object, wrong: isValid(object) ? [] : isValid.errors }).toEqual({ object, wrong: [] });
  const said = (finding: string) => objects.find(({ finding_info: { uid } }) => uid === ids[finding]);
  const classOf = (finding: string) => objects.find(({ finding_info: { uid } }) => uid === ids[finding])?.class_uid;
  expect([classOf('ana'), classOf('all'), classOf('ledger'), classOf('org')]).toEqual([2008, 2008, 2003, 2003]);
  expect(said('seen')).toMatchObject({ class_uid: 2004, type_uid: 200401, severity_id: 2, is_alert: true });
  expect(said('ledger')).toMatchObject({ severity_id: 4, severity: 'High', status_id: 1, status: 'New', activity_id: 1 });
  expect(said('org')).toMatchObject({ status_id: 3, status: 'Suppressed', compliance: { status: 'Fail', control: 'SI-4' } });
  expect(said('gone')).toMatchObject({ status_id: 4, status: 'Resolved', activity_id: 3, type_uid: 200803 });
  expect(said('ana')).toMatchObject({
    time: Date.parse('2026-11-02T00:00:00Z'),
    user: { uid: 'ana', name: 'ana@acme.example', type_id: 1 },
    permission_analysis_results: [{ granted_privileges: ['Super administrator'] }],
    identity_activity_metrics: { last_seen_time: Date.parse('2026-11-01T08:00:00Z') },
  });
  // That the judge judges.
  expect(isValid({ ...objects[0], severity_id: 7 })).toBe(false);
  expect(isValid({ ...objects[0], finding_info: {} })).toBe(false);
  for (const class_uid of [2004, 2005]) expect(isValid({ ...objects[0], class_uid })).toBe(false);
  expect(isValid({ ...said('seen'), class_uid: 2003 })).toBe(false);
});

test('a file of another format is not there', async () => {
  expect((await host.api.get('/findings/export.xlsx')).status).toBe(404);
});
