import type { JsonObject, OktaObject } from '../json/json.js';
import { objectAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { GeneratorPlan } from './plan.js';
import { randomOf } from './plan.js';
import { accessPolicyIds } from './policy-blueprints.js';
import type { Random } from './random.js';

/** Modes in which Okta keeps a password for the app. */
const STORED: ReadonlySet<unknown> = new Set(['AUTO_LOGIN', 'BROWSER_PLUGIN', 'SECURE_PASSWORD_STORE', 'BASIC_AUTH']);

const SCHEMES = [
  ['EDIT_USERNAME_AND_PASSWORD', 5],
  ['SHARED_USERNAME_AND_PASSWORD', 2],
  ['ADMIN_SETS_CREDENTIALS', 1],
  ['EDIT_PASSWORD_ONLY', 1],
  ['EXTERNAL_PASSWORD_SYNC', 1],
] as const;

/** Adds what is set on an app: who may sign on to it, how its password is kept, where its assertions and codes go. */
export function withSettings(org: Org, plan: GeneratorPlan, index: number, app: OktaObject): OktaObject {
  const random = randomOf(plan, 'app-settings', index);
  const policies = accessPolicyIds(plan);
  const policy = policies[random.below(policies.length)] ?? '';
  return {
    ...app,
    universalLogout: universalLogoutOf(random),
    credentials: { ...objectAt(app, 'credentials'), ...storedPasswordOf(app, random) },
    settings: settingsOf(app, random),
    _links: { ...objectAt(app, '_links'), accessPolicy: { href: `${org.links.base}/api/v1/policies/${policy}` } },
  };
}

function universalLogoutOf(random: Random): JsonObject {
  const status = random.weighted([
    ['UNSUPPORTED', 6],
    ['ENABLED', 2],
    ['DISABLED', 2],
  ] as const);
  if (status === 'UNSUPPORTED') return { status };
  return { status, supportType: 'FULL', identityStack: 'NOT_SHARED', protocol: 'GLOBAL_TOKEN_REVOCATION' };
}

function storedPasswordOf(app: OktaObject, random: Random): JsonObject {
  if (!STORED.has(app['signOnMode'])) return {};
  return { scheme: random.weighted(SCHEMES), revealPassword: random.chance(0.3) };
}

function settingsOf(app: OktaObject, random: Random): JsonObject {
  const settings = objectAt(app, 'settings');
  if (app['signOnMode'] === 'SAML_1_1') {
    const address = `https://${String(app['name']).replaceAll('_', '-')}.example.com/`;
    const overrides = { ssoAcsUrlOverride: `${address}acs`, audienceOverride: address, recipientOverride: `${address}acs` };
    return { ...settings, signOn: { defaultRelayState: '', ...overrides } };
  }
  if (app['signOnMode'] !== 'OPENID_CONNECT') return settings;
  const client = objectAt(settings, 'oauthClient');
  const wildcard = client['application_type'] !== 'service' && random.chance(0.15);
  if (!wildcard) return { ...settings, oauthClient: { ...client, wildcard_redirect: 'DISABLED' } };
  const redirects = { wildcard_redirect: 'SUBDOMAIN', redirect_uris: ['https://*.app.example.com/callback'] };
  return { ...settings, oauthClient: { ...client, ...redirects } };
}
