import { type Answer, REFUSED, scripted } from './support/scripted-okta.js';

const group = (id: string, usersCount?: number): unknown => ({
  id,
  type: 'OKTA_GROUP',
  profile: { name: id },
  ...(usersCount !== undefined && { _embedded: { stats: { usersCount } } }),
});
const people = (count: number, from = 0): readonly unknown[] =>
  Array.from({ length: count }, (_, index) => ({ id: `00u${from + index}` }));

type Pages = (group: string, query: URLSearchParams) => Answer;
const members = async (groups: readonly unknown[], pages: Pages) => {
  const org = await scripted((path, query) => {
    const id = /^\/api\/v1\/groups\/([^/]+)\/users$/.exec(path)?.[1];
    return id === undefined ? { body: groups } : pages(id, query);
  });
  return { ...org, run: () => org.host.run(['groups', 'memberships']) };
};
const after = (id: string, mark: string): string => `/api/v1/groups/${id}/users?after=${mark}`;

describe('a list that cannot be all of it', () => {
  it.each<[string, number | undefined, number, readonly string[]]>([
    ['empty, of 3', 3, 0, ['Okta listed no member, though it counts 3']],
    ['empty, of 1', 1, 0, ['Okta listed no member, though it counts 1']],
    ['9 of 20', 20, 9, ['Okta listed 9 members, though it counts 20']],
    ['10 of 20', 20, 10, []],
    ['1 of 19', 19, 1, []],
    ['empty, not counted', undefined, 0, []],
    ['more than counted', 1, 30, []],
  ])('leaves the rows of a group alone: %s', async (_, counted, listed, reasons) => {
    const { host, run } = await members([group('g1', counted), group('g2', 2)], (id) => ({
      body: id === 'g1' ? people(listed) : people(2),
    }));
    await run();
    expect(host.stopped).toEqual([]);
    expect(host.completed).toContain('memberships');
    expect(host.reasons).toEqual(reasons);
    expect(host.unlisted).toEqual(reasons.map(() => 'memberships g1'));
    expect(host.count('membership')).toBe(listed + 2);
  });

  it('is known by all of its pages together, and after a cut too', async () => {
    const pages: Pages = (id, query) => {
      if (query.get('after') === null) return { body: people(1_000), next: after(id, 'b') };
      return { body: people(id === 'g1' ? 10 : 900, 1_000) };
    };
    for (const cut of [false, true]) {
      const { host, run } = await members([group('g1', 4_000), group('g2', 2_000)], pages);
      if (cut) {
        await host.run(['groups']);
        for (let runs = 0; runs < 20 && !(await host.run(['memberships'], 1)); runs += 1);
      }
      await run();
      expect(host.stopped).toEqual([]);
      expect(host.unlisted).toEqual(['memberships g1']);
      expect(host.reasons).toEqual(['Okta listed 1010 members, though it counts 4000']);
    }
  });
});

describe('a list without end', () => {
  const ends = async (pages: Pages): Promise<{ readonly reasons: readonly string[]; readonly calls: number }> => {
    const { host, asked, run } = await members([group('g1', 5), group('g2', 2)], (id, query) =>
      id === 'g1' ? pages(id, query) : { body: people(2) },
    );
    await run();
    expect(host.stopped).toEqual([]);
    expect(host.completed).toContain('memberships');
    expect(host.unlisted).toEqual(['memberships g1']);
    return { reasons: host.reasons, calls: asked.length };
  };

  it.each<[string, Pages]>([
    ['an empty page that points to itself', (id) => ({ body: [], next: after(id, 'a') })],
    ['A -> B -> A', (id, query) => ({ body: people(2), next: after(id, query.get('after') === 'a' ? 'b' : 'a') })],
    [
      'full pages in a circle',
      (id, query) => ({ body: people(1_000), next: after(id, query.get('after') === 'a' ? 'b' : 'a') }),
    ],
  ])('is left: %s', async (_, pages) => {
    const { reasons, calls } = await ends(pages);
    expect(reasons).toEqual(['its pages go in a circle']);
    expect(calls).toBeLessThan(15);
  });

  it('is left when its second page is refused again and again', async () => {
    const { reasons, calls } = await ends((id, query) =>
      query.get('after') === null ? { body: people(2), next: after(id, 'a') } : REFUSED,
    );
    expect(reasons).toEqual([expect.stringMatching(/does not know the place/)]);
    expect(calls).toBeLessThan(15);
  });

  it.each([['accounts'], ['groups'], ['roles'], ['user-role-assignments'], ['activity']])('stops %s', async (stream) => {
    const full = Array.from({ length: 1_000 }, (_, index) => ({
      uuid: `e${index}`,
      published: '2020-01-01T00:00:00.000Z',
      eventType: 't',
    }));
    const { host, asked } = await scripted((path, query) => {
      const next = `${path}?limit=1000&after=${query.get('after') === 'a' ? 'b' : 'a'}`;
      if (path.startsWith('/api/v1/iam/'))
        return { body: { roles: [], value: [], _links: { next: { href: `https://127.0.0.1${next}` } } } };
      return { body: path === '/api/v1/logs' ? full : people(2), next };
    });
    await host.run([stream]);
    expect(asked.length).toBeLessThan(15);
    expect(host.stopped).toMatchObject([{ status: 'incomplete', error: { kind: 'upstream' } }]);
    expect(host.stopped[0]?.error.message).toMatch(/pages go in a circle/);
  });

  it('does not keep the identity providers from being read', async () => {
    const { host, asked } = await scripted((path, query) => {
      if (path === '/api/v1/idps') return { body: [{ id: 'i1', type: 'OIDC' }] };
      return { body: [], next: `${path}?after=${query.get('after') === 'a' ? 'b' : 'a'}` };
    });
    await host.run(['identity-providers']);
    expect(host.keys('identity_provider')).toEqual(['i1']);
    expect(asked.length).toBeLessThan(15);
  });
});

describe('ids that lead elsewhere', () => {
  it('cost their rows and not the stream', async () => {
    const odd = ['..', 'a/../../apps', '\ud800', 'x?y'];
    const { host, asked, run } = await members([...odd.map((id) => group(id, 2)), group('g2', 2)], () => ({
      body: [...people(2), { id: '\udfff' }, { id: '' }],
    }));
    await run();
    expect(host.stopped).toEqual([]);
    expect(host.keys('group')).toEqual(['g2']);
    expect(host.keys('membership')).toEqual(['g2|00u0', 'g2|00u1']);
    expect(host.reasons).toEqual([...Array<string>(5).fill('id is not well-formed'), 'has no usable id']);
    expect(asked).toHaveLength(2);
  });

  it('among those who have a role as well', async () => {
    const { host } = await scripted((path) =>
      path.startsWith('/api/v1/iam/') ? { body: { value: [{ id: '\ud800' }, { id: '..' }, { id: '00u1' }] } } : { body: [] },
    );
    await host.run(['user-role-assignments']);
    expect(host.stopped).toEqual([]);
    expect(host.reasons).toEqual(['id is not well-formed', 'id is not well-formed']);
  });
});

describe('targets of a role', () => {
  const rows = async (targets: (query: URLSearchParams) => Answer) => {
    const { host, asked } = await scripted((path, query) => {
      if (path === '/api/v1/iam/assignees/users') return { body: { value: [{ id: '00u1' }, { id: '00u2' }] } };
      if (path.endsWith('/targets/groups')) return targets(query);
      return { body: path.includes('00u1') ? [{ id: 'ra1', type: 'HELP_DESK_ADMIN' }] : [{ id: 'ra2', type: 'ORG_ADMIN' }] };
    });
    await host.run(['user-role-assignments']);
    expect(host.stopped).toEqual([]);
    expect(asked.length).toBeLessThan(15);
    return host;
  };

  it('that cannot be read do not widen it to the whole organisation', async () => {
    const host = await rows(() => ({ body: [{ id: 5 }, 'x', { id: '..' }] }));
    expect(host.keys('role_assignment')).toEqual(['ORG_ADMIN|00u2']);
    expect(host.reasons).toEqual(Array(3).fill('a target of the role has no usable id'));
  });

  it('are kept where others cannot be read', async () => {
    const host = await rows(() => ({ body: [{ id: '00g1' }, {}] }));
    expect(host.keys('role_assignment')).toEqual(['HELP_DESK_ADMIN|00u1|00g1', 'ORG_ADMIN|00u2']);
    expect(host.reasons).toEqual(['a target of the role has no usable id']);
  });

  it('whose pages go in a circle leave the user as it was', async () => {
    const host = await rows((query) => ({
      body: [{ id: '00g1' }],
      next: `/api/v1/users/00u1/roles/ra1/targets/groups?after=${query.get('after') === 'a' ? 'b' : 'a'}`,
    }));
    expect(host.unlisted).toEqual(['user-role-assignments 00u1']);
    expect(host.reasons).toEqual([expect.stringMatching(/circle/)]);
  });
});
