import type { OktaObject } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { noContent } from '../endpoint.js';
import { accessDenied, OktaError } from '../okta-error.js';
import { groupOf } from './groups.js';
import { userOf } from './users.js';

const MANAGE = ['okta.groups.manage'] as const;
const TEMPLATE = '/api/v1/groups/{groupId}/users/{userId}';

interface Membership {
  readonly group: OktaObject;
  readonly user: OktaObject;
}

/** Members of groups that come from an app, and of Everyone, are not for the API to move, whatever role the caller has. */
function membershipOf(request: EndpointRequest): Membership {
  const group = groupOf(request);
  const user = userOf(request, 'userId');
  if (group['type'] === 'APP_GROUP') throw accessDenied();
  return { group, user };
}

function addMember(request: EndpointRequest): Reply {
  const { group, user } = membershipOf(request);
  if (group['type'] === 'BUILT_IN') throw new OktaError(501, 'E0000060', 'Unsupported operation.');
  request.org.addMember(group.id, user.id);
  return noContent();
}

function removeMember(request: EndpointRequest): Reply {
  const { group, user } = membershipOf(request);
  if (group['type'] === 'BUILT_IN') throw accessDenied();
  request.org.takeOutOfGroup(group.id, user.id);
  return noContent();
}

/** Both answer 204 whether or not there was anything to do. */
export const groupWriteEndpoints: readonly Endpoint[] = [
  { method: 'PUT', template: TEMPLATE, scopes: MANAGE, handle: addMember },
  { method: 'DELETE', template: TEMPLATE, scopes: MANAGE, handle: removeMember },
];
