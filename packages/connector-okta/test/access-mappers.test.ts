import { edgeKey, type RecordKind, recordFields, type SourceRecord } from '@castellan/connector-sdk';
import { mapAccountDevice } from '../src/map/account-device.js';
import { isEncryptionKey, mapClientKey, mapSigningKey } from '../src/map/app-credential.js';
import { mapAppProvisioning } from '../src/map/app-provisioning.js';
import { mapApplication } from '../src/map/application.js';
import { mapClientSecret } from '../src/map/client-secret.js';
import { Drift } from '../src/map/drift.js';
import { isUnmatchedOwner, mapGroupOwner } from '../src/map/group-owner.js';
import { mapGroupPush } from '../src/map/group-push.js';
import { mapRoleGovernance } from '../src/map/role-governance.js';
import { clientIdOf, mapConsent, mapRefreshToken } from '../src/map/token-grant.js';
import { RecordingLogger } from './support/recording-logger.js';

const logger = new RecordingLogger();
const drift = new Drift(logger);
const C = 'CANARY-4711';
const CREATED = '2026-01-01T00:00:00.000Z';
const UPDATED = '2026-02-02T00:00:00.000Z';
const TIMES = { created: CREATED, lastUpdated: UPDATED };

/** The record, which has every field of the vocabulary and holds no secret. */
function sound<K extends RecordKind>(record: SourceRecord<K> | null): SourceRecord<K> {
  if (record === null) throw new Error('not mapped');
  expect(Object.keys(record.data).toSorted()).toEqual(
    recordFields(record.kind)
      .map(({ name }) => name)
      .toSorted(),
  );
  expect(JSON.stringify(record)).not.toContain(C);
  return record;
}

describe('an owner of a group', () => {
  const owner = { id: 'u1', type: 'USER', resolved: true, originId: 'null', originType: 'OKTA_DIRECTORY', displayName: 'Ada' };

  it('is an account or a group, with the date that Okta writes without a zone', () => {
    const record = sound(mapGroupOwner({ ...owner, lastUpdated: '2023-03-29 18:18:37.0' }, 'g1', drift));
    expect(record).toMatchObject({ kind: 'group_owner', key: edgeKey('g1', 'u1'), partition: 'g1' });
    expect(record.data).toEqual({
      group: 'g1',
      ownerKind: 'account',
      owner: 'u1',
      source: 'OKTA_DIRECTORY',
      updatedAt: '2023-03-29T18:18:37.000Z',
    });
    expect(sound(mapGroupOwner({ ...owner, type: 'GROUP' }, 'g1', drift)).data.ownerKind).toBe('group');
  });

  it('of a kind that nobody knows is no owner, and is noticed', () => {
    expect(mapGroupOwner({ ...owner, type: 'ROBOT' }, 'g1', drift)).toBeNull();
    expect(logger.notUnderstood().join()).toContain('type');
    expect(mapGroupOwner({ type: 'USER' }, 'g1', drift)).toBeNull();
  });

  it('that an application names and nobody is matched to yet is left out', () => {
    expect(isUnmatchedOwner({ type: 'USER', resolved: false, originId: 'x' })).toBe(true);
    expect(isUnmatchedOwner({ ...owner, resolved: false })).toBe(false);
    expect(isUnmatchedOwner(owner)).toBe(false);
  });
});

describe('a credential of an application', () => {
  it('is known by what is known about it: a secret and its hash end here', () => {
    const secret = { id: 'ocs1', status: 'INACTIVE', client_secret: C, secret_hash: C, ...TIMES, _links: {} };
    const record = sound(mapClientSecret(secret, 'a1', drift));
    expect(record).toEqual({
      kind: 'client_secret',
      key: edgeKey('a1', 'ocs1'),
      partition: 'a1',
      data: {
        application: 'a1',
        status: 'inactive',
        providerStatus: 'INACTIVE',
        createdAt: CREATED,
        updatedAt: UPDATED,
        expiresAt: null,
      },
      raw: { id: 'ocs1', status: 'INACTIVE', client_secret: '[redacted]', secret_hash: '[redacted]', ...TIMES, _links: {} },
    });
  });

  it.each([
    ['RSA', { kty: 'RSA', n: C, e: C, d: C, p: C }],
    ['EC', { kty: 'EC', crv: 'P-256', x: C, y: C, x5c: [C] }],
  ])('a public key (%s), without the key, by its id or that of the key', (_name, material) => {
    const key = { id: 'pks1', kid: 'k1', status: 'ACTIVE', use: 'sig', ...material, ...TIMES };
    expect(sound(mapClientKey(key, 'a1', drift))).toMatchObject({
      key: edgeKey('a1', 'pks1'),
      data: { type: 'public_key', status: 'active', createdAt: CREATED },
      raw: { kid: 'k1', kty: material.kty },
    });
    expect(sound(mapClientKey({ ...key, id: undefined }, 'a1', drift)).key).toBe(edgeKey('a1', 'k1'));
  });

  it('that things are encrypted to proves nothing', () => {
    expect([isEncryptionKey({ kid: 'k', use: 'enc' }), isEncryptionKey({ kid: 'k', use: 'sig' })]).toEqual([true, false]);
  });

  it.each([
    ['SIMcCQNY', 'active'],
    ['another1', 'inactive'],
    [undefined, 'unknown'],
  ] as const)('a certificate: the one in use begins with %s, so that it is %s', (inUse, status) => {
    const key = {
      kid: 'SIMcCQNY3uwXoW3y0vf6',
      kty: 'RSA',
      n: C,
      e: 'AQAB',
      x5c: [C],
      ...TIMES,
      expiresAt: '2027-12-10T18:56:22.000Z',
    };
    expect(sound(mapSigningKey(key, 'a1', inUse, drift)).data).toEqual({
      application: 'a1',
      type: 'signing_certificate',
      status,
      providerStatus: null,
      createdAt: CREATED,
      updatedAt: UPDATED,
      expiresAt: '2027-12-10T18:56:22.000Z',
    });
  });

  it('without an id is no row', () => {
    expect([
      mapClientSecret({}, 'a', drift),
      mapClientKey({}, 'a', drift),
      mapSigningKey({ id: 'x' }, 'a', 'x', drift),
    ]).toEqual([null, null, null]);
  });
});

describe('what is worth asking about an application', () => {
  const oauth = (token_endpoint_auth_method: string, more: object = {}): object => ({
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { client_id: 'a1', token_endpoint_auth_method }, signing: { kid: 'kid-of-all-clients' } },
    settings: { oauthClient: { application_type: 'web', ...more } },
  });
  const saml = { signOnMode: 'SAML_2_0', credentials: { signing: { kid: 'SIMcCQNY3uwXoW3y0vf6' } } };

  it.each<[string, object, object]>([
    [
      'secrets of a client that has some',
      oauth('client_secret_basic'),
      { clientId: 'a1', service: false, credentials: 'secrets' },
    ],
    ['secrets also where it signs with one', oauth('client_secret_jwt'), { credentials: 'secrets' }],
    ['keys of a client that proves itself by one', oauth('private_key_jwt'), { credentials: 'jwks' }],
    [
      'no keys where the client shows them itself',
      oauth('private_key_jwt', { jwks_uri: 'https://a.test' }),
      { clientId: 'a1', service: false },
    ],
    [
      'keys of a service app that does not say',
      { settings: { oauthClient: { application_type: 'service' } } },
      { service: true, credentials: 'jwks' },
    ],
    ['nothing of a public client', oauth('none'), { clientId: 'a1', service: false }],
    ['certificates where Okta signs', saml, { clientId: null, service: false, credentials: 'keys', signing: 'SIMcCQNY' }],
    [
      'certificates also where the sign-on is of a kind that nobody knows',
      { ...saml, signOnMode: 'SAML_3' },
      { credentials: 'keys' },
    ],
    ['nothing of a bookmark', { signOnMode: 'BOOKMARK', features: [] }, { clientId: null, service: false }],
    [
      'provisioning, imports and pushes',
      { features: ['GROUP_PUSH', 'IMPORT_NEW_USERS'] },
      { provisioned: true, imports: true, pushes: true },
    ],
    ['provisioning only', { features: ['PUSH_NEW_USERS'] }, { clientId: null, service: false, provisioned: true }],
  ])('%s', (_name, app, hint) => {
    const found = mapApplication({ id: 'a1', ...app }, drift)?.hint;
    expect(found).toMatchObject(hint);
    // Kept with each of thousands of applications.
    expect(JSON.stringify(found).length).toBeLessThan(130);
    if ('clientId' in hint) expect(found).toEqual(hint);
  });
});

describe('provisioning of an application', () => {
  const outbound = (password: object, status = 'ENABLED'): object => ({
    name: 'USER_PROVISIONING',
    status,
    capabilities: {
      create: { lifecycleCreate: { status: 'ENABLED' } },
      update: { profile: { status: 'DISABLED' }, lifecycleDeactivate: { status: 'ENABLED' }, password },
    },
  });
  const connection = {
    status: 'ENABLED',
    authScheme: 'TOKEN',
    baseUrl: 'https://write.acme.test/v2',
    profile: { authScheme: 'TOKEN' },
  };
  const map = (features: readonly unknown[], more: object = {}) =>
    mapAppProvisioning({ features, connection, imports: false, ...more }, 'a1', drift);

  it('says what is written, where to, and with which password', () => {
    const password = { status: 'ENABLED', seed: 'OKTA', change: 'CHANGE' };
    const record = sound(map([outbound(password)]));
    expect(record).toMatchObject({ kind: 'app_provisioning', key: 'a1' });
    expect(record.data).toEqual({
      application: 'a1',
      status: 'active',
      providerStatus: 'ENABLED',
      endpoint: 'https://write.acme.test/v2',
      createsAccounts: true,
      updatesAccounts: false,
      deactivatesAccounts: true,
      importsAccounts: null,
      password: 'own',
    });
    // Settings about passwords are none, and stay to be read; a seed is one by its name.
    expect(record.raw).toEqual({ features: [outbound({ ...password, seed: '[redacted]' })], connection });
  });

  it.each([
    [{ status: 'ENABLED', seed: 'RANDOM' }, 'random'],
    [{ status: 'DISABLED', seed: 'OKTA' }, 'none'],
    [{ status: 'ENABLED' }, 'unknown'],
    [{ status: 'ENABLED', seed: 'NEW' }, 'unknown'],
    [{}, 'unknown'],
  ])('%j: %s', (password, expected) => expect(map([outbound(password)]).data.password).toBe(expected));

  it('that is switched off, or not among the features, writes nothing', () => {
    const none = { createsAccounts: false, updatesAccounts: false, deactivatesAccounts: false, password: 'none' };
    expect(map([outbound({ status: 'ENABLED', seed: 'OKTA' }, 'DISABLED')]).data).toMatchObject(none);
    expect(map([{ name: 'INBOUND_PROVISIONING', status: 'ENABLED' }]).data).toMatchObject({ ...none, importsAccounts: true });
    expect(map([{ name: 'INBOUND_PROVISIONING', status: 'DISABLED' }]).data.importsAccounts).toBe(false);
    expect(map([], { imports: true }).data.importsAccounts).toBe(true);
  });

  it('without a connection says so', () => {
    expect(map([], { connection: null }).data).toMatchObject({ status: 'unknown', providerStatus: null, endpoint: null });
  });

  it.each([
    [`https://robot:${C}@write.acme.test/v2`, 'https://write.acme.test/v2'],
    [`https://write.acme.test/v2?access_token=${C}#${C}`, 'https://write.acme.test/v2'],
    ['https://targetorg.acme.test', 'https://targetorg.acme.test'],
    ['write.acme.test/v2', 'write.acme.test/v2'],
    [`robot:${C}@write.acme.test`, null],
    ['', null],
  ])('%s is shown without credentials', (baseUrl, endpoint) => {
    const record = map([], { connection: { ...connection, baseUrl } });
    expect(record.data.endpoint).toBe(endpoint);
    expect(JSON.stringify(record.data)).not.toContain(C);
  });
});

describe('a group that is pushed', () => {
  const mapping = { id: 'gPm1', sourceGroupId: 'g1', targetGroupId: 'g2', status: 'ACTIVE', lastPush: UPDATED, ...TIMES };

  it('names the group here, and the one that stands for it there', () => {
    const record = sound(mapGroupPush(mapping, 'a1', drift));
    expect(record).toMatchObject({ key: edgeKey('a1', 'gPm1'), partition: 'a1', raw: mapping });
    expect(record.data).toEqual({
      application: 'a1',
      group: 'g1',
      targetGroup: 'g2',
      status: 'active',
      providerStatus: 'ACTIVE',
      createdAt: CREATED,
      updatedAt: UPDATED,
    });
  });

  it.each([
    ['ERROR', 'active'],
    ['INACTIVE', 'inactive'],
    ['PAUSED', 'unknown'],
  ])('%s is %s', (status, expected) => expect(mapGroupPush({ ...mapping, status }, 'a1', drift)?.data.status).toBe(expected));

  it('without a group is no row', () => expect(mapGroupPush({ id: 'gPm1' }, 'a1', drift)).toBeNull());
});

describe('a device of an account', () => {
  const device = {
    id: 'guo1',
    status: 'ACTIVE',
    ...TIMES,
    profile: { displayName: 'Laptop', platform: 'WINDOWS', managed: true },
  };
  const tie = { created: '2026-01-15T00:00:00.000Z', deviceUserId: 'lnk1', device };

  it('is the device, since when the account has it', () => {
    const record = sound(mapAccountDevice(tie, 'u1', drift));
    expect(record).toMatchObject({ key: edgeKey('u1', 'guo1'), partition: 'u1' });
    expect(record.data).toEqual({
      account: 'u1',
      device: 'guo1',
      name: 'Laptop',
      platform: 'WINDOWS',
      status: 'active',
      providerStatus: 'ACTIVE',
      managed: true,
      createdAt: '2026-01-15T00:00:00.000Z',
      updatedAt: UPDATED,
    });
  });

  it.each([
    ['SUSPENDED', 'suspended'],
    ['UNSUSPENDED', 'active'],
    ['DEACTIVATED', 'inactive'],
    ['LOST', 'unknown'],
  ])('%s is %s', (status, expected) => {
    const found = mapAccountDevice({ ...tie, device: { ...device, status, profile: {} } }, 'u1', drift)?.data;
    expect(found).toMatchObject({ status: expected, managed: null, name: null });
  });

  it('without a device is no row', () => expect(mapAccountDevice({ deviceUserId: 'lnk1' }, 'u1', drift)).toBeNull());
});

describe('a program that may act for an account', () => {
  const common = { clientId: 'c1', userId: 'u1', issuer: 'https://acme.test', status: 'ACTIVE', ...TIMES };

  it('by a refresh token, of which Okta shows everything but the token', () => {
    const token = { id: 'oar1', ...common, scopes: ['openid', 'offline_access'], expiresAt: '2026-03-03T00:00:00.000Z' };
    const record = sound(mapRefreshToken({ ...token, refresh_token: C, token: C }, 'u1', drift));
    expect(record).toMatchObject({ key: edgeKey('u1', 'oar1'), partition: 'u1' });
    expect(record.data).toEqual({
      account: 'u1',
      application: 'c1',
      clientId: 'c1',
      type: 'refresh_token',
      scopes: ['openid', 'offline_access'],
      status: 'active',
      providerStatus: 'ACTIVE',
      createdAt: CREATED,
      updatedAt: UPDATED,
      expiresAt: '2026-03-03T00:00:00.000Z',
    });
  });

  it('by a consent, to the application that the link names', () => {
    const _links = { app: { href: 'https://acme.test/api/v1/apps/0oa9?x=1' } };
    const grant = { id: 'oag1', ...common, status: 'REVOKED', scopeId: 'okta.users.read', source: 'END_USER', _links };
    expect(sound(mapConsent(grant, 'u1', drift)).data).toMatchObject({
      application: '0oa9',
      clientId: 'c1',
      type: 'consent',
      scopes: ['okta.users.read'],
      status: 'revoked',
      expiresAt: null,
    });
    expect([mapConsent({}, 'u1', drift), mapRefreshToken({}, 'u1', drift)]).toEqual([null, null]);
    expect([clientIdOf({ client_id: 'c1' }, drift), clientIdOf({ client_id: '../c' }, drift)]).toEqual(['c1', null]);
  });
});

describe('what a role was given by', () => {
  const until = (expirationDate?: string): object => ({ type: 'ENTITLEMENT-BUNDLE', grantId: 'gra1', expirationDate });

  it.each([
    [{ grants: [] }, { governed: false, expiresAt: null }],
    [{ grants: [until('2024-12-09 14:17:22.0')] }, { governed: true, expiresAt: '2024-12-09T14:17:22.000Z' }],
    [
      { grants: [until('2026-01-01T00:00:00Z'), until('2026-02-01T00:00:00Z')] },
      { governed: true, expiresAt: '2026-02-01T00:00:00.000Z' },
    ],
    [{ grants: [until('2026-01-01T00:00:00Z'), until()] }, { governed: true, expiresAt: null }],
    [{}, { governed: null, expiresAt: null }],
    [[], { governed: null, expiresAt: null }],
  ])('%j: %j', (body, expected) => expect(mapRoleGovernance(body, drift)).toEqual(expected));
});
