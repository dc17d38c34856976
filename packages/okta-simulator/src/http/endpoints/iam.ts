import { hashOf } from '../../generator/random.js';
import type { JsonObject, OktaObject } from '../../json/json.js';
import type { BindingMember } from '../../org/administration.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { notFound } from '../okta-error.js';
import { readKeyedPage, readPage, wrappedReply } from '../paging.js';

const SCOPES = ['okta.roles.read'] as const;
const PAGE = { default: 100, max: 100 } as const;

function listAssignees(request: EndpointRequest): Reply {
  const { org } = request;
  const page = readKeyedPage(request, { default: 100, max: 200 }, org.roleAssignees(), (id) => id);
  const items = page.items.map((id): JsonObject => {
    const recorded = org.administration.recordedAssignees.get(id);
    return recorded ?? { id, orn: `orn:okta:directory:${org.id}:users:${id}`, _links: org.links.assigneeListed(id) };
  });
  return wrappedReply('value', { ...page, items });
}

function listRoles(request: EndpointRequest): Reply {
  const { roles } = request.org.administration;
  return wrappedReply(
    'roles',
    readPage(request, PAGE, (after, limit) => roles.page(after, limit)),
  );
}

function roleOf(request: EndpointRequest): OktaObject {
  const id = param(request, 'roleIdOrLabel');
  const { roles } = request.org.administration;
  const role = roles.get(id) ?? [...roles.values()].find((one) => one['label'] === id);
  if (!role) throw notFound(id, 'Role');
  return role;
}

function listPermissions(request: EndpointRequest): Reply {
  return ok({ permissions: [...request.org.administration.permissions(roleOf(request).id).values()] });
}

function listResourceSets(request: EndpointRequest): Reply {
  const { resourceSets } = request.org.administration;
  return wrappedReply(
    'resource-sets',
    readPage(request, PAGE, (after, limit) => resourceSets.page(after, limit)),
  );
}

export function setOf(request: EndpointRequest): OktaObject {
  const id = param(request, 'resourceSetIdOrLabel');
  const { resourceSets } = request.org.administration;
  const set = resourceSets.get(id) ?? [...resourceSets.values()].find((one) => one['label'] === id);
  if (!set) throw notFound(id, 'ResourceSet');
  return set;
}

export const setUrl = (request: EndpointRequest, setId: string): string => `${request.base}/api/v1/iam/resource-sets/${setId}`;

function listResources(request: EndpointRequest): Reply {
  const set = setOf(request);
  const resources = request.org.administration.resources(set.id);
  const page = readPage(request, PAGE, (after, limit) => resources.page(after, limit));
  return wrappedReply('resources', page, { 'resource-set': { href: setUrl(request, set.id) } });
}

function listBindings(request: EndpointRequest): Reply {
  const set = setOf(request);
  const self = `${setUrl(request, set.id)}/bindings`;
  const roleIds = [...request.org.administration.bindings(set.id).keys()].toSorted();
  const page = readKeyedPage(request, PAGE, roleIds, (id) => id);
  const items = page.items.map((id) => ({
    id,
    _links: { self: { href: `${self}/${id}` }, members: { href: `${self}/${id}/members` } },
  }));
  const links = { self: { href: self }, 'resource-set': { href: setUrl(request, set.id) } };
  return wrappedReply('roles', { ...page, items }, links);
}

/** The id of the role that the path names; of what is no role, what the path says. */
export function boundRole(request: EndpointRequest): string {
  const name = param(request, 'roleIdOrLabel');
  const { roles } = request.org.administration;
  return roles.has(name) ? name : ([...roles.values()].find((one) => one['label'] === name)?.id ?? name);
}

function membersOf(request: EndpointRequest): readonly BindingMember[] {
  const roleId = boundRole(request);
  const members = request.org.administration.bindings(setOf(request).id).get(roleId);
  if (!members) throw notFound(roleId, 'Binding');
  return members.toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

function memberHref(request: EndpointRequest, member: BindingMember): string {
  const { base } = request.org.links;
  return member.kind === 'client' ? `${base}/oauth2/v1/clients/${member.id}` : `${base}/api/v1/${member.kind}s/${member.id}`;
}

function memberId(request: EndpointRequest, member: BindingMember): string {
  return `irb${hashOf(setOf(request).id, boundRole(request), member.id).toString(36).padStart(17, '0')}`;
}

export function memberOf(request: EndpointRequest): BindingMember {
  const id = param(request, 'memberId');
  const member = membersOf(request).find((one) => memberId(request, one) === id);
  if (!member) throw notFound(id, 'BindingMember');
  return member;
}

export const bindingMember = (request: EndpointRequest, member: BindingMember): JsonObject => ({
  id: memberId(request, member),
  created: member.since,
  lastUpdated: member.since,
  _links: { self: { href: memberHref(request, member) } },
});

export function bindingOf(request: EndpointRequest): JsonObject {
  membersOf(request);
  const set = setUrl(request, setOf(request).id);
  const self = `${set}/bindings/${boundRole(request)}`;
  const _links = { self: { href: self }, 'resource-set': { href: set }, members: { href: `${self}/members` } };
  return { id: boundRole(request), _links };
}

function listMembers(request: EndpointRequest): Reply {
  const set = setOf(request);
  const roleId = boundRole(request);
  const binding = `${setUrl(request, set.id)}/bindings/${roleId}`;
  const page = readKeyedPage(request, PAGE, membersOf(request), (member) => member.id);
  const items = page.items.map((member) => bindingMember(request, member));
  const links = { self: { href: `${binding}/members` }, binding: { href: binding } };
  return wrappedReply('members', { ...page, items }, links);
}

const IAM = '/api/v1/iam';
const SET = `${IAM}/resource-sets/{resourceSetIdOrLabel}`;

export const iamEndpoints: readonly Endpoint[] = [
  { template: `${IAM}/assignees/users`, scopes: SCOPES, handle: listAssignees },
  { template: `${IAM}/roles`, scopes: SCOPES, handle: listRoles },
  { template: `${IAM}/roles/{roleIdOrLabel}`, scopes: SCOPES, handle: (request) => ok(roleOf(request)) },
  { template: `${IAM}/roles/{roleIdOrLabel}/permissions`, scopes: SCOPES, handle: listPermissions },
  { template: `${IAM}/resource-sets`, scopes: SCOPES, handle: listResourceSets },
  { template: SET, scopes: SCOPES, handle: (request) => ok(setOf(request)) },
  { template: `${SET}/resources`, scopes: SCOPES, handle: listResources },
  { template: `${SET}/bindings`, scopes: SCOPES, handle: listBindings },
  { template: `${SET}/bindings/{roleIdOrLabel}/members`, scopes: SCOPES, handle: listMembers },
];
