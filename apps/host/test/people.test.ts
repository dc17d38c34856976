import type { ApiKeyView, InvitedUser, NewApiKeyView, ProblemBody, SessionView, UserView, WorkspaceView } from '@castellan/api';
import { join } from 'node:path';
import { ADMINISTRATOR, Api, settingsFor, temporaryFolder, TestHost } from './host-harness.js';

const folder = temporaryFolder();
const PASSWORD = 'a phrase that nobody guesses';
let host: TestHost;
let nobody: Api;
beforeAll(async () => {
  host = await TestHost.start(settingsFor(join(folder, 'people')));
  nobody = host.api.anonymous();
});
afterAll(() => host.close());

async function accept(token: string): Promise<Response> {
  return nobody.send('POST', '/invitations/accept', { token, password: PASSWORD });
}

async function invite(email: string, role = 'viewer', api = host.api): Promise<InvitedUser> {
  const { status, body } = await api.post<InvitedUser>('/users', { email, name: email, role });
  expect(status).toBe(201);
  return body;
}

describe('users', () => {
  test('an invitation is shown once, is good once, and makes an active user', async () => {
    const invited = await invite('Bo.Lindqvist@Castellan.test', 'analyst');
    expect(invited).toMatchObject({ email: 'Bo.Lindqvist@Castellan.test', role: 'analyst', state: 'invited', signsInWith: [] });
    const { items } = (await host.api.get<{ items: UserView[] }>('/users')).body;
    expect(JSON.stringify(items)).not.toContain(invited.invitation.token);
    const accepted = await accept(invited.invitation.token);
    expect(accepted.status).toBe(201);
    expect(((await accepted.json()) as SessionView).permissions).toEqual([
      'access:review',
      'actions:approve',
      'actions:read',
      'actions:request',
      'findings:manage',
      'findings:read',
      'integrations:read',
      'records:read',
      'users:read',
    ]);
    expect((await accept(invited.invitation.token)).status).toBe(403);
    expect((await host.api.get<UserView>(`/users/${invited.id}`)).body).toMatchObject({
      state: 'active',
      signsInWith: ['password'],
    });
    // However it is spelled, it is one address.
    const again = await host.api.post<ProblemBody>('/users', {
      email: 'bo.lindqvist@castellan.test',
      name: 'Bo',
      role: 'viewer',
    });
    expect(again).toMatchObject({ status: 409, body: { errors: [{ field: 'email' }] } });
  });

  test('a new invitation is the way back after a forgotten password, and the earlier one is void', async () => {
    const user = await invite('forgetful@castellan.test');
    const second = await host.api.post<{ token: string }>(`/users/${user.id}/invitation`);
    expect((await accept(user.invitation.token)).status).toBe(403);
    const session = nobody.withCookieOf(await accept(second.body.token));
    const third = await host.api.post<{ token: string }>(`/users/${user.id}/invitation`);
    expect((await session.get('/session')).status).toBe(200);
    expect((await accept(third.body.token)).status).toBe(201);
    expect((await session.get('/session')).status).toBe(401);
  });

  test('two who take up one invitation at once: one of them', async () => {
    const { invitation } = await invite('twice@castellan.test');
    const both = await Promise.all([accept(invitation.token), accept(invitation.token)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 403]);
  });

  test('an invitation ends after three days', async () => {
    const user = await invite('late@castellan.test');
    const hours = (Date.parse(user.invitation.expiresAt) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(72);
    await host.query(`UPDATE invitations SET expires_at = now() WHERE user_id = '${user.id}'`);
    expect((await accept(user.invitation.token)).status).toBe(403);
  });

  test('the last administrator stays one, also when two try to go at once', async () => {
    const { body } = await host.api.get<SessionView>('/session');
    const me = String(body.user?.id);
    for (const answer of [
      await host.api.ask<ProblemBody>('PATCH', `/users/${me}`, { role: 'viewer' }),
      await host.api.ask<ProblemBody>('PATCH', `/users/${me}`, { disabled: true }),
      await host.api.ask<ProblemBody>('DELETE', `/users/${me}`),
    ])
      expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('last administrator') } });
    const other = await invite('second@castellan.test', 'administrator');
    const both = await Promise.all([
      host.api.ask('PATCH', `/users/${me}`, { role: 'administrator', disabled: true }),
      host.api.ask('PATCH', `/users/${other.id}`, { disabled: true }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    await host.query(`UPDATE users SET disabled_at = NULL`);
    Object.assign(host, { api: await nobody.signIn(ADMINISTRATOR.email, ADMINISTRATOR.password) });
  });

  test('X40: nobody gives more than he has, nor takes over somebody who may more', async () => {
    const key = await host.api.post<NewApiKeyView>('/api-keys', { name: 'people', scopes: ['users:manage', 'users:read'] });
    const program = nobody.withKey(key.body.key);
    const asked = (role: string) => program.post<ProblemBody>('/users', { email: 'own@castellan.test', name: 'Own', role });
    expect(await asked('administrator')).toMatchObject({ status: 403, body: { errors: [{ field: 'role' }] } });
    expect((await asked('viewer')).body.detail).toContain('records:read');
    const invited = await invite('below@castellan.test', 'administrator');
    const below = nobody.withCookieOf(await accept(invited.invitation.token));
    const { body } = await host.api.get<SessionView>('/session');
    const operator = `/users/${body.user?.id}`;
    for (const answer of [
      await below.post<ProblemBody>(`${operator}/invitation`),
      await below.ask<ProblemBody>('PATCH', operator, { disabled: true }),
      await below.ask<ProblemBody>('DELETE', operator),
      await below.ask<ProblemBody>('DELETE', `${operator}/identities`),
      await below.ask<ProblemBody>('PATCH', `/users/${invited.id}`, { isOperator: true }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { detail: expect.stringContaining('workspaces:manage') } });
    // Another administrator may go, so only the last operator keeps them from leaving.
    for (const answer of [
      await host.api.ask<ProblemBody>('PATCH', operator, { isOperator: false }),
      await host.api.ask<ProblemBody>('DELETE', operator),
    ])
      expect(answer).toMatchObject({ status: 409, body: { type: 'urn:castellan:problem:last-operator' } });
    const made = await host.api.ask<UserView>('PATCH', `/users/${invited.id}`, { isOperator: true });
    expect(made.body).toMatchObject({ isOperator: true });
    expect((await below.get('/session')).status).toBe(401);
    expect((await host.api.ask<UserView>('PATCH', `/users/${invited.id}`, { isOperator: false })).status).toBe(200);
  });

  test('what was begun to let somebody in is void once he is disabled, also when he is enabled again', async () => {
    const user = await invite('away@castellan.test');
    await host.api.ask('PATCH', `/users/${user.id}`, { disabled: true });
    await host.api.ask('PATCH', `/users/${user.id}`, { disabled: false });
    expect((await accept(user.invitation.token)).status).toBe(403);
  });

  test.each([
    [{ email: 'no address', name: 'x', role: 'viewer' }, 'email'],
    [{ email: `${'x'.repeat(300)}@a.test`, name: 'x', role: 'viewer' }, 'email'],
    [{ email: 'x@castellan.test', name: ' ', role: 'viewer' }, 'name'],
    [{ email: 'x@castellan.test', name: 'a\nb', role: 'viewer' }, 'name'],
    [{ email: 'x@castellan.test', name: 'x', role: 'operator' }, 'role'],
    [{ email: 'x@castellan.test', name: 'x', role: 'viewer', isOperator: true }, 'isOperator'],
    [{ email: 'x@castellan.test', name: 'x', role: null }, 'role'],
    [
      { email: 'x@castellan.test', name: 'x', role: 'viewer', workspaceId: '00000000-0000-4000-8000-000000000001' },
      'workspaceId',
    ],
  ])('%j names what is wrong', async (input, field) => {
    const answer = await host.api.post<ProblemBody>('/users', input);
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.map((error) => error.field)).toContain(field);
  });
});

describe('API keys', () => {
  async function make(input: object, api = host.api) {
    return api.post<NewApiKeyView & ProblemBody>('/api-keys', { name: 'a key', scopes: ['integrations:read'], ...input });
  }

  test('gives what its scopes say and nothing else; revoked, nothing at once', async () => {
    const { body } = await make({ expiresInDays: 30 });
    expect(body.key).toMatch(/^cst_[\w-]{43}$/);
    expect(Math.round((Date.parse(body.expiresAt) - Date.now()) / 86_400_000)).toBe(30);
    const program = nobody.withKey(body.key);
    expect((await program.get('/integrations')).status).toBe(200);
    expect((await program.get('/users')).status).toBe(403);
    expect((await program.post('/integrations', {})).status).toBe(403);
    expect((await program.get<SessionView>('/session')).body).toMatchObject({
      kind: 'api_key',
      user: null,
      apiKey: { name: 'a key' },
    });
    expect((await program.ask('DELETE', '/session')).status).toBe(403);
    const { items } = (await host.api.get<{ items: ApiKeyView[] }>('/api-keys')).body;
    expect(items[0]).toMatchObject({ id: body.id, state: 'active', createdBy: { name: ADMINISTRATOR.name } });
    expect(items[0]?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(items)).not.toContain(body.key);
    expect((await host.api.ask('DELETE', `/api-keys/${body.id}`)).status).toBe(204);
    expect((await program.get('/integrations')).status).toBe(401);
    expect((await host.api.get<ApiKeyView>(`/api-keys/${body.id}`)).body.state).toBe('revoked');
  });

  test('ends on its day', async () => {
    const { body } = await make({});
    await host.query(`UPDATE api_keys SET expires_at = now() WHERE id = '${body.id}'`);
    expect((await nobody.withKey(body.key).get('/integrations')).status).toBe(401);
  });

  test('nobody gives away what he does not have', async () => {
    const narrow = await make({ scopes: ['api-keys:manage', 'records:read'] });
    const program = nobody.withKey(narrow.body.key);
    expect((await make({ scopes: ['records:read'] }, program)).status).toBe(201);
    const answer = await make({ scopes: ['records:read', 'integrations:manage'] }, program);
    expect(answer).toMatchObject({ status: 403, body: { errors: [{ field: 'scopes' }] } });
    expect(answer.body.detail).toContain('integrations:manage');
    expect(answer.body.detail).not.toContain('records:read');
  });

  test('a wrong key is no reason to look at the cookie', async () => {
    const both = new Api(nobody.url, { ...host.api.credentials, authorization: `Bearer cst_${'A'.repeat(43)}` });
    expect((await both.get('/integrations')).status).toBe(401);
  });

  test.each([
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['everything'] }, 'scopes'],
    [{ scopes: 'records:read' }, 'scopes'],
    [{ scopes: Array(10_000).fill('records:read') }, 'scopes'],
    [{ expiresInDays: 0 }, 'expiresInDays'],
    [{ expiresInDays: 4_000 }, 'expiresInDays'],
    [{ expiresInDays: 1.5 }, 'expiresInDays'],
    [{ name: '' }, 'name'],
  ])('%j names what is wrong', async (input, field) => {
    const answer = await make(input);
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]?.field).toBe(field);
  });
});

describe('workspaces', () => {
  test('a customer has a workspace with people and keys of its own, and neither side sees the other', async () => {
    const made = await host.api.post<WorkspaceView>('/workspaces', { name: 'Globex' });
    expect(made).toMatchObject({ status: 201, body: { name: 'Globex', users: 0, integrations: 0 } });
    const { id } = made.body;
    const first = await host.api.post<InvitedUser>(`/workspaces/${id}/users`, {
      email: 'cy@globex.test',
      name: 'Cy',
      role: 'administrator',
    });
    const cy = nobody.withCookieOf(await accept(first.body.invitation.token));
    const session = (await cy.get<SessionView>('/session')).body;
    expect(session.workspace).toEqual({ id, name: 'Globex' });
    expect(session.permissions).not.toContain('workspaces:manage');
    const { body: key } = await host.api.post<NewApiKeyView>(`/workspaces/${id}/api-keys`, {
      name: 'product',
      scopes: ['integrations:read', 'integrations:manage', 'records:read'],
    });
    expect(key.createdBy).toBeNull();
    expect((await nobody.withKey(key.key).get<SessionView>('/session')).body.workspace.id).toBe(id);
    const users = (await cy.get<{ items: UserView[] }>('/users')).body.items;
    expect(users.map(({ email }) => email)).toEqual(['cy@globex.test']);
    const mine = (await host.api.get<{ items: UserView[] }>('/users')).body.items.map(({ email }) => email);
    expect(mine).not.toContain('cy@globex.test');
    expect((await cy.get('/workspaces')).status).toBe(403);
    const beyond = await host.api.post<ProblemBody>(`/workspaces/${id}/api-keys`, { name: 'x', scopes: ['workspaces:manage'] });
    expect(beyond.status).toBe(403);
  });

  test('is renamed, and deleted with its people and keys', async () => {
    const { body } = await host.api.post<WorkspaceView>('/workspaces', { name: 'Initech' });
    const invited = await host.api.post<InvitedUser>(`/workspaces/${body.id}/users`, {
      email: 'di@initech.test',
      name: 'Di',
      role: 'administrator',
    });
    const di = nobody.withCookieOf(await accept(invited.body.invitation.token));
    const renamed = await host.api.ask<WorkspaceView>('PATCH', `/workspaces/${body.id}`, { name: 'Initech 2' });
    expect(renamed.body).toMatchObject({ name: 'Initech 2', users: 1 });
    expect((await host.api.ask('DELETE', `/workspaces/${body.id}`)).status).toBe(204);
    expect((await di.get('/session')).status).toBe(401);
    expect((await host.api.get(`/workspaces/${body.id}`)).status).toBe(404);
  });

  test('that of the operators stays', async () => {
    const answer = await host.api.ask<ProblemBody>('DELETE', '/workspaces/00000000-0000-4000-8000-000000000001');
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('operators') } });
  });
});
