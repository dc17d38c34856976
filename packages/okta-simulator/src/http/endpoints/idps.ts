import type { OktaObject } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { notFound } from '../okta-error.js';
import { arrayReply, readPage } from '../paging.js';

const SCOPES = ['okta.idps.read'] as const;
const PAGE = { default: 20, max: 200 } as const;

function listIdps(request: EndpointRequest): Reply {
  const { idps } = request.org.identityProviders;
  const q = request.query.get('q')?.toLowerCase();
  const type = request.query.get('type');
  const accept = (idp: OktaObject): boolean =>
    (!type || idp['type'] === type) && (!q || (textAt(idp, 'name')?.toLowerCase().startsWith(q) ?? false));
  return arrayReply(
    request,
    readPage(request, PAGE, (after, limit) => idps.page(after, limit, accept)),
  );
}

export function idpOf(request: EndpointRequest): OktaObject {
  const id = param(request, 'idpId');
  const idp = request.org.identityProviders.idps.get(id);
  if (!idp) throw notFound(id, 'IdpConfiguration');
  return idp;
}

function listIdpUsers(request: EndpointRequest): Reply {
  const users = request.org.identityProviders.users(idpOf(request).id);
  return arrayReply(
    request,
    readPage(request, PAGE, (after, limit) => users.page(after, limit)),
  );
}

function getIdpUser(request: EndpointRequest): Reply {
  const userId = param(request, 'userId');
  const link = request.org.identityProviders.users(idpOf(request).id).get(userId);
  if (!link) throw notFound(userId, 'IdpAppUser');
  return ok(link);
}

function listKeys(request: EndpointRequest): Reply {
  const { keys } = request.org.identityProviders;
  return arrayReply(
    request,
    readPage(request, PAGE, (after, limit) => keys.page(after, limit)),
  );
}

export const idpEndpoints: readonly Endpoint[] = [
  { template: '/api/v1/idps', scopes: SCOPES, handle: listIdps },
  { template: '/api/v1/idps/credentials/keys', scopes: SCOPES, handle: listKeys },
  { template: '/api/v1/idps/{idpId}', scopes: SCOPES, handle: (request) => ok(idpOf(request)) },
  { template: '/api/v1/idps/{idpId}/users', scopes: SCOPES, handle: listIdpUsers },
  { template: '/api/v1/idps/{idpId}/users/{userId}', scopes: SCOPES, handle: getIdpUser },
];
