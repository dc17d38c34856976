import type { PrincipalKind } from '../../org/administration.js';
import type { RoleTarget } from '../../org/administration-changes.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { noContent, param } from '../endpoint.js';
import { accessDenied, notFound, OktaError } from '../okta-error.js';
import { principalOf, rowOf } from './roles.js';

const MANAGE = ['okta.roles.manage'] as const;
const FOR_GROUPS: readonly unknown[] = ['USER_ADMIN', 'HELP_DESK_ADMIN', 'GROUP_MEMBERSHIP_ADMIN'];
const FOR_APPS: readonly unknown[] = ['APP_ADMIN'];

function narrow(request: EndpointRequest, kind: PrincipalKind, types: readonly unknown[], target: RoleTarget): Reply {
  const principal = principalOf(request, kind);
  const { object } = rowOf(request, kind);
  if (!request.org.administration.assignments(principal).has(object.id)) throw accessDenied();
  if (!types.includes(object['type'])) {
    throw new OktaError(400, 'E0000091', 'The provided role type was not the same as required role type.');
  }
  request.org.addRoleTarget(principal, object.id, target);
  return noContent();
}

const toGroup = (kind: PrincipalKind, name: string): Endpoint['handle'] => {
  return (request) => {
    rowOf(request, kind);
    const id = param(request, name);
    if (!request.org.directory.groups.has(id)) throw notFound(id, 'UserGroup');
    return narrow(request, kind, FOR_GROUPS, { group: id });
  };
};

/** To every app of that name in the catalogue. */
const toCatalogApp = (kind: PrincipalKind): Endpoint['handle'] => {
  return (request) => {
    rowOf(request, kind);
    const name = param(request, 'appName');
    const known = [...request.org.applications.apps.values()].some((app) => app['name'] === name);
    if (!known) throw notFound(name, 'CatalogApplication');
    const reply = narrow(request, kind, FOR_APPS, { app: name });
    // Okta's description has another answer for groups, and for this path alone.
    return kind === 'group' ? { status: 200 } : reply;
  };
};

const toApp = (kind: PrincipalKind): Endpoint['handle'] => {
  return (request) => {
    rowOf(request, kind);
    const id = param(request, 'appId');
    if (request.org.applications.apps.get(id)?.['name'] !== param(request, 'appName')) throw notFound(id, 'AppInstance');
    return narrow(request, kind, FOR_APPS, { app: id });
  };
};

function endpointsOf(kind: PrincipalKind, principalPath: string, group: string): readonly Endpoint[] {
  const targets = `${principalPath}/roles/{roleAssignmentId}/targets`;
  const put = (path: string, handle: Endpoint['handle']): Endpoint => {
    return { method: 'PUT', template: `${targets}/${path}`, scopes: MANAGE, handle };
  };
  return [
    put(`groups/{${group}}`, toGroup(kind, group)),
    put('catalog/apps/{appName}', toCatalogApp(kind)),
    put('catalog/apps/{appName}/{appId}', toApp(kind)),
  ];
}

/** What a role reaches, narrowed: a role that is given back must not reach more than it did. */
export const roleTargetWriteEndpoints: readonly Endpoint[] = [
  ...endpointsOf('user', '/api/v1/users/{userId}', 'groupId'),
  ...endpointsOf('group', '/api/v1/groups/{groupId}', 'targetGroupId'),
  ...endpointsOf('client', '/oauth2/v1/clients/{clientId}', 'groupId'),
];
