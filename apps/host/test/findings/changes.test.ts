import type { FindingDetail, FindingsChanged, FindingView, Page, ProblemBody } from '@castellan/api';
import { DIRECTORY, FOREIGN, Organisation, ownWorkspace } from '../access/organisation.js';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { type Api, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { apiKey, otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { seedFinding } from './seeded-findings.js';

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
  await new Organisation(host, workspaceId, DIRECTORY, 'Directory').seed();
  await new Organisation(host, stranger.workspaceId, FOREIGN, 'Foreign').seed();
}, 60_000);
afterAll(() => host.close());

/** One of its own for each test. */
const fresh = (rule = 'account-not-used', severity = 3): Promise<string> =>
  seedFinding(
    host,
    { workspaceId, integrationId: DIRECTORY },
    { rule, kind: 'account', key: `k${(n += 1)}`, severity, openedAt: '2026-11-01T00:00:00Z' },
  );
const change = (body: object, api: Api = analyst.api) => api.post<FindingsChanged & ProblemBody>('/findings/changes', body);
const detail = async (id: string) => (await host.api.get<FindingDetail>(`/findings/${id}`)).body;
const daysFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

test('what people do with a finding is seen at it, and in its history, the newest first', async () => {
  const id = await fresh();
  const steps: readonly object[] = [
    { do: 'acknowledge' },
    { do: 'assign', owner: analyst.id },
    { do: 'comment', text: 'Ana was told.\nShe will call back.' },
    { do: 'except', until: daysFromNow(30), reason: '  The key is ordered. ' },
  ];
  for (const step of steps)
    expect(await change({ change: step, ids: [id] })).toMatchObject({ status: 200, body: { changed: 1 } });
  const excepted = await detail(id);
  expect(excepted).toMatchObject({
    status: 'excepted',
    owner: { id: analyst.id, name: 'analyst@castellan.test' },
    exception: { reason: 'The key is ordered.' },
  });
  expect(excepted.history.map(({ kind, by }) => [kind, by])).toEqual(
    ['excepted', 'comment', 'owner', 'acknowledged'].map((kind) => [kind, 'analyst@castellan.test']),
  );
  expect(excepted.history[1]?.detail).toEqual({ text: 'Ana was told.\nShe will call back.' });
  await change({ change: { do: 'end_exception' }, ids: [id] });
  await change({ change: { do: 'assign', owner: null }, ids: [id] });
  expect(await detail(id)).toMatchObject({ status: 'open', owner: null, exception: null });
});

test('what is so already is not counted, and not written down again', async () => {
  const id = await fresh();
  const ask = async () => (await change({ change: { do: 'acknowledge' }, ids: [id] })).body.changed;
  expect([await ask(), await ask()]).toEqual([1, 0]);
  expect((await change({ change: { do: 'unacknowledge' }, ids: [id] })).body.changed).toBe(1);
  await host.query(`UPDATE findings SET status = 'resolved', resolved_at = now() WHERE id = '${id}'`);
  expect(await ask()).toBe(0);
  expect((await change({ change: { do: 'except', until: daysFromNow(1), reason: 'why not' }, ids: [id] })).body.changed).toBe(
    0,
  );
  const { items } = (await host.api.get<AuditLogPage>(`/audit-log?target=${id}&limit=10`)).body;
  expect(items.map(({ action, actor, after }) => [action, actor.name, after])).toEqual([
    ['finding.unacknowledge', 'analyst@castellan.test', { do: 'unacknowledge', changed: 1, ids: [id] }],
    ['finding.acknowledge', 'analyst@castellan.test', { do: 'acknowledge', changed: 1, ids: [id] }],
  ]);
});

test('all that match are changed at once: those to be worked through, but for those whose exception ends', async () => {
  const many = [await fresh('rule-of-many'), await fresh('rule-of-many', 5), await fresh('rule-of-many', 5)];
  const where = { rule: 'rule-of-many', severity: ['critical'] };
  const except = { do: 'except', until: daysFromNow(30), reason: 'a test account' };
  expect((await change({ change: except, where })).body.changed).toBe(2);
  expect((await change({ change: { do: 'acknowledge' }, where })).body.changed).toBe(0);
  expect((await change({ change: { do: 'acknowledge' }, where: { rule: ['rule-of-many'] } })).body.changed).toBe(1);
  expect((await change({ change: { do: 'end_exception' }, where })).body.changed).toBe(2);
  expect((await Promise.all(many.map(detail))).map(({ status }) => status)).toEqual(['acknowledged', 'open', 'open']);
  expect((await change({ change: { do: 'assign', owner: analyst.id }, where: { rule: 'rule-of-many' } })).body.changed).toBe(3);
  const mine = async (api: Api) => (await api.get<Page<FindingView>>('/findings?owner=me&rule=rule-of-many')).body.items.length;
  expect([await mine(analyst.api), await mine(host.api)]).toEqual([3, 0]);
});

const UNTIL = daysFromNow(30);
test.each<[object, string]>([
  [{}, 'change'],
  [{ change: 'acknowledge', ids: ['ID'] }, 'change.do'],
  [{ change: { do: 'resolve' }, ids: ['ID'] }, 'change.do'],
  [{ change: { do: 'acknowledge' } }, 'ids'],
  [{ change: { do: 'acknowledge' }, ids: ['ID'], where: {} }, 'where'],
  [{ change: { do: 'acknowledge' }, ids: [] }, 'ids'],
  [{ change: { do: 'acknowledge' }, ids: ['not an id'] }, 'ids'],
  [{ change: { do: 'acknowledge' }, ids: null }, 'ids'],
  [{ change: { do: 'acknowledge', why: 'x' }, ids: ['ID'] }, 'change.why'],
  [{ change: { do: 'acknowledge' }, where: 'all' }, 'where'],
  [{ change: { do: 'acknowledge' }, where: { severity: 'awful' } }, 'where.severity'],
  [{ change: { do: 'acknowledge' }, where: { limit: '1' } }, 'where.limit'],
  [{ change: { do: 'except', reason: 'because' }, ids: ['ID'] }, 'change.until'],
  [{ change: { do: 'except', until: UNTIL }, ids: ['ID'] }, 'change.reason'],
  [{ change: { do: 'except', until: UNTIL, reason: 'no' }, ids: ['ID'] }, 'change.reason'],
  [{ change: { do: 'except', until: UNTIL, reason: '   ' }, ids: ['ID'] }, 'change.reason'],
  [{ change: { do: 'except', until: UNTIL, reason: 'x'.repeat(501) }, ids: ['ID'] }, 'change.reason'],
  [{ change: { do: 'except', until: daysFromNow(-1), reason: 'because' }, ids: ['ID'] }, 'change.until'],
  [{ change: { do: 'except', until: daysFromNow(732), reason: 'because' }, ids: ['ID'] }, 'change.until'],
  [{ change: { do: 'except', until: 'tomorrow', reason: 'because' }, ids: ['ID'] }, 'change.until'],
  [{ change: { do: 'assign' }, ids: ['ID'] }, 'change.owner'],
  [{ change: { do: 'assign', owner: 'Ana' }, ids: ['ID'] }, 'change.owner'],
  [{ change: { do: 'comment', text: ' \n' }, ids: ['ID'] }, 'change.text'],
  [{ change: { do: 'comment', text: 'a\u0000b' }, ids: ['ID'] }, 'change.text'],
  [{ change: { do: 'comment', text: 'half \ud800' }, ids: ['ID'] }, 'change.text'],
  [{ change: { do: 'except', until: UNTIL, reason: 'half \udc00 of it' }, ids: ['ID'] }, 'change.reason'],
  [{ change: { do: 'acknowledge' }, where: { rule: 'half \ud800' } }, 'where.rule'],
  [{ change: { do: 'acknowledge' }, where: { subject: 'account:\ud800' } }, 'where.subject'],
  [{ change: { do: 'comment', text: 'x'.repeat(4_001) }, ids: ['ID'] }, 'change.text'],
])('%j is refused and names %s', async (body, field) => {
  const id = '00000000-0000-4000-8000-00000000dead';
  const filled: object = JSON.parse(JSON.stringify(body).replace('"ID"', `"${id}"`));
  const answer = await change(filled);
  expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
});

test('a finding is given to users of the workspace alone', async () => {
  const id = await fresh();
  const refused = await change({ change: { do: 'assign', owner: stranger.id }, ids: [id] });
  expect([refused.status, refused.body.type, refused.body.errors?.[0]?.field]).toEqual([
    422,
    'urn:castellan:problem:not-an-owner',
    'change.owner',
  ]);
  expect((await detail(id)).history).toEqual([]);
});

test('findings of another workspace are not changed, and of an integration of it not even asked for', async () => {
  const foreign = await seedFinding(
    host,
    { workspaceId: stranger.workspaceId, integrationId: FOREIGN },
    { rule: 'account-not-used', kind: 'account', key: 'ana', severity: 3, openedAt: '2026-11-01T00:00:00Z' },
  );
  expect((await change({ change: { do: 'acknowledge' }, ids: [foreign] })).body.changed).toBe(0);
  await change({ change: { do: 'acknowledge' }, where: {} });
  const inTheirs = await change({ change: { do: 'acknowledge' }, where: { integration: FOREIGN } });
  expect([inTheirs.status, inTheirs.body.type]).toEqual([404, 'urn:castellan:problem:not-found']);
  expect((await stranger.api.get<FindingDetail>(`/findings/${foreign}`)).body).toMatchObject({ status: 'open', history: [] });
});

test('a viewer reads, and changes nothing; a key that may does so by its name', async () => {
  const id = await fresh();
  const viewer = await person(host.api, 'viewer@castellan.test', 'viewer');
  expect((await viewer.api.get(`/findings/${id}`)).status).toBe(200);
  expect((await change({ change: { do: 'acknowledge' }, ids: [id] }, viewer.api)).status).toBe(403);
  const key = await apiKey(host.api, ['findings:manage']);
  expect((await change({ change: { do: 'acknowledge' }, ids: [id] }, key)).body.changed).toBe(1);
  expect((await detail(id)).history.map(({ by }) => by)).toEqual(['findings:manage']);
});

test('an exception ends by itself on its day', async () => {
  const id = await fresh();
  await change({ change: { do: 'except', until: daysFromNow(1), reason: 'until tomorrow' }, ids: [id] });
  await host.query(`UPDATE findings SET excepted_until = now() - interval '1 second' WHERE id = '${id}'`);
  await until(async () => (await detail(id)).status === 'open', 25_000);
  const [ended] = (await detail(id)).history;
  expect([ended?.kind, ended?.by]).toEqual(['exception_ended', null]);
}, 40_000);

test('more than ten thousand at once are refused, and none of them is changed', async () => {
  await host.query(
    `INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status, evidence)
     SELECT '${workspaceId}', '${DIRECTORY}', 'posture', 'rule-of-too-many', 'account', 'm' || n, sha256(('too many ' || n)::bytea), 3, 'open', '{}'
     FROM generate_series(1, 10001) n`,
  );
  const where = { rule: 'rule-of-too-many' };
  const refused = await change({ change: { do: 'acknowledge' }, where });
  expect([refused.status, refused.body.type]).toEqual([409, 'urn:castellan:problem:too-many-findings']);
  const acknowledged = () =>
    host.query(`SELECT count(*)::int AS n FROM findings WHERE rule = 'rule-of-too-many' AND status = 'acknowledged'`);
  expect((await acknowledged())[0]?.['n']).toBe(0);
  await host.query(`DELETE FROM findings WHERE subject_key = 'm1' AND rule = 'rule-of-too-many'`);
  expect((await change({ change: { do: 'acknowledge' }, where })).body.changed).toBe(10_000);
});

test('what was mended by hand waits for the next look, with who did it and what', async () => {
  const id = await fresh();
  const mend = (finding: string, body: object, api: Api = analyst.api) =>
    api.post<FindingDetail & ProblemBody>(`/findings/${finding}/by-hand`, body);
  expect(await mend(id, { note: ' Asked Bo to sign in. ' })).toMatchObject({
    status: 200,
    body: {
      id,
      status: 'open',
      byHand: { by: 'analyst@castellan.test', note: 'Asked Bo to sign in.', seen: 'waiting' },
      history: [{ kind: 'by_hand', detail: { note: 'Asked Bo to sign in.' } }],
    },
  });
  const log = (await host.api.get<AuditLogPage>(`/audit-log?target=${id}`)).body.items;
  expect(log.map(({ action, after }) => [action, after])).toEqual([['finding.by-hand', { note: 'Asked Bo to sign in.' }]]);
  expect(await mend(id, { note: 'x' })).toMatchObject({ status: 400, body: { errors: [{ field: 'note' }] } });
  expect(await mend(id, { note: NOTE }, stranger.api)).toMatchObject({ status: 404 });
  const place = { workspaceId, integrationId: DIRECTORY };
  const plain = { kind: 'account', severity: 3, openedAt: '2026-11-01T00:00:00Z' } as const;
  const over = await seedFinding(host, place, { ...plain, rule: 'account-not-used', key: 'over', status: 'resolved' });
  const ofRule = await seedFinding(host, place, { ...plain, rule: 'a-rule', key: 'rule', source: 'detection' });
  for (const other of [over, ofRule])
    expect(await mend(other, { note: NOTE })).toMatchObject({
      status: 409,
      body: { type: 'urn:castellan:problem:finding-not-by-hand' },
    });
});

const NOTE = 'Done in the console.';
