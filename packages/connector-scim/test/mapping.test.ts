import { Directory } from './support/directory.js';
import { FakeScim } from './support/fake-scim.js';
import { TestHost } from './support/test-host.js';

let fake: FakeScim;
beforeEach(async () => {
  fake = await FakeScim.start(Directory.of(1, 1));
});
afterEach(() => fake.close());

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The account that becomes of a user as the service writes it. */
async function accountOf(user: object) {
  fake.manners.instead = ({ path }) => (path === '/Users' ? { body: { totalResults: 1, Resources: [user] } } : undefined);
  const host = await TestHost.of(fake.url);
  await host.run({ streams: ['accounts', 'roles', 'role-assignments'] });
  expect(host.stopped).toEqual([]);
  const [key = ''] = host.keys('account');
  return { host, row: host.row('account', key) };
}

test('what a service leaves out is null, and never made up', async () => {
  const { row } = await accountOf({ id: 'bare' });
  expect(row).toEqual({
    kind: 'account',
    key: 'bare',
    data: {
      login: null,
      email: null,
      displayName: null,
      status: 'unknown',
      providerStatus: null,
      isHuman: null,
      createdAt: null,
      activatedAt: null,
      lastLoginAt: null,
      passwordChangedAt: null,
      statusChangedAt: null,
      updatedAt: null,
      manager: null,
      department: null,
      credentialProvider: null,
    },
    raw: { id: 'bare' },
  });
});

test('attributes are found whatever their capitals', async () => {
  const { row } = await accountOf({
    ID: 'loud',
    USERNAME: 'ana',
    DisplayName: 'Ana Sousa',
    ACTIVE: 'False',
    Emails: [{ VALUE: 'ana@acme.example', Primary: 'TRUE' }],
    Meta: { Created: '2025-03-25T16:17:00', LASTMODIFIED: '2025-03-25T20:19:00.1234567+02:00' },
    [ENTERPRISE.toUpperCase()]: { DEPARTMENT: 'Sales', manager: 'Bo' },
  });
  expect(row.key).toBe('loud');
  expect(row.data).toMatchObject({
    login: 'ana',
    displayName: 'Ana Sousa',
    email: 'ana@acme.example',
    status: 'suspended',
    providerStatus: 'False',
    createdAt: '2025-03-25T16:17:00.000Z',
    updatedAt: '2025-03-25T18:19:00.123Z',
    department: 'Sales',
    manager: 'Bo',
  });
});

test.each([
  [{ displayName: 'Ana', name: { formatted: 'Dr. Ana Sousa' } }, { displayName: 'Ana' }],
  [{ name: { formatted: 'Dr. Ana Sousa', givenName: 'Ana' } }, { displayName: 'Dr. Ana Sousa' }],
  [{ name: { givenName: 'Ana', familyName: 'Sousa' } }, { displayName: 'Ana Sousa' }],
  [{ displayName: '  ', nickName: 'Aninha' }, { displayName: 'Aninha' }],
  [{ userName: 'ana' }, { displayName: null }],
  [{ emails: [{ value: 'b@x.example' }, { value: 'a@x.example', primary: true }] }, { email: 'a@x.example' }],
  [
    {
      emails: [
        { value: 'h@x.example', type: 'home' },
        { value: 'w@x.example', type: 'Work' },
      ],
    },
    { email: 'w@x.example' },
  ],
  [{ emails: [{ primary: true }, { value: 'only@x.example' }] }, { email: 'only@x.example' }],
  [{ emails: ['plain@x.example'] }, { email: 'plain@x.example' }],
  [{ emails: 'bare@x.example' }, { email: 'bare@x.example' }],
  [{ emails: [] }, { email: null }],
  [{ active: true }, { status: 'active', providerStatus: 'true' }],
  [{ active: 'yes' }, { status: 'unknown', providerStatus: null }],
  [{ [ENTERPRISE]: { manager: { value: 'm1', displayName: 'Mo' } } }, { manager: 'm1' }],
  [{ [ENTERPRISE]: { manager: { displayName: 'Mo' } } }, { manager: 'Mo' }],
  [
    { [`${ENTERPRISE}:department`]: 'Flat', [`${ENTERPRISE}:manager`]: { value: 'm2' } },
    { department: 'Flat', manager: 'm2' },
  ],
  [{ meta: { created: '0001-01-01T00:00:00Z', lastModified: 'yesterday' } }, { createdAt: null, updatedAt: null }],
  [{ meta: { lastModified: 20250325 } }, { updatedAt: null }],
  [
    { userName: 12, displayName: { formatted: 'x' } },
    { login: '12', displayName: null },
  ],
])('%j', async (user, expected) => {
  const { row } = await accountOf({ id: 'one', ...user });
  expect(row.data).toMatchObject(expected);
});

test('a number as an id is one; a resource without a usable id is rejected by name', async () => {
  fake.manners.instead = ({ path }) => {
    const ids = [7, '', null, undefined, '..', 'nul\u0000', {}];
    return path === '/Users'
      ? { body: { totalResults: 9, Resources: [...ids.map((id) => ({ id })), 'text', null] } }
      : undefined;
  };
  const host = await TestHost.of(fake.url);
  await host.run({ streams: ['accounts'] });
  expect(host.keys('account')).toEqual(['7']);
  expect(host.rejected).toHaveLength(8);
  expect(host.rejected[0]).toBe('accounts Users, item 1: has no usable id');
});

test('what is odd is said once for each field, without its value', async () => {
  fake.manners.instead = ({ path }) => {
    const odd = (id: string): object => ({ id, userName: { canary: 1 }, meta: { created: 'canary' } });
    return path === '/Users' ? { body: { totalResults: 2, Resources: [odd('a'), odd('b')] } } : undefined;
  };
  const host = await TestHost.of(fake.url);
  await host.run({ streams: ['accounts'] });
  const said = host.logger.lines.filter(({ message }) => message === 'field not understood');
  expect(said.map(({ fields }) => fields)).toEqual([
    { kind: 'User', field: 'userName', reason: 'wrong type' },
    { kind: 'User', field: 'meta.created', reason: 'not a date' },
  ]);
  expect(host.logger.text).not.toContain('canary');
});

const SECRETS = {
  password: 'canary',
  PASSWORD: 'canary',
  apiToken: 'canary',
  'urn:acme:2.0:User': {
    vault: { key: 'canary', note: 'kept' },
    sshPrivateKey: 'canary',
    passwordChangedAt: 'kept',
    pin: 1234,
  },
  'urn:acme:2.0:User:vault': { key: 'canary' },
  description: '-----BEGIN RSA PRIVATE KEY----- canary',
  x509Certificates: [{ value: 'canary' }],
  photos: [{ value: `data:${'canary'.repeat(10_000)}` }],
};

test('secrets go by name, by form and by what the schemas say; what is bulky goes too', async () => {
  fake.manners.schemas = {
    Resources: [
      {
        id: 'urn:acme:2.0:User',
        attributes: [
          {
            name: 'vault',
            subAttributes: [
              { name: 'key', returned: 'never' },
              { name: 'note', returned: 'default' },
            ],
          },
          { name: 'shadow', mutability: 'writeOnly' },
        ],
      },
    ],
  };
  const { row, host } = await accountOf({ id: 'one', ...SECRETS, shadow: ['canary'], hasPassword: true, mfaSecret: null });
  expect(JSON.stringify(row)).not.toContain('canary');
  expect(JSON.stringify(row)).not.toContain('1234');
  expect(row.raw).toMatchObject({
    password: '[redacted]',
    shadow: '[redacted]',
    hasPassword: true,
    mfaSecret: null,
    x509Certificates: '[left out]',
    'urn:acme:2.0:User': { vault: { key: '[redacted]', note: 'kept' }, passwordChangedAt: 'kept' },
  });
  expect(host.logger.text).not.toContain('canary');
});

test('roles and entitlements are roles; what names them twice names one', async () => {
  const { host } = await accountOf({
    id: 'one',
    roles: [
      { value: 'admin', display: 'Administrator' },
      { value: 'admin', type: 'other' },
      'plain',
      { display: 'Only a name' },
      {},
      7,
    ],
    entitlements: { value: 'admin' },
  });
  expect(host.keys('role')).toEqual(['entitlement:admin', 'role:7', 'role:Only a name', 'role:admin', 'role:plain']);
  expect(host.row('role', 'role:admin').data).toMatchObject({ label: 'Administrator', builtIn: false, permissions: [] });
  expect(host.keys('role_assignment')).toEqual(host.keys('role').map((key) => `${key}|one`));
  expect(host.row('role_assignment', 'role:admin|one')).toMatchObject({
    partition: 'one',
    data: { role: 'role:admin', principalKind: 'account', principal: 'one', target: null },
  });
});

test('where the service lists its roles, they come from there, by the value that users hold, else by their id', async () => {
  fake.manners.types = {
    Resources: [
      { name: 'User', endpoint: '/Users' },
      { name: 'Group', endpoint: '/Groups' },
      { name: 'Role', endpoint: '/v2/Roles', schema: 'urn:ietf:params:scim:schemas:extension:2.0:Role' },
    ],
  };
  fake.directory.people.set('p', {
    ...[...fake.directory.people.values()][0]!,
    id: 'p',
    roles: [['r-1', '']],
    entitlements: ['extra'],
  });
  const listed = [
    { id: '1', value: 'r-1', display: 'First', description: 'The first', permissions: [{ value: 'all' }, 'some', {}] },
    { id: '2', displayName: 'Second' },
    { nothing: true },
  ];
  fake.manners.instead = ({ path }) => (path === '/v2/Roles' ? { body: { totalResults: 3, Resources: listed } } : undefined);
  const host = await TestHost.of(fake.url);
  await host.run();
  expect(host.keys('role')).toEqual(expect.arrayContaining(['role:r-1', 'role:2', 'entitlement:extra']));
  expect(host.keys('role')).not.toContain('role:admin');
  expect(host.row('role', 'role:r-1').data).toMatchObject({
    label: 'First',
    description: 'The first',
    permissions: ['all', 'some'],
  });
  expect(host.rejected).toEqual(['roles v2/Roles, item 2: has no usable id']);
  expect(host.keys('role_assignment')).toContain('role:r-1|p');
  host.rows.get('role')?.clear();
  await host.refresh('roles', [
    { field: 'key', value: 'role:r-1' },
    { field: 'key', value: 'role:gone' },
  ]);
  expect(host.keys('role')).toEqual(['role:r-1']);
});
