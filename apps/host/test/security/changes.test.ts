import type { IntegrationDetail, InvitedUser } from '@castellan/api';
import { join } from 'node:path';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { type Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { apiKey, otherWorkspace, PASSWORD, type Person, person } from './workspace-people.js';
import { type Simulator, startSimulator } from '../simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: IntegrationDetail;
let viewer: Person;
beforeAll(async () => {
  simulator = await startSimulator({ users: 10, groups: 3, apps: 2, events: 10, seed: 51 });
  host = await TestHost.start(settingsFor(join(folder, 'changes')));
  integration = await host.api.synced(simulator.config);
  viewer = await person(host.api, 'vera@castellan.test', 'viewer');
}, 60_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

async function audited(query: string, api: Api = host.api): Promise<AuditLogPage['items']> {
  return (await api.get<AuditLogPage>(`/audit-log?limit=200&${query}`)).body.items;
}

/** A list is empty at the next look: one hold is open then. */
async function openHold(): Promise<string> {
  simulator.setFaults([{ kind: 'empty-list', match: '/api/v1/idps' }]);
  await host.api.syncAgain(integration.id);
  simulator.setFaults([]);
  const { body } = await host.api.get<{ readonly items: readonly { readonly id: string; readonly state: string }[] }>(
    `/integrations/${integration.id}/holds`,
  );
  return body.items.find(({ state }) => state === 'open')?.id ?? '';
}

test('X40: a viewer changes nothing, and each try is in the audit log; what he may not read is not', async () => {
  const path = `/integrations/${integration.id}`;
  const tries = [
    ['POST', `${path}/sync`, 'integrations:manage'],
    ['PATCH', path, 'integrations:manage'],
    ['DELETE', path, 'integrations:manage'],
    ['PATCH', `/users/${viewer.id}`, 'users:manage'],
    ['POST', '/api-keys', 'api-keys:manage'],
  ] as const;
  for (const [method, at] of tries) expect((await viewer.api.ask(method, at)).status).toBe(403);
  expect((await viewer.api.get('/users')).status).toBe(403);
  const rows = await audited(`actor=${viewer.id}&action=access.denied`);
  expect(rows.map(({ target, after }) => [target?.id, after]).toReversed()).toEqual(
    tries.map(([method, at, permission]) => [`${method} /api${at}`, { permission }]),
  );
  expect(rows[0]).toMatchObject({
    outcome: 'refused',
    actor: { kind: 'user', id: viewer.id, name: viewer.email },
    address: '127.0.0.1',
    target: { kind: 'route' },
  });
  expect(await host.api.detail(integration.id)).toEqual(integration);
});

test('X40: so is what an API key tries beyond its scopes', async () => {
  const program = await apiKey(host.api, ['integrations:read']);
  expect((await program.post('/webhooks', { url: 'https://hooks.example.com/' })).status).toBe(403);
  expect(await audited('action=access.denied')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        actor: expect.objectContaining({ kind: 'api_key' }),
        after: { permission: 'webhooks:manage' },
      }),
    ]),
  );
});

test('X40: a hold that two accept at once is accepted once', async () => {
  const hold = await openHold();
  const path = `/integrations/${integration.id}/holds/${hold}/accept`;
  const both = await Promise.all([host.api.post(path), host.api.post(path)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(await audited(`target=${hold}`)).toEqual([expect.objectContaining({ action: 'hold.accept', outcome: 'done' })]);
  const refused = await audited('action=change.refused');
  expect(refused[0]).toMatchObject({
    outcome: 'refused',
    target: { id: `POST /api${path}` },
    after: { problem: 'urn:castellan:problem:hold-decided' },
  });
});

test('X40: an invitation that two take up at once is taken up once', async () => {
  const { body } = await host.api.post<InvitedUser>('/users', { email: 'ivy@castellan.test', name: 'Ivy', role: 'viewer' });
  const accept = () =>
    host.api.anonymous().send('POST', '/invitations/accept', { token: body.invitation.token, password: PASSWORD });
  expect((await Promise.all([accept(), accept()])).map(({ status }) => status).toSorted()).toEqual([201, 403]);
  const done = (await audited('action=invitation.accept')).filter(
    ({ target, outcome }) => target?.id === body.id && outcome === 'done',
  );
  expect(done).toHaveLength(1);
});

test('X40: what was changed meanwhile is not overwritten from an old page', async () => {
  const path = `/integrations/${integration.id}`;
  const { revision } = await host.api.detail(integration.id);
  const { domain } = simulator.config;
  // Without the secret: it stays.
  const { clientSecret: _, ...auth } = simulator.config.auth;
  const edit = (activityDays: number) => host.api.ask('PATCH', path, { config: { domain, auth, activityDays }, revision });
  expect((await edit(3)).status).toBe(200);
  expect((await edit(9)).status).toBe(409);
  expect((await host.api.detail(integration.id)).config).toMatchObject({ activityDays: 3 });
  const [row] = await audited('action=change.refused');
  expect(row).toMatchObject({
    target: { id: `PATCH /api${path}` },
    after: { problem: 'urn:castellan:problem:changed-meanwhile' },
  });
  expect(JSON.stringify(row)).not.toContain('activityDays');
});

test('X40: from another workspace nothing is there, which its own log says', async () => {
  const stranger = await otherWorkspace(host, 'globex');
  const path = `/integrations/${integration.id}`;
  expect((await stranger.api.ask('DELETE', path)).status).toBe(404);
  expect(await audited('action=change.refused', stranger.api)).toEqual([
    expect.objectContaining({
      target: { kind: 'route', id: `DELETE /api${path}` },
      after: { problem: 'urn:castellan:problem:not-found' },
    }),
  ]);
  expect((await host.api.get(path)).status).toBe(200);
});

test('X40: a refusal that cannot be written is the same refusal', async () => {
  const denied = await viewer.api.post(`/integrations/${integration.id}/sync`);
  await host.query('ALTER TABLE audit_head RENAME TO audit_head_away');
  try {
    expect(await viewer.api.post(`/integrations/${integration.id}/sync`)).toEqual(denied);
    expect(denied.status).toBe(403);
  } finally {
    await host.query('ALTER TABLE audit_head_away RENAME TO audit_head');
  }
  expect(host.lines.some((line) => line.includes('a refusal could not be written'))).toBe(true);
});

// Last: nothing is left after it.
test('X40: an integration that two delete at once is deleted once', async () => {
  const path = `/integrations/${integration.id}`;
  const both = await Promise.all([host.api.ask('DELETE', path), host.api.ask('DELETE', path)]);
  expect(both.map(({ status }) => status < 300).toSorted()).toEqual([false, true]);
  expect(both.map(({ status }) => status)).toContain(404);
  expect(await audited(`target=${integration.id}&action=integration.delete`)).toHaveLength(1);
});
