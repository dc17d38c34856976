import { textAt } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { noContent, ok, param } from '../endpoint.js';
import { objectOf } from '../json-body.js';
import { invalid, notFound } from '../okta-error.js';
import { idpOf } from './idps.js';
import { userOf } from './users.js';

const MANAGE = ['okta.idps.manage'] as const;

/** Answers the same where it is in that state already; only a change is an event. */
const switching = (status: 'ACTIVE' | 'INACTIVE'): Endpoint['handle'] => {
  return (request) => {
    const idp = idpOf(request);
    return ok(idp['status'] === status ? idp : request.org.updateIdp(idp.id, { status }));
  };
};

function unlink(request: EndpointRequest): Reply {
  const userId = param(request, 'userId');
  if (!request.org.unlinkIdpUser(idpOf(request).id, userId)) throw notFound(userId, 'IdpAppUser');
  return noContent();
}

/** The log has no type for an account that an administrator links: what it has is for a sign-in. */
function link(request: EndpointRequest): Reply {
  const { org } = request;
  const idp = idpOf(request);
  const user = userOf(request, 'userId');
  const externalId = textAt(objectOf(request), 'externalId');
  if (externalId === undefined) throw invalid('externalId', 'externalId: The field cannot be left blank');
  org.silently(() => org.linkIdpUser(idp.id, user.id, externalId));
  return ok(org.identityProviders.users(idp.id).get(user.id) ?? {});
}

const IDP = '/api/v1/idps/{idpId}';

export const idpWriteEndpoints: readonly Endpoint[] = [
  { method: 'POST', template: `${IDP}/lifecycle/activate`, scopes: MANAGE, handle: switching('ACTIVE') },
  { method: 'POST', template: `${IDP}/lifecycle/deactivate`, scopes: MANAGE, handle: switching('INACTIVE') },
  { method: 'POST', template: `${IDP}/users/{userId}`, scopes: ['okta.users.manage'], handle: link },
  { method: 'DELETE', template: `${IDP}/users/{userId}`, scopes: MANAGE, handle: unlink },
];
