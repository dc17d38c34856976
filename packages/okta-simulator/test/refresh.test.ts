import type { JsonObject, Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import type { ErrorBody } from './client.js';
import { get, json, list } from './client.js';

const quoted = (text: string): string => encodeURIComponent(text);

describe('single reads and lists for a refresh that follows the log', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 120, groups: 60, apps: 25, assignmentsPerApp: 30, skinnyUsers: true });
  });
  afterAll(() => simulator.close());

  it('lists the apps of a user with the assignment in each, and refuses the expansion elsewhere', async () => {
    const { org } = simulator;
    const app = [...org.applications.apps.values()][1];
    const { userId, viaGroup } = org.effectiveAssignments(app?.id ?? '').find((one) => one.viaGroup !== undefined) ?? {};
    const path = `/api/v1/apps?filter=${quoted(`user.id eq "${userId}"`)}&limit=2`;
    const { rows, pages } = await list(simulator, `${path}&expand=user/${userId}`);
    const expected = [...org.applications.apps.keys()].filter((id) =>
      org.effectiveAssignments(id).some((one) => one.userId === userId),
    );
    expect(rows.map((row) => row['id'])).toEqual(expected);
    expect(pages).toBe(Math.ceil(expected.length / 2));
    for (const row of rows) {
      const one = await get(simulator, `/api/v1/apps/${String(row['id'])}/users/${userId}`);
      expect(row['_embedded']).toEqual({ user: json(one) });
    }
    const plain = await list(simulator, path);
    expect(plain.rows.map((row) => row['id'])).toEqual(expected);
    expect(plain.rows.some((row) => '_embedded' in row)).toBe(false);
    const byGroup = await list(simulator, `/api/v1/apps?filter=${quoted(`group.id eq "${viaGroup}"`)}`);
    expect(byGroup.rows.map((row) => row['id'])).toContain(app?.id);
    for (const query of [`expand=user/${userId}`, `filter=${quoted('user.id eq "00ux"')}&expand=user/${userId}`]) {
      expect((await get(simulator, `/api/v1/apps?${query}`)).status).toBeGreaterThanOrEqual(400);
    }
  });

  it('finds one app user as the list shows it, and forgets the list when a membership moves', async () => {
    const { org } = simulator;
    const app = [...org.applications.apps.values()][1];
    const path = `/api/v1/apps/${app?.id}/users`;
    const before = await list(simulator, `${path}?limit=500`);
    for (const row of before.rows) expect(json(await get(simulator, `${path}/${String(row['id'])}`))).toEqual(row);
    const groupId = [...org.applications.groups(app?.id ?? '').keys()][0] ?? '';
    const gone = [...org.directory.members(groupId).keys()].find(
      (userId) => !org.applications.direct(app?.id ?? '').has(userId),
    );
    org.removeMember(groupId, gone ?? '');
    const after = await list(simulator, `${path}?limit=500`);
    expect(after.rows).toEqual(before.rows.filter((row) => row['id'] !== gone));
    expect((await get(simulator, `${path}/${gone}`)).status).toBe(404);
    org.addMember(groupId, gone ?? '');
    expect((await list(simulator, `${path}?limit=500`)).rows).toEqual(before.rows);
  });

  it('shows a changed user in the lists at once: a kept text goes with the object', async () => {
    const groupId = [...simulator.org.directory.groups.keys()][1] ?? '';
    const path = `/api/v1/groups/${groupId}/users`;
    const [first] = json<JsonObject[]>(await get(simulator, path));
    simulator.org.updateUser(String(first?.['id']), { department: 'Elsewhere' });
    const [again] = json<JsonObject[]>(await get(simulator, path));
    expect(again).toMatchObject({ id: first?.['id'], profile: { department: 'Elsewhere' } });
  });

  it('lists skinny users where they are switched on, and knows no such path elsewhere', async () => {
    const { org } = simulator;
    const groupId = [...org.directory.groups.keys()][0] ?? '';
    const { rows } = await list(simulator, `/api/v1/groups/${groupId}/skinny_users?limit=10000`);
    expect(rows.map((row) => row['id'])).toEqual([...org.directory.members(groupId).keys()]);
    expect(rows.every((row) => JSON.stringify(row['profile']) === '{}' && !('credentials' in row))).toBe(true);
    const appId = [...org.applications.apps.keys()][1] ?? '';
    const full = await list(simulator, `/api/v1/apps/${appId}/users?limit=500`);
    const skinny = await list(simulator, `/api/v1/apps/${appId}/skinny_users?limit=500`);
    expect(skinny.rows).toEqual(
      full.rows.map(({ id, scope, status, created, lastUpdated, _links }) => ({
        id,
        scope,
        status,
        created,
        lastUpdated,
        profile: {},
        _links,
      })),
    );
    expect(simulator.requests.byBucket).toMatchObject({
      '/api/v1/groups/{id}/skinny_users': 1,
      '/api/v1/apps/{id}/skinny_users': 1,
    });
    const other = await startSimulator({ users: 5 });
    try {
      const id = [...other.org.directory.groups.keys()][0];
      const answer = await get(other, `/api/v1/groups/${id}/skinny_users`);
      expect([answer.status, json<ErrorBody>(answer).errorCode]).toEqual([404, 'E0000008']);
    } finally {
      await other.close();
    }
  });

  it('filters by the dates that moved', async () => {
    const { org } = simulator;
    const latest = (rows: Iterable<JsonObject>, key: string): string =>
      [...rows]
        .map((row) => String(row[key]))
        .toSorted()
        .at(-1) ?? '';
    const users = latest(org.directory.users.values(), 'lastUpdated');
    const groups = [...org.directory.groups.values()];
    const [profile, members] = [latest(groups, 'lastUpdated'), latest(groups, 'lastMembershipUpdated')];
    const [renamed, joined] = [groups[3]?.id ?? '', groups[4]?.id ?? ''];
    const user = org.addUser();
    org.updateGroup(renamed, { description: 'Moved' });
    org.addMember(joined, user.id);
    const changed = await list(simulator, `/api/v1/users?filter=${quoted(`lastUpdated gt "${users}"`)}`);
    expect(changed.rows.map((row) => row['id'])).toEqual([user.id]);
    const filter = `lastUpdated gt "${profile}" or lastMembershipUpdated gt "${members}"`;
    const moved = await list(simulator, `/api/v1/groups?filter=${quoted(filter)}`);
    expect(moved.rows.map((row) => row['id'])).toEqual([renamed, joined]);
    const both = await list(simulator, `/api/v1/groups?filter=${quoted(filter.replace(' or ', ' and '))}`);
    expect(both.rows).toEqual([]);
  });
});
