import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject, Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { get, json, list } from './client.js';
import { shared } from './description.js';

const DATE = '2024-05-01T10:00:00.000Z';
const user = (id: string, more: JsonObject = {}): JsonObject => ({
  id,
  status: 'ACTIVE',
  created: DATE,
  lastUpdated: DATE,
  profile: { login: `${id}@example.com`, odd: { deep: [1, null] } },
  ...more,
});

type Row = readonly [parent: string | null, object: JsonObject];

async function withObjects(
  files: Readonly<Record<string, readonly Row[] | string>>,
  run: (simulator: Simulator) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'okta-objects-'));
  try {
    for (const [name, rows] of Object.entries(files)) {
      const text =
        typeof rows === 'string'
          ? rows
          : rows.map(([parent, object]) => JSON.stringify({ source: 'test', parent, object })).join('\n');
      writeFileSync(join(folder, name), text);
    }
    const simulator = await startSimulator({ objects: folder });
    try {
      await run(simulator);
    } finally {
      await simulator.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const one = async (simulator: Simulator, path: string): Promise<JsonObject> => json(await get(simulator, path));

describe('recorded objects', () => {
  it('are served as they are, distinct, the newer of two', () =>
    withObjects(
      {
        'users.jsonl': [
          [null, user('00u1', { note: 'first' })],
          [null, user('00u2')],
          [null, user('00u1', { note: 'second' })],
          [null, user('00u2', { note: 'older', lastUpdated: '2020-01-01 00:00:00.0' })],
        ],
      },
      async (simulator) => {
        expect((await list(simulator, '/api/v1/users')).rows).toEqual([user('00u1', { note: 'second' }), user('00u2')]);
        expect(simulator.objects?.recorded).toEqual({ 'users.jsonl': 2 });
      },
    ));

  it('bring the parents that they must have had, and nothing else', () =>
    withObjects(
      {
        'users.jsonl': [[null, user('00u1')]],
        'group-members.jsonl': [
          ['00g1', user('00u1', { note: 'not the one of users.jsonl' })],
          ['00g1', user('00u2')],
        ],
        'group-roles.jsonl': [['00g2', { id: 'ROLE', type: 'APP_ADMIN', label: 'x', lastUpdated: DATE }]],
        'app-users.jsonl': [['0oa1', { id: '00ugone', scope: 'USER', lastUpdated: DATE }]],
        'app-groups.jsonl': [['0oa2', { id: '00ggone', lastUpdated: DATE }]],
        'role-permissions.jsonl': [['cr01', { label: 'okta.users.read', lastUpdated: DATE }]],
        'user-roles.jsonl': [['00u3', { id: 'ROLE', type: 'SUPER_ADMIN', label: 'x', lastUpdated: DATE }]],
        'role-assignees.jsonl': [[null, { id: '00u4', orn: 'orn:x' }]],
        'client-roles.jsonl': [['0oa3', { id: 'ROLE', type: 'SUPER_ADMIN', label: 'x', lastUpdated: DATE }]],
        'idp-users.jsonl': [['0oaidp', { id: '00u1', externalId: 'e' }]],
        'factors.jsonl': [['00u5', { id: 'fct1', factorType: 'push' }]],
      },
      async (simulator) => {
        const ids = async (path: string): Promise<unknown[]> => (await list(simulator, path)).rows.map((row) => row['id']);
        expect(await ids('/api/v1/users')).toEqual(['00u1', '00u2', '00u3', '00u5']);
        expect(await ids('/api/v1/groups')).toEqual(['00g1', '00g2']);
        expect(await ids('/api/v1/apps')).toEqual(['0oa3', '0oa1', '0oa2']);
        expect(await ids('/api/v1/idps')).toEqual(['0oaidp']);
        expect((await list(simulator, '/api/v1/groups/00g1/users')).rows).toEqual([user('00u1'), user('00u2')]);
        expect(await ids('/api/v1/apps/0oa1/users')).toEqual(['00ugone']);
        expect(await ids('/api/v1/apps/0oa2/groups')).toEqual(['00ggone']);
        expect(await ids('/api/v1/users/00u5/factors')).toEqual(['fct1']);
        expect(await ids('/api/v1/idps/0oaidp/users')).toEqual(['00u1']);
        expect(await ids('/oauth2/v1/clients/0oa3/roles')).toEqual(['ROLE']);
        expect(await one(simulator, '/api/v1/iam/roles/cr01/permissions')).toEqual({
          permissions: [{ label: 'okta.users.read', lastUpdated: DATE }],
        });
        expect(await one(simulator, '/api/v1/iam/assignees/users')).toMatchObject({
          value: [{ id: '00u3' }, { id: '00u4', orn: 'orn:x' }],
        });
        const groups = json<JsonObject[]>(await get(simulator, '/api/v1/groups?expand=stats'));
        expect(groups.map((group) => group['_embedded'])).toMatchObject([
          { stats: { usersCount: 2, hasAdminPrivilege: false } },
          { stats: { usersCount: 0, hasAdminPrivilege: true } },
        ]);
        expect(simulator.objects?.placeholders.map(({ file, id }) => `${file} ${id}`).toSorted()).toEqual([
          'apps.jsonl 0oa1',
          'apps.jsonl 0oa2',
          'apps.jsonl 0oa3',
          'custom-roles.jsonl cr01',
          'groups.jsonl 00g1',
          'groups.jsonl 00g2',
          'idps.jsonl 0oaidp',
          'users.jsonl 00u3',
          'users.jsonl 00u5',
        ]);
      },
    ));

  it('may be whole answers, events, or files that nobody knows', () =>
    withObjects(
      {
        'custom-roles.jsonl': [
          [null, { roles: [], _links: {} }],
          [null, { roles: [{ id: 'cr01', label: 'One' }] }],
        ],
        'samples.jsonl': `${JSON.stringify({ source: 'test', event: { uuid: 'u1', published: '2019-01-01T00:00:00.000Z', eventType: 'x.y' } })}\n\n`,
        'policies.jsonl': [[null, { id: '00p1', type: 'PASSWORD' }]],
        'policy-rules.jsonl': [['00p1', { id: '0pr1' }]],
        'notes.txt': 'hello',
      },
      async (simulator) => {
        expect(simulator.objects?.ignoredFiles).toEqual(['notes.txt']);
        expect(simulator.objects?.skipped).toEqual([
          { file: 'custom-roles.jsonl', line: 1, because: 'an empty list, not an object' },
        ]);
        expect(await one(simulator, '/api/v1/iam/roles')).toEqual({ roles: [{ id: 'cr01', label: 'One' }] });
        expect(json<JsonObject[]>(await get(simulator, '/api/v1/logs'))).toMatchObject([
          { uuid: 'u1', published: '2019-01-01T00:00:00.000Z' },
        ]);
        expect(json<JsonObject[]>(await get(simulator, '/api/v1/policies?type=PASSWORD'))).toEqual([
          { id: '00p1', type: 'PASSWORD' },
        ]);
        expect(json<JsonObject[]>(await get(simulator, '/api/v1/policies/00p1/rules'))).toEqual([{ id: '0pr1' }]);
        expect((await get(simulator, '/api/v1/policies')).status).toBe(400);
      },
    ));

  it('name the file and the line that is not JSON', async () => {
    await expect(withObjects({ 'users.jsonl': '{"object":{"id":"1"}}\n{oops' }, () => Promise.resolve())).rejects.toThrow(
      'users.jsonl, line 2: not JSON',
    );
  });
});

const recorded = join(shared, 'okta-recorded');
if (!existsSync(recorded)) process.stdout.write('skipped: no recorded objects beside the project\n');

(existsSync(recorded) ? describe : describe.skip)('the folder of recorded objects beside the project', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ objects: recorded });
  });
  afterAll(() => simulator?.close());

  const rowsOf = (file: string): { parent: string | null; object: JsonObject }[] =>
    readFileSync(join(recorded, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { parent: string | null; object: JsonObject }); // the folder's own form

  it.each([
    ['users.jsonl', `/api/v1/users?search=${encodeURIComponent('status pr')}`],
    ['groups.jsonl', '/api/v1/groups'],
    ['group-rules.jsonl', '/api/v1/groups/rules'],
    ['apps.jsonl', '/api/v1/apps'],
    ['idps.jsonl', '/api/v1/idps'],
    ['zones.jsonl', '/api/v1/zones'],
    ['authenticators.jsonl', '/api/v1/authenticators'],
    ['devices.jsonl', '/api/v1/devices'],
  ])('serves every object of %s as recorded', async (file, path) => {
    const served = new Map((await list(simulator, path)).rows.map((row) => [row['id'], row]));
    for (const { object } of rowsOf(file)) expect(served.get(object['id'])).toEqual(object);
    const placeholders = simulator.objects?.placeholders.filter((placeholder) => placeholder.file === file).length ?? 0;
    const members =
      file === 'users.jsonl'
        ? rowsOf('group-members.jsonl').filter(({ object }) => !rowsOf(file).some((row) => row.object['id'] === object['id']))
        : [];
    expect(served.size).toBe(rowsOf(file).length + placeholders + members.length);
  });

  it.each([
    ['group-members.jsonl', (parent: string) => `/api/v1/groups/${parent}/users`],
    ['group-roles.jsonl', (parent: string) => `/api/v1/groups/${parent}/roles`],
    ['user-roles.jsonl', (parent: string) => `/api/v1/users/${parent}/roles`],
    ['app-users.jsonl', (parent: string) => `/api/v1/apps/${parent}/users`],
    ['app-groups.jsonl', (parent: string) => `/api/v1/apps/${parent}/groups`],
    ['policy-rules.jsonl', (parent: string) => `/api/v1/policies/${parent}/rules`],
  ])('reaches every child of %s through the API, and no other', async (file, pathOf) => {
    const rows = rowsOf(file);
    let served = 0;
    for (const parent of new Set(rows.map((row) => row.parent ?? ''))) {
      const children = (await list(simulator, pathOf(parent))).rows;
      served += children.length;
      const own = rows.filter((row) => row.parent === parent);
      expect(children.map((child) => child['id']).toSorted()).toEqual(own.map(({ object }) => object['id']).toSorted());
      // A member that users.jsonl has too is one user with one state: the one of users.jsonl.
      const known = new Set(file === 'group-members.jsonl' ? rowsOf('users.jsonl').map(({ object }) => object['id']) : []);
      for (const { object } of own) if (!known.has(object['id'])) expect(children).toContainEqual(object);
    }
    expect(served).toBe(rows.length);
  });

  it('knows every file but the errors', () => {
    expect(simulator.objects?.ignoredFiles).toEqual(readdirSync(recorded).filter((name) => name === 'errors.jsonl'));
  });
});
