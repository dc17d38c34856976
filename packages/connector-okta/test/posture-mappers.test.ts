import { mapApiToken } from '../src/map/api-token.js';
import { mapAppGrant } from '../src/map/app-grant.js';
import { Drift } from '../src/map/drift.js';
import { mapLogStream } from '../src/map/log-stream.js';
import { mapNetworkZone } from '../src/map/network-zone.js';
import {
  mapAdministrationConsole,
  mapNewPrograms,
  mapOrganisation,
  mapSupportAccess,
  mapThirdPartyAdministrators,
  mapThreatInsight,
} from '../src/map/org-setting.js';
import { mapPolicy, mapPolicyRule } from '../src/map/policy.js';
import { mapSignInMethod } from '../src/map/sign-in-method.js';
import { RecordingLogger } from './support/recording-logger.js';

const logger = new RecordingLogger();
const drift = new Drift(logger);
const C = 'CANARY-4711';
beforeEach(() => logger.lines.splice(0));

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
    const actions = ['none', 'audit', 'observe', undefined].map((action) => mapThreatInsight({ action }, drift)?.data.value);
    expect(actions.map((value) => value?.['action'])).toEqual(['none', 'audit', 'unknown', null]);
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

describe('the areas of the settings, in our words', () => {
  it.each<[string, typeof mapSupportAccess, object, object]>([
    [
      'support_access',
      mapSupportAccess,
      { support: 'ENABLED', expiration: '2026-12-01T00:00:00Z', caseNumber: null },
      { granted: true, until: '2026-12-01T00:00:00.000Z' },
    ],
    ['support_access', mapSupportAccess, { support: 'DISABLED', expiration: null }, { granted: false, until: null }],
    ['support_access', mapSupportAccess, {}, { granted: null, until: null }],
    ['third_party_administrators', mapThirdPartyAdministrators, { thirdPartyAdmin: true }, { allowed: true }],
    ['new_programs', mapNewPrograms, { clientPrivilegesSetting: false }, { superAdministrator: false }],
    [
      'administration_console',
      mapAdministrationConsole,
      { sessionIdleTimeoutMinutes: 15, sessionMaxLifetimeMinutes: 720 },
      { idleMinutes: 15, lifetimeMinutes: 720 },
    ],
  ])('%s', (area, map, answer, value) => {
    expect(map(answer, drift)).toEqual({
      kind: 'org_setting',
      key: area,
      data: { area, name: null, value, createdAt: null, updatedAt: null },
      raw: answer,
    });
    expect(logger.notUnderstood()).toEqual([]);
    expect(map([], drift)).toBeNull();
  });

  it('names a state of support that is new', () => {
    expect(mapSupportAccess({ support: 'HIRED' }, drift)?.data.value).toEqual({ granted: null, until: null });
    expect(logger.notUnderstood()).toEqual(['support access.support: unknown value']);
  });
});
