import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import { withSettings } from './application-settings.js';
import { makeId } from './ids.js';
import type { GeneratorPlan } from './plan.js';
import { daysBefore, randomOf } from './plan.js';
import type { Random } from './random.js';

const PROVISIONING = ['PUSH_NEW_USERS', 'PUSH_PROFILE_UPDATES', 'PUSH_USER_DEACTIVATION', 'GROUP_PUSH'] as const;
const IMPORTING = ['IMPORT_NEW_USERS', 'IMPORT_PROFILE_UPDATES', 'PROFILE_MASTERING'] as const;

interface Blueprint {
  readonly label: string;
  readonly name: string;
  readonly signOnMode: string;
  readonly features?: readonly string[];
  /** OIDC only: browser, native, service or web. */
  readonly client?: string;
}

const saml = (label: string, name: string, features: readonly string[] = []): Blueprint => ({
  label,
  name,
  signOnMode: 'SAML_2_0',
  features,
});

const oidc = (label: string, client: string): Blueprint => ({
  label,
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  client,
});

/** In this order: the directory first, then a mixture in which even a dozen apps show every sign-on mode. */
const BLUEPRINTS: readonly Blueprint[] = [
  { label: 'Larkmill directory', name: 'active_directory', signOnMode: 'AUTO_LOGIN', features: IMPORTING },
  saml('Ledgerline ERP', 'ledgerline', PROVISIONING),
  oidc('Release bot', 'service'),
  { label: 'Canteen menu', name: 'bookmark', signOnMode: 'BOOKMARK' },
  oidc('Partner portal', 'web'),
  { label: 'Courier account', name: 'template_swa', signOnMode: 'BROWSER_PLUGIN' },
  oidc('Nightly export', 'service'),
  { label: 'Office suite', name: 'template_wsfed', signOnMode: 'WS_FEDERATION', features: PROVISIONING },
  { label: 'Old time sheet', name: 'template_sps', signOnMode: 'SECURE_PASSWORD_STORE' },
  { label: 'Printer console', name: 'template_basic_auth', signOnMode: 'BASIC_AUTH' },
  { label: 'Travel desk', name: 'travel_desk', signOnMode: 'SAML_1_1' },
  oidc('Driver app', 'native'),
  oidc('Status board', 'browser'),
  oidc('Warehouse loader', 'service'),
  saml('Ticket queue', 'ticketqueue', [...PROVISIONING, 'IMPORT_NEW_USERS']),
  saml('Code forge', 'codeforge', ['PUSH_NEW_USERS']),
  saml('Cloud console', 'cloudconsole'),
  saml('People suite', 'peoplesuite', IMPORTING),
  saml('Chat rooms', 'chatrooms', PROVISIONING),
  saml('Expense box', 'expensebox'),
  oidc('Vault gateway', 'web'),
  saml('Data lake', 'datalake'),
];

export const appId = (plan: GeneratorPlan, index: number): string => makeId('0oa', plan.seed, index);

export function generateApps(org: Org, plan: GeneratorPlan): void {
  for (let index = 0; index < plan.apps; index += 1) {
    const blueprint = BLUEPRINTS[index % BLUEPRINTS.length];
    if (!blueprint) continue;
    const round = Math.floor(index / BLUEPRINTS.length);
    org.applications.apps.set(appId(plan, index), makeApp(org, plan, index, round, blueprint));
  }
}

function makeApp(org: Org, plan: GeneratorPlan, index: number, round: number, blueprint: Blueprint): OktaObject {
  const random = randomOf(plan, 'app', index);
  const id = appId(plan, index);
  const age = 30 + random.below(1500);
  return withSettings(org, plan, index, {
    id,
    orn: `orn:okta:idp:${org.id}:apps:${blueprint.name}:${id}`,
    name: blueprint.name,
    label: round === 0 ? blueprint.label : `${blueprint.label} ${round + 1}`,
    status: index > 0 && random.chance(0.06) ? 'INACTIVE' : 'ACTIVE',
    created: daysBefore(plan, age),
    lastUpdated: daysBefore(plan, random.below(age)),
    accessibility: { selfService: random.chance(0.1), errorRedirectUrl: null, loginRedirectUrl: null },
    visibility: {
      autoSubmitToolbar: false,
      hide: { iOS: false, web: blueprint.client === 'service' },
      appLinks: { login: true },
    },
    features: blueprint.features ?? [],
    signOnMode: blueprint.signOnMode,
    credentials: credentialsOf(id, blueprint, random),
    settings: settingsOf(blueprint, random),
    _links: org.links.app(id),
  });
}

function credentialsOf(id: string, blueprint: Blueprint, random: Random): JsonObject {
  const template = { userNameTemplate: { template: '${source.login}', type: 'BUILT_IN' }, signing: {} };
  if (blueprint.client === undefined) return { ...template, signing: { kid: `kid-${id}` } };
  const method =
    blueprint.client === 'service' ? 'private_key_jwt' : blueprint.client === 'web' ? 'client_secret_basic' : 'none';
  const oauthClient = {
    client_id: id,
    autoKeyRotation: true,
    token_endpoint_auth_method: method,
    pkce_required: random.chance(0.7),
  };
  return { ...template, oauthClient };
}

function settingsOf(blueprint: Blueprint, random: Random): JsonObject {
  const notifications = { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } };
  if (blueprint.client !== undefined) return { notifications, app: {}, oauthClient: oauthClientOf(blueprint.client, random) };
  const url = `https://${blueprint.name.replaceAll('_', '-')}.example.com/`;
  if (blueprint.signOnMode === 'BOOKMARK') return { notifications, app: { requestIntegration: false, url } };
  if (blueprint.signOnMode === 'SAML_2_0') return { notifications, app: {}, signOn: samlOf(url, random) };
  if (blueprint.signOnMode === 'WS_FEDERATION') return { notifications, app: wsFederationOf(url) };
  if (blueprint.signOnMode === 'BROWSER_PLUGIN') {
    return {
      notifications,
      app: { url, buttonField: 'btn-login', usernameField: 'txtbox-username', passwordField: 'txtbox-password' },
    };
  }
  if (blueprint.signOnMode === 'SECURE_PASSWORD_STORE') {
    return { notifications, app: { url, usernameField: 'user', passwordField: 'pass' } };
  }
  return { notifications, app: { url, authURL: url } };
}

function oauthClientOf(type: string, random: Random): JsonObject {
  const service = type === 'service';
  return {
    client_uri: null,
    logo_uri: null,
    redirect_uris: service
      ? []
      : ['https://app.example.com/callback', ...(random.chance(0.2) ? ['http://localhost:8080/callback'] : [])],
    response_types: service ? ['token'] : ['code'],
    grant_types: service ? ['client_credentials'] : ['authorization_code', ...(random.chance(0.3) ? ['implicit'] : [])],
    application_type: type,
    consent_method: 'TRUSTED',
    issuer_mode: 'DYNAMIC',
    dpop_bound_access_tokens: service && random.chance(0.5),
  };
}

const samlOf = (url: string, random: Random): JsonObject => ({
  ssoAcsUrl: `${url}acs`,
  audience: url,
  recipient: `${url}acs`,
  destination: `${url}acs`,
  subjectNameIdTemplate: '${user.userName}',
  subjectNameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  responseSigned: true,
  assertionSigned: random.chance(0.9),
  signatureAlgorithm: random.chance(0.1) ? 'RSA_SHA1' : 'RSA_SHA256',
  digestAlgorithm: 'SHA256',
  honorForceAuthn: true,
  requestCompressed: false,
  allowMultipleAcsEndpoints: false,
  acsEndpoints: [],
  attributeStatements: [],
});

const wsFederationOf = (url: string): JsonObject => ({
  audienceRestriction: url,
  authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  groupValueFormat: 'windowsDomainQualifiedName',
  nameIDFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  siteURL: url,
  realm: url,
  usernameAttribute: 'username',
  wReplyOverride: false,
  wReplyURL: url,
});

/** The app users of a generated org are computed when asked: their number is the product of apps and people. */
export function generatedAppUser(
  org: Org,
  plan: GeneratorPlan,
  app: OktaObject,
  user: string,
  viaGroup: string | undefined,
): OktaObject {
  const random = randomOf(plan, 'app-user', app.id, user);
  const age = random.below(700);
  const features = app['features'];
  const provisioned = Array.isArray(features) && features.includes('PUSH_NEW_USERS');
  const created = daysBefore(plan, age);
  const login = textAt(org.directory.users.get(user), 'profile', 'login') ?? user;
  return {
    id: user,
    externalId: provisioned ? `ext-${random.below(1_000_000_000)}` : null,
    created,
    lastUpdated: daysBefore(plan, random.below(age + 1)),
    scope: viaGroup === undefined ? 'USER' : 'GROUP',
    status: provisioned ? 'PROVISIONED' : 'ACTIVE',
    statusChanged: created,
    passwordChanged: null,
    syncState: provisioned ? (random.chance(0.03) ? 'ERROR' : 'SYNCHRONIZED') : 'DISABLED',
    ...(provisioned ? { lastSync: daysBefore(plan, random.below(30)) } : {}),
    credentials: { userName: login },
    profile: provisioned ? { role: random.chance(0.05) ? 'admin' : 'member' } : {},
    _links: org.links.appUser(app.id, user, viaGroup),
  };
}
