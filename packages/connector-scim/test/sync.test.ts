import { connectionMemory, type RecordKind } from '@castellan/connector-sdk';
import { Directory } from './support/directory.js';
import { expectEqual } from './support/expect-equal.js';
import { expectedRows } from './support/expected.js';
import { FakeScim } from './support/fake-scim.js';
import { PASSWORD_HASH } from './support/resources.js';
import { TestHost } from './support/test-host.js';

const KINDS: readonly RecordKind[] = ['account', 'group', 'membership', 'role', 'role_assignment'];

let fake: FakeScim;
afterEach(() => fake.close());

function expectAll(host: TestHost, directory: Directory): void {
  expect(host.stopped).toEqual([]);
  expect(host.unlisted).toEqual([]);
  expect(host.rejected).toEqual([]);
  const expected = expectedRows(directory);
  for (const kind of KINDS) expectEqual(host.data(kind), expected.get(kind));
}

test('600 people and 120 groups, nested and in a circle, each once', async () => {
  const directory = Directory.of(600, 120);
  // More than a thousand roles are held, so that they are several pages as well, and so are the groups.
  for (const [id, { roles }] of directory.people)
    if (roles.length === 0)
      directory.change(id, {
        roles: [
          ['reader', 'Reader'],
          ['writer', ''],
        ],
      });
  fake = await FakeScim.start(directory);
  const host = await TestHost.of(fake.url);
  await host.run();
  expectAll(host, fake.directory);
  expect(host.twice).toEqual([]);
  expect(host.rows.get('account')?.size).toBe(600);
  expect(host.rows.get('role_assignment')?.size).toBeGreaterThan(1_000);
  expect(
    [...(host.rows.get('membership')?.values() ?? [])].some(({ data }) => 'memberKind' in data && data.memberKind === 'group'),
  ).toBe(true);
  // 7 pages of 99 new ones and one to see the end; and the three documents.
  expect(fake.asked.filter(({ path }) => path === '/Users').length).toBeLessThanOrEqual(10);
  expect(fake.asked.filter(({ path }) => /Config|Types|Schemas/.test(path))).toHaveLength(3);
});

test('cut at every page, by position and by cursor, the same records are there, each once', async () => {
  fake = await FakeScim.start(Directory.of(50, 18));
  for (const paging of ['index', 'cursor']) {
    const settings = { pageSize: 8, paging };
    const whole = await TestHost.of(fake.url, { settings });
    await whole.run();
    expectAll(whole, fake.directory);
    for (let first = 1; first <= whole.pages; first += 3) {
      const host = await TestHost.of(fake.url, { settings });
      let runs = 0;
      for (let pages = first; !(await host.run({ pages })); pages = 1) {
        runs += 1;
        // Every second time another process goes on.
        if (runs % 2 === 0) host.memory = connectionMemory();
        if (runs > whole.pages * 2) throw new Error('it never ends');
      }
      expectAll(host, fake.directory);
      expect(host.twice).toEqual([]);
    }
  }
}, 120_000);

test('a second run without changes gives the same rows, raw and hint included', async () => {
  fake = await FakeScim.start(Directory.of(60, 12));
  const [first, second] = [await TestHost.of(fake.url), await TestHost.of(fake.url, { settings: { pageSize: 7 } })];
  await first.run();
  await second.run();
  for (const kind of KINDS) for (const key of first.keys(kind)) expect(second.row(kind, key)).toEqual(first.row(kind, key));
});

test('raw holds what the service sent, without secrets and without what other rows hold', async () => {
  fake = await FakeScim.start(Directory.of(20, 5));
  const host = await TestHost.of(fake.url);
  await host.run();
  const { raw } = host.row('account', 'x-u0000001');
  expect(raw).toMatchObject({ userName: 'x-u0000001@acme.example', password: '[redacted]', meta: { resourceType: 'User' } });
  expect(raw).not.toHaveProperty('groups');
  expect(host.row('group', 'x-g0000003').raw).not.toHaveProperty('members');
  expect(JSON.stringify([...host.rows.values()].map((rows) => [...rows.values()]))).not.toContain(PASSWORD_HASH);
  expect(host.logger.text).not.toContain(PASSWORD_HASH);
});

test('a group that cannot be read is named, its members stay, the others are swept', async () => {
  fake = await FakeScim.start(Directory.of(40, 9));
  const host = await TestHost.of(fake.url);
  await host.run();
  const before = host.keys('membership').filter((key) => key.startsWith('x-g0000005|'));
  expect(before.length).toBeGreaterThan(2);
  fake.directory.setMembers('x-g0000005', []);
  fake.directory.setMembers('x-g0000004', []);
  fake.manners.instead = ({ path }) => (path === '/Groups/x-g0000005' ? { status: 500, body: {} } : undefined);
  await host.list();
  expect(host.stopped).toEqual([]);
  expect(host.unlisted).toEqual([expect.stringContaining('memberships x-g0000005: ')]);
  expect(host.keys('membership').filter((key) => key.startsWith('x-g0000005|'))).toEqual(before);
  expect(host.keys('membership').filter((key) => key.startsWith('x-g0000004|'))).toEqual([]);
});

test('a group that vanishes between the list and its members has none', async () => {
  fake = await FakeScim.start(Directory.of(40, 9));
  fake.manners.instead = ({ path }) => {
    if (path.startsWith('/Groups/')) fake.directory.teams.delete('x-g0000005');
    return undefined;
  };
  const host = await TestHost.of(fake.url);
  await host.run();
  expect(host.stopped).toEqual([]);
  expect(host.unlisted).toEqual([]);
  expect(host.keys('group')).toContain('x-g0000005');
  expect(host.keys('membership').filter((key) => key.startsWith('x-g0000005|'))).toEqual([]);
});
