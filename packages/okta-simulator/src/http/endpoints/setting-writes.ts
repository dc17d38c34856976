import type { JsonObject, OktaObject } from '../../json/json.js';
import { hasId, textAt } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { noContent, ok, param } from '../endpoint.js';
import { objectOf } from '../json-body.js';
import { invalid, notFound } from '../okta-error.js';

const ZONES = ['okta.networkZones.manage'] as const;
const TOKENS = ['okta.apiTokens.manage'] as const;

function revokeToken(request: EndpointRequest): Reply {
  const id = param(request, 'apiTokenId');
  if (!request.org.list('api-tokens').has(id)) throw notFound(id, 'ApiToken');
  request.org.revokeApiToken(id);
  return noContent();
}

function zoneOf(request: EndpointRequest): OktaObject {
  const id = param(request, 'zoneId');
  const zone = request.org.list('zones').get(id);
  if (!zone || !hasId(zone)) throw notFound(id, 'NetworkZone');
  return zone;
}

const USAGES: readonly unknown[] = ['POLICY', 'BLOCKLIST'];
/** What the caller cannot set: it is left out of a body that has it. */
const READ_ONLY: ReadonlySet<string> = new Set(['id', 'created', 'lastUpdated', 'system', '_links', '_embedded']);

/** @param isOwn whether Okta has made the zone: such a one may be empty */
function zoneFields(request: EndpointRequest, isOwn: boolean): JsonObject {
  const body = objectOf(request);
  for (const name of ['name', 'type']) {
    if (textAt(body, name) === undefined) throw invalid(name, `${name}: The field cannot be left blank`);
  }
  const { usage = 'POLICY', type } = body;
  if (!USAGES.includes(usage)) throw invalid('usage', 'usage: The value must be POLICY or BLOCKLIST');
  const addresses = [body['gateways'], body['proxies']].some((list) => Array.isArray(list) && list.length > 0);
  if (type === 'IP' && !addresses && !isOwn) throw invalid('gateways', 'gateways: An IP zone needs gateways or proxies');
  const fields = Object.entries(body).filter(([name]) => !READ_ONLY.has(name));
  return { ...Object.fromEntries(fields), usage };
}

function addZone(request: EndpointRequest): Reply {
  const fields = zoneFields(request, false);
  const taken = [...request.org.list('zones').values()].some((zone) => zone['name'] === fields['name']);
  if (taken) throw invalid('name', 'name: A zone with this name exists already');
  return ok(request.org.addZone(fields));
}

function replaceZone(request: EndpointRequest): Reply {
  const before = zoneOf(request);
  const fields = zoneFields(request, before['system'] === true);
  if (fields['type'] !== before['type']) throw invalid('type', 'type: The type of a zone cannot be changed');
  return ok(request.org.replaceZone(before.id, fields));
}

const switchZone = (status: 'ACTIVE' | 'INACTIVE'): Endpoint['handle'] => {
  return (request) => {
    const zone = zoneOf(request);
    return ok(zone['status'] === status ? zone : request.org.updateZone(zone.id, { status }));
  };
};

/** Only one that is switched off. */
function deleteZone(request: EndpointRequest): Reply {
  const zone = zoneOf(request);
  if (zone['status'] === 'ACTIVE') throw invalid('status', 'status: An active zone cannot be deleted');
  request.org.deleteSetting('zones', zone.id);
  return noContent();
}

const ZONE = '/api/v1/zones/{zoneId}';

export const settingWriteEndpoints: readonly Endpoint[] = [
  { method: 'DELETE', template: '/api/v1/api-tokens/{apiTokenId}', scopes: TOKENS, handle: revokeToken },
  { method: 'POST', template: '/api/v1/zones', scopes: ZONES, handle: addZone },
  { method: 'PUT', template: ZONE, scopes: ZONES, handle: replaceZone },
  { method: 'DELETE', template: ZONE, scopes: ZONES, handle: deleteZone },
  { method: 'POST', template: `${ZONE}/lifecycle/activate`, scopes: ZONES, handle: switchZone('ACTIVE') },
  { method: 'POST', template: `${ZONE}/lifecycle/deactivate`, scopes: ZONES, handle: switchZone('INACTIVE') },
];
