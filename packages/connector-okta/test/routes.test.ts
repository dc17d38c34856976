import type { Json } from '@castellan/connector-sdk';
import { type Answer, scripted } from './support/scripted-okta.js';
import type { TinyHost } from './support/tiny-host.js';

const group = (id: string, usersCount: number | null, more: object = {}): unknown => ({
  id,
  type: 'OKTA_GROUP',
  profile: { name: id },
  ...(usersCount !== null && { _embedded: { stats: { usersCount, appsCount: 1, hasAdminPrivilege: false } } }),
  ...more,
});
const everyone = (count: number | null): unknown => group('g0', count, { type: 'BUILT_IN', profile: { name: 'Everyone' } });
const user = (id: string, status = 'ACTIVE'): unknown => ({ id, status, profile: { login: id } });
const people = [user('u1'), user('u2', 'DEPROVISIONED'), user('u3')];
const EVERYONE = ['accounts', 'groups', 'memberships', 'everyone-memberships'];

interface Org {
  readonly users?: readonly unknown[];
  readonly groups?: readonly unknown[];
  readonly other: (path: string, query: URLSearchParams) => Answer;
  readonly settings?: object | undefined;
}
const org = ({ users = people, groups = [], other, settings }: Org): ReturnType<typeof scripted> =>
  scripted(
    (path, query) => {
      if (path === '/api/v1/users') return { body: users };
      return path === '/api/v1/groups' ? { body: groups } : other(path, query);
    },
    undefined,
    settings,
  );
const GONE: Answer = { status: 404, body: { errorCode: 'E0000007', errorSummary: 'Not found' } };

describe('Everyone', () => {
  it.each<[string, number | null, readonly string[] | 'listed']>([
    ['holds the deprovisioned', 3, ['g0|u1', 'g0|u2', 'g0|u3']],
    ['is without them', 2, ['g0|u1', 'g0|u3']],
    ['counts somebody who came later', 4, 'listed'],
    ['is not counted', null, 'listed'],
  ])('%s', async (_, count, keys) => {
    const { host, asked } = await org({
      groups: [everyone(count), group('g1', 0)],
      other: () => ({ body: [{ id: 'u1' }, { id: 'u3' }, { id: 'u9' }] }),
    });
    await host.run(EVERYONE);
    expect(host.stopped).toEqual([]);
    expect(host.keys('membership')).toEqual(keys === 'listed' ? ['g0|u1', 'g0|u3', 'g0|u9'] : keys);
    expect(asked.filter((path) => path.includes('/g0/'))).toHaveLength(keys === 'listed' ? 1 : 0);
  });

  it('is no group that somebody has named so', async () => {
    const { host, asked } = await org({
      groups: [group('g1', 3, { profile: { name: 'Everyone' } })],
      other: () => ({ body: [{ id: 'u1' }] }),
    });
    await host.run(EVERYONE);
    expect(asked.at(-1)).toMatch(/g1\/users/);
  });

  it('goes on in the middle, in pages, with what it has found out', async () => {
    const users = Array.from({ length: 2_500 }, (_, index) => user(`u${10_000 + index}`));
    const { host } = await org({ users, groups: [everyone(2_500)], other: () => GONE });
    await host.run(['accounts', 'groups']);
    expect(await host.run(['everyone-memberships'], 1)).toBe(false);
    expect(host.checkpoints['everyone-memberships']).toEqual({ who: 'either', at: 'g0', after: 'u10999' });
    await host.run(['everyone-memberships']);
    expect(host.count('membership')).toBe(2_500);
    expect([...host.writes].filter(([key, times]) => key.startsWith('everyone') && times !== 1)).toEqual([]);
  });
});

describe('the lighter member list', () => {
  const run = async (skinny: (group: string) => Answer, usual: Answer = { body: [{ id: 'u1' }] }) => {
    const { host, asked } = await org({
      groups: [group('g1', 1), group('g2', 1), group('g3', 1)],
      other: (path) => (path.endsWith('/skinny_users') ? skinny(path.split('/')[4] ?? '') : usual),
      settings: { skinnyUsers: true },
    });
    await host.run(['groups', 'memberships']);
    expect(host.stopped).toEqual([]);
    const count = (end: RegExp): number => asked.filter((path) => end.test(path)).length;
    return { host, skinny: count(/\/skinny_users\?limit=1000$/), usual: count(/\/users\?limit=1000$/) };
  };

  it('is used where it is there', async () => {
    const found = await run(() => ({ body: [{ id: 'u1' }] }));
    expect(found).toMatchObject({ skinny: 3, usual: 0 });
    expect(found.host.count('membership')).toBe(3);
  });

  it.each([400, 404, 405, 501])('is left for the usual one after %i, and that is said once', async (status) => {
    const { host, usual } = await run(() => ({ status, body: { errorCode: 'E0000022' } }));
    expect(usual).toBe(3);
    expect(host.count('membership')).toBe(3);
    expect(host.logger.lines.filter(({ message }) => message.startsWith('the lighter member list'))).toHaveLength(1);
    expect(host.plans.at(-1)?.routes.join(' ')).toMatch(/does not offer the lighter one/);
  });

  it('is not given up for a group that is gone', async () => {
    const { host, skinny } = await run((id) => (id === 'g1' ? GONE : { body: [{ id: 'u1' }] }), GONE);
    expect(skinny).toBe(3);
    expect(host.keys('membership')).toEqual(['g2|u1', 'g3|u1']);
    expect(host.logger.text).not.toMatch(/lighter/);
  });
});

describe('groups of applications, asked by group', () => {
  const apps = Array.from({ length: 300 }, (_, index) => ({
    id: `a${1_000 + index}`,
    label: `App ${index}`,
    status: 'ACTIVE',
  }));
  const groupsWith = (appsCount: number): readonly unknown[] =>
    Array.from({ length: 30 }, (_, index) =>
      group(`g${100 + index}`, 0, {
        _embedded: { stats: { usersCount: 0, appsCount: index === 0 ? 0 : appsCount, hasAdminPrivilege: false } },
      }),
    );
  const run = async (
    answer: (group: string) => Answer,
    settings?: object,
    { last, appsCount = 20 }: { readonly last?: Json | undefined; readonly appsCount?: number } = {},
  ): Promise<{ host: TinyHost; asked: readonly string[] }> => {
    const { host, asked } = await org({
      groups: groupsWith(appsCount),
      settings,
      other: (path) => {
        if (path === '/api/v1/apps') return { body: apps };
        return path.startsWith('/api/v1/apps/') ? { body: [{ id: 'g101', priority: 1 }] } : answer(path.split('/')[4] ?? '');
      },
    });
    if (last !== undefined) host.states['app-group-assignments'] = last;
    await host.run(['applications', 'groups', 'app-group-assignments']);
    return { host, asked };
  };

  it('takes a call for each group that has some, and files the rows under the applications', async () => {
    const { host, asked } = await run(() => ({ body: apps.slice(0, 2) }));
    expect(host.stopped).toEqual([]);
    expect(asked.filter((path) => /groups\/\w+\/apps\?limit=200$/.test(path))).toHaveLength(29);
    // This Okta says nowhere what it grants, so that it is asked once more before anything is guessed.
    expect(asked.filter((path) => path.endsWith('?limit=1'))).toEqual(
      ['apps', 'groups', 'users'].map((list) => `/api/v1/${list}?limit=1`),
    );
    expect(host.count('app_assignment')).toBe(58);
    expect(host.rows.get('app_assignment')?.get('a1000|g101')).toMatchObject({
      partition: 'a1000',
      data: { application: 'a1000', principalKind: 'group', principal: 'g101', scope: 'direct', priority: null, profile: null },
    });
    expect(host.states['app-group-assignments']).toEqual({ route: 'groups' });
    expect(host.plans.at(-1)?.routes.join(' ')).toMatch(/asked by group, 29 in .* instead of 300/);
  });

  it('is incomplete when one group cannot be read: nothing else would spare its rows', async () => {
    const { host } = await run((id) => (id === 'g105' ? { status: 403, body: { errorCode: 'E0000006' } } : { body: [] }));
    expect(host.stopped).toMatchObject([{ stream: 'app-group-assignments', error: { kind: 'permission' } }]);
    expect(host.completed).not.toContain('app-group-assignments');
    expect(host.unlisted).toEqual([]);
  });

  it('goes on with the route that it was cut on', async () => {
    const { host } = await run(() => ({ body: apps.slice(0, 1) }));
    host.completed.delete('app-group-assignments');
    host.checkpoints['app-group-assignments'] = { route: 'apps', at: 'a1297', next: null, listed: true, restarts: 0 };
    await host.run(['app-group-assignments']);
    expect(host.states['app-group-assignments']).toEqual({ route: 'apps' });
    expect(host.keys('app_assignment').filter((key) => key > 'a1298')).toEqual(['a1298|g101', 'a1299|g101']);
  });

  // As Okta grants, 300 applications take six minutes; so many pages of groups a little less, or a little more.
  it.each<[string, number, Json | undefined, string]>([
    ['nothing was listed before, and groups save a little', 8_800, undefined, 'groups'],
    ['applications were asked, and groups save a little', 8_800, { route: 'apps' }, 'apps'],
    ['nothing was listed before, and groups cost a little', 10_800, undefined, 'apps'],
    ['groups were asked, and cost a little', 10_800, { route: 'groups' }, 'groups'],
    ['groups were asked, and cost much', 20_000, { route: 'groups' }, 'apps'],
    ['another version has left something', 8_800, { way: 'apps' }, 'groups'],
    ['what was left is no object', 8_800, 'apps', 'groups'],
  ])('are asked as before, unless it is worth the change, also by another process: %s', async (_, appsCount, last, route) => {
    const { host } = await run(() => ({ body: apps.slice(0, 2) }), undefined, { last, appsCount });
    expect(host.states['app-group-assignments']).toEqual({ route });
  });

  // The members take longer than the applications, so that asking groups for those too would make it longer still.
  it.each<[string, readonly string[]]>([
    ['not cut', []],
    ['cut when the members were read', ['applications', 'groups', 'memberships']],
    ['cut before', ['applications', 'groups']],
  ])('are asked the same way by a run that was %s', async (_, before) => {
    const groups = groupsWith(8_800).map((one, index) =>
      index === 1
        ? group('g101', 2_900_000, {
            _embedded: { stats: { usersCount: 2_900_000, appsCount: 8_800, hasAdminPrivilege: false } },
          })
        : one,
    );
    const { host } = await org({ groups, other: (path) => ({ body: path === '/api/v1/apps' ? apps : [] }) });
    const all = ['applications', 'groups', 'memberships', 'app-group-assignments'];
    if (before.length > 0) await host.run(before);
    await host.run(all);
    expect(host.states['app-group-assignments']).toEqual({ route: 'apps' });
  });

  it('leaves out applications that the settings leave out', async () => {
    const { host } = await run(() => ({ body: apps.slice(0, 12) }), { excludeApplications: ['App 1'] });
    expect(host.count('application')).toBe(299);
    expect(host.count('app_assignment')).toBe(29 * 11);
    expect(host.plans.at(-1)?.leftOut).toContain('1 application is left out by the settings.');
  });
});

describe('what the settings leave out', () => {
  it('is neither kept nor asked about, and said', async () => {
    const { host, asked } = await org({
      groups: [group('g1', 1), group('g2', 1), everyone(3)],
      settings: { excludeGroups: ['g1', 'Everyone'] },
      other: (path) => {
        if (path === '/api/v1/apps') return { body: [{ id: 'a1', label: 'A' }] };
        return { body: path.endsWith('/groups') ? [{ id: 'g1' }, { id: 'g2' }] : [{ id: 'u1' }] };
      },
    });
    await host.run([...EVERYONE, 'applications', 'app-group-assignments']);
    expect(host.stopped).toEqual([]);
    expect(host.keys('group')).toEqual(['g2']);
    expect(host.keys('membership')).toEqual(['g2|u1']);
    expect(host.keys('app_assignment')).toEqual(['a1|g2']);
    expect(asked.filter((path) => /groups\/g[01]/.test(path))).toEqual([]);
    expect(host.plans.at(-1)?.leftOut).toContain('2 groups are left out by the settings.');
    expect(host.logger.text).toMatch(/left out by the settings/);
  });
});

describe('factors', () => {
  const users = Array.from({ length: 40 }, (_, index) => user(`u${100 + index}`));
  const run = async (settings?: object) => {
    const made = await org({
      users,
      groups: [group('g1', 1, { _embedded: { stats: { usersCount: 1, appsCount: 0, hasAdminPrivilege: true } } })],
      settings,
      other: (path) => {
        if (path === '/api/v1/iam/assignees/users') return { body: { value: [{ id: 'u130' }] } };
        if (path.endsWith('/roles')) return { body: [{ id: 'ra1', type: 'ORG_ADMIN' }] };
        if (path.endsWith('/users')) return { body: [{ id: 'u120' }] };
        return { body: [{ id: `f-${path.split('/')[4]}`, factorType: 'push', status: 'ACTIVE' }] };
      },
    });
    await made.host.run(['accounts', 'groups', 'memberships', 'user-role-assignments', 'group-role-assignments']);
    return made;
  };
  const order = (asked: readonly string[]): readonly string[] =>
    asked.filter((path) => path.endsWith('/factors')).map((path) => path.split('/')[4] ?? '');

  it('are read for administrators first, then for the rest, each once', async () => {
    const { host, asked, low } = await run();
    await host.run(['authenticators']);
    expect(order(asked).slice(0, 2)).toEqual(['u120', 'u130']);
    expect(order(low)).toEqual(order(asked).slice(2));
    expect(order(asked)).toHaveLength(40);
    expect(host.count('authenticator')).toBe(40);
  });

  it('are complete too when somebody becomes an administrator between two runs', async () => {
    const { host, asked } = await run();
    expect(await host.run(['authenticators'], 1)).toBe(false);
    expect(host.checkpoints['authenticators']).toMatchObject({ phase: 'others', first: ['u120', 'u130'], place: null });
    host.rows.get('role_assignment')?.clear();
    await host.run(['authenticators']);
    expect(order(asked)).toHaveLength(40);
    expect(host.count('authenticator')).toBe(40);
  });

  it('are left alone where the settings say so', async () => {
    const { host, asked } = await run({ skipFactors: true });
    expect(host.names).not.toContain('authenticators');
    await host.run();
    expect(order(asked)).toEqual([]);
  });
});
