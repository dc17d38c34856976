import { FilterError, parseFilter } from '../../filter/filter.js';
import type { FilterGrammar, Predicate } from '../../filter/filter.js';
import type { JsonObject, OktaObject } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import { tokenOwner } from '../api-caller.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { invalidSearch, notFound } from '../okta-error.js';
import { arrayReply, readPage, storedReply } from '../paging.js';

const DATES = ['created', 'activated', 'statusChanged', 'lastUpdated'] as const;
const COMPARISONS = ['eq', 'gt', 'ge', 'lt', 'le'] as const;

const FILTER: FilterGrammar = {
  attributes: ['id', 'status', 'lastUpdated', 'profile.login', 'profile.email', 'profile.firstName', 'profile.lastName'],
  operators: [...COMPARISONS],
  equalityOnly: ['id', 'status', 'profile.login', 'profile.email', 'profile.firstName', 'profile.lastName'],
};

const SEARCH: FilterGrammar = {
  attributes: ['id', 'status', 'type.id', ...DATES, 'profile.*'],
  operators: [...COMPARISONS, 'sw', 'co', 'pr'],
};

export const USERS_SCOPES = ['okta.users.read'] as const;

/** Compiles `search` or `filter`; a text that does not follow the grammar is the client's error, answered as Okta does. */
export function compileFilter(text: string, grammar: FilterGrammar): Predicate {
  try {
    return parseFilter(text, grammar);
  } catch (error) {
    if (error instanceof FilterError) throw invalidSearch(error.message);
    throw error;
  }
}

function matchesQ(user: OktaObject, q: string): boolean {
  const wanted = q.toLowerCase();
  return ['firstName', 'lastName', 'email', 'login'].some((name) =>
    textAt(user, 'profile', name)?.toLowerCase().startsWith(wanted),
  );
}

const listed = (object: JsonObject): boolean => object['status'] !== 'DEPROVISIONED';

function acceptedUsers(query: URLSearchParams): Predicate {
  const search = query.get('search');
  if (search) return compileFilter(search, SEARCH);
  const filter = query.get('filter');
  if (filter) return compileFilter(filter, FILTER);
  return listed;
}

/** The header that makes the user list cheaper for Okta and keeps credentials out of the answer. */
function omitting(request: EndpointRequest): ((user: OktaObject) => JsonObject) | undefined {
  const asked = request.headers['content-type'] ?? '';
  const parts =
    /okta-response="?([^"]*)"?/
      .exec(asked)?.[1]
      ?.split(',')
      .map((part) => part.trim()) ?? [];
  if (!parts.includes('omitCredentials')) return undefined;
  return ({ credentials: _credentials, transitioningToStatus: _status, ...user }) => user;
}

function listUsers(request: EndpointRequest): Reply {
  const q = request.query.get('q');
  const accept = acceptedUsers(request.query);
  const users = request.lag.users(request.org);
  const size = q ? { default: 10, max: 200 } : { default: 200, max: 200 };
  const wanted = (user: OktaObject): boolean => accept(user) && (!q || (listed(user) && matchesQ(user, q)));
  const page = readPage(request, size, (after, limit) => users.page(after, limit, wanted));
  const omit = omitting(request);
  return omit ? arrayReply(request, { ...page, items: page.items.map(omit) }) : storedReply(request, page);
}

/** Whoever has made the token that asks. A client is nobody. */
const isMe = ({ caller }: EndpointRequest, id: string): boolean => id === 'me' && caller.id === 'ssws';

export function userOf(request: EndpointRequest, name: string): OktaObject {
  const id = param(request, name);
  const user = isMe(request, id) ? tokenOwner(request.org) : request.org.directory.findUser(id);
  if (!user) throw notFound(id, 'User');
  return user;
}

function getUser(request: EndpointRequest): Reply {
  const user = userOf(request, 'id');
  const etag = `W/"${textAt(user, 'lastUpdated') ?? user.id}"`;
  return { ...ok(omitting(request)?.(user) ?? user), headers: { etag } };
}

function listUserGroups(request: EndpointRequest): Reply {
  const { directory } = request.org;
  const user = userOf(request, 'id');
  const groups = [...directory.groupsOf(user.id)]
    .map((groupId) => ({ groupId, position: directory.groups.positionOf(groupId) ?? -1 }))
    .toSorted((left, right) => left.position - right.position);
  const page = readPage(request, { default: 200, max: 200 }, (after, limit) => {
    const rest = groups.filter(({ position }) => position > after);
    const items = rest.slice(0, limit);
    return { items, last: items.at(-1)?.position ?? after, more: rest.length > limit };
  });
  const objects = page.items.flatMap(({ groupId }) => directory.groups.get(groupId) ?? []);
  return storedReply(request, { ...page, items: objects });
}

function listAppLinks(request: EndpointRequest): Reply {
  const user = userOf(request, 'id');
  const links = request.org.appsOf(user.id).map((app, index) => ({
    id: `${user.id}-${app.id}`,
    label: textAt(app, 'label') ?? app.id,
    linkUrl: `${request.base}/home/${textAt(app, 'name') ?? 'app'}/${app.id}`,
    logoUrl: null,
    appName: textAt(app, 'name') ?? null,
    appInstanceId: app.id,
    appAssignmentId: user.id,
    credentialsSetup: false,
    hidden: false,
    sortOrder: index,
  }));
  return ok(links);
}

function listFactors(request: EndpointRequest): Reply {
  return ok(request.org.factors.of(userOf(request, 'userId')));
}

function listUserIdps(request: EndpointRequest): Reply {
  return ok(request.org.identityProviders.idpsOf(userOf(request, 'id').id));
}

export const userEndpoints: readonly Endpoint[] = [
  { template: '/api/v1/users', scopes: USERS_SCOPES, handle: listUsers },
  { template: '/api/v1/users/{id}', scopes: USERS_SCOPES, handle: getUser },
  { template: '/api/v1/users/{id}/groups', scopes: USERS_SCOPES, handle: listUserGroups },
  { template: '/api/v1/users/{id}/appLinks', scopes: USERS_SCOPES, handle: listAppLinks },
  { template: '/api/v1/users/{id}/idps', scopes: USERS_SCOPES, handle: listUserIdps },
  { template: '/api/v1/users/{userId}/factors', scopes: USERS_SCOPES, handle: listFactors },
];
