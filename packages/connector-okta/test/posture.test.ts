import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { bucketOf } from '../src/client/buckets.js';
import { readableAt } from '../src/client/readables.js';
import { connector } from '../src/index.js';
import { OKTA_SCOPES, POSTURE_SCOPES, wantedScopes } from '../src/config/scopes.js';
import { type Answer, scripted } from './support/scripted-okta.js';
import { TinyHost } from './support/tiny-host.js';

const POSTURE = connector.streams.filter((stream) => stream.pack === 'posture');
const SERVED = ['policies', 'policy-rules', 'network-zones', 'sign-in-methods', 'api-tokens', 'threat-insight'];

const FILES = {
  policies: [
    { id: 'p1', type: 'ACCESS_POLICY', name: 'Apps', status: 'ACTIVE' },
    { id: 'p2', type: 'PASSWORD', name: 'Default', status: 'ACTIVE', system: true },
    { id: 'p3', type: 'OKTA_SIGN_ON', name: 'Session', status: 'INACTIVE' },
  ],
  zones: [{ id: 'z1', type: 'IP', name: 'Office', status: 'ACTIVE', usage: 'POLICY', gateways: [{ value: '203.0.113.0/24' }] }],
  authenticators: [{ id: 'aut1', key: 'webauthn', type: 'security_key', name: 'Keys', status: 'ACTIVE' }],
  'api-tokens': [{ id: 't1', name: 'CI', userId: 'u1' }],
  'threat-insight': [{ action: 'block', excludeZones: [] }],
};
const RULES = [
  { parent: 'p1', object: { id: 'r1', name: 'Two factors', actions: { appSignOn: { access: 'ALLOW' } } } },
  { parent: 'p1', object: { id: 'r2', name: 'Catch-all', system: true } },
  { parent: 'p3', object: { id: 'r3', name: 'All', actions: { signon: { access: 'ALLOW', requireFactor: true } } } },
];

function folderOfObjects(): string {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-posture-'));
  const write = (file: string, lines: readonly object[]): void =>
    writeFileSync(join(folder, `${file}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  for (const [file, objects] of Object.entries(FILES))
    write(
      file,
      objects.map((object) => ({ parent: null, object })),
    );
  write('policy-rules', RULES);
  write('users', [{ parent: null, object: { id: 'u1', status: 'ACTIVE', profile: { login: 'ada@example.com' } } }]);
  return folder;
}

describe('the posture streams, against the simulator', () => {
  let folder: string;
  let simulator: Simulator;
  beforeAll(async () => {
    folder = folderOfObjects();
    simulator = await startSimulator({ objects: folder, grantedScopes: wantedScopes({ posture: true }) });
  });
  afterEach(() => simulator.setGrantedScopes(wantedScopes({ posture: true })));
  afterAll(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });
  const host = (posture: boolean): Promise<TinyHost> => TinyHost.create({ ...simulator.config, posture });

  it('are read when the settings ask for them and the scopes are granted', async () => {
    const found = await host(true);
    await found.run(SERVED);
    expect(found.stopped).toEqual([]);
    expect([...found.completed].toSorted()).toEqual(SERVED.toSorted());
    expect(found.keys('policy')).toEqual(['p1', 'p2', 'p3']);
    expect(found.all('policy_rule').map(({ key, data }) => `${data.policy} ${key} ${data.effect} ${data.mfaRequired}`)).toEqual(
      ['p1 r1 allow null', 'p1 r2 null null', 'p3 r3 allow true'],
    );
    expect(found.all('network_zone').map(({ data }) => data.entries)).toEqual([['203.0.113.0/24']]);
    expect(found.keys('sign_in_method')).toEqual(['aut1']);
    expect(found.all('api_token').map(({ data }) => data.account)).toEqual(['u1']);
    expect(found.all('org_setting').find(({ key }) => key === 'threat_insight')?.data.value).toMatchObject({ action: 'block' });
  });

  it('are not asked for otherwise, neither the objects nor the scopes', async () => {
    const found = await host(false);
    expect(found.names).toEqual(connector.streams.filter(({ pack }) => pack === undefined).map(({ name }) => name));
    await found.run();
    expect(found.stopped).toEqual([]);
    expect(POSTURE.flatMap(({ kind }) => found.keys(kind))).toEqual([]);
    const { checks } = await found.test();
    expect(checks.filter(({ name }) => name.startsWith('scope ')).map(({ name }) => name)).toEqual(
      OKTA_SCOPES.map((scope) => `scope ${scope}`),
    );
  });

  it.each(SERVED.map((name) => [name] as const))('%s is skipped without its scope, and the others go on', async (name) => {
    const [scope = ''] = POSTURE.find((stream) => stream.name === name)?.requires ?? [];
    simulator.setGrantedScopes(wantedScopes({ posture: true }).filter((granted) => granted !== scope));
    const found = await host(true);
    await found.run(SERVED);
    const lost = POSTURE.filter((stream) => stream.requires.includes(scope)).map((stream) => stream.name);
    expect(found.stopped.map(({ stream, status }) => `${stream} ${status}`).toSorted()).toEqual(
      lost.map((stream) => `${stream} skipped`).toSorted(),
    );
    expect(found.stopped[0]?.error).toMatchObject({ kind: 'permission', missing: [scope] });
    expect([...found.completed].toSorted()).toEqual(SERVED.filter((stream) => !lost.includes(stream)).toSorted());
  });

  it('without any of their scopes, all that is always read is complete', async () => {
    simulator.setGrantedScopes(OKTA_SCOPES);
    const found = await host(true);
    await found.run();
    // The one stream of the pack for which the six scopes will do.
    const readable = ['administration-console'];
    const lost = POSTURE.map(({ name }) => name).filter((name) => !readable.includes(name));
    expect(found.stopped.map(({ stream }) => stream).toSorted()).toEqual(lost.toSorted());
    expect(found.stopped.every(({ status }) => status === 'skipped')).toBe(true);
    const always = connector.streams.filter(({ pack }) => pack === undefined).map(({ name }) => name);
    expect([...found.completed].toSorted()).toEqual([...always, ...readable].toSorted());
  });
});

describe('the posture streams, against answers that are written out', () => {
  const LISTS: Readonly<Record<string, unknown>> = {
    '/api/v1/apps': [
      { id: 'svc', settings: { oauthClient: { application_type: 'service' } } },
      { id: 'web', settings: { oauthClient: { application_type: 'web' } } },
    ],
    '/api/v1/apps/svc/grants': [{ id: 'oag1', scopeId: 'okta.users.manage', status: 'ACTIVE' }],
    '/api/v1/logStreams': [{ id: 'ls1', type: 'aws_eventbridge', name: 'SIEM', status: 'ACTIVE' }],
    '/api/v1/org': { id: '00o1', companyName: 'Acme' },
    '/api/v1/authenticators': [{ id: 'aut1', key: 'okta_verify' }, { id: 'aut2', key: 'duo' }, { key: 'no id' }],
    '/api/v1/authenticators/aut1/methods': [{ type: 'push', status: 'ACTIVE' }],
  };
  const gone: Answer = { status: 404, body: { errorCode: 'E0000008' } };
  const read = async (streams: readonly string[], change: Readonly<Record<string, Answer>> = {}) => {
    const org = await scripted((path) => change[path] ?? (path in LISTS ? { body: LISTS[path] } : gone), undefined, {
      posture: true,
    });
    await org.host.run(streams);
    return org;
  };

  it('asks service apps for their grants, and no others', async () => {
    const { host, asked } = await read(['applications', 'app-grants']);
    expect(asked.filter((path) => path.includes('grants'))).toEqual(['/api/v1/apps/svc/grants']);
    expect(host.all('app_grant').map(({ data }) => `${data.application} ${data.scope}`)).toEqual(['svc okta.users.manage']);
  });

  it('reads log streams, and the organisation, which is one object', async () => {
    const { host } = await read(['log-streams', 'organisation']);
    expect(host.keys('log_stream')).toEqual(['ls1']);
    expect(host.all('org_setting').map(({ key, data }) => `${key} ${data.name}`)).toEqual(['organisation Acme']);
  });

  const AREAS: Readonly<Record<string, readonly [path: string, body: object]>> = {
    'threat-insight': ['/api/v1/threats/configuration', { action: 'block', excludeZones: [] }],
    organisation: ['/api/v1/org', { id: '00o1' }],
    'support-access': ['/api/v1/org/privacy/oktaSupport', { support: 'DISABLED', expiration: null }],
    'third-party-administrators': ['/api/v1/org/orgSettings/thirdPartyAdminSetting', { thirdPartyAdmin: true }],
    'new-programs': ['/api/v1/org/settings/clientPrivilegesSetting', { clientPrivilegesSetting: false }],
    'administration-console': ['/api/v1/first-party-app-settings/admin-console', { sessionIdleTimeoutMinutes: 15 }],
  };
  const refused: Answer = { status: 403, body: { errorCode: 'E0000006' } };

  it.each(Object.entries(AREAS))(
    'reads each area by itself: without the right to %s the others are fresh',
    async (lost, [path]) => {
      const answers = Object.fromEntries(Object.values(AREAS).map(([url, body]) => [url, { body }]));
      const { host } = await read(Object.keys(AREAS), { ...answers, [path]: refused });
      expect(host.stopped).toMatchObject([{ stream: lost, error: { kind: 'permission' } }]);
      expect(host.keys('org_setting')).toEqual(
        Object.keys(AREAS)
          .filter((name) => name !== lost)
          .map((name) => name.replaceAll('-', '_'))
          .toSorted(),
      );
    },
  );

  it('tells the rules of an automation after how long their policy lets them act', async () => {
    const policy = {
      id: 'p1',
      type: 'USER_LIFECYCLE',
      conditions: { people: { users: { inactivity: { number: 5, unit: 'WEEKS' } }, groups: { include: ['g1'] } } },
    };
    const rule = { id: 'r1', type: 'USER_LIFECYCLE', actions: { updateUserLifecycle: { targetStatus: 'DEPROVISIONED' } } };
    const org = await scripted(
      (path, query) => {
        if (path.startsWith('/api/v1/policies/p1/rules')) return { body: [rule] };
        return { body: query.get('type') === 'USER_LIFECYCLE' ? [policy] : [] };
      },
      undefined,
      { posture: true },
    );
    await org.host.run(['policies', 'policy-rules']);
    expect(org.host.all('policy').map(({ data }) => data.includedGroups)).toEqual([['g1']]);
    const found = org.host.all('policy_rule').map(({ data }) => `${data.inactivity?.days} ${data.inactivity?.outcome}`);
    expect(found).toEqual(['35 deprovision']);
  });

  it('does not take a list for the organisation', async () => {
    const { host } = await read(['organisation'], { '/api/v1/org': { body: [{ id: '00o1' }] } });
    expect(host.stopped).toMatchObject([{ stream: 'organisation', status: 'incomplete', error: { kind: 'upstream' } }]);
  });

  it('keeps a sign-in method whose variants cannot be read, and names the one without an id', async () => {
    const { host } = await read(['sign-in-methods']);
    expect(host.all('sign_in_method').map(({ key, data }) => [key, data.methods, data.phishingResistant])).toEqual([
      ['aut1', ['push'], false],
      ['aut2', null, null],
    ]);
    expect(host.rejected).toEqual(['sign-in-methods /api/v1/authenticators, item 2']);
    expect(host.completed).toContain('sign-in-methods');
  });

  it('takes a list of variants that has none for nothing said, and one of which none is on for none', async () => {
    const off = { type: 'push', status: 'INACTIVE' };
    const { host } = await read(['sign-in-methods'], {
      '/api/v1/authenticators/aut1/methods': { body: [] },
      '/api/v1/authenticators/aut2/methods': { body: [off] },
    });
    expect(host.all('sign_in_method').map(({ key, data }) => [key, data.methods])).toEqual([
      ['aut1', null],
      ['aut2', []],
    ]);
  });

  describe('policies by type', () => {
    /** As an organisation of the Classic Engine answers. */
    const refusal: Answer = { status: 400, body: { errorCode: 'E0000002', errorSummary: 'Invalid policy type specified' } };
    const policiesOf = async (answer: (type: string, query: URLSearchParams) => Answer) => {
      const org = await scripted((_, query) => answer(query.get('type') ?? '', query), undefined, { posture: true });
      await org.host.run(['policies']);
      return org;
    };
    const CLASSIC = ['IDP_DISCOVERY', 'MFA_ENROLL', 'OKTA_SIGN_ON', 'PASSWORD'];

    it('passes over types that the organisation does not have, and notes them', async () => {
      const { host, asked } = await policiesOf((type) =>
        CLASSIC.includes(type) ? { body: [{ id: `of ${type}`, type }] } : refusal,
      );
      expect(host.completed).toContain('policies');
      expect(host.unlisted).toEqual([]);
      expect(host.keys('policy')).toEqual(CLASSIC.map((type) => `of ${type}`));
      expect(asked).toHaveLength(13);
      const notes = host.logger.lines.filter(({ message }) => message.includes('not offered'));
      expect(notes.map(({ fields }) => fields?.['type'])).toContain('ACCESS_POLICY');
      expect(notes).toHaveLength(9);
    });

    it('does not believe that there are no password policies', async () => {
      const { host } = await policiesOf((type) => (type === 'PASSWORD' ? refusal : { body: [{ id: type, type }] }));
      expect(host.unlisted).toEqual(['policies PASSWORD']);
      expect(host.keys('policy')).toHaveLength(12);
    });

    it('leaves the rows of one type alone that something else keeps from being listed', async () => {
      const failure: Answer = { status: 403, body: { errorCode: 'E0000006' } };
      const { host } = await policiesOf((type) => (type === 'ENTITY_RISK' ? failure : { body: [{ id: type, type }] }));
      expect(host.unlisted).toEqual(['policies ENTITY_RISK']);
    });

    it('follows the pages of each type, and goes on after a cut', async () => {
      const LARGE = ['ENTITY_RISK', 'PASSWORD'];
      const org = await scripted(
        (_, query) => {
          const type = query.get('type') ?? '';
          if (!LARGE.includes(type)) return { body: [] };
          const page = Number(query.get('after') ?? '0');
          const body = Array.from({ length: 700 }, (__, index) => ({ id: `${type}-${page}-${index}`, type }));
          return page === 2 ? { body } : { body, next: `/api/v1/policies?type=${type}&after=${page + 1}` };
        },
        undefined,
        { posture: true },
      );
      for (let cuts = 0; cuts < 50 && !(await org.host.run(['policies'], 1)); cuts += 1);
      expect(org.host.stopped).toEqual([]);
      expect(org.host.count('policy')).toBe(2 * 3 * 700);
    });
  });
});

it('the scopes of the streams are those that the token is asked for', () => {
  const more = POSTURE.flatMap(({ requires }) => requires).filter((scope) => !OKTA_SCOPES.some((six) => six === scope));
  expect([...new Set(more)].toSorted()).toEqual([...POSTURE_SCOPES].toSorted());
  expect(wantedScopes({})).toEqual(OKTA_SCOPES);
});

it.each([
  ['/api/v1/policies/p1/rules', 'policies', 'okta.policies.read', '/api/v1'],
  ['/api/v1/authenticators', 'sign-in methods', 'okta.authenticators.read', '/api/v1'],
  ['/api/v1/apps/0oa1/grants', 'scope grants of apps', 'okta.appGrants.read', '/api/v1/apps'],
  ['/api/v1/org', 'the settings of the organisation', 'okta.orgs.read', '/api/v1'],
  ['/api/v1/org/privacy/oktaSupport', "the access of Okta's support", 'okta.orgs.read', '/api/v1'],
  ['/api/v1/first-party-app-settings/admin-console', 'the settings of the admin console', 'okta.apps.read', '/api/v1'],
  ['/api/v1/organisations', 'this part of the organisation', 'the scope for it', '/api/v1'],
])('%s is named for people, and counted in its bucket', (path, what, scope, bucket) => {
  expect(readableAt(path)).toMatchObject({ what, scope });
  expect(bucketOf('GET', path)).toBe(bucket);
});
