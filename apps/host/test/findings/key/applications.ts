import type { JsonObject, OktaObject, Org } from '@castellan/okta-simulator';
import { dayBefore, isSensitive, namesOf } from './groups.js';
import { appsOf, at, DAY, ids, isClientOf, type Keys, listed, openings, text, texts, time } from './state.js';

const client = (app: OktaObject, ...path: readonly string[]) => at(app, 'settings', 'oauthClient', ...path);
const credentials = (app: OktaObject, name: string) => at(app, 'credentials', 'oauthClient', name);
const those = (isWeak: (app: OktaObject, org: Org, now: number) => boolean) => (org: Org, now: number) =>
  ids(appsOf(org).filter((app) => isWeak(app, org, now)));

/** What somebody signs in to with an account that the application knows. */
const isSignedInTo = (app: OktaObject): boolean => app['signOnMode'] !== 'BOOKMARK' && !isClientOf(app, 'service');

/** The connection accounts are written over, where it is on. */
const connectionOf = (org: Org, app: OktaObject): JsonObject | undefined =>
  listed(org, `app-connections/${app.id}`).find((one) => one['status'] === 'ENABLED');
/** What provisioning does in the application. */
const writes = (org: Org, app: OktaObject): JsonObject | undefined =>
  connectionOf(org, app) &&
  listed(org, `app-features/${app.id}`).find((one) => one['name'] === 'USER_PROVISIONING' && one['status'] === 'ENABLED');

const hostOf = (address: string): string =>
  URL.canParse(address.replace('*', 'any')) ? new URL(address.replace('*', 'any')).hostname : '';
const isLocal = (address: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostOf(address));
const isPlain = (address: string): boolean => address.startsWith('http://') && !isLocal(address);

const secretsOf = (org: Org, app: OktaObject): readonly JsonObject[] =>
  listed(org, `app-secrets/${app.id}`).filter((one) => one['status'] === 'ACTIVE');

/** Whether a statement can be forged: SHA-1, a part without a signature, a protocol of before. */
function isWeaklySigned(app: OktaObject): boolean {
  if (app['signOnMode'] === 'SAML_1_1' || app['signOnMode'] === 'WS_FEDERATION') return true;
  if (app['signOnMode'] !== 'SAML_2_0') return false;
  const signOn = at(app, 'settings', 'signOn');
  const isOld = /SHA-?_?1$/.test(text(signOn, 'signatureAlgorithm')) || /SHA-?_?1$/.test(text(signOn, 'digestAlgorithm'));
  return isOld || at(signOn, 'responseSigned') === false || at(signOn, 'assertionSigned') === false;
}

export const APPLICATIONS: Keys = {
  'accounts-written-to-unsafe-address': those((app, org) => isPlain(text(connectionOf(org, app), 'baseUrl'))),
  'another-organisation-joined': those((app) => /(^| )org2org/.test(namesOf(app))),
  // A programme without provisioning takes nobody's account away; one whose provisioning does not say so is left out.
  'application-keeps-those-who-leave': those((app, org) => {
    const way = connectionOf(org, app);
    const off = text(writes(org, app), 'capabilities', 'update', 'lifecycleDeactivate', 'status') !== 'ENABLED';
    const isLarge = org.effectiveAssignments(app.id).length >= 200;
    return isSignedInTo(app) && (way === undefined || off) && (isSensitive(app) || isLarge);
  }),
  'application-not-used': (org, now) => {
    const opened = new Set(openings(org).flatMap((one) => (one.at >= dayBefore(now, 60) ? [one.app] : [])));
    return ids(appsOf(org).filter((app) => isSignedInTo(app) && time(app, 'created') < now - 60 * DAY && !opened.has(app.id)));
  },
  'application-receives-passwords': those((app, org) => {
    const password = at(writes(org, app), 'capabilities', 'update', 'password');
    return text(password, 'status') === 'ENABLED' && text(password, 'seed') === 'OKTA';
  }),
  'application-signs-in-by-password': those((app) =>
    ['AUTO_LOGIN', 'BROWSER_PLUGIN', 'SECURE_PASSWORD_STORE', 'BASIC_AUTH'].includes(text(app, 'signOnMode')),
  ),
  'application-switched-off': (org, now) =>
    ids(
      [...org.applications.apps.values()].filter(
        (app) => app['status'] === 'INACTIVE' && time(app, 'lastUpdated') < now - 30 * DAY,
      ),
    ),
  'application-that-people-add-themselves': those((app) => at(app, 'accessibility', 'selfService') === true),
  // Of the certificates of an application the one that it names is in use.
  'key-about-to-expire': (org, now) =>
    appsOf(org).flatMap((app) =>
      listed(org, `app-keys/${app.id}`)
        .filter((key) => key['kid'] === text(app, 'credentials', 'signing', 'kid') && time(key, 'expiresAt') < now + 30 * DAY)
        .map((key) => `${app.id}|${text(key, 'kid')}`),
    ),
  'oauth-client-with-unsafe-grants': those((app) =>
    texts(client(app, 'grant_types')).some((grant) => grant === 'implicit' || grant === 'password'),
  ),
  'oauth-client-without-authentication': those(
    (app) =>
      (isClientOf(app, 'web') || isClientOf(app, 'service')) && credentials(app, 'token_endpoint_auth_method') === 'none',
  ),
  'oauth-client-without-proof-key': those(
    (app) =>
      (isClientOf(app, 'browser') || isClientOf(app, 'native')) &&
      texts(client(app, 'grant_types')).includes('authorization_code') &&
      credentials(app, 'pkce_required') === false,
  ),
  'old-client-secret': (org, now) =>
    appsOf(org).flatMap((app) =>
      secretsOf(org, app)
        .filter((secret) => time(secret, 'created') < now - 180 * DAY)
        .map((secret) => `${app.id}|${text(secret, 'id')}`),
    ),
  'several-client-secrets': those((app, org, now) => {
    const made = secretsOf(org, app).map((secret) => time(secret, 'created'));
    return made.length > 1 && Math.max(...made) < now - 14 * DAY;
  }),
  'sign-out-leaves-application-open': those((app) =>
    ['UNSUPPORTED', 'DISABLED'].includes(text(app, 'universalLogout', 'status')),
  ),
  'unsafe-redirect-address': those((app) =>
    texts(client(app, 'redirect_uris')).some((uri) => {
      const isAny = uri.includes('*') && client(app, 'wildcard_redirect') !== 'DISABLED';
      return isPlain(uri) || isAny || (isLocal(uri) && !isClientOf(app, 'native'));
    }),
  ),
  'weakly-signed-assertions': those(isWeaklySigned),
};

/** What programs may do, and what they prove themselves by. */
export const PROGRAMS: Keys = {
  'program-with-broad-scopes': those((app, org) =>
    listed(org, `app-grants/${app.id}`).some(
      (grant) => grant['status'] === 'ACTIVE' && BROAD_SCOPES.has(text(grant, 'scopeId').replace(/^okta\./, '')),
    ),
  ),
  'program-with-many-scopes': those(
    (app, org) => listed(org, `app-grants/${app.id}`).filter((grant) => grant['status'] === 'ACTIVE').length > 20,
  ),
  'program-without-bound-tokens': those(
    (app) => isClientOf(app, 'service') && client(app, 'dpop_bound_access_tokens') === false,
  ),
};

const BROAD_SCOPES = new Set(
  'users groups apps appGrants roles policies idps authenticators authorizationServers clients orgs'
    .split(' ')
    .map((area) => `${area}.manage`),
);
