import type { RecordKind } from '@castellan/connector-sdk';
import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { accessTruthOf } from './support/access-truth.js';
import { apiRequests, freshlySynced, hostOf } from './support/changing-org.js';
import type { PollingHost } from './support/polling-host.js';
import { TinyHost } from './support/tiny-host.js';

const SIZE = { users: 60, groups: 50, apps: 22, events: 20, seed: 5 } as const;
const KINDS: readonly RecordKind[] = [
  'group_owner',
  'app_credential',
  'client_secret',
  'app_provisioning',
  'group_push',
  'resource_set_member',
  'account_device',
  'token_grant',
];
/** All that is read only when it is asked for. */
const ALL = { eachAccount: true, secretAges: true } as const;
const counts = (host: TinyHost): Readonly<Record<string, number>> =>
  Object.fromEntries(KINDS.map((kind) => [kind, host.count(kind)]));

describe('by what a right can be had that nobody was given', () => {
  let simulator: Simulator;
  let host: TinyHost;
  beforeAll(async () => {
    simulator = await startSimulator(SIZE);
    host = await TinyHost.create({ ...simulator.config, ...ALL });
    await host.run();
  });
  afterEach(() => simulator.setFaults([]));
  afterAll(() => simulator.close());

  it('is there, row by row, and all of it is understood', () => {
    const { rows, secretAges, eachAccount } = accessTruthOf(simulator.org);
    expect([host.stopped, host.unlisted, host.rejected, host.logger.notUnderstood()]).toEqual([[], [], [], []]);
    expect(counts(host)).toEqual({ ...rows, ...secretAges, ...eachAccount });
    for (const [kind, count] of Object.entries(counts(host))) expect([kind, count > 2]).toEqual([kind, true]);
  });

  it('shows every kind of thing that a check looks for', () => {
    const seen = <K extends RecordKind>(kind: K, field: string): readonly unknown[] =>
      [...new Set(host.all(kind).map(({ data }) => Reflect.get(data, field) as unknown))].toSorted();
    expect(seen('group_owner', 'ownerKind')).toEqual(['account', 'group']);
    expect(seen('app_credential', 'type')).toEqual(['public_key', 'signing_certificate']);
    expect(seen('app_credential', 'status')).toEqual(['active', 'inactive']);
    expect(seen('app_provisioning', 'password')).toEqual(['none', 'own', 'random']);
    expect(seen('group_push', 'status')).toEqual(['active', 'inactive']);
    const kinds = ['account', 'accounts_of_group', 'application', 'group', 'role'];
    expect(seen('resource_set_member', 'resourceKind')).toEqual(kinds);
    expect(seen('account_device', 'platform')).toEqual(['ANDROID', 'IOS', 'MACOS', 'WINDOWS']);
    expect(seen('token_grant', 'type')).toEqual(['consent', 'refresh_token']);
  });

  it('leads to records that are there', () => {
    const known = (kind: RecordKind, key: string | null): boolean => key === null || host.rows.get(kind)?.has(key) === true;
    const sets = new Set(host.all('resource_set_member').map(({ data }) => data.resourceSet));
    const targets = host.all('role_assignment').filter(({ data }) => data.targetKind === 'resource_set');
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter(({ data }) => !sets.has(data.target ?? ''))).toEqual([]);
    expect(host.all('group_push').filter(({ data }) => !known('group', data.group))).toEqual([]);
    expect(host.all('token_grant').filter(({ data }) => !known('application', data.application))).toEqual([]);
    expect(host.all('group_owner').filter(({ data }) => !known(data.ownerKind, data.owner))).toEqual([]);
    const groups = host.all('resource_set_member').filter(({ data }) => data.resourceKind === 'group');
    expect(groups.filter(({ data }) => !known('group', data.resource))).toEqual([]);
  });

  it('knows of some roles that they were asked for, and until when', () => {
    const own = host.all('role_assignment').filter(({ data }) => data.principalKind === 'account');
    const governed = own.filter(({ data }) => data.governed === true);
    expect(governed.length).toBeGreaterThan(0);
    expect(own.some(({ data }) => data.governed === false)).toBe(true);
    expect(governed.some(({ data }) => data.expiresAt !== null)).toBe(true);
    const others = host.all('role_assignment').filter(({ data }) => data.principalKind !== 'account');
    expect(new Set(others.map(({ data }) => data.governed))).toEqual(new Set([null]));
  });

  it('holds no secret, in no row and no line of the log', () => {
    const { org } = simulator;
    const secrets = [...org.applications.apps.keys()].flatMap((id) => [...org.list(`app-secrets/${id}`).values()]);
    expect(secrets.length).toBeGreaterThan(2);
    const written = `${JSON.stringify(KINDS.flatMap((kind) => host.all(kind)))}${host.logger.text}`;
    for (const secret of secrets) {
      expect(written.includes(String(secret['client_secret'])) || written.includes(String(secret['secret_hash']))).toBe(false);
    }
    expect(/modulus-of|certificate-of/.test(written)).toBe(false);
  });

  it('reads no secret where nobody has asked for their age, nor for a test of the connection, which is made again and again', async () => {
    const readings = (): number => simulator.requests.byTemplate['/api/v1/apps/{appId}/credentials/secrets'] ?? 0;
    const before = readings();
    expect(before).toBe(accessTruthOf(simulator.org).asked.applicationsWithSecrets);
    const unasked = await TinyHost.create(simulator.config);
    await unasked.run();
    expect([unasked.count('client_secret'), unasked.count('app_credential')]).toEqual([0, host.count('app_credential')]);
    const asked = await TinyHost.create({ ...simulator.config, ...ALL });
    const { checks } = await asked.test();
    const row = checks.find(({ name }) => name === 'stream client-secrets');
    expect(row).toMatchObject({ status: 'ok', message: expect.stringContaining('Not tried on a secret') as unknown });
    expect(readings()).toBe(before);
  });

  it.each([
    ['/api/v1/apps/{appId}/credentials/secrets', 'client_secret'],
    ['/api/v1/groups/{groupId}/owners', 'group_owner'],
    ['/api/v1/apps/{appId}/features', 'app_provisioning'],
    ['/api/v1/apps/{appId}/group-push/mappings', 'group_push'],
    ['/api/v1/iam/resource-sets', 'resource_set_member'],
    ['/api/v1/users/{userId}/devices', 'account_device'],
    ['/api/v1/users/{userId}/clients', 'token_grant'],
  ] as const)('%s that may not be read costs its stream, and everything else is fresh', async (match, kind) => {
    simulator.setFaults([{ kind: 'status', status: 403, code: 'E0000006', match }]);
    const found = await TinyHost.create({ ...simulator.config, ...ALL });
    await found.run(found.names.filter((name) => name !== 'activity'));
    expect(found.stopped.map(({ error }) => error.kind)).toEqual(['permission']);
    expect(counts(found)).toEqual({ ...counts(host), [kind]: 0 });
    expect(found.completed.size).toBe(found.names.length - 2);
  });

  it('is none, and no failure, in an organisation without the products', async () => {
    const absent = { kind: 'status', status: 401, code: 'E0000015' } as const;
    const matches = ['groups/{groupId}/owners', 'users/{userId}/devices', 'users/{userId}/roles/{roleAssignmentId}/governance'];
    simulator.setFaults(matches.map((match) => ({ ...absent, match: `/api/v1/${match}` })));
    const tokens = simulator.requests.byTemplate['/oauth2/v1/token'] ?? 0;
    const found = await TinyHost.create({ ...simulator.config, ...ALL });
    await found.run(found.names.filter((name) => name !== 'activity'));
    expect([found.stopped, found.unlisted]).toEqual([[], []]);
    expect(counts(found)).toEqual({ ...counts(host), group_owner: 0, account_device: 0 });
    expect(found.count('role_assignment')).toBe(host.count('role_assignment'));
    expect(new Set(found.all('role_assignment').map(({ data }) => data.governed))).toEqual(new Set([null]));
    // Nobody asks for a new token over it.
    expect(simulator.requests.byTemplate['/oauth2/v1/token']).toBe(tokens + 1);
  });

  it('goes on where it was cut, also inside of a set', async () => {
    simulator.org.largestPage = 2;
    try {
      const cut = await TinyHost.create({ ...simulator.config, ...ALL });
      await cut.run(['accounts', 'groups', 'applications']);
      const streams = [
        'group-owners',
        'app-credentials',
        'client-secrets',
        'app-provisioning',
        'group-pushes',
        'resource-set-members',
      ];
      for (const stream of [...streams, 'account-devices', 'token-grants'])
        for (let cuts = 0; cuts < 60 && !(await cut.run([stream], 1)); cuts += 1);
      expect(cut.stopped).toEqual([]);
      expect(counts(cut)).toEqual(counts(host));
    } finally {
      simulator.org.largestPage = Number.POSITIVE_INFINITY;
    }
  });
});

describe('a change of it, read again by its event', () => {
  let simulator: Simulator;
  let host: PollingHost;
  beforeAll(async () => {
    simulator = await startSimulator({ ...SIZE, users: 20, groups: 34 });
    host = await hostOf(simulator, ALL);
    await host.sync();
    await host.poll();
  });
  afterAll(() => simulator.close());

  const first = (list: string): string => {
    const { org } = simulator;
    const found = [...org.applications.apps.keys()].find((id) => org.list(`${list}/${id}`).size > 0);
    if (found === undefined) throw new Error(`no application has ${list}`);
    return found;
  };

  it.each<[string, string, (simulator: Simulator) => void]>([
    ['a new secret', 'client_secret', ({ org }) => void org.addClientSecret(first('app-secrets'))],
    [
      'a secret that is switched off',
      'client_secret',
      ({ org }) => {
        const app = first('app-secrets');
        const [id = ''] = org.list(`app-secrets/${app}`).keys();
        org.setClientSecretStatus(app, id, 'INACTIVE');
      },
    ],
    [
      'another certificate, which is in use from now on',
      'app_credential',
      ({ org }) => org.rotateSigningKey(first('app-keys'), '2036-01-01T00:00:00.000Z'),
    ],
    [
      'passwords that are pushed',
      'app_provisioning',
      ({ org }) => {
        const off = [...org.applications.apps.keys()].find((id) =>
          JSON.stringify(org.list(`app-features/${id}`).get('USER_PROVISIONING') ?? {}).includes(
            '"password":{"status":"DISABLED"',
          ),
        );
        org.setPasswordPush(off ?? '', { status: 'ENABLED', seed: 'OKTA', change: 'CHANGE' });
      },
    ],
    [
      'a group that is pushed',
      'group_push',
      ({ org }) => {
        const app = [...org.applications.apps.keys()].find((id) => org.applications.pushes(id).size > 0) ?? '';
        org.pushGroup(app, [...org.directory.groups.keys()][5] ?? '');
      },
    ],
    [
      'a pushed group that is deleted',
      'group_push',
      ({ org }) => {
        const group = [...org.directory.groups.keys()].find((id) => org.applications.pushCount(id) > 0);
        org.deleteGroup(group ?? '');
      },
    ],
    [
      'a resource set that grows',
      'resource_set_member',
      ({ org }) => {
        const [set = ''] = org.administration.resourceSets.keys();
        org.addResources(set, [`${org.links.base}/api/v1/apps`]);
      },
    ],
    [
      'a resource set with another name',
      'resource_set_member',
      ({ org }) => void org.updateResourceSet([...org.administration.resourceSets.keys()][0] ?? '', { label: 'Renamed' }),
    ],
    [
      'a resource set that is deleted',
      'resource_set_member',
      ({ org }) => org.deleteResourceSet([...org.administration.resourceSets.keys()][1] ?? ''),
    ],
    ['an application with secrets that is deleted', 'client_secret', ({ org }) => org.deleteApp(first('app-secrets'))],
    [
      'an application that is provisioned from now on',
      'app_provisioning',
      ({ org }) => {
        const known = org.list(`app-features/${first('app-features')}`).get('USER_PROVISIONING') ?? {};
        const { id } = org.addApp({ label: 'Newly provisioned' });
        org.list(`app-features/${id}`).set('USER_PROVISIONING', known);
        org.updateApp(id, { features: ['PUSH_NEW_USERS'] });
      },
    ],
    [
      'somebody with a device who is deactivated',
      'account_device',
      ({ org }) => {
        const user = [...org.directory.users.values()].find((one) => org.devices.of(one).length > 0);
        org.setStatus(user?.id ?? '', 'DEPROVISIONED');
      },
    ],
  ])('%s', async (_name, kind, change) => {
    const before = JSON.stringify(host.host.all(kind as RecordKind));
    change(simulator);
    const asked = apiRequests(simulator);
    await host.poll();
    expect(host.unread).toEqual([]);
    expect(apiRequests(simulator) - asked).toBeLessThanOrEqual(14);
    expect(JSON.stringify(host.host.all(kind as RecordKind))).not.toBe(before);
    expect(host.differencesFrom(await freshlySynced(simulator, ALL))).toEqual([]);
  });
});
