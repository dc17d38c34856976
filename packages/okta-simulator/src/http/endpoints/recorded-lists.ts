import type { JsonObject } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { missingParameter, notFound } from '../okta-error.js';
import { grantsOf, methodsOf, rulesOf } from '../../org/setting-lists.js';
import { arrayReply, readPage } from '../paging.js';
import { appOf } from './apps.js';

const PAGE = { default: 200, max: 200 } as const;

function listReply(request: EndpointRequest, list: string, accept: (object: JsonObject) => boolean = () => true): Reply {
  const sequence = request.org.list(list);
  return arrayReply(
    request,
    readPage(request, PAGE, (after, limit) => sequence.page(after, limit, accept)),
  );
}

const plainList = (template: string, scope: string, list: string): Endpoint => ({
  template,
  scopes: [scope],
  handle: (request) => listReply(request, list),
});

function listPolicies(request: EndpointRequest): Reply {
  const type = request.query.get('type');
  if (!type) throw missingParameter('type');
  return listReply(request, 'policies', (policy) => policy['type'] === type);
}

function listPolicyRules(request: EndpointRequest): Reply {
  const policyId = param(request, 'policyId');
  if (!request.org.list('policies').has(policyId)) throw notFound(policyId, 'Policy');
  return ok([...request.org.list(rulesOf(policyId)).values()]);
}

function threatConfiguration(request: EndpointRequest): Reply {
  const recorded = [...request.org.list('threat-insight').values()].at(-1);
  const since = '2020-01-01T00:00:00.000Z';
  return ok(recorded ?? { action: 'none', excludeZones: [], created: since, lastUpdated: since });
}

function one(template: string, scope: string, list: string, name: string, kind: string): Endpoint {
  const handle = (request: EndpointRequest): Reply => {
    const id = param(request, name);
    const found = request.org.list(list).get(id);
    if (!found) throw notFound(id, kind);
    return ok(found);
  };
  return { template, scopes: [scope], handle };
}

function listMethods(request: EndpointRequest): Reply {
  const id = param(request, 'authenticatorId');
  if (!request.org.list('authenticators').has(id)) throw notFound(id, 'Authenticator');
  return ok([...request.org.list(methodsOf(id)).values()]);
}

function listAppGrants(request: EndpointRequest): Reply {
  return ok([...request.org.list(grantsOf(appOf(request).id)).values()]);
}

function orgSettings(request: EndpointRequest): Reply {
  return ok(request.org.list('org').get('settings') ?? { id: request.org.id, status: 'ACTIVE' });
}

/** One setting of the org; the value that a new org has where nobody has set another. */
const orgSetting = (template: string, name: string, usual: JsonObject): Endpoint => ({
  template,
  scopes: ['okta.orgs.read'],
  handle: (request) => ok(request.org.list('org').get(name) ?? usual),
});

/** Only the admin console has such settings. */
function firstPartyAppSettings(request: EndpointRequest): Reply {
  const name = param(request, 'appName');
  if (name !== 'admin-console') throw notFound(name, 'AppSettings');
  const usual = { sessionIdleTimeoutMinutes: 15, sessionMaxLifetimeMinutes: 720 };
  return ok(request.org.list('org').get(name) ?? usual);
}

/** Lists that are served as they stand: no state of the org hangs on them. */
export const recordedListEndpoints: readonly Endpoint[] = [
  plainList('/api/v1/authenticators', 'okta.authenticators.read', 'authenticators'),
  one(
    '/api/v1/authenticators/{authenticatorId}',
    'okta.authenticators.read',
    'authenticators',
    'authenticatorId',
    'Authenticator',
  ),
  { template: '/api/v1/authenticators/{authenticatorId}/methods', scopes: ['okta.authenticators.read'], handle: listMethods },
  { template: '/api/v1/policies', scopes: ['okta.policies.read'], handle: listPolicies },
  one('/api/v1/policies/{policyId}', 'okta.policies.read', 'policies', 'policyId', 'Policy'),
  { template: '/api/v1/policies/{policyId}/rules', scopes: ['okta.policies.read'], handle: listPolicyRules },
  plainList('/api/v1/zones', 'okta.networkZones.read', 'zones'),
  one('/api/v1/zones/{zoneId}', 'okta.networkZones.read', 'zones', 'zoneId', 'NetworkZone'),
  plainList('/api/v1/api-tokens', 'okta.apiTokens.read', 'api-tokens'),
  one('/api/v1/api-tokens/{apiTokenId}', 'okta.apiTokens.read', 'api-tokens', 'apiTokenId', 'ApiToken'),
  plainList('/api/v1/behaviors', 'okta.behaviors.read', 'behaviors'),
  plainList('/api/v1/logStreams', 'okta.logStreams.read', 'log-streams'),
  plainList('/api/v1/trustedOrigins', 'okta.trustedOrigins.read', 'trusted-origins'),
  { template: '/api/v1/apps/{appId}/grants', scopes: ['okta.appGrants.read'], handle: listAppGrants },
  { template: '/api/v1/org', scopes: ['okta.orgs.read'], handle: orgSettings },
  orgSetting('/api/v1/org/privacy/oktaSupport', 'support', { support: 'DISABLED', expiration: null, caseNumber: null }),
  orgSetting('/api/v1/org/orgSettings/thirdPartyAdminSetting', 'third-party-admins', { thirdPartyAdmin: false }),
  orgSetting('/api/v1/org/settings/clientPrivilegesSetting', 'client-privileges', { clientPrivilegesSetting: false }),
  { template: '/api/v1/first-party-app-settings/{appName}', scopes: ['okta.apps.read'], handle: firstPartyAppSettings },
  plainList('/api/v1/devices', 'okta.devices.read', 'devices'),
  plainList('/integrations/api/v1/api-services', 'okta.oauthIntegrations.read', 'api-service-integrations'),
  { template: '/api/v1/threats/configuration', scopes: ['okta.threatInsights.read'], handle: threatConfiguration },
];
