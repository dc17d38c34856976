import type { Application, Assertion, OAuthClient, SignOnMethod, StoredPassword } from '@castellan/connector-sdk';
import type { ObjectReader } from './object-reader.js';
import { redactAddress } from './redact.js';

type Settings = Required<
  Pick<
    Application,
    'signOnMethod' | 'clientId' | 'oauthClient' | 'assertion' | 'storedPassword' | 'selfService' | 'endsSessions' | 'policy'
  >
>;

/** Source of all tables: Okta management API, `ApplicationSignOnMode` and the settings of each. */
const METHOD: Readonly<Record<string, SignOnMethod>> = {
  SAML_2_0: 'saml',
  SAML_1_1: 'saml',
  WS_FEDERATION: 'ws_federation',
  OPENID_CONNECT: 'openid',
  AUTO_LOGIN: 'stored_password',
  BROWSER_PLUGIN: 'stored_password',
  SECURE_PASSWORD_STORE: 'stored_password',
  BASIC_AUTH: 'basic',
  BOOKMARK: 'bookmark',
};

const CLIENT_TYPE: Readonly<Record<string, OAuthClient['type']>> = {
  service: 'service',
  web: 'web',
  browser: 'browser',
  native: 'native',
};

/** A token of `client_secret_jwt` is signed, but with the secret itself. */
const AUTHENTICATION: Readonly<Record<string, OAuthClient['authentication']>> = {
  none: 'none',
  client_secret_basic: 'secret',
  client_secret_post: 'secret',
  client_secret_jwt: 'secret',
  private_key_jwt: 'key',
};

const WILDCARD: Readonly<Record<string, boolean>> = { DISABLED: false, SUBDOMAIN: true };

const SCHEME: Readonly<Record<string, Pick<StoredPassword, 'shared' | 'chosenBy'>>> = {
  SHARED_USERNAME_AND_PASSWORD: { shared: true, chosenBy: 'administrator' },
  ADMIN_SETS_CREDENTIALS: { shared: false, chosenBy: 'administrator' },
  EDIT_PASSWORD_ONLY: { shared: false, chosenBy: 'person' },
  EDIT_USERNAME_AND_PASSWORD: { shared: false, chosenBy: 'person' },
  EXTERNAL_PASSWORD_SYNC: { shared: false, chosenBy: 'provider' },
};

const UNIVERSAL_LOGOUT: Readonly<Record<string, boolean>> = { ENABLED: true, DISABLED: false, UNSUPPORTED: false };

/** How an application is signed on to, and what is set on it, as our vocabulary says it. */
export function applicationSettings(app: ObjectReader): Settings {
  const credentials = app.child('credentials');
  const client = credentials.child('oauthClient');
  return {
    signOnMethod: app.isNull('signOnMode') ? 'none' : app.optionalOneOf<SignOnMethod>('signOnMode', METHOD, 'unknown'),
    clientId: client.id('client_id'),
    oauthClient: oauthClientOf(app.child('settings'), client),
    assertion: assertionOf(app.string('signOnMode'), app.child('settings')),
    storedPassword: storedPasswordOf(credentials),
    selfService: app.child('accessibility').boolean('selfService'),
    endsSessions: app.child('universalLogout').optionalOneOf<boolean | null>('status', UNIVERSAL_LOGOUT, null),
    policy: policyOf(app.child('_links').child('accessPolicy').string('href')),
  };
}

/** Apps of the catalogue can be clients without showing how: then there is nothing to say. */
function oauthClientOf(settings: ObjectReader, credentials: ObjectReader): OAuthClient | null {
  if (!settings.has('oauthClient')) return null;
  const client = settings.child('oauthClient');
  return {
    type: client.oneOf<OAuthClient['type']>('application_type', CLIENT_TYPE, 'unknown'),
    grantTypes: client.strings('grant_types'),
    responseTypes: client.strings('response_types'),
    authentication: credentials.oneOf<OAuthClient['authentication']>('token_endpoint_auth_method', AUTHENTICATION, 'unknown'),
    redirectUris: client.strings('redirect_uris').map(redactAddress),
    wildcardRedirects: client.optionalOneOf<boolean | null>('wildcard_redirect', WILDCARD, null),
    boundTokens: client.boolean('dpop_bound_access_tokens'),
    proofKey: credentials.boolean('pkce_required'),
  };
}

function assertionOf(mode: string | null, settings: ObjectReader): Assertion | null {
  if (mode === 'SAML_2_0') return samlAssertion('2.0', settings.child('signOn'));
  // Okta says of SAML 1.1 only what an administrator has put in the place of the app's own addresses.
  if (mode === 'SAML_1_1') return samlAssertion('1.1', settings.child('signOn'));
  if (mode !== 'WS_FEDERATION') return null;
  const app = settings.child('app');
  return {
    version: null,
    signatureAlgorithm: null,
    digestAlgorithm: null,
    responseSigned: null,
    assertionSigned: null,
    audience: app.filled('audienceRestriction'),
    address: addressOf(app.filled('wReplyURL')),
  };
}

function samlAssertion(version: string, signOn: ObjectReader): Assertion {
  return {
    version,
    signatureAlgorithm: signOn.string('signatureAlgorithm'),
    digestAlgorithm: signOn.string('digestAlgorithm'),
    responseSigned: signOn.boolean('responseSigned'),
    assertionSigned: signOn.boolean('assertionSigned'),
    audience: signOn.filled('audienceOverride') ?? signOn.filled('audience'),
    address: addressOf(signOn.filled('ssoAcsUrlOverride') ?? signOn.filled('ssoAcsUrl')),
  };
}

function storedPasswordOf(credentials: ObjectReader): StoredPassword | null {
  const scheme = credentials.optionalOneOf<Pick<StoredPassword, 'shared' | 'chosenBy'>>('scheme', SCHEME, {
    shared: null,
    chosenBy: 'unknown',
  });
  return scheme === null ? null : { ...scheme, revealed: credentials.boolean('revealPassword') };
}

function addressOf(text: string | null): string | null {
  return text === null ? null : redactAddress(text);
}

/** The end of `.../api/v1/policies/rst...`. */
function policyOf(href: string | null): string | null {
  return /\/policies\/([^/?#]+)/.exec(href ?? '')?.[1] ?? null;
}
