import fc from 'fast-check';
import { mapAccount } from '../src/map/account.js';
import { mapEvent, whyNoEvent } from '../src/map/activity.js';
import { mapAppGroup, mapApplication, mapAppUser } from '../src/map/application.js';
import { mapFactor } from '../src/map/authenticator.js';
import { Drift } from '../src/map/drift.js';
import { mapGroup, mapGroupRule, mapMembership } from '../src/map/group.js';
import { mapIdentityProvider, mapIdpKey, mapIdpUser } from '../src/map/identity-provider.js';
import { whyNoRow } from '../src/map/ids.js';
import { parseInstant } from '../src/map/instant.js';
import { mapCustomRole, mapRoleRow } from '../src/map/role.js';
import { RecordingLogger } from './support/recording-logger.js';

const setUp = (): { drift: Drift; logger: RecordingLogger } => {
  const logger = new RecordingLogger();
  return { drift: new Drift(logger), logger };
};

describe('dates', () => {
  it.each([
    ['2026-11-23T09:30:00.000Z', '2026-11-23T09:30:00.000Z'],
    ['2026-11-23T09:30:00Z', '2026-11-23T09:30:00.000Z'],
    ['2026-11-23T09:30:00.1234567Z', '2026-11-23T09:30:00.123Z'],
    ['2026-11-23T09:30:00+02:00', '2026-11-23T07:30:00.000Z'],
    ['2026-11-23T09:30:00.5-0330', '2026-11-23T13:00:00.500Z'],
    ['2025-09-24 01:09:28.0', '2025-09-24T01:09:28.000Z'],
    ['2021-06-14 14:45:46', '2021-06-14T14:45:46.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['1970-01-01T02:00:00+02:00', '1970-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s', (text, instant) => expect(parseInstant(text)).toBe(instant));

  it.each([
    ['0001-01-01T00:00:00Z'],
    ['1970-01-01T00:00:00+00:01'],
    ['9999-12-31T23:59:59-01:00'],
    ['2026-02-31T00:00:00Z'],
    ['2026-13-01T00:00:00Z'],
    ['2026-11-23T25:00:00Z'],
    ['yesterday'],
    [''],
    ['1763890200'],
  ])('%s is none', (text) => expect(parseInstant(text)).toBeNull());
});

describe('odd objects', () => {
  it('give a row as long as there is an id, and name what was odd', () => {
    const { drift, logger } = setUp();
    const record = mapAccount(
      {
        id: 'u1',
        status: 'FROZEN',
        created: 1_700_000_000,
        lastLogin: 'soon',
        activated: null,
        profile: { login: 'a@b.test', department: 7 },
        credentials: [],
        shoeSize: 44,
      },
      drift,
    );
    expect(record).toMatchObject({
      key: 'u1',
      data: {
        login: 'a@b.test',
        status: 'unknown',
        providerStatus: 'FROZEN',
        createdAt: null,
        lastLoginAt: null,
        activatedAt: null,
        department: '7',
        credentialProvider: null,
      },
    });
    expect([...logger.notUnderstood()].toSorted()).toEqual([
      'user.created: wrong type',
      'user.credentials: wrong type',
      'user.lastLogin: not a date',
      'user.shoeSize: unknown field',
      'user.status: unknown value',
    ]);
  });

  it('are named once, counted always', () => {
    const { drift, logger } = setUp();
    for (let index = 0; index < 50; index += 1) mapGroup({ id: `g${index}`, colour: 'CANARY' }, drift);
    drift.summarise('groups');
    drift.summarise('memberships');
    expect(logger.lines).toHaveLength(2);
    expect(logger.lines[1]).toMatchObject({
      level: 'warn',
      fields: { stream: 'groups', fields: [{ kind: 'group', field: 'colour', reason: 'unknown field', count: 50 }] },
    });
    expect(logger.text).not.toContain('CANARY');
  });

  it('cannot fill the log or the memory', () => {
    const { drift, logger } = setUp();
    for (let index = 0; index < 3_000; index += 1) mapGroup({ id: 'g', [`field${index}`]: 1 }, drift);
    expect(logger.lines.length).toBeLessThan(600);
  });

  it('without an id are no rows', () => {
    const { drift } = setUp();
    for (const value of [null, 3, 'x', [], {}, { id: null }, { id: '' }, { id: 5 }]) {
      expect(mapAccount(value, drift)).toBeNull();
      expect(mapMembership(value, 'g', drift)).toBeNull();
      expect(mapAppUser(value, 'a', drift)).toBeNull();
      expect(mapRoleRow(value, drift)).toBeNull();
    }
  });

  it.each([['.'], ['..'], ['a/b'], ['a\\b'], ['a?b'], ['a#b'], ['a\u0000b'], ['a\u007fb'], ['\ud800'], ['x\udc00y']])(
    'whose id %j leads elsewhere are no rows',
    (id) => {
      const { drift, logger } = setUp();
      expect(mapAccount({ id }, drift)).toBeNull();
      expect(mapMembership({ id }, 'g', drift)).toBeNull();
      expect(logger.notUnderstood()).toEqual(['user.id: not an id', 'group member.id: not an id']);
      expect(whyNoRow({ id })).toBe('id is not well-formed');
    },
  );

  it('may have any character in an id that leads nowhere, and any in the name of a key', () => {
    const { drift } = setUp();
    expect(mapAccount({ id: '00u1.x-_%|é😀' }, drift)?.key).toBe('00u1.x-_%|é😀');
    expect(mapIdpKey({ kid: 'a/b+c=', expiresAt: '2030-01-01T00:00:00Z' }, drift)?.[0]).toBe('a/b+c=');
  });

  it('lose a number that is none', () => {
    const { drift, logger } = setUp();
    const group: unknown = JSON.parse('{"id": "g", "profile": {"name": 1e400}, "_embedded": {"stats": {"usersCount": 1e400}}}');
    const app = mapAppGroup(JSON.parse('{"id": "g", "priority": -1e400}'), 'a', drift);
    expect(mapGroup(group, drift)).toMatchObject({ data: { name: null }, hint: { members: null } });
    expect(app?.data.priority).toBeNull();
    expect([...logger.notUnderstood()].toSorted()).toEqual([
      'app group.priority: not a finite number',
      'group._embedded.stats.usersCount: not a finite number',
      'group.profile.name: not a finite number',
    ]);
  });

  it('are rejected with what is missing', () => {
    const event = { uuid: 'e', published: '2026-01-01T00:00:00Z', eventType: 't' };
    expect(whyNoEvent({ ...event, published: undefined })).toBe('has no usable published');
    expect(whyNoEvent({ ...event, published: 'soon' })).toBe('has no usable published');
    expect(whyNoEvent({ ...event, eventType: '' })).toBe('has no usable eventType');
    expect(whyNoEvent({ uuid: 'e' })).toBe('has no usable published, eventType');
    expect(whyNoEvent({})).toBe('has no usable uuid');
    expect(whyNoEvent({ ...event, uuid: '..' })).toBe('uuid is not well-formed');
    expect(whyNoEvent([])).toBe('is no object');
  });

  it('never break a mapper, whatever stands in them', () => {
    const names = [
      'id',
      'status',
      'profile',
      'credentials',
      'type',
      'created',
      '_embedded',
      '_links',
      'protocol',
      'policy',
      'conditions',
      'actions',
      'target',
      'actor',
      'client',
      'published',
      'eventType',
      'uuid',
    ];
    const value = fc.dictionary(fc.constantFrom(...names), fc.jsonValue(), { maxKeys: 12 });
    const { drift } = setUp();
    const mappers = [mapAccount, mapGroup, mapGroupRule, mapApplication, mapRoleRow, mapEvent] as const;
    fc.assert(
      fc.property(value, (object) => {
        for (const map of mappers) map(object, drift);
        mapAppUser(object, 'a', drift);
        mapAppGroup(object, 'a', drift);
        mapFactor(object, 'u', drift);
        mapIdpUser(object, 'i', drift);
        mapIdentityProvider(object, new Map(), drift);
        mapCustomRole(object, [object], drift);
        return true;
      }),
      { numRuns: 300 },
    );
  });
});

describe('good objects', () => {
  const { drift } = setUp();

  it('group: origin, source, statistics', () => {
    const value = {
      id: 'g',
      type: 'APP_GROUP',
      profile: { name: 'n' },
      _links: { source: { href: 'https://a.test/api/v1/apps/0oa9' } },
      _embedded: { stats: { usersCount: 3, appsCount: 0, hasAdminPrivilege: true } },
    };
    expect(mapGroup(value, drift)).toMatchObject({
      data: { origin: 'app', sourceApplication: '0oa9' },
      hint: { members: 3, apps: 0, admin: true, type: 'APP_GROUP' },
    });
    expect(mapGroup({ id: 'g', type: 'BUILT_IN' }, drift)).toMatchObject({
      data: { origin: 'builtin', sourceApplication: null },
      hint: { members: null, admin: null },
    });
  });

  it.each([
    ['webauthn', true],
    ['u2f', true],
    ['signed_nonce', true],
    ['push', false],
    ['sms', false],
    ['question', false],
    ['token:software:totp', false],
    ['assertion:saml2', null],
  ])('factor %s resists phishing: %s', (factorType, expected) => {
    expect(mapFactor({ id: 'f', factorType }, 'u', drift)?.data.phishingResistant).toBe(expected);
  });

  it('identity provider: issuer, actions, the first key to expire', () => {
    const keys = new Map([
      ['a', '2030-01-01T00:00:00.000Z'],
      ['b', '2027-01-01T00:00:00.000Z'],
    ]);
    const value = {
      id: 'i',
      type: 'SAML2',
      protocol: { type: 'SAML2', credentials: { trust: { issuer: 'urn:x', kid: 'a', additionalKids: ['b', 'c'] } } },
      policy: { accountLink: { action: 'AUTO' }, provisioning: { action: 'DISABLED' } },
    };
    expect(mapIdentityProvider(value, keys, drift)?.data).toMatchObject({
      issuer: 'urn:x',
      accountLinkAction: 'AUTO',
      provisioningAction: 'DISABLED',
      keysExpireAt: '2027-01-01T00:00:00.000Z',
    });
  });

  it('role assignment: standard by type, custom by id, narrowed by its resource set', () => {
    const user = { kind: 'account', key: 'u' } as const;
    expect(mapRoleRow({ id: 'ra1', type: 'SUPER_ADMIN', status: 'ACTIVE' }, drift)?.record(user, null)).toMatchObject({
      key: 'SUPER_ADMIN|u',
      data: { role: 'SUPER_ADMIN', target: null, targetKind: null, assignment: 'ra1' },
    });
    const custom = mapRoleRow({ id: 'irb1', type: 'CUSTOM', role: 'cr0', 'resource-set': 'iam1' }, drift);
    expect(custom).toMatchObject({ role: 'cr0', resourceSet: 'iam1' });
    expect(custom?.record(user, { kind: 'resource_set', key: 'iam1' }).key).toBe('cr0|u|iam1');
  });

  it('event: the word "null" is nothing, a target that is null is none', () => {
    const value = {
      uuid: 'e',
      published: '2026-01-01T00:00:00.000Z',
      eventType: 't',
      target: null,
      client: { device: 'null', geographicalContext: null },
      outcome: { result: 'SUCCESS' },
    };
    expect(mapEvent(value, drift)?.data).toMatchObject({
      targets: [],
      client: { device: null, city: null },
      outcome: 'SUCCESS',
      actor: null,
    });
  });
});
