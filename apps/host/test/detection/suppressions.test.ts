import type { FindingDetail, FindingView, Page, ProblemBody, NamedSuppressionView } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { ownWorkspace } from '../access/organisation.js';
import { seedFinding } from '../findings/seeded-findings.js';
import { type Api, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { seedOrganisation, writeEvents } from './written-log.js';

const [ORGANISATION, FOREIGN] = ['00000000-0000-4000-8000-0000000000f1', '00000000-0000-4000-8000-0000000000f2'];
const RULE = `title: Something was used
id: used
logsource: {}
detection: { s: { eventType: used }, condition: s }
level: high
`;
const folder = temporaryFolder();
let host: TestHost;
let workspaceId: string;
let analyst: Person;
let stranger: Person & { readonly workspaceId: string };
let n = 0;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  stranger = await otherWorkspace(host, 'globex');
  analyst = await person(host.api, 'analyst@castellan.test', 'analyst');
  workspaceId = await ownWorkspace(host);
  await seedOrganisation(host, workspaceId, ORGANISATION, 'Directory');
  await seedOrganisation(host, stranger.workspaceId, FOREIGN, 'Foreign');
  await host.api.post('/detection/rule-files', { name: 'own.yml', content: RULE, enabled: true });
}, 60_000);
afterAll(() => host.close());

const daysFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const suppress = (body: object, api: Api = analyst.api) =>
  api.post<NamedSuppressionView & ProblemBody>('/detection/suppressions', {
    until: daysFromNow(30),
    reason: 'A test.',
    ...body,
  });
const listed = async (api: Api = analyst.api) =>
  (await api.get<{ readonly items: readonly NamedSuppressionView[] }>('/detection/suppressions')).body.items;
const detail = async (id: string, api: Api = analyst.api) => (await api.get<FindingDetail>(`/findings/${id}`)).body;

/** One that is there already. */
function fresh(key: string, more: object = {}, where = { workspaceId, integrationId: ORGANISATION }): Promise<string> {
  const plain = { rule: 'used', kind: 'account', severity: 4, openedAt: '2026-11-01T00:00:00Z', source: 'detection' } as const;
  return seedFinding(host, where, { ...plain, key, ...more });
}

/** The status of what is found when somebody uses something. */
async function foundOf(actor: string): Promise<FindingView | undefined> {
  await writeEvents(host, ORGANISATION, [{ key: `e${(n += 1)}`, at: Date.now() - 60_000, type: 'used', actor }]);
  await until(async () => (await host.query('SELECT 1 FROM detection_inbox')).length === 0, 40_000);
  const path = `/findings?rule=used&subject=account:${actor}&status=open&status=excepted`;
  return (await analyst.api.get<Page<FindingView>>(path)).body.items[0];
}

test('what is open and fits is excepted at once, with its history, and what is found until then, too', async () => {
  const [open, acknowledged] = [await fresh('ana'), await fresh('ana', { rule: 'another', status: 'acknowledged' })];
  const others = [
    await fresh('bo'),
    await fresh('ana', { rule: 'resolved', status: 'resolved' }),
    await fresh('ana', { rule: 'account-not-used', source: 'posture' }),
  ];
  const foreign = await fresh('ana', {}, { workspaceId: stranger.workspaceId, integrationId: FOREIGN });
  const before = await Promise.all(others.map((id) => detail(id)));
  const end = daysFromNow(30);
  const made = await suppress({ subject: 'ana', until: end, reason: ' Ana tests it. ' });
  expect([made.status, made.body]).toEqual([
    201,
    expect.objectContaining({
      rule: null,
      subject: 'ana',
      until: end,
      reason: 'Ana tests it.',
      madeBy: 'analyst@castellan.test',
    }),
  ]);
  for (const id of [open, acknowledged]) {
    const { status, exception, history } = await detail(id);
    expect([status, exception]).toEqual(['excepted', { until: end, reason: 'Ana tests it.' }]);
    expect(history.map(({ kind, by, detail: what }) => [kind, by, what])).toEqual([
      ['excepted', 'analyst@castellan.test', { until: end, reason: 'Ana tests it.' }],
    ]);
  }
  expect(await Promise.all(others.map((id) => detail(id)))).toEqual(before);
  expect(await detail(foreign, stranger.api)).toMatchObject({ status: 'open', history: [] });
  expect(await foundOf('ana')).toMatchObject({ status: 'excepted' });
  expect(await foundOf('cy')).toMatchObject({ status: 'open' });
  const { items } = (await host.api.get<AuditLogPage>(`/audit-log?target=${made.body.id}`)).body;
  expect(items.map(({ action, after }) => [action, after])).toEqual([
    ['suppression.create', { rule: null, subject: 'ana', reason: 'Ana tests it.', until: end, excepted: 2 }],
  ]);
});

test('of a rule and a subject together, only what fits both', async () => {
  const [both, other, another] = [await fresh('dee'), await fresh('dee', { rule: 'else' }), await fresh('eve')];
  const { body } = await suppress({ rule: 'used', subject: 'dee' });
  expect(body.rule).toEqual({ id: 'used', title: 'Something was used' });
  expect((await Promise.all([both, other, another].map((id) => detail(id)))).map(({ status }) => status)).toEqual([
    'excepted',
    'open',
    'open',
  ]);
});

test('one that is deleted or has ended suppresses nothing more', async () => {
  const { body } = await suppress({ rule: 'used', subject: 'fay' });
  expect((await listed()).map(({ id }) => id)).toContain(body.id);
  expect(await listed(stranger.api)).toEqual([]);
  expect((await stranger.api.ask('DELETE', `/detection/suppressions/${body.id}`)).status).toBe(404);
  expect((await analyst.api.ask('DELETE', `/detection/suppressions/${body.id}`)).status).toBe(204);
  expect((await analyst.api.ask('DELETE', `/detection/suppressions/${body.id}`)).status).toBe(404);
  expect(await foundOf('fay')).toMatchObject({ status: 'open' });
  const ended = (await suppress({ subject: 'gus' })).body.id;
  await host.query(`UPDATE detection_suppressions SET until = now() - interval '1 second' WHERE id = '${ended}'`);
  expect((await listed()).map(({ id }) => id)).not.toContain(ended);
  expect(await foundOf('gus')).toMatchObject({ status: 'open' });
});

test('what one has excepted is open again when it is deleted, and its incident, too', async () => {
  const end = daysFromNow(20);
  const { body } = await suppress({ subject: 'hal', until: end, reason: 'A migration.' });
  const found = await foundOf('hal');
  const incidentOf = async (id: string): Promise<unknown> => {
    const rows = await host.query(
      `SELECT n.status FROM incidents n JOIN detection_findings d ON d.incident_id = n.id WHERE d.finding_id = '${id}'`,
    );
    return rows[0]?.['status'];
  };
  const id = found?.id ?? '';
  expect([found?.status, await incidentOf(id)]).toEqual(['excepted', 'closed']);
  expect((await analyst.api.ask('DELETE', `/detection/suppressions/${body.id}`)).status).toBe(204);
  expect(await detail(id)).toMatchObject({
    status: 'open',
    exception: null,
    history: [{ kind: 'exception_ended', by: 'analyst@castellan.test' }],
  });
  expect(await incidentOf(id)).toBe('open');
  const { items } = (await host.api.get<AuditLogPage>(`/audit-log?target=${body.id}`)).body;
  expect(items.find(({ action }) => action === 'suppression.delete')?.after).toEqual({ opened: 1 });
});

test('what another suppression fits, was excepted otherwise or is settled stays so when one is deleted', async () => {
  const [shared, own, settled] = [await foundOf('ivy'), await foundOf('jo'), await foundOf('kit')];
  const [end, later] = [daysFromNow(10), daysFromNow(40)];
  const { body } = await suppress({ rule: 'used', until: end, reason: 'All of it.' });
  const other = await suppress({ subject: 'ivy', until: later, reason: 'Ivy moves.' });
  const change = { do: 'except', until: daysFromNow(5), reason: 'By hand.' };
  expect((await analyst.api.post('/findings/changes', { change, ids: [own?.id] })).status).toBe(200);
  await host.query(
    `UPDATE incidents SET verdict = 'benign' WHERE id = (SELECT incident_id FROM detection_findings WHERE finding_id = '${settled?.id ?? ''}')`,
  );
  expect((await analyst.api.ask('DELETE', `/detection/suppressions/${body.id}`)).status).toBe(204);
  const after = await Promise.all([shared, own, settled].map((one) => detail(one?.id ?? '')));
  expect(after.map(({ status, exception }) => [status, exception?.reason])).toEqual([
    ['excepted', 'Ivy moves.'],
    ['excepted', 'By hand.'],
    ['excepted', 'All of it.'],
  ]);
  expect(after[0]?.exception?.until).toBe(other.body.until);
});

test.each<[object, number, string]>([
  [{}, 400, 'rule'],
  [{ rule: null, subject: null }, 400, 'rule'],
  [{ rule: 'nobody' }, 404, 'rule'],
  [{ subject: ' ' }, 400, 'subject'],
  [{ subject: 'ana', reason: 'no' }, 400, 'reason'],
  [{ subject: 'ana', until: daysFromNow(-1) }, 400, 'until'],
  [{ subject: 'ana', until: daysFromNow(367) }, 400, 'until'],
  [{ subject: 'ana', until: 'tomorrow' }, 400, 'until'],
])('%j is refused and names what is wrong', async (body, status, field) => {
  const answer = await suppress(body);
  expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([status, field]);
});

test('a viewer sees them and makes none', async () => {
  const viewer = await person(host.api, 'viewer@castellan.test', 'viewer');
  expect((await suppress({ subject: 'ana' }, viewer.api)).status).toBe(403);
  expect((await viewer.api.get('/detection/suppressions')).status).toBe(200);
});

test('who is known by a login is suppressed by the key of the account; a login that nobody has, or two, is told', async () => {
  const account = (key: string, login: string) =>
    host.query(
      `INSERT INTO accounts (integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at, login, status)
       VALUES ('${ORGANISATION}', '${key}', 'accounts', 1, '\\x00', now(), now(), now(), now(), '${login}', 'active')`,
    );
  await account('00u-zoe', 'Zoe@acme.test');
  await account('00u-twin-1', 'twin@acme.test');
  await account('00u-twin-2', 'TWIN@acme.test');
  const open = await fresh('00u-zoe');
  const made = await suppress({ subject: 'zoe@ACME.test' });
  // Nobody knows her name: then the login is what people call her.
  expect([made.status, made.body.subject, made.body.subjectName]).toEqual([201, '00u-zoe', 'Zoe@acme.test']);
  const address = await suppress({ subject: '198.51.100.23' });
  const named = (await listed()).map(({ subject, subjectName }) => [subject, subjectName]);
  expect(named).toEqual(
    expect.arrayContaining([
      ['00u-zoe', 'Zoe@acme.test'],
      [address.body.subject, null],
    ]),
  );
  expect((await detail(open)).status).toBe('excepted');
  const nobody = await suppress({ subject: 'nobody@acme.test' });
  expect([nobody.status, nobody.body.errors]).toEqual([
    400,
    [{ field: 'subject', message: expect.stringContaining('No account has this login') }],
  ]);
  const two = await suppress({ subject: 'twin@acme.test' });
  expect([two.status, two.body.errors?.[0]?.message]).toEqual([
    400,
    expect.stringMatching(/^2 accounts.*00u-twin-1 or 00u-twin-2/),
  ]);
});
