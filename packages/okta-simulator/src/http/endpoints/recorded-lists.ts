import type { JsonObject } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { OktaError, notFound } from '../okta-error.js';
import { arrayReply, readPage } from '../paging.js';

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
  if (!type) throw new OktaError(400, 'E0000028', "The request is missing a required parameter: 'type'.");
  return listReply(request, 'policies', (policy) => policy['type'] === type);
}

function listPolicyRules(request: EndpointRequest): Reply {
  const policyId = param(request, 'policyId');
  if (!request.org.list('policies').has(policyId)) throw notFound(policyId, 'Policy');
  return ok([...request.org.list(`policy-rules/${policyId}`).values()]);
}

function threatConfiguration(request: EndpointRequest): Reply {
  const recorded = [...request.org.list('threat-insight').values()].at(-1);
  const since = '2020-01-01T00:00:00.000Z';
  return ok(recorded ?? { action: 'none', excludeZones: [], created: since, lastUpdated: since });
}

/** Lists that are served as they stand: no state of the org hangs on them. */
export const recordedListEndpoints: readonly Endpoint[] = [
  plainList('/api/v1/authenticators', 'okta.authenticators.read', 'authenticators'),
  { template: '/api/v1/policies', scopes: ['okta.policies.read'], handle: listPolicies },
  { template: '/api/v1/policies/{policyId}/rules', scopes: ['okta.policies.read'], handle: listPolicyRules },
  plainList('/api/v1/zones', 'okta.networkZones.read', 'zones'),
  plainList('/api/v1/api-tokens', 'okta.apiTokens.read', 'api-tokens'),
  plainList('/api/v1/behaviors', 'okta.behaviors.read', 'behaviors'),
  plainList('/api/v1/devices', 'okta.devices.read', 'devices'),
  plainList('/integrations/api/v1/api-services', 'okta.oauthIntegrations.read', 'api-service-integrations'),
  { template: '/api/v1/threats/configuration', scopes: ['okta.threatInsights.read'], handle: threatConfiguration },
];
