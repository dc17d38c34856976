import type { ProblemBody, SavedQuestion } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { type Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { apiKey, otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { ownWorkspace } from './organisation.js';

const folder = temporaryFolder();
let host: TestHost;
let maker: Person;
let other: Person;
let stranger: Person & { readonly workspaceId: string };

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  stranger = await otherWorkspace(host, 'globex');
  maker = await person(host.api, 'maker@castellan.test', 'viewer');
  other = await person(host.api, 'other@castellan.test', 'analyst');
}, 60_000);
afterAll(() => host.close());

const ADDRESS = '/access?to=application:aws&unused=90';
const keep = (body: object, api: Api = maker.api) => api.post<SavedQuestion & ProblemBody>('/saved-questions', body);
const listed = async (api: Api) => (await api.get<{ readonly items: readonly SavedQuestion[] }>('/saved-questions')).body.items;
const remove = (id: string, api: Api) => api.ask<ProblemBody | undefined>('DELETE', `/saved-questions/${id}`);

test('a question is kept for all of the workspace, by name, and for nobody else', async () => {
  const kept = await keep({ name: '  who does not use AWS ', address: ADDRESS });
  expect(kept).toMatchObject({
    status: 201,
    body: { name: 'who does not use AWS', address: ADDRESS, createdBy: { id: maker.id, name: 'maker@castellan.test' } },
  });
  await keep({ name: 'Administrators', address: '/access' });
  expect((await listed(other.api)).map(({ name }) => name)).toEqual(['Administrators', 'who does not use AWS']);
  expect(await listed(stranger.api)).toEqual([]);
  const { items } = (await host.api.get<AuditLogPage>('/audit-log?action=saved-question.create&limit=5')).body;
  expect(items.map(({ actor, target }) => [actor.name, target?.name])).toEqual([
    ['maker@castellan.test', 'Administrators'],
    ['maker@castellan.test', 'who does not use AWS'],
  ]);
});

test.each<[object, string]>([
  [{ address: ADDRESS }, 'name'],
  [{ name: ' ', address: ADDRESS }, 'name'],
  [{ name: 'x'.repeat(121), address: ADDRESS }, 'name'],
  [{ name: 'a\u0000b', address: ADDRESS }, 'name'],
  [{ name: 'n' }, 'address'],
  [{ name: 'n', address: 'https://evil.example/access' }, 'address'],
  [{ name: 'n', address: '//evil.example/access' }, 'address'],
  [{ name: 'n', address: '/accessories' }, 'address'],
  [{ name: 'n', address: '/users' }, 'address'],
  [{ name: 'n', address: 'javascript:alert(1)' }, 'address'],
  [{ name: 'n', address: '/access?a\nb' }, 'address'],
  [{ name: 'n', address: `/access?${'x'.repeat(2_000)}` }, 'address'],
  [{ name: 'n', address: ADDRESS, createdBy: 'somebody' }, 'createdBy'],
])('%j is refused and names %s', async (body, field) => {
  const { status, body: problem } = await keep(body);
  expect([status, problem.errors?.[0]?.field]).toEqual([400, field]);
});

test('a name is taken once in a workspace', async () => {
  expect((await keep({ name: 'Twice', address: '/access' })).status).toBe(201);
  const again = await keep({ name: 'Twice', address: '/access?q=x' }, other.api);
  expect([again.status, again.body.type, again.body.errors?.[0]?.field]).toEqual([
    409,
    'urn:castellan:problem:question-name-taken',
    'name',
  ]);
  expect((await keep({ name: 'Twice', address: '/access' }, stranger.api)).status).toBe(201);
});

test('its maker deletes it, and an administrator; another user does not', async () => {
  const mine = (await keep({ name: 'Mine', address: '/access' })).body.id;
  const refused = await remove(mine, other.api);
  expect([refused.status, refused.body?.type]).toEqual([403, 'urn:castellan:problem:not-allowed']);
  expect((await remove(mine, stranger.api)).status).toBe(404);
  expect((await remove(mine, maker.api)).status).toBe(204);
  expect((await remove(mine, maker.api)).status).toBe(404);
  const next = (await keep({ name: 'Mine', address: '/access' })).body.id;
  expect((await remove(next, host.api)).status).toBe(204);
  const { items } = (await host.api.get<AuditLogPage>('/audit-log?action=saved-question.delete&limit=5')).body;
  expect(items.map(({ actor, before }) => [actor.name, before])).toEqual([
    ['First Administrator', expect.objectContaining({ name: 'Mine' })],
    ['maker@castellan.test', expect.objectContaining({ name: 'Mine' })],
  ]);
});

test('a key keeps questions for whoever made it; with its maker gone an administrator alone deletes them', async () => {
  const program = await apiKey(host.api, ['records:read']);
  const { body } = await keep({ name: 'By a program', address: '/access' }, program);
  expect(body.createdBy?.name).toBe('First Administrator');
  const leaving = await person(host.api, 'leaving@castellan.test', 'viewer');
  const left = (await keep({ name: 'Left behind', address: '/access' }, leaving.api)).body.id;
  expect((await host.api.ask('DELETE', `/users/${leaving.id}`)).status).toBe(204);
  expect((await listed(other.api)).find(({ id }) => id === left)?.createdBy).toBeNull();
  expect((await remove(left, other.api)).status).toBe(403);
  expect((await remove(left, host.api)).status).toBe(204);
});

test('a workspace keeps 500', async () => {
  await host.query(
    `INSERT INTO saved_questions (workspace_id, name, address) SELECT '${stranger.workspaceId}', 'q' || n, '/access' FROM generate_series(1, 500 - (SELECT count(*)::int FROM saved_questions WHERE workspace_id = '${stranger.workspaceId}')) n`,
  );
  const full = await keep({ name: 'One more', address: '/access' }, stranger.api);
  expect([full.status, full.body.type]).toEqual([409, 'urn:castellan:problem:too-many-questions']);
  const [one] = await listed(stranger.api);
  expect((await remove(one?.id ?? '', stranger.api)).status).toBe(204);
  expect((await keep({ name: 'One more', address: '/access' }, stranger.api)).status).toBe(201);
});

test('one person keeps 100 of them, which leaves room for the others', async () => {
  const busy = await person(host.api, 'busy@castellan.test', 'viewer');
  const mine = await ownWorkspace(host);
  await host.query(`DELETE FROM saved_questions WHERE workspace_id = '${mine}'`);
  await host.query(
    `INSERT INTO saved_questions (workspace_id, name, address, created_by)
     SELECT '${mine}', 'mine ' || n, '/access', u.id FROM generate_series(1, 99) n, users u WHERE u.email_key = 'busy@castellan.test'`,
  );
  expect((await keep({ name: 'The hundredth', address: '/access' }, busy.api)).status).toBe(201);
  const refused = await keep({ name: 'One too many', address: '/access' }, busy.api);
  expect([refused.status, refused.body.type, refused.body.detail]).toEqual([
    409,
    'urn:castellan:problem:too-many-questions',
    'One person can keep 100 questions. Delete one of yours that is not needed any more.',
  ]);
  expect((await keep({ name: 'Of somebody else', address: '/access' }, other.api)).status).toBe(201);
});
