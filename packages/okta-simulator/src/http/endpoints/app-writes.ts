import type { JsonObject, OktaObject } from '../../json/json.js';
import { isJsonObject, textAt } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { noContent, ok, param } from '../endpoint.js';
import { objectOf, optionalObjectOf } from '../json-body.js';
import { invalid, notFound, OktaError } from '../okta-error.js';
import { appOf } from './apps.js';
import { groupOf } from './groups.js';

const MANAGE = ['okta.apps.manage'] as const;

/** An app user as the org has it now. */
function appUserOf(request: EndpointRequest, app: OktaObject, userId: string): OktaObject {
  const assignment = request.org.assignmentOf(app.id, userId);
  if (!assignment) throw notFound(userId, 'AppUser');
  return request.org.appUser(app, assignment);
}

/** Who has the app through a group only gets it for themselves: their scope is USER then. */
function assignUser(request: EndpointRequest): Reply {
  const app = appOf(request);
  const body = objectOf(request);
  const userId = textAt(body, 'id');
  if (userId === undefined) throw invalid('id', 'id: The field cannot be left blank');
  if (!request.org.directory.users.has(userId)) throw notFound(userId, 'User');
  request.org.assignUser(app.id, userId);
  const written: JsonObject = {
    ...(isJsonObject(body['profile']) && { profile: body['profile'] }),
    ...(isJsonObject(body['credentials']) && { credentials: body['credentials'] }),
  };
  if (Object.keys(written).length > 0) request.org.silently(() => request.org.updateAppUser(app.id, userId, written));
  return ok(appUserOf(request, app, userId));
}

/** Ends an assignment of the person's own. What a group gives stays, or shows again; it alone cannot be taken from one person. */
function unassignUser(request: EndpointRequest): Reply {
  const app = appOf(request);
  const userId = param(request, 'userId');
  if (appUserOf(request, app, userId)['scope'] === 'GROUP') {
    throw new OktaError(403, 'E0000046', 'Deactivate application for user forbidden.', [
      'The application cannot be unassigned from the user while their group memberships grant them access',
    ]);
  }
  request.org.unassignUser(app.id, userId);
  return noContent();
}

function assignGroup(request: EndpointRequest): Reply {
  const app = appOf(request);
  const group = groupOf(request);
  const { priority, profile } = optionalObjectOf(request);
  const groups = request.org.applications.groups(app.id);
  if (!groups.has(group.id)) request.org.assignGroup(app.id, group.id);
  const patch: JsonObject = {
    ...(typeof priority === 'number' && { priority }),
    ...(isJsonObject(profile) && { profile }),
  };
  if (Object.keys(patch).length > 0) request.org.updateGroupAssignment(app.id, group.id, patch);
  return ok(groups.get(group.id) ?? {});
}

function unassignGroup(request: EndpointRequest): Reply {
  const app = appOf(request);
  const groupId = param(request, 'groupId');
  if (!request.org.applications.groups(app.id).has(groupId)) throw notFound(groupId, 'AppGroup');
  request.org.unassignGroup(app.id, groupId);
  return noContent();
}

/** Answers the same where the app is in that state already; only a change is an event. */
const switching = (status: 'ACTIVE' | 'INACTIVE'): Endpoint['handle'] => {
  return (request) => {
    const app = appOf(request);
    if (app['status'] !== status) request.org.setAppStatus(app.id, status);
    return ok({});
  };
};

const APP = '/api/v1/apps/{appId}';

/** Who has an app, and whether it can be used. */
export const appWriteEndpoints: readonly Endpoint[] = [
  { method: 'POST', template: `${APP}/users`, scopes: MANAGE, handle: assignUser },
  { method: 'DELETE', template: `${APP}/users/{userId}`, scopes: MANAGE, handle: unassignUser },
  { method: 'PUT', template: `${APP}/groups/{groupId}`, scopes: MANAGE, handle: assignGroup },
  { method: 'DELETE', template: `${APP}/groups/{groupId}`, scopes: MANAGE, handle: unassignGroup },
  { method: 'POST', template: `${APP}/lifecycle/activate`, scopes: MANAGE, handle: switching('ACTIVE') },
  { method: 'POST', template: `${APP}/lifecycle/deactivate`, scopes: MANAGE, handle: switching('INACTIVE') },
];
