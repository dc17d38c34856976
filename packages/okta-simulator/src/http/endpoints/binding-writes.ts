import type { Json } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import type { Principal, PrincipalKind } from '../../org/administration.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { noContent, ok, param } from '../endpoint.js';
import { objectOf } from '../json-body.js';
import { invalid, notFound } from '../okta-error.js';
import { bindingMember, bindingOf, boundRole, memberOf, setOf, setUrl } from './iam.js';
import { customGrant, heldAlready } from './role-writes.js';
import { principalExists } from './roles.js';

const READ = ['okta.roles.read'] as const;
const MANAGE = ['okta.roles.manage'] as const;

const KINDS: Readonly<Record<string, PrincipalKind>> = { users: 'user', groups: 'group', clients: 'client' };

/** Whom a URL names: `…/users/{id}`, `…/groups/{id}` or `…/clients/{id}`. */
function principalAt(request: EndpointRequest, url: Json): Principal {
  const [, collection = '', id = ''] = /\/(users|groups|clients)\/([^/?]+)$/.exec(String(url)) ?? [];
  const kind = KINDS[collection];
  if (kind === undefined) throw invalid('members', 'members: Each member must be the URL of a user or a group');
  if (!principalExists(request.org, { kind, id })) throw notFound(id, kind === 'group' ? 'UserGroup' : 'User');
  return { kind, id };
}

/** All of them or none: a member that does not exist is found before the first is bound. */
function bind(request: EndpointRequest, role: string, members: Json | undefined): void {
  const { org } = request;
  const grant = customGrant(org, role, setOf(request).id);
  if (!Array.isArray(members)) throw invalid('members', 'members: The field cannot be left blank');
  // `Array.isArray` makes `any[]` of a readonly array type.
  const principals = (members as readonly Json[]).map((url) => principalAt(request, url));
  for (const principal of principals) if (!heldAlready(org, principal, grant)) org.grantRole(principal, grant);
}

function edited(request: EndpointRequest): Reply {
  const set = setUrl(request, setOf(request).id);
  const _links = { self: { href: `${request.base}${request.path}` }, bindings: { href: `${set}/bindings` } };
  return ok({ _links: { ..._links, 'resource-set': { href: set } } });
}

function createBinding(request: EndpointRequest): Reply {
  setOf(request);
  const body = objectOf(request);
  const role = textAt(body, 'role');
  if (role === undefined) throw invalid('role', 'role: The field cannot be left blank');
  bind(request, role, body['members']);
  return edited(request);
}

/** Also where the last member has gone: the role and the set are there still. */
function addMembers(request: EndpointRequest): Reply {
  bind(request, param(request, 'roleIdOrLabel'), objectOf(request)['additions']);
  return edited(request);
}

function removeMember(request: EndpointRequest): Reply {
  const { org } = request;
  const { kind, id } = memberOf(request);
  const [role, set] = [boundRole(request), setOf(request).id];
  for (const { object } of org.administration.assignments({ kind, id }).values()) {
    if (object['role'] === role && object['resource-set'] === set) org.revokeRole({ kind, id }, object.id);
  }
  return noContent();
}

const BINDINGS = '/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings';
const BINDING = `${BINDINGS}/{roleIdOrLabel}`;
const MEMBER = `${BINDING}/members/{memberId}`;

/** Custom roles as they are given and taken from the side of the resource set. */
export const bindingWriteEndpoints: readonly Endpoint[] = [
  { method: 'POST', template: BINDINGS, scopes: MANAGE, handle: createBinding },
  { template: BINDING, scopes: READ, handle: (request) => ok(bindingOf(request)) },
  { method: 'PATCH', template: `${BINDING}/members`, scopes: MANAGE, handle: addMembers },
  { template: MEMBER, scopes: READ, handle: (request) => ok(bindingMember(request, memberOf(request))) },
  { method: 'DELETE', template: MEMBER, scopes: MANAGE, handle: removeMember },
];
