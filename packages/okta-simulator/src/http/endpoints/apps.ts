import type { FilterGrammar } from '../../filter/filter.js';
import type { JsonObject, OktaObject } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { invalidSearch, notFound } from '../okta-error.js';
import { arrayReply, readKeyedPage, readPage } from '../paging.js';
import { compileFilter } from './users.js';

const SCOPES = ['okta.apps.read'] as const;

const FILTER: FilterGrammar = {
  attributes: ['id', 'status', 'name', 'credentials.signing.kid', 'settings.slo.enabled'],
  operators: ['eq'],
};

function listApps(request: EndpointRequest): Reply {
  const { apps } = request.org.applications;
  const filter = request.query.get('filter');
  const accept = filter ? compileFilter(filter, FILTER) : () => true;
  const q = request.query.get('q')?.toLowerCase();
  const deletedToo = request.query.get('includeNonDeleted') === 'true';
  const wanted = (app: OktaObject): boolean =>
    accept(app) && (deletedToo || app['status'] !== 'DELETED') && (!q || named(app, q));
  return arrayReply(
    request,
    readPage(request, { default: 20, max: 200 }, (after, limit) => apps.page(after, limit, wanted)),
  );
}

const named = (app: OktaObject, q: string): boolean =>
  [textAt(app, 'name'), textAt(app, 'label')].some((text) => text?.toLowerCase().startsWith(q));

function appOf(request: EndpointRequest): OktaObject {
  const id = param(request, 'appId');
  const app = request.org.applications.apps.get(id);
  if (!app) throw notFound(id, 'AppInstance');
  return app;
}

function listAppUsers(request: EndpointRequest): Reply {
  if (request.query.has('filter')) throw invalidSearch('filter is not supported');
  const { org } = request;
  const app = appOf(request);
  const size = { default: 50, max: 500 };
  const page = readKeyedPage(request, size, org.effectiveAssignments(app.id), (assignment) => assignment.userId);
  const expanded = request.query.get('expand') === 'user';
  const items = page.items.map((assignment): JsonObject => {
    const appUser = org.appUser(app, assignment);
    const user = org.directory.users.get(assignment.userId);
    return expanded && user ? { ...appUser, _embedded: { user } } : appUser;
  });
  return arrayReply(request, { ...page, items });
}

function getAppUser(request: EndpointRequest): Reply {
  const app = appOf(request);
  const userId = param(request, 'userId');
  const assignment = request.org.effectiveAssignments(app.id).find((one) => one.userId === userId);
  if (!assignment) throw notFound(userId, 'AppUser');
  return ok(request.org.appUser(app, assignment));
}

function listAppGroups(request: EndpointRequest): Reply {
  const groups = request.org.applications.groups(appOf(request).id);
  const size = { default: 20, max: 200, min: 20 };
  return arrayReply(
    request,
    readPage(request, size, (after, limit) => groups.page(after, limit)),
  );
}

function getAppGroup(request: EndpointRequest): Reply {
  const groupId = param(request, 'groupId');
  const assignment = request.org.applications.groups(appOf(request).id).get(groupId);
  if (!assignment) throw notFound(groupId, 'AppGroup');
  return ok(assignment);
}

export const appEndpoints: readonly Endpoint[] = [
  { template: '/api/v1/apps', scopes: SCOPES, handle: listApps },
  { template: '/api/v1/apps/{appId}', scopes: SCOPES, handle: (request) => ok(appOf(request)) },
  { template: '/api/v1/apps/{appId}/users', scopes: SCOPES, handle: listAppUsers },
  { template: '/api/v1/apps/{appId}/users/{userId}', scopes: SCOPES, handle: getAppUser },
  { template: '/api/v1/apps/{appId}/groups', scopes: SCOPES, handle: listAppGroups },
  { template: '/api/v1/apps/{appId}/groups/{groupId}', scopes: SCOPES, handle: getAppGroup },
];
