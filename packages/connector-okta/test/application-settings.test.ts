import { mapAccount } from '../src/map/account.js';
import { mapApplication } from '../src/map/application.js';
import { Drift } from '../src/map/drift.js';
import { RecordingLogger } from './support/recording-logger.js';

const logger = new RecordingLogger();
const drift = new Drift(logger);
beforeEach(() => logger.lines.splice(0));

const NOTHING = {
  signOnMethod: null,
  clientId: null,
  oauthClient: null,
  assertion: null,
  storedPassword: null,
  selfService: null,
  endsSessions: null,
  policy: null,
};

describe('what is set on an application', () => {
  const app = (fields: object) => mapApplication({ id: 'a1', ...fields }, drift)?.data;

  it('a client of OpenID Connect: how it proves itself, and where codes go', () => {
    const found = app({
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { client_id: '0oaC', token_endpoint_auth_method: 'private_key_jwt', pkce_required: true } },
      settings: {
        oauthClient: {
          application_type: 'web',
          grant_types: ['authorization_code', 'implicit'],
          response_types: ['code', 'id_token'],
          redirect_uris: ['https://*.example.com/cb', 'https://user:CANARY@example.com/cb'],
          wildcard_redirect: 'SUBDOMAIN',
          dpop_bound_access_tokens: false,
        },
      },
      accessibility: { selfService: true },
      universalLogout: { status: 'ENABLED', supportType: 'FULL' },
      _links: { accessPolicy: { href: 'https://acme.okta.com/api/v1/policies/rst42' } },
    });
    expect(found).toMatchObject({
      ...NOTHING,
      signOnMethod: 'openid',
      clientId: '0oaC',
      oauthClient: {
        type: 'web',
        grantTypes: ['authorization_code', 'implicit'],
        responseTypes: ['code', 'id_token'],
        authentication: 'key',
        // An address can hold a password, and nothing secret goes into a record.
        redirectUris: ['https://*.example.com/cb', '[redacted]'],
        wildcardRedirects: true,
        boundTokens: false,
        proofKey: true,
      },
      selfService: true,
      endsSessions: true,
      policy: 'rst42',
    });
    expect(logger.notUnderstood()).toEqual([]);
  });

  it.each([
    ['none', 'none'],
    ['client_secret_basic', 'secret'],
    ['client_secret_post', 'secret'],
    ['client_secret_jwt', 'secret'],
    ['private_key_jwt', 'key'],
    ['tls_client_auth', 'unknown'],
  ])('a client with %s proves itself by: %s', (method, authentication) => {
    const credentials = { oauthClient: { token_endpoint_auth_method: method } };
    expect(app({ credentials, settings: { oauthClient: {} } })?.oauthClient).toMatchObject({ authentication, type: 'unknown' });
  });

  it('a client of the catalogue that does not show how it is set is none that we know of', () => {
    expect(app({ signOnMode: 'OPENID_CONNECT', settings: {} })).toMatchObject({ signOnMethod: 'openid', oauthClient: null });
  });

  it.each([
    ['SAML_2_0', 'saml'],
    ['SAML_1_1', 'saml'],
    ['WS_FEDERATION', 'ws_federation'],
    ['OPENID_CONNECT', 'openid'],
    ['AUTO_LOGIN', 'stored_password'],
    ['BROWSER_PLUGIN', 'stored_password'],
    ['SECURE_PASSWORD_STORE', 'stored_password'],
    ['BASIC_AUTH', 'basic'],
    ['BOOKMARK', 'bookmark'],
    ['SMOKE_SIGNALS', 'unknown'],
    [null, 'none'],
    [undefined, null],
  ])('the mode %s is: %s', (signOnMode, signOnMethod) => {
    expect(app({ signOnMode })?.signOnMethod).toBe(signOnMethod);
    expect(logger.notUnderstood()).toEqual(signOnMode === 'SMOKE_SIGNALS' ? ['application.signOnMode: unknown value'] : []);
  });

  it('SAML 2.0: what is said, how it is signed, where it goes; what an administrator has put there instead counts', () => {
    const signOn = {
      signatureAlgorithm: 'RSA_SHA1',
      digestAlgorithm: 'SHA1',
      responseSigned: true,
      assertionSigned: false,
      audience: 'urn:app',
      audienceOverride: 'urn:other',
      ssoAcsUrl: 'https://app.example.com/acs',
      ssoAcsUrlOverride: null,
    };
    expect(app({ signOnMode: 'SAML_2_0', settings: { signOn } })?.assertion).toEqual({
      version: '2.0',
      signatureAlgorithm: 'RSA_SHA1',
      digestAlgorithm: 'SHA1',
      responseSigned: true,
      assertionSigned: false,
      audience: 'urn:other',
      address: 'https://app.example.com/acs',
    });
  });

  const unsaid = { signatureAlgorithm: null, digestAlgorithm: null, responseSigned: null, assertionSigned: null };

  it('SAML 1.1 and WS-Federation as far as they say it', () => {
    const signOn = { ssoAcsUrlOverride: 'https://old.example.com/acs', audienceOverride: 'urn:old' };
    expect(app({ signOnMode: 'SAML_1_1', settings: { signOn } })?.assertion).toEqual({
      ...unsaid,
      version: '1.1',
      audience: 'urn:old',
      address: 'https://old.example.com/acs',
    });
    const federation = { audienceRestriction: 'urn:office', wReplyURL: 'https://office.example.com/?token=CANARY' };
    expect(app({ signOnMode: 'WS_FEDERATION', settings: { app: federation } })?.assertion).toEqual({
      ...unsaid,
      version: null,
      audience: 'urn:office',
      address: '[redacted]',
    });
    expect(app({ signOnMode: 'BOOKMARK', settings: { signOn } })?.assertion).toBeNull();
  });

  it.each([
    ['SHARED_USERNAME_AND_PASSWORD', true, 'administrator'],
    ['ADMIN_SETS_CREDENTIALS', false, 'administrator'],
    ['EDIT_PASSWORD_ONLY', false, 'person'],
    ['EDIT_USERNAME_AND_PASSWORD', false, 'person'],
    ['EXTERNAL_PASSWORD_SYNC', false, 'provider'],
    ['WRITTEN_ON_A_NOTE', null, 'unknown'],
  ])('the password of %s: shared %s, chosen by %s', (scheme, shared, chosenBy) => {
    const credentials = { scheme, revealPassword: true, password: 'CANARY' };
    const record = mapApplication({ id: 'a1', signOnMode: 'BROWSER_PLUGIN', credentials }, drift);
    expect(record?.data.storedPassword).toEqual({ shared, chosenBy, revealed: true });
    expect(JSON.stringify(record)).not.toContain('CANARY');
  });

  it.each([
    ['ENABLED', true],
    ['DISABLED', false],
    ['UNSUPPORTED', false],
    ['SOMETIMES', null],
    [undefined, null],
  ])('with Universal Logout %s the session ends there too: %s', (status, expected) => {
    expect(app({ universalLogout: { status } })?.endsSessions).toBe(expected);
  });

  it('nothing is nothing, and nothing odd', () => {
    expect(app({})).toMatchObject(NOTHING);
    expect(logger.notUnderstood()).toEqual([]);
  });
});

describe('what an account says of its person', () => {
  const account = (fields: object) => mapAccount({ id: 'u1', ...fields }, drift)?.data;

  it('its kind, its other addresses and its number', () => {
    const profile = { userType: 'Contractor', secondEmail: 'ada@home.example', mobilePhone: '+1 555', employeeNumber: 4711 };
    expect(account({ profile })).toMatchObject({ ...profile, employeeNumber: '4711' });
    expect(account({ profile: { secondEmail: null } })).toMatchObject({
      userType: null,
      secondEmail: null,
      mobilePhone: null,
      employeeNumber: null,
    });
  });

  it.each([
    [{ recovery_question: { question: 'Why?' }, provider: { type: 'OKTA' } }, true],
    [{ recovery_question: null, provider: { type: 'OKTA' } }, false],
    [{ provider: { type: 'OKTA' } }, false],
    [null, null],
    [undefined, null],
    ['secret', null],
  ])('with credentials %j a question gives a new password: %s', (credentials, expected) => {
    expect(account({ credentials })?.recoveryQuestion).toBe(expected);
  });
});
