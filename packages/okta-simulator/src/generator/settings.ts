import type { JsonObject } from '../json/json.js';
import type { Org } from '../org/org.js';
import { grantsOf, methodsOf } from '../org/setting-lists.js';
import { isServiceApp } from './administration.js';
import { makeId } from './ids.js';
import { generateOrgSettings } from './org-settings.js';
import { userId } from './people.js';
import type { GeneratorPlan } from './plan.js';
import { DAY, daysBefore, randomOf } from './plan.js';
import { generatePolicies } from './policies.js';
import { behaviourId } from './policy-blueprints.js';

/** Key, type, name, methods; `off`: not switched on. */
const AUTHENTICATORS: readonly (readonly [string, string, string, readonly string[], 'on' | 'off'])[] = [
  ['okta_password', 'password', 'Password', ['password'], 'on'],
  ['okta_email', 'email', 'Email', ['email'], 'on'],
  ['phone_number', 'phone', 'Phone', ['sms', 'voice'], 'on'],
  ['okta_verify', 'app', 'Okta Verify', ['push', 'totp', 'signed_nonce'], 'on'],
  ['webauthn', 'security_key', 'Passkeys', ['webauthn'], 'on'],
  ['security_question', 'security_question', 'Security Question', ['security_question'], 'off'],
];

const GRANTED: readonly (readonly string[])[] = [
  ['okta.users.read', 'okta.groups.read'],
  ['okta.users.manage', 'okta.apps.manage', 'okta.roles.manage'],
  ['okta.logs.read'],
];

/** Of Okta Verify: any cryptography will do, and a number is compared only when a sign-in looks risky. */
const OKTA_VERIFY: JsonObject = {
  compliance: { fips: 'OPTIONAL' },
  channelBinding: { style: 'NUMBER_CHALLENGE', required: 'HIGH_RISK_ONLY' },
  userVerification: 'PREFERRED',
};

/** The org's settings that a look at its posture needs: each list has sound entries and one to find fault with. */
export function generateSettings(org: Org, plan: GeneratorPlan): void {
  generatePolicies(org, plan);
  generateAuthenticators(org, plan);
  generateZones(org, plan);
  generateBehaviors(org, plan);
  generateOrigins(org, plan);
  generateLogStreams(org, plan);
  generateApiTokens(org, plan);
  generateGrants(org, plan);
  const times = timesOf(plan, 0);
  org
    .list('threat-insight')
    .set('configuration', { action: 'audit', excludeZones: [], ...times, _links: selfOf(org, 'threats/configuration') });
  org.list('org').set('settings', orgSettings(org, plan));
  generateOrgSettings(org, plan);
}

const selfOf = (org: Org, path: string): JsonObject => ({ self: { href: `${org.links.base}/api/v1/${path}` } });

const timesOf = (plan: GeneratorPlan, index: number): { created: string; lastUpdated: string } => ({
  created: daysBefore(plan, 800 - index),
  lastUpdated: daysBefore(plan, 100 + index),
});

function generateAuthenticators(org: Org, plan: GeneratorPlan): void {
  for (const [index, [key, type, name, methods, state]] of AUTHENTICATORS.entries()) {
    const id = makeId('aut', plan.seed, index);
    const status = state === 'on' ? 'ACTIVE' : 'INACTIVE';
    const _links = selfOf(org, `authenticators/${id}`);
    const settings = key === 'okta_verify' ? { settings: OKTA_VERIFY } : {};
    org.list('authenticators').set(id, { id, key, type, name, status, ...timesOf(plan, index), ...settings, _links });
    for (const method of methods) {
      const links = selfOf(org, `authenticators/${id}/methods/${method}`);
      // Voice calls are off where text messages are on: a method has a state of its own.
      const own = method === 'voice' ? 'INACTIVE' : status;
      org.list(methodsOf(id)).set(method, { type: method, status: own, _links: links });
    }
  }
}

function generateZones(org: Org, plan: GeneratorPlan): void {
  const cidr = (value: string): JsonObject => ({ type: 'CIDR', value });
  const zones: readonly JsonObject[] = [
    { type: 'IP', name: 'LegacyIpZone', usage: 'POLICY', system: true, gateways: null, proxies: null },
    { type: 'IP', name: 'BlockedIpZone', usage: 'BLOCKLIST', system: true, gateways: [cidr('203.0.113.0/24')], proxies: null },
    {
      type: 'IP',
      name: 'Offices',
      usage: 'POLICY',
      system: false,
      gateways: [cidr('198.51.100.0/24'), cidr('192.0.2.0/24')],
      proxies: null,
    },
    {
      type: 'DYNAMIC',
      name: 'Nobody works there',
      usage: 'POLICY',
      system: false,
      proxyType: 'Any',
      asns: [],
      locations: [{ country: 'AQ', region: null }],
    },
  ];
  for (const [index, zone] of zones.entries()) {
    const id = makeId('nzo', plan.seed, index);
    org.list('zones').set(id, { id, status: 'ACTIVE', ...timesOf(plan, index), ...zone, _links: selfOf(org, `zones/${id}`) });
  }
}

function generateBehaviors(org: Org, plan: GeneratorPlan): void {
  const behaviors: readonly JsonObject[] = [
    {
      name: 'New place',
      type: 'ANOMALOUS_LOCATION',
      settings: { granularity: 'CITY', maxEventsUsedForEvaluation: 20, minEventsNeededForEvaluation: 0 },
    },
    {
      name: 'New device',
      type: 'ANOMALOUS_DEVICE',
      settings: { maxEventsUsedForEvaluation: 20, minEventsNeededForEvaluation: 0 },
    },
    { name: 'Too fast', type: 'VELOCITY', settings: { velocityKph: 805 } },
  ];
  for (const [index, behavior] of behaviors.entries()) {
    const id = behaviourId(plan, index);
    org.list('behaviors').set(id, {
      id,
      status: index === 1 ? 'INACTIVE' : 'ACTIVE',
      ...timesOf(plan, index),
      ...behavior,
      _links: selfOf(org, `behaviors/${id}`),
    });
  }
}

function generateOrigins(org: Org, plan: GeneratorPlan): void {
  for (const [index, origin] of ['https://portal.larkmill.example', 'http://localhost:3000'].entries()) {
    const id = makeId('tos', plan.seed, index);
    const scopes = index === 0 ? [{ type: 'CORS' }, { type: 'REDIRECT' }] : [{ type: 'CORS' }];
    const by = plan.users > 0 ? { createdBy: userId(plan, 0), lastUpdatedBy: userId(plan, 0) } : {};
    org.list('trusted-origins').set(id, {
      id,
      name: `Origin ${index + 1}`,
      origin,
      scopes,
      status: 'ACTIVE',
      ...timesOf(plan, index),
      ...by,
      _links: selfOf(org, `trustedOrigins/${id}`),
    });
  }
}

function generateLogStreams(org: Org, plan: GeneratorPlan): void {
  const id = makeId('0oa', plan.seed, 350_000_000);
  const self = `${org.links.base}/api/v1/logStreams/${id}`;
  const _links = { self: { href: self, method: 'GET' }, deactivate: { href: `${self}/lifecycle/deactivate`, method: 'POST' } };
  const settings = { accountId: '123456789012', eventSourceName: 'larkmill-log', region: 'eu-west-3' };
  org
    .list('log-streams')
    .set(id, { id, type: 'aws_eventbridge', name: 'Security lake', status: 'ACTIVE', ...timesOf(plan, 0), settings, _links });
}

/** Tokens of the first people, who run the org. One is without a bound to a network, and old. */
function generateApiTokens(org: Org, plan: GeneratorPlan): void {
  for (let index = 0; index < Math.min(4, plan.users); index += 1) {
    const id = makeId('00T', plan.seed, index);
    const user = userId(plan, index);
    const network =
      index === 2 ? { connection: 'ZONE', include: [makeId('nzo', plan.seed, 2)], exclude: [] } : { connection: 'ANYWHERE' };
    const expiresAt = new Date(plan.epoch + (30 - index * 9) * DAY).toISOString();
    const times = { expiresAt, created: daysBefore(plan, 40 + 300 * index), lastUpdated: daysBefore(plan, index * 9) };
    const _links = { ...selfOf(org, `api-tokens/${id}`), user: { href: `${org.links.base}/api/v1/users/${user}` } };
    org.list('api-tokens').set(id, {
      id,
      name: `Script ${index + 1}`,
      userId: user,
      clientName: 'Okta API',
      tokenWindow: 'P30D',
      network,
      ...times,
      _links,
    });
  }
}

/** What each service app may ask of the API. One of three may change roles. */
function generateGrants(org: Org, plan: GeneratorPlan): void {
  const services = [...org.applications.apps.values()].filter(isServiceApp);
  for (const [index, app] of services.entries()) {
    for (const [position, scopeId] of (GRANTED[index % GRANTED.length] ?? []).entries()) {
      const id = makeId('oag', plan.seed, index * 10 + position);
      const age = 10 + randomOf(plan, 'app-grant', id).below(500);
      const times = { created: daysBefore(plan, age), lastUpdated: daysBefore(plan, age) };
      const by = plan.users > 0 ? { createdBy: { id: userId(plan, 0), type: 'User' } } : {};
      const source = { status: 'ACTIVE', issuer: org.links.base, clientId: app.id, scopeId, source: 'ADMIN' };
      org
        .list(grantsOf(app.id))
        .set(id, { id, ...source, ...times, ...by, _links: selfOf(org, `apps/${app.id}/grants/${id}`) });
    }
  }
}

const orgSettings = (org: Org, plan: GeneratorPlan): JsonObject => ({
  id: org.id,
  companyName: 'Larkmill',
  subdomain: 'larkmill',
  status: 'ACTIVE',
  website: 'https://www.larkmill.example',
  ...timesOf(plan, 0),
  expiresAt: null,
});
