import type { JsonObject } from '../../json/json.js';
import { isJsonObject, objectAt } from '../../json/json.js';
import { featuresOf, secretsOf } from '../../org/setting-lists.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { objectOf } from '../json-body.js';
import { invalid, notFound } from '../okta-error.js';
import { clientOf, provisioningOf } from './app-access.js';
import { appOf } from './apps.js';

const READ = ['okta.apps.read'] as const;
const MANAGE = ['okta.apps.manage'] as const;

function featureOf(request: EndpointRequest): JsonObject {
  const name = param(request, 'featureName');
  const feature = provisioningOf(request).find((one) => one['name'] === name);
  if (!feature) throw notFound(name, 'ApplicationFeature');
  return feature;
}

/** What stands in the body replaces what it names; the rest stays. */
function merged(before: JsonObject, patch: JsonObject): JsonObject {
  const entries = Object.entries(patch).map(([key, value]) => {
    const known = before[key];
    return [key, isJsonObject(value) && isJsonObject(known) ? merged(known, value) : value];
  });
  return { ...before, ...Object.fromEntries(entries) };
}

function updateFeature(request: EndpointRequest): Reply {
  const app = appOf(request);
  const body = objectOf(request);
  const feature = featureOf(request);
  const name = param(request, 'featureName');
  if (!isJsonObject(body['create']) && !isJsonObject(body['update'])) {
    throw invalid('capabilities', 'capabilities: The field cannot be left blank');
  }
  const before = objectAt(feature, 'capabilities');
  const capabilities = merged(before, body);
  request.org.setCapabilities(app.id, name, capabilities);
  return ok(request.org.list(featuresOf(app.id)).get(name) ?? {});
}

function secretOf(request: EndpointRequest): JsonObject {
  const id = param(request, 'secretId');
  const secret = request.org.list(secretsOf(clientOf(request).id)).get(id);
  if (!secret) throw notFound(id, 'OAuth2ClientSecretMediated');
  return secret;
}

const switchSecret = (status: 'ACTIVE' | 'INACTIVE'): Endpoint['handle'] => {
  return (request) => {
    const secret = secretOf(request);
    const app = clientOf(request);
    const id = param(request, 'secretId');
    const secrets = request.org.list(secretsOf(app.id));
    const others = [...secrets.values()].filter((one) => one !== secret && one['status'] === 'ACTIVE');
    if (secret['status'] === status) return ok(secret);
    if (status === 'INACTIVE' && others.length === 0) {
      throw invalid('OAuth2ClientSecretMediated', "You can't deactivate the only active client secret.");
    }
    request.org.setClientSecretStatus(app.id, id, status);
    return ok(secrets.get(id) ?? {});
  };
};

const APP = '/api/v1/apps/{appId}';
const SECRET = `${APP}/credentials/secrets/{secretId}`;
const FEATURE = `${APP}/features/{featureName}`;

/** What is written into an app, and what it proves itself by. */
export const appAccessWriteEndpoints: readonly Endpoint[] = [
  { template: FEATURE, scopes: READ, handle: (request) => ok(featureOf(request)) },
  { method: 'PUT', template: FEATURE, scopes: MANAGE, handle: updateFeature },
  { template: SECRET, scopes: READ, handle: (request) => ok(secretOf(request)) },
  { method: 'POST', template: `${SECRET}/lifecycle/activate`, scopes: MANAGE, handle: switchSecret('ACTIVE') },
  { method: 'POST', template: `${SECRET}/lifecycle/deactivate`, scopes: MANAGE, handle: switchSecret('INACTIVE') },
];
