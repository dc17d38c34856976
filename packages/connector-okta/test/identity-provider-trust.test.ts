import { Drift } from '../src/map/drift.js';
import { mapIdentityProvider } from '../src/map/identity-provider.js';
import { RecordingLogger } from './support/recording-logger.js';

const logger = new RecordingLogger();
const drift = new Drift(logger);
beforeEach(() => logger.lines.splice(0));

const trust = (fields: object) => mapIdentityProvider({ id: 'i1', type: 'SAML2', ...fields }, new Map(), drift)?.data.trust;
const policy = (fields: object) => trust({ policy: fields });

describe('whom an identity provider may sign in', () => {
  it('says all that is set', () => {
    const found = trust({
      protocol: {
        type: 'SAML2',
        algorithms: {
          request: { signature: { algorithm: 'SHA-256', scope: 'REQUEST' } },
          response: { signature: { algorithm: 'SHA-1', scope: 'RESPONSE' } },
        },
      },
      policy: {
        provisioning: {
          action: 'AUTO',
          profileMaster: true,
          groups: { action: 'SYNC', sourceAttributeName: 'groups', filter: ['g1', 'g2'], assignments: ['g9'] },
          conditions: { deprovisioned: { action: 'REACTIVATE' }, suspended: { action: 'NONE' } },
        },
        accountLink: { action: 'AUTO', filter: { groups: { include: ['g3'] }, users: { excludeAdmins: true } } },
        subject: {
          userNameTemplate: { template: 'idpuser.email' },
          filter: '.+@acme',
          matchType: 'EMAIL',
          matchAttribute: null,
        },
        maxClockSkew: 120_000,
        mapAMRClaims: true,
      },
    });
    expect(found).toEqual({
      category: 'federation',
      match: 'email',
      subjectFilter: '.+@acme',
      subjectTemplate: 'idpuser.email',
      linkOnlyGroups: ['g3'],
      linkNotAdministrators: true,
      restoresDeprovisioned: true,
      restoresSuspended: false,
      groupAction: 'sync',
      groups: ['g1', 'g2'],
      profileSource: true,
      trustsAuthentication: true,
      signatureAlgorithm: 'SHA-1',
      responseSigned: true,
      clockSkewSeconds: 120,
      revocationChecked: null,
    });
    expect(logger.notUnderstood()).toEqual([]);
  });

  it('says nothing where Okta says nothing', () => {
    expect(trust({})).toEqual({
      category: 'federation',
      match: null,
      subjectFilter: null,
      subjectTemplate: null,
      linkOnlyGroups: [],
      linkNotAdministrators: null,
      restoresDeprovisioned: null,
      restoresSuspended: null,
      groupAction: null,
      groups: [],
      profileSource: null,
      trustsAuthentication: null,
      signatureAlgorithm: null,
      responseSigned: null,
      clockSkewSeconds: null,
      revocationChecked: null,
    });
    expect(logger.notUnderstood()).toEqual([]);
  });

  it.each([
    ['OIDC', 'federation'],
    ['OKTA_INTEGRATION', 'federation'],
    ['X509', 'smart_card'],
    ['GOOGLE', 'social'],
    ['MICROSOFT', 'social'],
    ['YAHOOJP', 'social'],
    ['IDV_PERSONA', 'verification'],
    ['CARRIER_PIGEON', 'unknown'],
  ])('%s is: %s', (type, category) => {
    expect(trust({ type })?.category).toBe(category);
    expect(logger.notUnderstood()).toEqual(type === 'CARRIER_PIGEON' ? ['identity provider.type: unknown value'] : []);
  });

  it.each([
    ['USERNAME', 'login'],
    ['EMAIL', 'email'],
    ['USERNAME_OR_EMAIL', 'login_or_email'],
    ['CUSTOM_ATTRIBUTE', 'attribute'],
    ['SHOE_SIZE', 'unknown'],
    [null, null],
  ])('the match %s is: %s', (matchType, match) => expect(policy({ subject: { matchType } })?.match).toBe(match));

  it.each<[object | null, boolean | null]>([
    [null, null],
    [{ action: 'AUTO', filter: null }, false],
    [{ action: 'AUTO', filter: { groups: { include: [] } } }, false],
    [{ filter: { users: { excludeAdmins: false } } }, false],
    [{ filter: { users: { excludeAdmins: true } } }, true],
    [{ filter: { users: { excludeAdmins: 'yes' } } }, null],
  ])('with the link %j administrators are left out: %s', (accountLink, expected) => {
    expect(policy({ accountLink })?.linkNotAdministrators).toBe(expected);
  });

  it.each<[object, string | null, readonly string[]]>([
    [{ action: 'NONE', assignments: ['g1'] }, 'none', []],
    [{ action: 'ASSIGN', assignments: ['g1'], filter: ['g2'] }, 'assign', ['g1']],
    [{ action: 'APPEND', assignments: ['g1'], filter: ['g2'] }, 'append', ['g2']],
    [{ action: 'SYNC' }, 'sync', []],
    [{ action: 'SHUFFLE' }, 'unknown', []],
    [{}, null, []],
  ])('groups: %j', (groups, groupAction, expected) => {
    expect(policy({ provisioning: { groups } })).toMatchObject({ groupAction, groups: expected });
  });

  it.each<[boolean | undefined, boolean | undefined, boolean | null]>([
    [undefined, undefined, null],
    [false, undefined, false],
    [true, undefined, true],
    [undefined, false, false],
    [false, true, true],
  ])(
    'with trustClaims %s and mapAMRClaims %s, what is said of the sign-in is believed: %s',
    (trustClaims, mapAMRClaims, expected) => expect(policy({ trustClaims, mapAMRClaims })?.trustsAuthentication).toBe(expected),
  );

  it.each([
    ['RESPONSE', true],
    ['TOKEN', false],
    ['ANY', false],
    [null, null],
  ])('signed in the scope %s, the response is signed as a whole: %s', (scope, expected) => {
    expect(trust({ protocol: { algorithms: { response: { signature: { scope } } } } })?.responseSigned).toBe(expected);
  });

  it('does not take for theirs what Okta signs its own requests with', () => {
    const algorithms = { request: { signature: { algorithm: 'HS256', scope: 'REQUEST' } } };
    expect(trust({ type: 'OIDC', protocol: { algorithms } })?.signatureAlgorithm).toBeNull();
  });

  it('smart cards: whether certificates are looked up', () => {
    const card = (credentials: object) =>
      trust({ type: 'X509', protocol: { type: 'MTLS', credentials: { trust: credentials } } });
    expect(card({ revocation: 'CRL' })).toMatchObject({ category: 'smart_card', revocationChecked: true });
    expect(card({ revocation: 'OCSP' })?.revocationChecked).toBe(true);
    expect(card({ revocation: null })?.revocationChecked).toBeNull();
    expect(card({ revocation: 'MAYBE' })?.revocationChecked).toBeNull();
  });
});
