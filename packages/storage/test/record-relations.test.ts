import type { RecordKind, RecordMap, SourceRecord, StreamInfo } from '@castellan/connector-sdk';
import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, type RecordPlace, type Related, type Storage } from '../src/index.js';
import { ACCOUNTS, account, EVENTS, event, GROUPS, group, LAST, MEMBERS, membership, page } from './fixtures/samples.js';
import { newIntegration, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;
let id: string;

const stream = (name: string, kind: RecordKind): StreamInfo => ({ ...ACCOUNTS, name, kind });
const RULES = stream('rules', 'group_rule');
const APPS = stream('apps', 'application');
const ASSIGNMENTS = stream('assignments', 'app_assignment');
const ROLES = stream('roles', 'role');
const ROLE_ASSIGNMENTS = stream('role-assignments', 'role_assignment');
const IDPS = stream('idps', 'identity_provider');
const LINKS = stream('links', 'idp_link');
const FACTORS = stream('factors', 'authenticator');

const NO_TIMES = { createdAt: null, updatedAt: null };

function record<K extends RecordKind>(kind: K, key: string, data: RecordMap[K]): SourceRecord {
  return { kind, key, data } as unknown as SourceRecord; // the parameters pair kind and data
}
const application = (key: string, label: string | null) =>
  record('application', key, {
    label,
    name: `${key}_name`,
    status: 'active',
    providerStatus: null,
    signOnMode: null,
    features: [],
    ...NO_TIMES,
  });
const assignment = (app: string, principal: string, principalKind: 'account' | 'group', scope: 'direct' | 'group') =>
  record('app_assignment', `${app}|${principal}`, {
    application: app,
    principalKind,
    principal,
    scope,
    username: `${principal}@app`,
    profile: { secret: 'no' },
    providerStatus: 'ACTIVE',
    priority: 3,
    statusChangedAt: null,
    createdAt: '2025-01-02T03:04:05.678Z',
    updatedAt: null,
  });
const role = (key: string, label: string) =>
  record('role', key, { label, description: 'May do much', builtIn: true, permissions: [], ...NO_TIMES });
const holds = (of: string, principal: string, principalKind: 'account' | 'group' | 'client', target: string | null) =>
  record('role_assignment', [of, principal, ...(target === null ? [] : [target])].join('|'), {
    role: of,
    principal,
    principalKind,
    target,
    targetKind: target === null ? null : 'group',
    assignment: null,
    providerStatus: 'ACTIVE',
    ...NO_TIMES,
  });
const rule = (key: string, targetGroups: readonly string[]) =>
  record('group_rule', key, {
    name: 'Sales rule',
    expression: 'true',
    targetGroups,
    excludedAccounts: ['bo'],
    status: 'active',
    providerStatus: null,
    ...NO_TIMES,
  });
const idp = record('identity_provider', 'idp', {
  name: 'Partner',
  type: 'SAML2',
  protocol: null,
  status: 'active',
  providerStatus: null,
  issuer: null,
  accountLinkAction: null,
  provisioningAction: null,
  keysExpireAt: null,
  ...NO_TIMES,
});
const link = record('idp_link', 'idp|ana', { identityProvider: 'idp', account: 'ana', externalId: 'x1', ...NO_TIMES });
const factor = record('authenticator', 'ana|f1', {
  account: 'ana',
  factorType: 'webauthn',
  provider: 'FIDO',
  name: null,
  status: 'active',
  providerStatus: null,
  phishingResistant: true,
  ...NO_TIMES,
});
const party = (partyId: string | null) => ({ id: partyId, type: 'User', login: null, displayName: null });

const SEEN = { status: 'active', providerStatus: null, ...NO_TIMES } as const;
/** One row each of the kinds by which a right can be had that nobody was given. */
const EXPOSED: readonly SourceRecord[] = [
  record('group_owner', 'staff|ana', { group: 'staff', ownerKind: 'account', owner: 'ana', source: null, updatedAt: null }),
  record('app_credential', 'app|c1', { application: 'app', type: 'public_key', expiresAt: null, ...SEEN }),
  record('client_secret', 'app|s1', { application: 'app', expiresAt: null, ...SEEN }),
  record('app_provisioning', 'app', {
    application: 'app',
    status: 'active',
    providerStatus: null,
    endpoint: null,
    createsAccounts: true,
    updatesAccounts: null,
    deactivatesAccounts: false,
    importsAccounts: null,
    password: 'own',
  }),
  record('group_push', 'app|m1', { application: 'app', group: 'staff', targetGroup: 'All staff', ...SEEN }),
  record('resource_set_member', 'set|r1', {
    resourceSet: 'set',
    setName: 'Sales only',
    resourceKind: 'group',
    resource: 'sales',
    ...NO_TIMES,
  }),
  record('account_device', 'ana|d1', { account: 'ana', device: 'd1', name: null, platform: null, managed: null, ...SEEN }),
  record('token_grant', 'ana|t1', {
    account: 'ana',
    application: 'app',
    clientId: null,
    type: 'refresh_token',
    scopes: [],
    expiresAt: null,
    ...SEEN,
  }),
];

const people = [
  account('ana', { displayName: 'Ana', manager: 'bo@example.com' }),
  account('bo', { displayName: 'Bo', manager: 'Somebody' }),
  account('cy', { displayName: null, manager: 'bo' }),
  // As a group is called.
  account('sales'),
  account('twin1', { email: 'twin@x.test' }),
  account('twin2', { email: 'twin@x.test', manager: 'twin@x.test' }),
];
const edges = {
  first: [membership('staff', 'ana'), membership('staff', 'bo'), membership('staff', 'ghost'), membership('sales', 'ana')],
  second: [membership('staff', 'ana'), membership('staff', 'ghost'), membership('sales', 'ana')],
};

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
  id = await newIntegration(storage, 'Directory');
  const nested = record('membership', 'staff|sales', { group: 'staff', memberKind: 'group', member: 'sales' });
  const all: readonly [StreamInfo, readonly SourceRecord[]][] = [
    [ACCOUNTS, people],
    [GROUPS, [group('staff', 'Staff'), group('sales', 'Sales')]],
    [MEMBERS, [...edges.first, nested]],
    [RULES, [rule('r1', ['sales', 'staff']), rule('r2', ['staff'])]],
    [APPS, [application('app', 'Mail'), application('crm', null)]],
    [
      ASSIGNMENTS,
      [
        assignment('app', 'ana', 'account', 'group'),
        assignment('app', 'staff', 'group', 'direct'),
        assignment('crm', 'ana', 'account', 'direct'),
      ],
    ],
    [ROLES, [role('admin', 'Administrator')]],
    [
      ROLE_ASSIGNMENTS,
      [holds('admin', 'ana', 'account', 'sales'), holds('admin', 'staff', 'group', null), holds('admin', 'c1', 'client', null)],
    ],
    [IDPS, [idp]],
    [LINKS, [link]],
    [FACTORS, [factor]],
    ...EXPOSED.map((one): [StreamInfo, readonly SourceRecord[]] => [stream(`of-${one.kind}`, one.kind), [one]]),
    [
      EVENTS,
      ['2025-01-01', '2025-01-03', '2025-01-02'].map((day, n) =>
        event(`e${n}`, `${day}T00:00:00.000Z`, { actor: party('ana'), targets: [party('app'), party('nobody'), party(null)] }),
      ),
    ],
  ];
  await sync(
    storage,
    id,
    all.map(([of]) => of),
    all.map(([of, records]) => page(of, records, LAST)),
  );
  await sync(storage, id, [MEMBERS], [page(MEMBERS, [...edges.second, nested], LAST)]);
});
afterAll(() => databases.close());

const at = (kind: RecordKind, key: string): RecordPlace => ({ workspaceId: WORKSPACE, integrationId: id, kind, key });

async function related(kind: RecordKind, key: string, name: string, removed = false): Promise<readonly Related[]> {
  const found = await storage.recordRelations.page(at(kind, key), name, { offset: 0, limit: 100, removed });
  if (typeof found === 'string') throw new Error(found);
  expect(found.total).toBe(found.items.length);
  return found.items;
}

test.each<[RecordKind, string, Readonly<Record<string, number>>]>([
  [
    'account',
    'ana',
    {
      groups: 2,
      applications: 2,
      roles: 1,
      authenticators: 1,
      identityProviders: 1,
      manager: 1,
      reports: 0,
      apiTokens: 0,
      devices: 1,
      tokenGrants: 1,
      ownedGroups: 1,
      activity: 3,
    },
  ],
  [
    'account',
    'bo',
    {
      groups: 0,
      applications: 0,
      roles: 0,
      authenticators: 0,
      identityProviders: 0,
      manager: 0,
      reports: 2,
      apiTokens: 0,
      devices: 0,
      tokenGrants: 0,
      ownedGroups: 0,
      activity: 0,
    },
  ],
  [
    'account',
    'sales',
    {
      groups: 0,
      applications: 0,
      roles: 0,
      authenticators: 0,
      identityProviders: 0,
      manager: 0,
      reports: 0,
      apiTokens: 0,
      devices: 0,
      tokenGrants: 0,
      ownedGroups: 0,
      activity: 0,
    },
  ],
  [
    'group',
    'staff',
    { members: 3, groups: 0, applications: 1, roles: 1, rules: 2, owners: 1, pushes: 1, sourceApplication: 0 },
  ],
  [
    'group',
    'sales',
    { members: 1, groups: 1, applications: 0, roles: 0, rules: 1, owners: 0, pushes: 0, sourceApplication: 0 },
  ],
  ['group_rule', 'r1', { groups: 2, excludedAccounts: 1 }],
  [
    'application',
    'app',
    {
      accounts: 1,
      groups: 1,
      grants: 0,
      credentials: 1,
      secrets: 1,
      provisioning: 1,
      pushedGroups: 1,
      policy: 0,
      masteredGroups: 0,
    },
  ],
  ['group_owner', 'staff|ana', { group: 1, owner: 1 }],
  ['resource_set_member', 'set|r1', { resource: 1 }],
  ['role', 'admin', { accounts: 1, groups: 1, clients: 1 }],
  ['identity_provider', 'idp', { accounts: 1 }],
  ['authenticator', 'ana|f1', { account: 1 }],
  ['role_assignment', 'admin|ana|sales', { role: 1, principal: 1, target: 1 }],
  ['activity', 'e1', { actor: 1, targets: 1 }],
  ['org_setting', 'none', {}],
])('what %s %s is related to is counted', async (kind, key, counts) => {
  const summaries = await storage.recordRelations.summaries(at(kind, key));
  if (kind === 'org_setting') {
    expect(summaries).toBeUndefined();
    return;
  }
  expect(Object.fromEntries((summaries ?? []).map(({ name, present }) => [name, present]))).toEqual(counts);
  for (const [name, count] of Object.entries(counts))
    expect([name, (await related(kind, key, name)).length]).toEqual([name, count]);
});

const short = (items: readonly Related[]) => items.map(({ kind, key, label, known }) => [kind, key, label, known]);

test('each by what a person calls it, and by its key where it was never read', async () => {
  expect(short(await related('group', 'staff', 'members'))).toEqual([
    ['account', 'ana', 'Ana', true],
    ['account', 'ghost', 'ghost', false],
    ['group', 'sales', 'Sales', true],
  ]);
  expect(short(await related('role', 'admin', 'clients'))).toEqual([['client', 'c1', 'c1', false]]);
  expect(short(await related('account', 'ana', 'applications'))).toEqual([
    ['application', 'app', 'Mail', true],
    ['application', 'crm', 'crm_name', true],
  ]);
  expect(short(await related('account', 'ana', 'authenticators'))).toEqual([['authenticator', 'ana|f1', 'webauthn', true]]);
  expect(short(await related('account', 'bo', 'reports'))).toEqual([
    ['account', 'ana', 'Ana', true],
    ['account', 'cy', 'cy@example.com', true],
  ]);
});

test('with what the edge says, and nothing of its profile', async () => {
  const [first] = await related('account', 'ana', 'applications');
  expect(first?.via).toEqual({
    scope: 'group',
    username: 'ana@app',
    providerStatus: 'ACTIVE',
    priority: 3,
    createdAt: '2025-01-02T03:04:05.678Z',
    updatedAt: null,
    statusChangedAt: null,
  });
  const [narrowed] = await related('account', 'ana', 'roles');
  expect(narrowed).toMatchObject({
    label: 'Administrator',
    detail: 'May do much',
    via: { targetKind: 'group', target: 'sales' },
  });
  expect((await related('identity_provider', 'idp', 'accounts'))[0]?.via).toMatchObject({ externalId: 'x1' });
});

test('a manager is one account that the text means, or none', async () => {
  expect(short(await related('account', 'ana', 'manager'))).toEqual([['account', 'bo', 'Bo', true]]);
  expect(await related('account', 'bo', 'manager')).toEqual([]);
  // Two have the address.
  expect(await related('account', 'twin2', 'manager')).toEqual([]);
});

test('what was so once stands apart', async () => {
  const [gone, ...more] = await related('group', 'staff', 'members', true);
  expect(gone).toMatchObject({ key: 'bo', label: 'Bo', removedAt: expect.stringMatching(/^2\d{3}-.*Z$/) });
  expect(more).toEqual([]);
  expect(await related('account', 'bo', 'groups', true)).toHaveLength(1);
  expect(await related('account', 'bo', 'groups')).toEqual([]);
});

test('an event names those whom it knows, a log is newest first', async () => {
  expect(short(await related('activity', 'e0', 'targets'))).toEqual([['application', 'app', 'Mail', true]]);
  expect(short(await related('activity', 'e0', 'actor'))).toEqual([['account', 'ana', 'Ana', true]]);
  const events = await related('account', 'ana', 'activity');
  expect(events.map(({ key, since }) => [key, since])).toEqual([
    ['e1', '2025-01-03T00:00:00.000Z'],
    ['e2', '2025-01-02T00:00:00.000Z'],
    ['e0', '2025-01-01T00:00:00.000Z'],
  ]);
});

test('a part of a relation', async () => {
  const part = await storage.recordRelations.page(at('group', 'staff'), 'members', { offset: 1, limit: 1, removed: false });
  expect(part).toMatchObject({ total: 3, items: [{ key: 'ghost' }] });
});

test('nothing of another workspace, nothing that is not there', async () => {
  const foreign = { ...at('group', 'staff'), workspaceId: '00000000-0000-4000-8000-00000000beef' };
  const query = { offset: 0, limit: 10, removed: false };
  expect(await storage.recordRelations.summaries(foreign)).toBeUndefined();
  expect(await storage.recordRelations.page(foreign, 'members', query)).toBe('no record');
  expect(await storage.recordHistory.entries(foreign, 10)).toBeUndefined();
  expect(await storage.recordRelations.page(at('group', 'staff'), 'constructor', query)).toBe('no relation');
});

test('the history of a record: what was gained, lost, and changed last, newest first', async () => {
  const changed = [{ ...people[0], data: { ...people[0]?.data, department: 'Sales' } } as SourceRecord]; // the sample of a key that is there
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, changed, LAST, { unlisted: [] })].slice(0, 1));
  const all = await storage.recordHistory.entries(at('group', 'staff'), 200);
  expect(all?.[0]).toMatchObject({ what: 'lost', relation: 'members', kind: 'account', key: 'bo', label: 'Bo' });
  expect(
    all
      ?.filter(({ what }) => what === 'found')
      .map(({ relation, key }) => `${relation} ${key}`)
      .toSorted(),
  ).toEqual([
    'applications app',
    'members ana',
    'members bo',
    'members ghost',
    'members sales',
    'owners staff|ana',
    'pushes app|m1',
    'roles admin',
    'rules r1',
    'rules r2',
  ]);
  expect(all?.at(-1)).toMatchObject({ what: 'first_seen', relation: null, key: 'staff', label: 'Staff' });
  expect(all?.map(({ at: time }) => time)).toEqual(
    all
      ?.map(({ at: time }) => time)
      .toSorted()
      .toReversed(),
  );
  const own = (await storage.recordHistory.entries(at('account', 'ana'), 200))?.filter(({ relation }) => relation === null);
  expect(own?.map(({ what }) => what)).toEqual(['changed', 'first_seen']);
  const gone = (await storage.recordHistory.entries(at('account', 'bo'), 200))?.filter(({ relation }) => relation === null);
  expect(gone?.map(({ what }) => what)).toEqual(['removed', 'first_seen']);
  expect(await storage.recordHistory.entries(at('group', 'staff'), 3)).toHaveLength(4);
});

test('the history has every coming and going, of edges and of records themselves', async () => {
  const nested = record('membership', 'staff|sales', { group: 'staff', memberKind: 'group', member: 'sales' });
  const list = (records: readonly SourceRecord[]) => sync(storage, id, [MEMBERS], [page(MEMBERS, [...records, nested], LAST)]);
  await list(edges.first);
  await list(edges.second);
  await list(edges.first);
  const all = await storage.recordHistory.entries(at('group', 'staff'), 200);
  const ofBo = all?.filter(({ relation, key }) => relation === 'members' && key === 'bo');
  expect(ofBo?.map(({ what }) => what)).toEqual(['gained', 'lost', 'gained', 'lost', 'found']);
  const times = await client.query<{ readonly at: Date }>(
    `SELECT since AS at FROM past_presences WHERE key = 'staff|bo' UNION ALL SELECT until FROM past_presences WHERE key = 'staff|bo'
     UNION ALL SELECT present_since FROM memberships WHERE key = 'staff|bo' ORDER BY at DESC`,
  );
  expect(ofBo?.map(({ at: time }) => time)).toEqual(times.rows.map(({ at: time }) => time.toISOString()));
  const edge = await storage.recordHistory.entries(at('membership', 'staff|bo'), 200);
  expect(edge?.filter(({ relation }) => relation === null).map(({ what }) => what)).toEqual([
    'returned',
    'removed',
    'returned',
    'removed',
    'first_seen',
  ]);
});
