import type { RecordKind } from '@castellan/connector-sdk';
import { connector } from '../src/index.js';
import { type Answer, scripted } from './support/scripted-okta.js';

const group = (id: string, appsCount: number | null, more: object = {}): object => ({
  id,
  type: 'OKTA_GROUP',
  profile: { name: id },
  ...(appsCount !== null && {
    _embedded: { stats: { usersCount: 1, appsCount, hasAdminPrivilege: false, groupPushMappingsCount: 0, ...more } },
  }),
});
const client = (id: string, token_endpoint_auth_method: string): object => ({
  id,
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { client_id: id, token_endpoint_auth_method } },
});
const APPS = [
  client('a-basic', 'client_secret_basic'),
  client('a-key', 'private_key_jwt'),
  client('a-none', 'none'),
  { id: 'a-mark', signOnMode: 'BOOKMARK', features: [] },
  { id: 'a-push', signOnMode: 'AUTO_LOGIN', features: ['GROUP_PUSH', 'PUSH_NEW_USERS'] },
  { id: 'a-saml', signOnMode: 'SAML_2_0', credentials: { signing: { kid: 'kid-of-saml' } } },
];
const LISTS: Readonly<Record<string, unknown>> = {
  '/api/v1/apps': APPS,
  '/api/v1/apps/a-basic/credentials/secrets': [{ id: 's1', status: 'ACTIVE', client_secret: 'CANARY' }],
  '/api/v1/apps/a-key/credentials/jwks': {
    jwks: {
      keys: [
        { id: 'k1', status: 'ACTIVE' },
        { id: 'k2', use: 'enc' },
      ],
    },
  },
  '/api/v1/apps/a-saml/credentials/keys': [{ kid: 'kid-of-saml' }, { kid: 'older' }],
  '/api/v1/apps/a-push/features': [{ name: 'USER_PROVISIONING', status: 'DISABLED' }],
  '/api/v1/apps/a-push/connections/default': { status: 'ENABLED', baseUrl: 'https://write.acme.test' },
  '/api/v1/apps/a-push/group-push/mappings': [{ id: 'm1', sourceGroupId: 'g1', status: 'ACTIVE' }],
  '/api/v1/users': [
    { id: 'u1', status: 'ACTIVE' },
    { id: 'u2', status: 'DEPROVISIONED' },
    { id: 'u3', status: 'SUSPENDED' },
  ],
  '/api/v1/users/u1/devices': [{ deviceUserId: 'l1', device: { id: 'd1', status: 'ACTIVE' } }],
  '/api/v1/users/u3/devices': [],
  '/api/v1/users/u1/clients': [{ client_id: 'c1' }, { client_id: 'c2' }],
  '/api/v1/users/u3/clients': [],
  '/api/v1/users/u1/grants': [{ id: 'oag1', clientId: 'c1', scopeId: 'openid' }],
  '/api/v1/users/u1/clients/c1/tokens': [{ id: 'oar1', clientId: 'c1', status: 'ACTIVE' }],
  '/api/v1/users/u1/clients/c2/tokens': [],
};
const GONE: Answer = { status: 404, body: { errorCode: 'E0000007' } };
const FORBIDDEN: Answer = { status: 403, body: { errorCode: 'E0000006' } };
const NO_PATH: Answer = { status: 404, body: { errorCode: 'E0000008' } };

const read = async (
  streams: readonly string[],
  change: (path: string, query: URLSearchParams) => Answer | undefined = () => undefined,
  settings: object = {},
) => {
  const org = await scripted(
    (path, query) => change(path, query) ?? (path in LISTS ? { body: LISTS[path] } : NO_PATH),
    undefined,
    settings,
  );
  await org.host.run(streams);
  const below = (part: string): readonly string[] => org.asked.filter((path) => path.includes(part));
  return { ...org, below, keys: (kind: RecordKind) => org.host.keys(kind) };
};

describe('owners of groups', () => {
  const GROUPS = [
    group('g-admin', 0, { hasAdminPrivilege: true }),
    group('g-apps', 2),
    group('g-idle', 0),
    group('g-pushed', 0, { groupPushMappingsCount: 1 }),
    group('g-uncounted', null),
    { ...group('g-all', 3), type: 'BUILT_IN', profile: { name: 'Everyone' } },
  ];
  const owners = (answer: (path: string) => Answer, groups: readonly object[] = GROUPS) =>
    read(['groups', 'group-owners'], (path) =>
      path === '/api/v1/groups' ? { body: groups } : path.endsWith('/owners') ? answer(path) : undefined,
    );

  it('are asked for where a group opens something, or Okta has not counted, and after everybody else', async () => {
    const { below, keys, low } = await owners((path) => ({ body: [{ id: `of ${path.split('/')[4] ?? ''}`, type: 'USER' }] }));
    expect(keys('group_owner')).toEqual(['admin', 'apps', 'pushed', 'uncounted'].map((name) => `g-${name}|of g-${name}`));
    expect(low).toEqual(below('/owners').map((path) => path.split('?')[0]));
  });

  it.each([
    ['the product is not there', { status: 405, body: { errorCode: 'E0000022' } }],
    ['the path is not known', NO_PATH],
  ])('where %s there are none, and few groups are asked', async (_name, answer) => {
    const many = Array.from({ length: 200 }, (_, index) => group(`g${1000 + index}`, 1));
    const { host, below } = await owners(() => answer, many);
    expect([...host.completed]).toContain('group-owners');
    expect([host.stopped, host.unlisted, host.count('group_owner')]).toEqual([[], [], 0]);
    // Those that were on their way when the first refusals came.
    expect(below('/owners').length).toBeLessThanOrEqual(30);
    expect(host.logger.lines.filter(({ message }) => message === 'not offered')).toHaveLength(1);
  });

  it('of one group that has none by its kind do not keep the others from being asked', async () => {
    const { keys } = await owners((path) =>
      path.includes('g-apps') ? { body: [{ id: 'u1', type: 'GROUP' }] } : { status: 400, body: { errorCode: 'E0000001' } },
    );
    expect(keys('group_owner')).toEqual(['g-apps|u1']);
  });

  it('stay as they were where a group may not be read, and go where it is gone', async () => {
    const { host } = await owners((path) =>
      path.includes('g-apps') ? FORBIDDEN : path.includes('g-admin') ? GONE : { body: [] },
    );
    expect(host.unlisted).toEqual(['group-owners g-apps']);
    expect([...host.completed]).toContain('group-owners');
  });

  it('that are not matched to anybody are no rejected rows', async () => {
    const { host } = await owners(() => ({ body: [{ type: 'USER', resolved: false, originId: 'x' }] }));
    expect([host.rejected, host.count('group_owner')]).toEqual([[], 0]);
  });
});

describe('what an application proves itself by', () => {
  it('is asked for once, of applications that have something', async () => {
    const { below, keys, host, low } = await read(['applications', 'app-credentials']);
    expect(below('credentials')).toEqual(['/api/v1/apps/a-key/credentials/jwks', '/api/v1/apps/a-saml/credentials/keys']);
    expect(low).toEqual(below('credentials'));
    expect(keys('app_credential')).toEqual(['a-key|k1', 'a-saml|kid-of-saml', 'a-saml|older']);
    expect(host.all('app_credential').map(({ data }) => `${data.type} ${data.status}`)).toEqual([
      'public_key active',
      'signing_certificate active',
      'signing_certificate inactive',
    ]);
    expect(host.rejected).toEqual([]);
  });

  it('of an application that vanished meanwhile is nothing', async () => {
    const { host, keys } = await read(['applications', 'app-credentials'], (path) =>
      path.endsWith('/keys') ? GONE : undefined,
    );
    expect([host.unlisted, keys('app_credential')]).toEqual([[], ['a-key|k1']]);
  });

  it('in a form that Okta does not document is not taken for nothing', async () => {
    const { host } = await read(['applications', 'app-credentials'], (path) =>
      path.endsWith('/jwks') ? { body: { keys: 7 } } : undefined,
    );
    expect(host.unlisted).toEqual(['app-credentials a-key']);
  });
});

describe('the age of secrets', () => {
  const STREAMS = ['applications', 'client-secrets'];
  const ASKED = { secretAges: true };

  it('is never asked for unasked: Okta shows the secret, and logs that it was read', async () => {
    const { host, below } = await read([]);
    expect(host.names).toContain('app-credentials');
    expect(host.names).not.toContain('client-secrets');
    await host.run();
    expect(below('/api/v1/apps').length).toBeGreaterThan(0);
    expect(below('/secrets')).toEqual([]);
  });

  it('is asked for once where it is wanted, of applications that have secrets, and none of them stays', async () => {
    const { below, keys, host, low } = await read(STREAMS, undefined, ASKED);
    expect(below('credentials')).toEqual(['/api/v1/apps/a-basic/credentials/secrets']);
    expect(low).toEqual(below('credentials'));
    expect([keys('client_secret'), host.rejected]).toEqual([['a-basic|s1'], []]);
    expect(JSON.stringify([...host.rows.values()].map((rows) => [...rows.values()]))).not.toContain('CANARY');
    expect(host.logger.text).not.toContain('CANARY');
  });

  it('where secrets may not be read costs its stream alone', async () => {
    const { host, keys } = await read(
      [...STREAMS, 'app-credentials'],
      (path) => (path.endsWith('/secrets') ? FORBIDDEN : undefined),
      ASKED,
    );
    expect(host.stopped).toMatchObject([{ stream: 'client-secrets', error: { kind: 'permission' } }]);
    expect(host.stopped.map(({ error }) => error.message).join()).toContain('okta.apps.clientCredentials.read');
    expect([keys('app_credential').length, keys('client_secret')]).toEqual([3, []]);
  });
});

describe('what is written into an application', () => {
  const STREAMS = ['applications', 'app-provisioning', 'group-pushes'];

  it('is asked of those that have to do with it', async () => {
    const { below, host, keys } = await read(STREAMS);
    expect(below('a-push').toSorted()).toEqual([
      '/api/v1/apps/a-push/connections/default',
      '/api/v1/apps/a-push/features',
      '/api/v1/apps/a-push/group-push/mappings?limit=1000',
    ]);
    expect(below('/features')).toHaveLength(1);
    expect(keys('group_push')).toEqual(['a-push|m1']);
    expect(host.all('app_provisioning').map(({ key, data }) => `${key} ${data.endpoint} ${data.password}`)).toEqual([
      'a-push https://write.acme.test none',
    ]);
  });

  it('is nothing where provisioning is not switched on, and has no address where Okta shows none', async () => {
    const off: Answer = { status: 400, body: { errorCode: 'E0000001', errorSummary: 'Api validation failed: feature' } };
    const without = await read(STREAMS, (path) => (/features|connections/.test(path) ? off : undefined));
    expect([without.host.stopped, without.host.unlisted, without.keys('app_provisioning')]).toEqual([[], [], []]);
    expect(without.below('/connections')).toEqual([]);
    const half = await read(STREAMS, (path) => (path.endsWith('/default') ? GONE : undefined));
    expect(half.host.all('app_provisioning').map(({ data }) => [data.endpoint, data.status])).toEqual([[null, 'unknown']]);
  });

  it('goes with an application that vanished, and stays where it may not be read', async () => {
    const gone = await read(STREAMS, (path) => (path.includes('a-push') ? GONE : undefined));
    expect([gone.host.unlisted, gone.host.count('app_provisioning'), gone.host.count('group_push')]).toEqual([[], 0, 0]);
    const kept = await read(STREAMS, (path) => (path.endsWith('/default') ? FORBIDDEN : undefined));
    expect(kept.host.stopped.map(({ stream }) => stream)).toEqual(['app-provisioning']);
    expect(kept.keys('group_push')).toEqual(['a-push|m1']);
  });
});

describe('what custom roles hold over', () => {
  const SETS = '/api/v1/iam/resource-sets';
  const item = (id: string): object => ({ id, orn: `orn:okta:directory:00o1:groups:${id}` });
  const sets = (path: string, query: URLSearchParams): Answer | undefined => {
    const after = query.get('after');
    if (path === SETS && after === null)
      return {
        body: { 'resource-sets': [{ id: 'iam2', label: 'B' }], _links: { next: { href: `https://127.0.0.1${SETS}?after=x` } } },
      };
    if (path === SETS)
      return {
        body: {
          'resource-sets': [
            { id: 'iam1', label: 'A' },
            { id: 'iam3', label: 'C' },
          ],
        },
      };
    if (path === `${SETS}/iam3/resources`) return GONE;
    if (path !== `${SETS}/iam1/resources`) return path.startsWith(SETS) ? { body: { resources: [item('r9')] } } : undefined;
    const next = { _links: { next: { href: `https://127.0.0.1${path}?after=y` } } };
    return { body: { resources: [item(after === null ? 'r1' : 'r2')], ...(after === null && next) } };
  };

  it('is read set by set, by the links in the bodies; one that vanished is passed over', async () => {
    const { host, keys, asked } = await read(['resource-set-members'], sets);
    expect(keys('resource_set_member')).toEqual(['iam1|r1', 'iam1|r2', 'iam2|r9']);
    expect(host.all('resource_set_member').map(({ data }) => data.setName)).toEqual(['A', 'A', 'B']);
    expect([host.stopped, host.unlisted, asked.length]).toEqual([[], [], 6]);
  });

  it('is not read at all where sets may not be seen', async () => {
    const { host } = await read(['resource-set-members'], () => FORBIDDEN);
    expect(host.stopped).toMatchObject([{ stream: 'resource-set-members', error: { kind: 'permission' } }]);
  });
});

describe('what a role was given by', () => {
  const roles = (governance: Answer) =>
    read(['user-role-assignments'], (path) => {
      if (path === '/api/v1/iam/assignees/users') return { body: { value: [{ id: 'u1' }, { id: 'u3' }] } };
      if (/users\/u\d\/roles$/.test(path)) return { body: [{ id: `of-${path.split('/')[4] ?? ''}`, type: 'SUPER_ADMIN' }] };
      return path.endsWith('/governance') ? governance : undefined;
    });
  const both = (...found: readonly unknown[]): readonly unknown[] => [found, found];
  const said = async (governance: Answer): Promise<readonly unknown[]> => {
    const { host } = await roles(governance);
    expect([host.stopped, host.unlisted, host.count('role_assignment')]).toEqual([[], [], 2]);
    return host.all('role_assignment').map(({ data }) => [data.governed, data.expiresAt]);
  };

  it('is told with the role', async () => {
    const grants = [{ grantId: 'gra1', expirationDate: '2026-12-01T00:00:00.000Z' }];
    expect(await said({ body: { grants } })).toEqual(both(true, '2026-12-01T00:00:00.000Z'));
    expect(await said({ body: { grants: [] } })).toEqual(both(false, null));
  });

  it.each([
    ['on an engine without it', NO_PATH],
    ['of a connection that may not look', FORBIDDEN],
    ['for an assignment that is unknown there', GONE],
  ])('is not known %s, and the role is there all the same', async (_name, answer) => {
    expect(await said(answer)).toEqual(both(null, null));
  });
});

describe('devices and tokens of each account', () => {
  const STREAMS = ['accounts', 'account-devices', 'token-grants'];

  it('are read only when the settings ask for them', async () => {
    const names = async (settings: object): Promise<readonly string[]> =>
      (await scripted(() => GONE, undefined, settings)).host.names.filter((name) => STREAMS.slice(1).includes(name));
    expect([await names({}), await names({ eachAccount: true })]).toEqual([[], STREAMS.slice(1)]);
    expect(
      connector.streams.filter(({ pack }) => pack === 'each-account').map(({ listedEveryDays }) => listedEveryDays),
    ).toEqual([7, 7]);
  });

  it('cost a call for each account that is not deactivated, and more only for those who let programs in', async () => {
    const { asked, low, keys, host } = await read(STREAMS, undefined, { eachAccount: true });
    expect(asked.filter((path) => !path.startsWith('/api/v1/users?')).toSorted()).toEqual([
      '/api/v1/users/u1/clients',
      '/api/v1/users/u1/clients/c1/tokens?limit=200',
      '/api/v1/users/u1/clients/c2/tokens?limit=200',
      '/api/v1/users/u1/devices',
      '/api/v1/users/u1/grants?limit=200',
      '/api/v1/users/u3/clients',
      '/api/v1/users/u3/devices',
    ]);
    expect(low).toHaveLength(7);
    expect([keys('account_device'), keys('token_grant')]).toEqual([['u1|d1'], ['u1|oag1', 'u1|oar1']]);
    // What the calls inside of an account cost is in the plan as well.
    expect(host.plans.at(-1)?.buckets).toMatchObject([{ bucket: '/api/v1/users', calls: 8, done: 8 }]);
  });

  it('follow the pages of tokens, and pass over an account that vanished', async () => {
    const tokens = '/api/v1/users/u1/clients/c1/tokens';
    const { keys, host } = await read(
      STREAMS,
      (path, query) => {
        if (path.includes('u3')) return GONE;
        if (path !== tokens) return undefined;
        return query.has('after') ? { body: [{ id: 'oar2' }] } : { body: [{ id: 'oar1' }], next: `${tokens}?after=1` };
      },
      { eachAccount: true },
    );
    expect([keys('token_grant'), host.unlisted]).toEqual([['u1|oag1', 'u1|oar1', 'u1|oar2'], []]);
  });

  it('are none in an organisation without devices, and tokens are read there', async () => {
    const many = Array.from({ length: 80 }, (_, index) => ({ id: `u${100 + index}`, status: 'ACTIVE' }));
    const { host, below } = await read(
      STREAMS,
      (path) => {
        if (path === '/api/v1/users') return { body: many };
        return path.endsWith('/devices') ? NO_PATH : path.endsWith('/clients') ? { body: [] } : undefined;
      },
      { eachAccount: true },
    );
    expect([...host.completed].toSorted()).toEqual(STREAMS.toSorted());
    expect(below('/devices').length).toBeLessThanOrEqual(30);
    expect(below('/clients')).toHaveLength(80);
  });
});
