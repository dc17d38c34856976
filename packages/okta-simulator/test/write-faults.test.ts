import type { FaultRule, Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { get, json, list, write } from './client.js';
import type { ErrorBody } from './client.js';

const SUSPEND = '/api/v1/users/{id}/lifecycle/suspend';
const GROUP_MEMBER = '/api/v1/groups/{groupId}/users/{userId}';

describe('faults of writes', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 10, groups: 4, apps: 2, events: 0 });
  });
  afterAll(() => simulator.close());
  afterEach(() => simulator.setFaults([]));

  const suspend = (id: string) => write(simulator, 'POST', `/api/v1/users/${id}/lifecycle/suspend`);
  const statusOf = async (id: string) => json(await get(simulator, `/api/v1/users/${id}`))['status'];
  const told = () => simulator.org.log.length;

  it.each<[FaultRule, number, string]>([
    [{ kind: 'status' }, 500, 'E0000009'],
    [{ kind: 'retry-429' }, 429, 'E0000047'],
    [{ kind: 'concurrency-429' }, 429, 'E0000047'],
    [{ kind: 'unauthorized' }, 401, 'E0000011'],
    [{ kind: 'not-found' }, 404, 'E0000007'],
    [{ kind: 'status', status: 503, code: 'E0000010' }, 503, 'E0000010'],
  ])('%j comes before anything is done', async (rule, status, code) => {
    const { id } = simulator.org.addUser();
    const before = told();
    simulator.setFaults([{ match: SUSPEND, times: 1, ...rule }]);
    const answer = await suspend(id);
    expect([answer.status, json<ErrorBody>(answer).errorCode]).toEqual([status, code]);
    expect([await statusOf(id), told()]).toEqual(['ACTIVE', before]);
    expect((await suspend(id)).status).toBe(200);
    expect(await statusOf(id)).toBe('SUSPENDED');
  });

  it('can say 500 though it is done, and a second try finds it done', async () => {
    const { id } = simulator.org.addUser();
    const before = told();
    simulator.setFaults([{ kind: 'status-after', match: SUSPEND, times: 1 }]);
    const answer = await suspend(id);
    expect([answer.status, json<ErrorBody>(answer).errorCode]).toEqual([500, 'E0000009']);
    expect([await statusOf(id), told()]).toEqual(['SUSPENDED', before + 1]);
    expect((await suspend(id)).status).toBe(400);
  });

  it.each<[FaultRule['kind'], string, boolean]>([
    ['reset', 'ACTIVE', false],
    ['reset-after', 'SUSPENDED', true],
  ])('%s cuts the connection, and the account is %s', async (kind, status, isTold) => {
    const { id } = simulator.org.addUser();
    const before = told();
    simulator.setFaults([{ kind, match: SUSPEND }]);
    await expect(suspend(id)).rejects.toThrow(/ECONNRESET|hang up/);
    simulator.setFaults([]);
    expect([await statusOf(id), told() > before]).toEqual([status, isTold]);
  });

  it('cuts the connection also after a write that answers nothing', async () => {
    const { org } = simulator;
    const [groupId, { id }] = [org.addGroup({ name: 'Cut' }).id, org.addUser()];
    org.addMember(groupId, id);
    simulator.setFaults([{ kind: 'reset-after', match: GROUP_MEMBER }]);
    const path = `/api/v1/groups/${groupId}/users/${id}`;
    await expect(write(simulator, 'DELETE', path)).rejects.toThrow(/ECONNRESET|hang up/);
    expect(org.directory.members(groupId).has(id)).toBe(false);
  });

  it('can be for one method alone', async () => {
    const { id } = simulator.org.addUser();
    const path = `/api/v1/users/${id}`;
    simulator.setFaults([{ kind: 'status', match: '/api/v1/users/{id}', method: 'DELETE' }]);
    expect([(await get(simulator, path)).status, (await write(simulator, 'DELETE', path)).status]).toEqual([200, 500]);
  });
});

describe('lists that run behind', () => {
  const START = Date.parse('2026-03-01T12:00:00.000Z');
  let now = START;
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({
      users: 20,
      groups: 6,
      apps: 3,
      events: 0,
      listLagMs: 10_000,
      skinnyUsers: true,
      now: () => new Date(now),
      epoch: new Date(START),
    });
  });
  afterAll(() => simulator.close());

  const idsOf = async (path: string) => (await list(simulator, path)).rows.map((row) => row['id']);
  const search = (status: string) => idsOf(`/api/v1/users?search=${encodeURIComponent(`status eq "${status}"`)}`);

  it('show a user as it was, searched for or listed, when the user has moved', async () => {
    const { id } = simulator.org.addUser();
    await write(simulator, 'POST', `/api/v1/users/${id}/lifecycle/suspend`);
    expect(json(await get(simulator, `/api/v1/users/${id}`))).toMatchObject({ status: 'SUSPENDED' });
    const listed = async () => (await list(simulator, '/api/v1/users')).rows.find((row) => row['id'] === id)?.['status'];
    expect([await listed(), (await search('SUSPENDED')).includes(id)]).toEqual(['ACTIVE', false]);
    now += 9999;
    expect([await listed(), (await search('ACTIVE')).includes(id)]).toEqual(['ACTIVE', true]);
    now += 1;
    expect([await listed(), (await search('SUSPENDED')).includes(id)]).toEqual(['SUSPENDED', true]);
  });

  it('catch up with one write after the other', async () => {
    const { id } = simulator.org.addUser();
    const groupId = simulator.org.addGroup({ name: 'Behind' }).id;
    const path = `/api/v1/groups/${groupId}/users`;
    await write(simulator, 'PUT', `${path}/${id}`);
    expect(await idsOf(`/api/v1/users/${id}/groups`)).toContain(groupId);
    now += 6000;
    await write(simulator, 'DELETE', `${path}/${id}`);
    expect(await idsOf(path)).toEqual([]);
    now += 4000;
    expect(await idsOf(path)).toEqual([id]);
    now += 6000;
    expect(await idsOf(path)).toEqual([]);
  });

  it('show the same with users and without their profiles', async () => {
    const { org } = simulator;
    const [appId, groupId, { id }] = [org.addApp({ label: 'Both' }).id, org.addGroup({ name: 'Both' }).id, org.addUser()];
    org.addMember(groupId, id);
    org.assignUser(appId, id);
    await write(simulator, 'POST', `/api/v1/users/${id}/lifecycle/deactivate`);
    await write(simulator, 'DELETE', `/api/v1/groups/${groupId}/users/${id}`);
    const group = `/api/v1/groups/${groupId}`;
    const rowsOf = async (path: string) => (await list(simulator, path)).rows;
    for (const path of [`${group}/users`, `${group}/skinny_users`]) {
      expect([path, await rowsOf(path)]).toMatchObject([path, [{ id, status: 'ACTIVE' }]]);
    }
    expect(await rowsOf(`/api/v1/apps/${appId}/users?expand=user`)).toMatchObject([
      { id, _embedded: { user: { status: 'ACTIVE' } } },
    ]);
    expect(await rowsOf(`/api/v1/apps/${appId}/skinny_users`)).toMatchObject([{ id }]);
    now += 10_000;
    const paths = [
      `${group}/users`,
      `${group}/skinny_users`,
      `/api/v1/apps/${appId}/users`,
      `/api/v1/apps/${appId}/skinny_users`,
    ];
    for (const path of paths) expect([path, await rowsOf(path)]).toEqual([path, []]);
  });

  it('show an app without whom it was given to', async () => {
    const { org } = simulator;
    const [appId, groupId, one, other] = [
      org.addApp({ label: 'Behind' }).id,
      org.addGroup({ name: 'Has it' }).id,
      org.addUser().id,
      org.addUser().id,
    ];
    org.assignGroup(appId, groupId);
    const path = `/api/v1/apps/${appId}/users`;
    await write(simulator, 'POST', path, { id: one });
    await write(simulator, 'PUT', `/api/v1/groups/${groupId}/users/${other}`);
    expect((await get(simulator, `${path}/${other}`)).status).toBe(200);
    expect(await idsOf(path)).toEqual([]);
    now += 10_000;
    expect((await idsOf(path)).toSorted()).toEqual([one, other].toSorted());
  });

  it('show who is deleted already, page by page', async () => {
    const pages = async () => (await list(simulator, '/api/v1/users?limit=3')).rows.map((row) => row['id']);
    const gone = simulator.org.addUser().id;
    const before = await pages();
    await write(simulator, 'DELETE', `/api/v1/users/${gone}`);
    await write(simulator, 'DELETE', `/api/v1/users/${gone}`);
    expect(await pages()).toEqual(before);
    now += 10_000;
    expect(await pages()).toEqual(before.filter((id) => id !== gone));
  });
});
