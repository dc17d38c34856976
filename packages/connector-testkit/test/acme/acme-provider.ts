import {
  bearer,
  type FakeRequest,
  fakeUpstream,
  listByCursor,
  listByLink,
  made,
  type Route,
  type Upstream,
} from '../../src/index.js';

interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly active: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly passwordHash: string;
}
interface Group {
  readonly id: string;
  readonly name: string;
  readonly updatedAt: string;
  readonly members: readonly string[];
}

const CREATED = '2026-03-01T08:00:00.000Z';

export function tokenOf(tenant: string): string {
  return `acme-token-of-${tenant}`;
}

/** An invented directory: people in pages by link, groups in pages by cursor, members group by group. */
export const acmeProvider: Upstream = fakeUpstream(({ tenant, pages }) => {
  const users = new Map(Array.from({ length: 23 }, (_, index) => userOf(tenant, index)).map((user) => [user.id, user]));
  const groups = new Map(Array.from({ length: 11 }, (_, index) => groupOf(tenant, index)).map((group) => [group.id, group]));
  const write = (user: User): void => void users.set(user.id, { ...user, updatedAt: new Date().toISOString() });
  const changedSince = ({ query }: FakeRequest): ((one: { readonly updatedAt: string }) => boolean) => {
    const since = query.get('changedSince');
    return since === null ? () => true : ({ updatedAt }) => updatedAt >= since;
  };
  const usersList: Route =
    pages === undefined
      ? listByLink((request) => [...users.values()].filter(changedSince(request)), { pageSize: 5 })
      : listByLink(
          made(pages * 2, (index) => userOf(tenant, index)),
          { pageSize: 2 },
        );
  const shown = ({ id, name, updatedAt }: Group): object => ({ id, name, updatedAt });
  const groupsList = (request: FakeRequest): readonly object[] => [...groups.values()].filter(changedSince(request)).map(shown);
  const membersOf = ({ params }: FakeRequest): readonly object[] | undefined =>
    groups.get(params['id'] ?? '')?.members.map((userId) => ({ userId }));
  let turn = 0;
  return {
    credential: bearer(tokenOf(tenant)),
    routes: {
      'GET /me': () => ({ body: { id: `org-${tenant}`, name: tenant } }),
      'GET /users': usersList,
      'GET /users/:id': ({ params }) => {
        const user = users.get(params['id'] ?? '');
        return user === undefined ? { status: 404, body: {} } : { body: user };
      },
      'PATCH /users/:id': ({ params, body }) => {
        const user = users.get(params['id'] ?? '');
        if (user === undefined) return { status: 404, body: {} };
        const wanted: unknown = JSON.parse(body);
        write({
          ...user,
          active: !(typeof wanted === 'object' && wanted !== null && 'active' in wanted && wanted.active === false),
        });
        return { body: users.get(user.id) };
      },
      'GET /groups': listByCursor(groupsList, {
        pageSize: 4,
        // Both ways in one answer, as some providers have it.
        body: ({ items, next }, { origin }) => ({
          items,
          next: next ?? null,
          nextUrl: next === undefined ? null : `${origin}/groups?cursor=${next}`,
        }),
      }),
      'GET /groups/:id/members': listByCursor(membersOf, { pageSize: 3 }),
    },
    secrets: [...users.values()].map(({ passwordHash }) => passwordHash),
    holds: () => ({
      accounts: [...users.keys()],
      groups: [...groups.keys()],
      memberships: [...groups.values()].flatMap(({ id, members }) => members.map((member) => `${id}|${member}`)),
    }),
    change: () => {
      turn += 1;
      const user = users.get(`${tenant}-user-${turn}`);
      if (user !== undefined) write({ ...user, name: `${user.name}, renamed` });
      write(userOf(tenant, 100 + turn));
      const group = groups.get(`${tenant}-group-${turn}`);
      const members = group?.members.slice(1).concat(`${tenant}-user-${100 + turn}`) ?? [];
      if (group !== undefined) groups.set(group.id, { ...group, members, updatedAt: new Date().toISOString() });
    },
    actions: {
      'deactivate-account': {
        input: { account: `${tenant}-user-3` },
        isDone: () => users.get(`${tenant}-user-3`)?.active === false,
      },
      // Every seventh is not active.
      'activate-account': {
        input: { account: `${tenant}-user-6` },
        isDone: () => users.get(`${tenant}-user-6`)?.active === true,
      },
    },
  };
});

function userOf(tenant: string, index: number): User {
  return {
    id: `${tenant}-user-${index}`,
    email: `person${index}@${tenant}.example`,
    name: `Person ${index}`,
    active: index % 7 !== 6,
    createdAt: CREATED,
    updatedAt: CREATED,
    passwordHash: `$argon2id$${tenant}$${index}$f00dfeed`,
  };
}

function groupOf(tenant: string, index: number): Group {
  const members = Array.from({ length: (index * 3) % 8 }, (_, at) => `${tenant}-user-${(index + at * 2) % 23}`);
  return { id: `${tenant}-group-${index}`, name: `Group ${index}`, updatedAt: CREATED, members };
}
