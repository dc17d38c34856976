import type { FilterGrammar } from '../../filter/filter.js';
import type { JsonObject, OktaObject } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import type { Org } from '../../org/org.js';
import type { Sequence } from '../../org/sequence.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { invalidParameter, invalidSearch, notFound } from '../okta-error.js';
import { arrayReply, readKeyedPage, readPage, storedReply } from '../paging.js';
import { compileFilter } from './users.js';

const SCOPES = ['okta.apps.read'] as const;
const PAGE = { default: 20, max: 200 } as const;

const FILTER: FilterGrammar = {
  attributes: ['id', 'status', 'name', 'credentials.signing.kid', 'settings.slo.enabled'],
  operators: ['eq'],
};

const OF_PRINCIPAL = /^\s*(user|group)\.id\s+eq\s+"([^"]+)"\s*$/;

/** The apps of one user or one group: the two filters that look at assignments and not at the app. */
function listAssignedApps(request: EndpointRequest, kind: string, id: string): Reply {
  const { org } = request;
  const { apps, appsOfGroup } = assignedTo(org, kind, id);
  const expanded = expandedUser(request, kind, id);
  const page = readPage(request, PAGE, (after, limit) =>
    apps.page(after, limit, (app) => (appsOfGroup ? appsOfGroup.has(app.id) : org.assignmentOf(app.id, id) !== undefined)),
  );
  if (!expanded) return storedReply(request, page);
  const items = page.items.map((app): JsonObject => {
    const assignment = org.assignmentOf(app.id, id);
    return assignment ? { ...app, _embedded: { user: org.appUser(app, assignment) } } : app;
  });
  return arrayReply(request, { ...page, items });
}

function assignedTo(org: Org, kind: string, id: string): { apps: Sequence<OktaObject>; appsOfGroup?: ReadonlySet<string> } {
  const { apps } = org.applications;
  const { users, groups } = org.directory;
  if (!(kind === 'user' ? users : groups).has(id)) throw notFound(id, kind === 'user' ? 'User' : 'UserGroup');
  return kind === 'user' ? { apps } : { apps, appsOfGroup: org.applications.appsOfGroup(id) };
}

/** `expand=user/{id}` goes with the filter for the same user only: Okta refuses it elsewhere. */
function expandedUser(request: EndpointRequest, kind?: string, id?: string): boolean {
  const wanted = /^user\/(.*)$/.exec(request.query.get('expand') ?? '')?.[1];
  if (wanted === undefined) return false;
  if (kind !== 'user' || wanted !== id) throw invalidParameter('expand', 'expand=user needs a filter by the same user.id.');
  return true;
}

function listApps(request: EndpointRequest): Reply {
  const { apps } = request.org.applications;
  const filter = request.query.get('filter');
  const [, kind, id] = OF_PRINCIPAL.exec(filter ?? '') ?? [];
  if (kind !== undefined && id !== undefined) return listAssignedApps(request, kind, id);
  expandedUser(request);
  const accept = filter ? compileFilter(filter, FILTER) : () => true;
  const q = request.query.get('q')?.toLowerCase();
  const deletedToo = request.query.get('includeNonDeleted') === 'true';
  const wanted = (app: OktaObject): boolean =>
    accept(app) && (deletedToo || app['status'] !== 'DELETED') && (!q || named(app, q));
  return storedReply(
    request,
    readPage(request, PAGE, (after, limit) => apps.page(after, limit, wanted)),
  );
}

const named = (app: OktaObject, q: string): boolean =>
  [textAt(app, 'name'), textAt(app, 'label')].some((text) => text?.toLowerCase().startsWith(q));

export function appOf(request: EndpointRequest): OktaObject {
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
  const page = readKeyedPage(request, size, request.lag.appUsers(org, app.id), (assignment) => assignment.userId);
  const expanded = request.query.get('expand') === 'user';
  const users = request.lag.users(org);
  const items = page.items.map((assignment): JsonObject => {
    const appUser = org.appUser(app, assignment);
    const user = users.get(assignment.userId);
    return expanded && user ? { ...appUser, _embedded: { user } } : appUser;
  });
  return arrayReply(request, { ...page, items });
}

function getAppUser(request: EndpointRequest): Reply {
  const app = appOf(request);
  const userId = param(request, 'userId');
  const assignment = request.org.assignmentOf(app.id, userId);
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
