import type { FilterGrammar, Predicate } from '../../filter/filter.js';
import type { JsonObject, OktaObject } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { notFound } from '../okta-error.js';
import { arrayReply, limitOf, readPage, storedReply } from '../paging.js';
import { compileFilter } from './users.js';

const SCOPES = ['okta.groups.read'] as const;
const COMPARISONS = ['eq', 'gt', 'ge', 'lt', 'le'] as const;

const FILTER: FilterGrammar = {
  attributes: ['id', 'type', 'lastUpdated', 'lastMembershipUpdated'],
  operators: [...COMPARISONS],
  equalityOnly: ['id', 'type'],
};

const SEARCH: FilterGrammar = {
  attributes: ['id', 'type', 'created', 'lastUpdated', 'lastMembershipUpdated', 'source.id', 'profile.*'],
  operators: [...COMPARISONS, 'sw', 'co', 'pr'],
};

const expands = (request: EndpointRequest, name: string): boolean =>
  (request.query.get('expand') ?? '').split(',').some((part) => part.trim() === name);

function withStats(request: EndpointRequest, group: OktaObject): JsonObject {
  if (!expands(request, 'stats')) return group;
  return { ...group, _embedded: { stats: request.org.groupStats(group.id) } };
}

function listGroups(request: EndpointRequest): Reply {
  const { groups } = request.org.directory;
  const q = request.query.get('q')?.toLowerCase();
  if (q) return ok(byName(request, q));
  const search = request.query.get('search');
  const filter = request.query.get('filter');
  const accept = search ? bySource(compileFilter(search, SEARCH)) : filter ? compileFilter(filter, FILTER) : () => true;
  const size = { default: 200, max: 10_000 };
  const page = readPage(request, size, (after, limit) => groups.page(after, limit, accept));
  const items = page.items.map((group) => withStats(request, group));
  return expands(request, 'stats') ? arrayReply(request, { ...page, items }) : storedReply(request, { ...page, items });
}

/** `source.id` can be searched for, but an answer shows the source in its links only. */
function bySource(accept: Predicate): Predicate {
  return (group) => {
    const id = textAt(group, '_links', 'source', 'href')?.split('/').at(-1);
    return accept(id === undefined ? group : { ...group, source: { id } });
  };
}

/** `q` finds by the start of the name, answers 300 at most and cannot be paged. */
function byName(request: EndpointRequest, q: string): readonly JsonObject[] {
  const accept = (group: OktaObject): boolean => textAt(group, 'profile', 'name')?.toLowerCase().startsWith(q) ?? false;
  const limit = limitOf(request, { default: 300, max: 300 });
  return request.org.directory.groups.page(-1, limit, accept).items.map((group) => withStats(request, group));
}

export function groupOf(request: EndpointRequest): OktaObject {
  const id = param(request, 'groupId');
  const group = request.org.directory.groups.get(id);
  if (!group) throw notFound(id, 'UserGroup');
  return group;
}

function listMembers(request: EndpointRequest): Reply {
  const members = request.lag.members(request.org, groupOf(request).id);
  const users = request.lag.users(request.org);
  const size = { default: 1000, max: 1000 };
  const page = readPage(request, size, (after, limit) => members.page(after, limit));
  return storedReply(request, { ...page, items: page.items.flatMap((userId) => users.get(userId) ?? []) });
}

function listGroupApps(request: EndpointRequest): Reply {
  const { applications } = request.org;
  const ids = applications.appsOfGroup(groupOf(request).id);
  const size = { default: 20, max: 200 };
  const page = readPage(request, size, (after, limit) => applications.apps.page(after, limit, (app) => ids.has(app.id)));
  return storedReply(request, page);
}

function listOwners(request: EndpointRequest): Reply {
  const owners = request.org.directory.owners(groupOf(request).id);
  return arrayReply(
    request,
    readPage(request, { default: 1000, max: 1000 }, (after, limit) => owners.page(after, limit)),
  );
}

function listRules(request: EndpointRequest): Reply {
  const { rules } = request.org.directory;
  const search = request.query.get('search')?.toLowerCase();
  const accept = (rule: OktaObject): boolean => !search || (textAt(rule, 'name')?.toLowerCase().includes(search) ?? false);
  return arrayReply(
    request,
    readPage(request, { default: 50, max: 200 }, (after, limit) => rules.page(after, limit, accept)),
  );
}

function getRule(request: EndpointRequest): Reply {
  const id = param(request, 'groupRuleId');
  const rule = request.org.directory.rules.get(id);
  if (!rule) throw notFound(id, 'GroupRule');
  return ok(rule);
}

export const groupEndpoints: readonly Endpoint[] = [
  { template: '/api/v1/groups', scopes: SCOPES, handle: listGroups },
  { template: '/api/v1/groups/rules', scopes: SCOPES, handle: listRules },
  { template: '/api/v1/groups/rules/{groupRuleId}', scopes: SCOPES, handle: getRule },
  { template: '/api/v1/groups/{groupId}', scopes: SCOPES, handle: (request) => ok(withStats(request, groupOf(request))) },
  { template: '/api/v1/groups/{groupId}/users', scopes: SCOPES, handle: listMembers },
  { template: '/api/v1/groups/{groupId}/apps', scopes: SCOPES, handle: listGroupApps },
  { template: '/api/v1/groups/{groupId}/owners', scopes: SCOPES, handle: listOwners },
];
