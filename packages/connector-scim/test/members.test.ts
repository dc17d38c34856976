import { Directory } from './support/directory.js';
import { expectedRows } from './support/expected.js';
import { FakeScim, type Manners } from './support/fake-scim.js';
import { TestHost } from './support/test-host.js';

let fake: FakeScim;
beforeEach(async () => {
  fake = await FakeScim.start(Directory.of(30, 14));
});
afterEach(() => fake.close());

async function memberships(): Promise<TestHost> {
  const host = await TestHost.of(fake.url);
  await host.run({ streams: ['groups', 'memberships'] });
  expect(host.stopped).toEqual([]);
  return host;
}

const WAYS: readonly (readonly [string, Partial<Manners>, number])[] = [
  ['everywhere', {}, 1],
  ['only where they are asked for', { members: 'asked for' }, 1],
  ['only in the whole resource of a group', { members: 'whole only' }, 1],
  ['and does not know "attributes"', { attributes: 'ignored' }, 1],
  ['and refuses "attributes"', { attributes: 'refused' }, 1],
];

test.each(WAYS)('a service that shows members %s', async (_, manners) => {
  Object.assign(fake.manners, manners);
  const host = await memberships();
  expect(host.data('membership')).toEqual(expectedRows(fake.directory).get('membership'));
  expect(host.data('group')).toEqual(expectedRows(fake.directory).get('group'));
  for (const key of host.keys('group')) expect(host.row('group', key).raw).not.toHaveProperty('members');
  // Each group once; a second time only until it is known how members are shown.
  expect(fake.asked.filter(({ path }) => path.startsWith('/Groups/')).length).toBeLessThanOrEqual(14 + 8);
  const key = 'x-g0000005';
  await host.refresh('groups', [{ field: 'key', value: key }]);
  expect(host.row('group', key).data).toEqual(expectedRows(fake.directory).get('group')?.get(key));
});

test('members are left out of the list of groups where that is possible', async () => {
  await memberships();
  const lists = fake.asked.filter(({ path, query }) => path === '/Groups' && query.has('startIndex'));
  expect(lists.every(({ query }) => query.get('excludedAttributes') === 'members')).toBe(true);
});

/** Ways to write that `x-g0000003` is a group and `x-u0000001` an account. */
const FORMS: readonly (readonly [string, (id: string, isTeam: boolean) => unknown])[] = [
  ['the type in small letters', (value, isTeam) => ({ value, type: isTeam ? 'group' : 'user' })],
  ['a reference only', (value, isTeam) => ({ value, $ref: `../${isTeam ? 'Groups' : 'Users'}/${value}` })],
  [
    'a reference with another case and a slash',
    (value, isTeam) => ({ value, $ref: `https://x.example/a/${isTeam ? 'groups' : 'users'}/${value}/` }),
  ],
  ['nothing but the id', (value) => ({ value })],
  ['the bare id', (value) => value],
  ['a type that says something else', (value) => ({ value, type: 'direct' })],
  [
    'a reference without a value',
    (value, isTeam) => ({ $ref: `https://x.example/scim/${isTeam ? 'Groups' : 'Users'}/${value}`, display: 'Somebody' }),
  ],
];

test.each(FORMS)('members told by %s', async (_, form) => {
  fake.manners.resource = (resource, { path }) => {
    if (path !== '/Groups/x-g0000000') return resource;
    return { ...resource, members: [form('x-g0000003', true), form('x-u0000001', false), form('x-u0000001', false)] };
  };
  const host = await memberships();
  expect(host.row('membership', 'x-g0000000|x-g0000003').data).toMatchObject({ memberKind: 'group' });
  expect(host.row('membership', 'x-g0000000|x-u0000001').data).toMatchObject({ memberKind: 'account' });
  expect(host.twice).toEqual([]);
});

test('a member without a value is rejected, the others are kept', async () => {
  fake.manners.resource = (resource, { path }) =>
    path === '/Groups/x-g0000001'
      ? { ...resource, members: [{}, { value: '' }, { value: 'x-u0000002' }, null, true] }
      : resource;
  const host = await memberships();
  expect(host.rejected).toEqual([
    'memberships members of x-g0000001, item 0: has no usable value',
    'memberships members of x-g0000001, item 1: has no usable value',
  ]);
  expect(host.keys('membership').filter((key) => key.startsWith('x-g0000001|'))).toEqual(['x-g0000001|x-u0000002']);
});

test.each([{}, null, 'maintenance', [], { id: 'another' }])('%j is no group, and not an empty one', async (body) => {
  fake.manners.instead = ({ path }) => (path === '/Groups/x-g0000005' ? { body } : undefined);
  const host = await TestHost.of(fake.url);
  await host.run({ streams: ['groups', 'memberships'] });
  expect(host.unlisted).toEqual([expect.stringContaining('x-g0000005: ')]);
});

test('when no group can be read, the stream is not complete', async () => {
  fake.manners.instead = ({ path }) => (path.startsWith('/Groups/') ? { status: 403, body: {} } : undefined);
  const host = await TestHost.of(fake.url);
  await host.run({ streams: ['groups', 'memberships'] });
  expect(host.stopped).toMatchObject([{ stream: 'memberships', status: 'skipped', error: { missing: ['read Groups'] } }]);
});

test('a service without groups has none, and is not asked', async () => {
  fake.manners.types = { Resources: [{ name: 'User', endpoint: '/Users' }] };
  const host = await TestHost.of(fake.url);
  await host.run();
  expect(host.stopped).toEqual([]);
  expect([...host.completed].toSorted()).toEqual(['accounts', 'groups', 'memberships', 'role-assignments', 'roles']);
  expect(fake.asked.some(({ path }) => path.startsWith('/Groups'))).toBe(false);
});

test.each(['Users', '/scim/v2/Users', 'URL'])('an endpoint written as %s is found', async (endpoint) => {
  const written = endpoint === 'URL' ? `${fake.url}/Users` : endpoint;
  fake.manners.types = [
    { name: 'User', endpoint: written },
    { name: 'Group', endpoint: 'Groups' },
  ];
  const host = await TestHost.of(fake.url);
  await host.run({ streams: ['accounts', 'groups'] });
  expect(host.stopped).toEqual([]);
  expect(host.keys('account')).toHaveLength(30);
});

test.each(['https://evil.example/Users', '//evil.example/Users', '/../../admin', '/%2e%2e/admin', 'Users?x=1'])(
  'an endpoint that leads elsewhere (%s) is not followed',
  async (endpoint) => {
    fake.manners.types = [{ name: 'User', endpoint }];
    const host = await TestHost.of(fake.url);
    await host.run({ streams: ['accounts'] });
    expect(
      fake.asked.every(({ path }) => /^\/(Users|ServiceProviderConfig|ResourceTypes|Schemas|evil\.example\/Users)$/.test(path)),
    ).toBe(true);
  },
);
