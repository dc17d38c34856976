import { mapApiToken } from '../src/map/api-token.js';
import { mapAppGrant } from '../src/map/app-grant.js';
import { Drift } from '../src/map/drift.js';
import { mapLogStream } from '../src/map/log-stream.js';
import { mapNetworkZone } from '../src/map/network-zone.js';
import { mapOrganisation, mapThreatInsight } from '../src/map/org-setting.js';
import { mapPolicy, mapPolicyRule } from '../src/map/policy.js';
import { mapSignInMethod } from '../src/map/sign-in-method.js';
import { RecordingLogger } from './support/recording-logger.js';

const logger = new RecordingLogger();
const drift = new Drift(logger);
const C = 'CANARY-4711';
beforeEach(() => logger.lines.splice(0));

describe('a policy', () => {
  it('says what it is, and for whom', () => {
    const raw = {
      id: 'p1',
      type: 'PASSWORD',
      name: 'Staff',
      description: 'All staff',
      status: 'ACTIVE',
      priority: 2,
      system: false,
      created: '2026-01-01T00:00:00.000Z',
      lastUpdated: '2026-02-01T00:00:00.000Z',
      conditions: { people: { groups: { include: ['g1'], exclude: ['g2'] }, users: { include: ['u1'], exclude: ['u2'] } } },
      settings: { password: { complexity: { minLength: 12, excludeAttributes: ['firstName'] }, age: { historyCount: 4 } } },
    };
    expect(mapPolicy(raw, 'PASSWORD', drift)).toEqual({
      kind: 'policy',
      key: 'p1',
      partition: 'PASSWORD',
      data: {
        name: 'Staff',
        type: 'PASSWORD',
        status: 'active',
        providerStatus: 'ACTIVE',
        priority: 2,
        builtIn: false,
        description: 'All staff',
        includedGroups: ['g1'],
        excludedGroups: ['g2'],
        includedAccounts: ['u1'],
        excludedAccounts: ['u2'],
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-02-01T00:00:00.000Z',
      },
      raw,
    });
    expect(logger.notUnderstood()).toEqual([]);
  });

  it('keeps its rules about passwords, and no password', () => {
    const rule = { id: 'r', actions: { passwordChange: { access: 'ALLOW' }, password: C, hook: { authToken: C } } };
    const { raw } = mapPolicyRule(rule, 'p', drift) ?? {};
    expect(raw).toMatchObject({ actions: { passwordChange: { access: 'ALLOW' } } });
    expect(JSON.stringify(raw)).not.toContain(C);
  });
});

describe('a rule of a policy', () => {
  const ruleOf = (fields: object) => mapPolicyRule({ id: 'r1', ...fields }, 'p1', drift)?.data;

  it.each<[string, object, unknown, unknown]>([
    ['app, two factors', { appSignOn: { access: 'ALLOW', verificationMethod: { factorMode: '2FA' } } }, 'allow', true],
    ['app, one factor', { appSignOn: { access: 'ALLOW', verificationMethod: { factorMode: '1FA' } } }, 'allow', false],
    ['app, a chain', { appSignOn: { access: 'ALLOW', verificationMethod: { type: 'AUTH_METHOD_CHAIN' } } }, 'allow', null],
    ['app, denied', { appSignOn: { access: 'DENY' } }, 'deny', null],
    ['session, factor', { signon: { access: 'ALLOW', requireFactor: true } }, 'allow', true],
    ['session, none', { signon: { access: 'DENY', requireFactor: false } }, 'deny', false],
    ['session, challenge', { signon: { access: 'CHALLENGE' } }, 'challenge', null],
    ['session, a new word', { signon: { access: 'MAYBE', requireFactor: 'yes' } }, 'unknown', null],
    ['enrolment', { enroll: { self: 'CHALLENGE' } }, null, null],
    ['nothing', {}, null, null],
  ])('%s', (_, actions, effect, mfaRequired) => {
    expect(ruleOf({ actions })).toMatchObject({ effect, mfaRequired });
  });

  it('names its policy, its people and its zones', () => {
    const conditions = {
      people: { users: { exclude: ['u1'] }, groups: { include: ['g1'] } },
      network: { connection: 'ZONE', include: ['z1'], exclude: ['z2'] },
    };
    expect(ruleOf({ name: 'Catch-all', type: 'SIGN_ON', status: 'INACTIVE', priority: 99, system: true, conditions })).toEqual({
      policy: 'p1',
      name: 'Catch-all',
      type: 'SIGN_ON',
      status: 'inactive',
      providerStatus: 'INACTIVE',
      priority: 99,
      builtIn: true,
      effect: null,
      mfaRequired: null,
      includedGroups: ['g1'],
      excludedGroups: [],
      includedAccounts: [],
      excludedAccounts: ['u1'],
      includedZones: ['z1'],
      excludedZones: ['z2'],
      createdAt: null,
      updatedAt: null,
    });
  });

  it('takes conditions that are null, which is how Okta writes a rule for everybody', () => {
    expect(ruleOf({ conditions: null, actions: null })).toMatchObject({ includedGroups: [], effect: null });
    expect(logger.notUnderstood()).toEqual([]);
  });
});

describe('a network zone', () => {
  const entries = (fields: object) => mapNetworkZone({ id: 'z', ...fields }, drift)?.data.entries;

  it('lists what lies in it, whatever its type', () => {
    const gateways = [{ type: 'CIDR', value: '203.0.113.0/24' }];
    expect(entries({ type: 'IP', gateways, proxies: [{ type: 'RANGE', value: '198.51.100.1-198.51.100.9' }] })).toEqual([
      '203.0.113.0/24',
      'proxy:198.51.100.1-198.51.100.9',
    ]);
    expect(entries({ type: 'IP', gateways: null, proxies: null })).toEqual([]);
    const locations = [
      { country: 'DE', region: 'DE-BY' },
      { country: 'AT', region: null },
    ];
    expect(entries({ type: 'DYNAMIC', proxyType: 'Tor', asns: ['64496'], locations })).toEqual([
      'region:DE-BY',
      'country:AT',
      'asn:64496',
      'proxy:Tor',
    ]);
    expect(entries({ type: 'DYNAMIC', proxyType: 'null', locations: null })).toEqual([]);
    expect(
      entries({
        type: 'DYNAMIC_V2',
        locations: { include: [{ country: 'DE' }], exclude: [{ country: 'FR' }] },
        asns: { include: ['64496'] },
        ipServiceCategories: { include: ['ALL_ANONYMIZERS'], exclude: ['X_VPN'] },
      }),
    ).toEqual(['country:DE', 'asn:64496', 'service:ALL_ANONYMIZERS', 'not:country:FR', 'not:service:X_VPN']);
    expect(logger.notUnderstood()).toEqual([]);
  });

  it('says what it is for', () => {
    const usage = (word: unknown) => mapNetworkZone({ id: 'z', usage: word }, drift)?.data.usage;
    expect([usage('POLICY'), usage('BLOCKLIST'), usage('NEW'), usage(undefined)]).toEqual([
      'policy',
      'blocklist',
      'unknown',
      'unknown',
    ]);
  });
});

describe('a sign-in method', () => {
  const method = (type: string, status = 'ACTIVE'): object => ({ type, status });
  const mapped = (methods: readonly unknown[] | null, fields: object = {}) =>
    mapSignInMethod(
      { id: 'a', key: 'okta_verify', type: 'app', name: 'Okta Verify', status: 'ACTIVE', ...fields },
      methods,
      drift,
    );

  it.each<[string, readonly unknown[] | null, unknown, unknown]>([
    ['keys only', [method('webauthn')], ['webauthn'], true],
    ['FastPass only', [method('signed_nonce'), method('push', 'INACTIVE')], ['signed_nonce'], true],
    ['FastPass and push', [method('signed_nonce'), method('push')], ['signed_nonce', 'push'], false],
    ['another identity provider', [method('idp')], ['idp'], null],
    ['a new one beside a weak one', [method('telepathy'), method('sms')], ['telepathy', 'sms'], false],
    ['a new one beside a strong one', [method('telepathy'), method('webauthn')], ['telepathy', 'webauthn'], null],
    ['all switched off', [method('sms', 'INACTIVE')], [], null],
    ['not readable', null, null, null],
    ['odd', ['sms', { status: 'ACTIVE' }], [], null],
  ])('is as strong as its weakest method: %s', (_, methods, active, phishingResistant) => {
    expect(mapped(methods)?.data).toMatchObject({ product: 'okta_verify', type: 'app', methods: active, phishingResistant });
  });

  it('keeps neither the keys of Duo nor a shared secret', () => {
    const configuration = {
      host: 'api.duo.test',
      integrationKey: C,
      secretKey: C,
      sharedSecret: C,
      userNameTemplate: { template: 'x' },
    };
    const record = mapped([method('duo')], { key: 'duo', provider: { type: 'DUO', configuration } });
    expect(JSON.stringify(record)).not.toContain(C);
    expect(record).toMatchObject({
      data: { provider: 'DUO', phishingResistant: null },
      raw: { provider: { configuration: { host: 'api.duo.test', userNameTemplate: { template: 'x' } } } },
    });
  });
});

describe('the rest', () => {
  it('an API token: whose it is, where it may be used from, when it ends', () => {
    const token = {
      id: 't',
      name: 'CI',
      userId: 'u1',
      clientName: 'Okta API',
      tokenWindow: 'P30D',
      network: { connection: 'ZONE', include: ['z1'], exclude: [] },
      created: '2026-01-01T00:00:00.000Z',
      lastUpdated: '2026-01-02T00:00:00.000Z',
      expiresAt: '2026-01-31T00:00:00.000Z',
    };
    expect(mapApiToken(token, drift)).toEqual({
      kind: 'api_token',
      key: 't',
      data: {
        name: 'CI',
        account: 'u1',
        clientName: 'Okta API',
        network: 'zones',
        includedZones: ['z1'],
        excludedZones: [],
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-01-02T00:00:00.000Z',
        expiresAt: '2026-01-31T00:00:00.000Z',
      },
      raw: token,
    });
    expect(mapApiToken({ id: 't' }, drift)?.data).toMatchObject({ network: 'unknown', account: null, expiresAt: null });
    expect(mapApiToken({ id: 't', network: { connection: 'ANYWHERE' } }, drift)?.data.network).toBe('anywhere');
    expect(mapApiToken({ id: 't', userId: '../u' }, drift)?.data.account).toBeNull();
  });

  it('a log stream: without the token that it sends with', () => {
    const settings = { edition: 'gcp', host: 'acme.splunkcloud.test', token: C };
    const record = mapLogStream(
      { id: 'l', type: 'splunk_cloud_logstreaming', name: 'SIEM', status: 'ACTIVE', settings },
      drift,
    );
    expect(record).toMatchObject({
      data: { name: 'SIEM', type: 'splunk_cloud_logstreaming', status: 'active', providerStatus: 'ACTIVE' },
      raw: { settings: { host: 'acme.splunkcloud.test', token: '[redacted]' } },
    });
  });

  it('a grant of an app', () => {
    const grant = {
      id: 'oag1',
      status: 'ACTIVE',
      created: '2026-01-01T00:00:00.000Z',
      createdBy: { id: 'u1', type: 'User' },
      issuer: 'https://acme.okta.com',
      clientId: '0oa1',
      scopeId: 'okta.users.manage',
      source: 'ADMIN',
      _embedded: { scope: { id: 'okta.users.manage' } },
    };
    expect(mapAppGrant(grant, 'app1', drift)).toEqual({
      kind: 'app_grant',
      key: 'oag1',
      partition: 'app1',
      data: {
        application: 'app1',
        clientId: '0oa1',
        scope: 'okta.users.manage',
        issuer: 'https://acme.okta.com',
        status: 'active',
        providerStatus: 'ACTIVE',
        source: 'ADMIN',
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: null,
      },
      raw: grant,
    });
    expect(mapAppGrant({ id: 'x', status: 'REVOKED' }, 'a', drift)?.data.status).toBe('revoked');
  });

  it('ThreatInsight and the organisation, one record each', () => {
    expect(mapThreatInsight({ action: 'block', excludeZones: ['z1'], created: '2021-06-14 14:45:46' }, drift)).toMatchObject({
      key: 'threat_insight',
      data: {
        area: 'threat_insight',
        value: { action: 'block', excludeZones: ['z1'] },
        createdAt: '2021-06-14T14:45:46.000Z',
      },
    });
    const org = { id: '00o1', companyName: 'Acme', subdomain: 'acme', status: 'ACTIVE', phoneNumber: '+1', expiresAt: null };
    const record = mapOrganisation(org, drift);
    expect(record).toMatchObject({ key: 'organisation', data: { name: 'Acme', value: { id: '00o1', subdomain: 'acme' } } });
    expect(JSON.stringify(record?.data)).not.toContain('+1');
  });

  const mappers: readonly [string, (value: unknown) => unknown][] = [
    ['policy', (value) => mapPolicy(value, 'PASSWORD', drift)],
    ['rule', (value) => mapPolicyRule(value, 'p', drift)],
    ['zone', (value) => mapNetworkZone(value, drift)],
    ['method', (value) => mapSignInMethod(value, [value], drift)],
    ['token', (value) => mapApiToken(value, drift)],
    ['grant', (value) => mapAppGrant(value, 'a', drift)],
    ['log stream', (value) => mapLogStream(value, drift)],
  ];
  it.each(mappers)('a %s without a usable id gives no row', (_, map) => {
    for (const value of [null, 7, 'x', [], {}, { id: '' }, { id: 7 }, { id: '../x' }]) expect(map(value)).toBeNull();
  });

  it.each(mappers)('an odd field of a %s costs its value and is named', (_, map) => {
    const odd = {
      id: '1',
      name: 7,
      status: 'NEW',
      created: 'yesterday',
      priority: 'first',
      system: 'no',
      conditions: 'none',
      actions: [],
    };
    expect(map({ ...odd, gateways: {}, network: 'all', settings: 1, provider: 'x', surprise: true })).toMatchObject({
      key: '1',
      data: { createdAt: null },
    });
    expect(logger.notUnderstood().length).toBeGreaterThan(2);
  });
});
