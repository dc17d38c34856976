import type { JsonObject, OktaObject } from '../../json/json.js';
import { connectionsOf, featuresOf, jwksOf, secretsOf, signingKeysOf } from '../../org/setting-lists.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok } from '../endpoint.js';
import { invalid, notFound } from '../okta-error.js';
import { arrayReply, readPage } from '../paging.js';
import { appOf } from './apps.js';

const APPS = ['okta.apps.read'] as const;

const listed = (nameOf: (appId: string) => string): Endpoint['handle'] => {
  return (request) => ok([...request.org.list(nameOf(appOf(request).id)).values()]);
};

/** Only a client has secrets and keys of its own. */
export function clientOf(request: EndpointRequest): OktaObject {
  const app = appOf(request);
  if (app['signOnMode'] !== 'OPENID_CONNECT') throw notFound(app.id, 'PublicClientApp');
  return app;
}

const ofClient = (nameOf: (appId: string) => string): Endpoint['handle'] => {
  return (request) => ok([...request.org.list(nameOf(clientOf(request).id)).values()]);
};

/** An error, and no empty list, where provisioning is not switched on. */
export function provisioningOf(request: EndpointRequest): readonly JsonObject[] {
  const features = [...request.org.list(featuresOf(appOf(request).id)).values()];
  if (features.length > 0) return features;
  throw invalid('feature', 'Provisioning is not enabled for the app instance.');
}

function getConnection(request: EndpointRequest): Reply {
  const { id } = appOf(request);
  const connection = request.org.list(connectionsOf(id)).get('default');
  if (connection === undefined) throw notFound(id, 'ProvisioningConnection');
  return ok(connection);
}

function listPushes(request: EndpointRequest): Reply {
  const pushes = request.org.applications.pushes(appOf(request).id);
  return arrayReply(
    request,
    readPage(request, { default: 100, max: 1000 }, (after, limit) => pushes.page(after, limit)),
  );
}

const APP = '/api/v1/apps/{appId}';

/** What an app proves itself by, and what is written into it. */
export const appAccessEndpoints: readonly Endpoint[] = [
  { template: `${APP}/credentials/secrets`, scopes: APPS, handle: ofClient(secretsOf) },
  { template: `${APP}/credentials/jwks`, scopes: APPS, handle: ofClient(jwksOf) },
  { template: `${APP}/credentials/keys`, scopes: APPS, handle: listed(signingKeysOf) },
  { template: `${APP}/features`, scopes: APPS, handle: (request) => ok(provisioningOf(request)) },
  { template: `${APP}/connections/default`, scopes: APPS, handle: getConnection },
  { template: `${APP}/group-push/mappings`, scopes: ['okta.apps.read', 'okta.groups.read'], handle: listPushes },
];
