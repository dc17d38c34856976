import type { JsonObject, Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { get, json, linkOf, list } from './client.js';
import type { ErrorBody } from './client.js';

const ids = (rows: readonly JsonObject[]): unknown[] => rows.map((row) => row['id']);

describe('lists', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 450, groups: 60, apps: 25, assignmentsPerApp: 60, events: 300 });
  });
  afterAll(() => simulator.close());

  it('pages users by 200 at most, each link on a line of its own, and omits the deprovisioned unless asked', async () => {
    const first = await get(simulator, '/api/v1/users?limit=1000');
    expect(json<JsonObject[]>(first)).toHaveLength(200);
    const lines = first.rawHeaders.filter((name) => name.toLowerCase() === 'link');
    expect(lines).toHaveLength(2);
    expect(linkOf(first, 'self')).toContain('limit=1000');
    expect(linkOf(first, 'next')).toMatch(new RegExp(`^${simulator.url}/api/v1/users\\?.*after=`));
    const all = await list(simulator, `/api/v1/users?search=${encodeURIComponent('status pr')}`);
    expect([all.rows.length, all.pages]).toEqual([450, 3]);
    expect(new Set(ids(all.rows)).size).toBe(450);
    const plain = await list(simulator, '/api/v1/users');
    const gone = all.rows.filter((user) => user['status'] === 'DEPROVISIONED').length;
    expect(gone).toBeGreaterThan(0);
    expect(plain.rows).toHaveLength(450 - gone);
    expect(new Set(all.rows.map((user) => user['status'])).size).toBe(8);
  });

  it('keeps the place when others change the list in between', async () => {
    const first = await get(simulator, '/api/v1/groups?limit=20');
    const seen = json<JsonObject[]>(first);
    simulator.org.deleteGroup(String(seen[5]?.['id']));
    const added = simulator.org.addGroup({ name: 'Late' });
    const rest = await list(simulator, linkOf(first, 'next') ?? '');
    expect(rest.rows).toHaveLength(41);
    expect(ids(rest.rows)).toContain(added.id);
    expect(ids(rest.rows).filter((id) => ids(seen).includes(id))).toEqual([]);
  });

  it.each([
    ['/api/v1/groups/rules', 50],
    ['/api/v1/apps', 20],
    ['/api/v1/logs', 100],
  ])('has the page size of %s', async (path, size) => {
    expect(json<JsonObject[]>(await get(simulator, path)).length).toBeLessThanOrEqual(size);
  });

  it('lists app users of both scopes once each, ordered, and groups by twenty at least', async () => {
    const app = [...simulator.org.applications.apps.values()][1];
    const { rows, pages } = await list(simulator, `/api/v1/apps/${app?.id ?? ''}/users`);
    expect([rows.length, pages]).toEqual([60, 2]);
    expect(new Set(ids(rows)).size).toBe(60);
    expect(new Set(rows.map((row) => row['scope']))).toEqual(new Set(['USER', 'GROUP']));
    const groups = await get(simulator, `/api/v1/apps/${app?.id ?? ''}/groups?limit=1`);
    expect(groups.status).toBe(200);
  });

  it('puts the next link of IAM lists into the body and into no header', async () => {
    const first = await get(simulator, '/api/v1/iam/assignees/users?limit=3');
    const body = json<{ value: JsonObject[]; _links: { next: { href: string } } }>(first);
    expect(body.value).toHaveLength(3);
    expect(first.headers.link).toBeUndefined();
    const second = json<{ value: JsonObject[] }>(await get(simulator, body._links.next.href));
    expect(ids(second.value)).not.toEqual(ids(body.value));
  });

  it('marks the roles that a user has through a group', async () => {
    const groupId = simulator.org.administration.holders('group')[0] ?? '';
    const user = simulator.org.addUser({ firstName: 'Inga' });
    simulator.org.addMember(groupId, user.id);
    const rows = json<JsonObject[]>(await get(simulator, `/api/v1/users/${user.id}/roles`));
    expect(rows.map((row) => row['assignmentType'])).toEqual(rows.map(() => 'GROUP'));
    expect(rows.length).toBeGreaterThan(0);
    const assignees = await get(simulator, '/api/v1/iam/assignees/users');
    expect(assignees.text).toContain(user.id);
  });

  it.each<[string, string]>([
    ['status eq "SUSPENDED"', 'filter'],
    ['lastUpdated gt "2000-01-01T00:00:00.000Z" and (status eq "ACTIVE" or status eq "STAGED")', 'filter'],
    ['profile.department eq "IT"', 'search'],
    ['profile.lastName sw "A"', 'search'],
  ])('filters users by %s', async (text, name) => {
    const { rows } = await list(simulator, `/api/v1/users?${name}=${encodeURIComponent(text)}`);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(451);
  });

  it.each([
    'lastUpdated gt 2026-01-01T00:00:00.000Z',
    'nonsense eq "x"',
    'status',
    'status eq "ACTIVE" and',
    'profile.firstName sw "A"',
    '(status eq "ACTIVE"',
  ])('refuses the filter %s', async (text) => {
    const answer = await get(simulator, `/api/v1/users?filter=${encodeURIComponent(text)}`);
    expect([answer.status, json<ErrorBody>(answer).errorCode]).toEqual([400, 'E0000031']);
  });

  it('refuses cursors of another list and made-up ones', async () => {
    const groups = await get(simulator, '/api/v1/groups?limit=20');
    const cursor = new URL(linkOf(groups, 'next') ?? '').searchParams.get('after') ?? '';
    for (const path of [`/api/v1/users?after=${cursor}`, '/api/v1/users?after=abc']) {
      const answer = await get(simulator, path);
      expect(answer.status).toBe(400);
      expect(json<ErrorBody>(answer).errorCauses).toEqual([{ errorSummary: 'Invalid cursor.' }]);
    }
  });

  it('leaves credentials out when the content type asks for it', async () => {
    const headers = {
      'content-type': 'application/json; okta-response="omitCredentials,omitCredentialsLinks,omitTransitioningToStatus"',
    };
    const without = json<JsonObject[]>(await get(simulator, '/api/v1/users', headers));
    expect(without.some((user) => 'credentials' in user)).toBe(false);
    const withThem = json<JsonObject[]>(await get(simulator, '/api/v1/users'));
    expect(withThem.every((user) => 'credentials' in user)).toBe(true);
  });

  it('tells an unknown path, a deleted object and a wrong method apart', async () => {
    const user = simulator.org.addUser();
    simulator.org.deleteUser(user.id);
    const codes = [];
    for (const path of ['/api/v1/nothing', `/api/v1/users/${user.id}`, `/api/v1/users/${user.id}/factors`]) {
      const answer = await get(simulator, path);
      codes.push([answer.status, json<ErrorBody>(answer).errorCode]);
    }
    expect(codes).toEqual([
      [404, 'E0000008'],
      [404, 'E0000007'],
      [404, 'E0000007'],
    ]);
  });
});
