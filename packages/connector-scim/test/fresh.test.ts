import type { RecordKind } from '@castellan/connector-sdk';
import fc from 'fast-check';
import { Directory } from './support/directory.js';
import { expectEqual } from './support/expect-equal.js';
import { expectedRows } from './support/expected.js';
import { error, FakeScim } from './support/fake-scim.js';
import { without } from './support/resources.js';
import { TestHost } from './support/test-host.js';

const KINDS: readonly RecordKind[] = ['account', 'group', 'membership', 'role', 'role_assignment'];

let fake: FakeScim;
beforeEach(async () => {
  fake = await FakeScim.start(Directory.of(40, 15));
});
afterEach(() => fake.close());

/** Hint and raw included: a part that is read by itself must look as in a listing. */
function expectSame(host: TestHost, whole: TestHost): void {
  for (const kind of KINDS) {
    expectEqual(host.keys(kind), whole.keys(kind));
    for (const key of whole.keys(kind)) expectEqual(host.row(kind, key), whole.row(kind, key));
  }
}

async function synced(): Promise<TestHost> {
  const host = await TestHost.of(fake.url);
  await host.run();
  return host;
}

test('each part, read again by itself, gives the rows of the listing', async () => {
  const [host, whole] = [await synced(), await synced()];
  const fields = { account: 'key', group: 'key', membership: 'group', role: 'key', role_assignment: 'principal' } as const;
  const streams = {
    account: 'accounts',
    group: 'groups',
    membership: 'memberships',
    role: 'roles',
    role_assignment: 'role-assignments',
  } as const;
  for (const kind of ['account', 'group', 'membership', 'role', 'role_assignment'] as const) {
    const values = new Set(
      whole.keys(kind).map((key) => (fields[kind] === 'key' ? key : (whole.row<RecordKind>(kind, key).partition ?? ''))),
    );
    host.rows.get(kind)?.clear();
    await host.refresh(
      streams[kind],
      [...values].map((value) => ({ field: fields[kind], value })),
    );
    await host.drain();
  }
  expect(host.unread).toEqual([]);
  expectSame(host, whole);
});

test('a scope that a stream cannot be asked for is said to be unread', async () => {
  const host = await synced();
  for (const stream of ['accounts', 'groups', 'memberships', 'roles', 'role-assignments'])
    await host.refresh(stream, [{ field: 'target', value: 'x' }]);
  expect(host.unread).toHaveLength(5);
  expect(host.unread[0]).toContain('cannot be read by "target"');
});

type Deed = { readonly what: string; readonly at: number; readonly other: number };

function deed(directory: Directory, { what, at, other }: Deed): void {
  const [person, another] = [at, other].map((place) => [...directory.people.keys()][place % directory.people.size]);
  const [team, inner] = [at, other].map((place) => [...directory.teams.keys()][place % Math.max(1, directory.teams.size)]);
  if (person === undefined || another === undefined) return;
  if (what === 'hire') directory.hire(other);
  if (what === 'leave' && directory.people.size > 2) directory.leave(person);
  if (what === 'change') directory.change(person, { isActive: other % 2 === 0, department: `Room ${other}` });
  if (what === 'roles')
    directory.change(person, {
      roles: [[`role-${other % 5}`, `Role ${other % 3}`]],
      entitlements: other % 2 === 0 ? ['extra'] : [],
    });
  if (what === 'found') directory.found(`New ${other}`, [person, another]);
  if (team === undefined || inner === undefined) return;
  if (what === 'dissolve') directory.dissolve(team);
  if (what === 'rename') directory.rename(team, `Renamed ${other}`);
  if (what === 'join') directory.addMember(team, another);
  if (what === 'nest') directory.addMember(team, inner);
  if (what === 'part') {
    const [first] = directory.teams.get(team)?.members ?? [];
    if (first !== undefined) directory.dropMember(team, first);
  }
}

test('after changes of every kind, what the delta shows equals a fresh listing, departures included', async () => {
  const kinds = ['hire', 'leave', 'change', 'roles', 'found', 'dissolve', 'rename', 'join', 'nest', 'part'];
  const deeds = fc.array(fc.record({ what: fc.constantFrom(...kinds), at: fc.nat(1_000), other: fc.nat(1_000) }), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(deeds, { minLength: 1, maxLength: 3 }), async (rounds) => {
      fake.directory.people.clear();
      fake.directory.teams.clear();
      const fresh = Directory.of(20, 7);
      for (const [id, person] of fresh.people) fake.directory.people.set(id, person);
      for (const [id, team] of fresh.teams) fake.directory.teams.set(id, team);
      const host = await synced();
      for (const round of rounds) {
        for (const one of round) deed(fake.directory, one);
        await host.poll();
        expect(host.unread).toEqual([]);
        expectSame(host, await synced());
      }
      const expected = expectedRows(fake.directory);
      for (const kind of KINDS) expectEqual(host.data(kind), expected.get(kind));
    }),
    { numRuns: 9, seed: 20_261_123 },
  );
}, 180_000);

test('a quiet poll costs two requests for people and two for groups, after the documents were asked for once', async () => {
  const host = await synced();
  await host.poll();
  fake.asked.length = 0;
  await host.poll();
  expect(fake.asked.map(({ path }) => path).toSorted()).toEqual(['/Groups', '/Groups', '/Users', '/Users']);
  expect(fake.asked.filter(({ query }) => query.has('filter'))).toHaveLength(2);
});

test.each(['refused', 'ignored', 'finds nothing', 'by the day'] as const)(
  'a service whose filter is %s has no delta, and the listing is complete',
  async (filter) => {
    fake.manners.filter = filter;
    const host = await synced();
    expect(host.stopped).toEqual([]);
    expect(host.states).toEqual({});
    expect(host.logger.text).toContain('the service does not filter by time');
    expect((await host.test()).checks).toContainEqual(
      expect.objectContaining({ name: 'filter', status: 'skipped', message: expect.stringContaining('daily sync') }),
    );
  },
);

test('a service that says that it does not filter, or when nothing was changed, is not asked to', async () => {
  fake.manners.config = { filter: { supported: false } };
  expect((await synced()).states).toEqual({});
  expect(fake.asked.some(({ query }) => query.has('filter'))).toBe(false);
  fake.manners.config = 404;
  fake.manners.resource = (resource) => without(resource, 'meta');
  expect((await synced()).states).toEqual({});
  expect(fake.asked.some(({ query }) => query.has('filter'))).toBe(false);
});

test.each(['refused', 'ignored'] as const)(
  'a filter that is %s one day ends the delta until the next listing, without a wrong row',
  async (filter) => {
    const host = await synced();
    fake.manners.filter = filter;
    fake.directory.change('x-u0000003', { department: 'Elsewhere' });
    await host.poll();
    expect(host.states).toMatchObject({ accounts: { off: true }, groups: { off: true } });
    fake.asked.length = 0;
    await host.poll();
    expect(fake.asked).toEqual([]);
    fake.manners.filter = 'works';
    await host.list();
    expect(host.states['accounts']).not.toHaveProperty('off');
    fake.directory.change('x-u0000004', { department: 'Elsewhere' });
    await host.poll();
    expectSame(host, await synced());
  },
);

test('a service that always counts too few is not listed again and again', async () => {
  const host = await synced();
  fake.manners.total = (all) => Math.max(1, all - 3);
  await host.poll();
  fake.asked.length = 0;
  await host.poll();
  expect(fake.asked.filter(({ query }) => query.get('attributes') === 'id')).toEqual([]);
  expectSame(host, await synced());
});

test('a group that shows nobody any more is not believed before one of them says so too', async () => {
  const host = await synced();
  const team = 'x-g0000011';
  const before = host.keys('membership').filter((key) => key.startsWith(`${team}|`));
  expect(before.length).toBeGreaterThan(5);
  const isOf = (key: string): boolean => key.startsWith(`${team}|`);
  // The resource of the group is wrong: its members still say that they are inside.
  fake.manners.resource = (resource) => (resource['id'] === team ? { ...resource, members: [] } : resource);
  await host.refresh('memberships', [{ field: 'group', value: team }]);
  expect(host.unread).toEqual([expect.stringContaining('one of them says otherwise')]);
  expect(host.keys('membership').filter(isOf)).toEqual(before);
  // It is right, and they say so.
  fake.manners.resource = (resource) => resource;
  fake.directory.setMembers(team, []);
  host.unread.length = 0;
  await host.refresh('memberships', [{ field: 'group', value: team }]);
  expect(host.unread).toEqual([]);
  expect(host.keys('membership').filter(isOf)).toEqual([]);
});

test('the same where users do not tell their groups: left to the next full listing', async () => {
  const host = await synced();
  fake.manners.resource = (resource) => without(resource, 'groups');
  fake.directory.setMembers('x-g0000011', []);
  await host.refresh('memberships', [{ field: 'group', value: 'x-g0000011' }]);
  expect(host.unread).toEqual([expect.stringContaining('nothing else says so')]);
});

test('one part in trouble is tried again, the others are read; an outage is an outage', async () => {
  const host = await synced();
  const scopes = [...fake.directory.people.keys()].slice(0, 8).map((value) => ({ field: 'key', value }));
  fake.manners.instead = ({ path }) => (path.endsWith('x-u0000002') ? { status: 503, body: {} } : undefined);
  await host.refresh('accounts', scopes);
  expect(host.unread).toEqual([expect.stringContaining('key=x-u0000002')]);
  fake.manners.instead = ({ path }) => (path.startsWith('/Users/') ? { status: 503, body: {} } : undefined);
  await expect(host.refresh('accounts', scopes)).rejects.toMatchObject({ kind: 'transient' });
  fake.manners.instead = ({ path }) => (path.startsWith('/Users/') ? error(401, undefined, 'Revoked') : undefined);
  await expect(host.refresh('accounts', scopes)).rejects.toMatchObject({ kind: 'auth', field: 'auth.token' });
});
