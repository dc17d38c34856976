import type { JsonObject, OktaObject } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { notFound } from '../okta-error.js';
import { arrayReply, readKeyedPage } from '../paging.js';
import { userOf, USERS_SCOPES } from './users.js';

const PAGE = { default: 20, max: 200 } as const;

/** Each client once that a person has let in or that holds a token of theirs. */
function clientIdsOf(request: EndpointRequest, user: OktaObject): readonly string[] {
  const { refreshTokens, consents } = request.org;
  const ids = [...refreshTokens.of(user), ...consents.of(user)].map((one) => textAt(one, 'clientId') ?? '');
  return [...new Set(ids)].toSorted();
}

function listClients(request: EndpointRequest): Reply {
  const user = userOf(request, 'userId');
  const clients = clientIdsOf(request, user).map((id): JsonObject => {
    const self = `${request.base}/api/v1/users/${user.id}/clients/${id}`;
    const name = textAt(request.org.applications.apps.get(id), 'label') ?? id;
    const _links = { grants: { href: `${self}/grants` }, tokens: { href: `${self}/tokens` } };
    return { client_id: id, client_name: name, client_uri: null, logo_uri: null, _links };
  });
  return ok(clients);
}

function pageOf(request: EndpointRequest, objects: readonly OktaObject[]): Reply {
  const sorted = objects.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return arrayReply(
    request,
    readKeyedPage(request, PAGE, sorted, ({ id }) => id),
  );
}

const ofClient = (request: EndpointRequest, objects: readonly OktaObject[]): readonly OktaObject[] => {
  const clientId = param(request, 'clientId');
  return objects.filter((one) => one['clientId'] === clientId);
};

export function grantOf(request: EndpointRequest): OktaObject {
  const id = param(request, 'grantId');
  const grant = request.org.consents.of(userOf(request, 'userId')).find((one) => one.id === id);
  if (!grant) throw notFound(id, 'OAuth2ScopeConsentGrant');
  return grant;
}

export function tokenOf(request: EndpointRequest): OktaObject {
  const id = param(request, 'tokenId');
  const tokens = ofClient(request, request.org.refreshTokens.of(userOf(request, 'userId')));
  const token = tokens.find((one) => one.id === id);
  if (!token) throw notFound(id, 'OAuth2RefreshToken');
  return token;
}

function listTokens(request: EndpointRequest): Reply {
  return pageOf(request, ofClient(request, request.org.refreshTokens.of(userOf(request, 'userId'))));
}

function listGrantsOfClient(request: EndpointRequest): Reply {
  return pageOf(request, ofClient(request, request.org.consents.of(userOf(request, 'userId'))));
}

const USER = '/api/v1/users/{userId}';

/** Devices of a person, and programs that may act for them. */
export const userAccessEndpoints: readonly Endpoint[] = [
  {
    template: `${USER}/devices`,
    scopes: USERS_SCOPES,
    handle: (request) => ok(request.org.devices.of(userOf(request, 'userId'))),
  },
  { template: `${USER}/clients`, scopes: USERS_SCOPES, handle: listClients },
  { template: `${USER}/clients/{clientId}/tokens`, scopes: USERS_SCOPES, handle: listTokens },
  {
    template: `${USER}/clients/{clientId}/tokens/{tokenId}`,
    scopes: USERS_SCOPES,
    handle: (request) => ok(tokenOf(request)),
  },
  { template: `${USER}/clients/{clientId}/grants`, scopes: USERS_SCOPES, handle: listGrantsOfClient },
  { template: `${USER}/grants/{grantId}`, scopes: USERS_SCOPES, handle: (request) => ok(grantOf(request)) },
  {
    template: `${USER}/grants`,
    scopes: USERS_SCOPES,
    handle: (request) => pageOf(request, request.org.consents.of(userOf(request, 'userId'))),
  },
];
