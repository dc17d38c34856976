import type { JsonObject } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import type { Principal, PrincipalKind } from '../../org/administration.js';
import type { RoleGrant } from '../../org/administration-changes.js';
import type { Org } from '../../org/org.js';
import { STANDARD_ROLES } from '../../org/standard-roles.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { noContent } from '../endpoint.js';
import { objectOf } from '../json-body.js';
import { accessDenied, invalid, notFound, OktaError } from '../okta-error.js';
import { principalOf, rowOf } from './roles.js';

const MANAGE = ['okta.roles.manage'] as const;

/** A custom role by its id or label, on a set by its id or label. */
export function customGrant(org: Org, roleIdOrLabel: string, setIdOrLabel: string): RoleGrant {
  const { roles, resourceSets } = org.administration;
  const role = roles.get(roleIdOrLabel) ?? [...roles.values()].find((one) => one['label'] === roleIdOrLabel);
  if (!role) throw notFound(roleIdOrLabel, 'Role');
  const set = resourceSets.get(setIdOrLabel) ?? [...resourceSets.values()].find((one) => one['label'] === setIdOrLabel);
  if (!set) throw notFound(setIdOrLabel, 'ResourceSet');
  return { type: 'CUSTOM', label: textAt(role, 'label') ?? role.id, roleId: role.id, resourceSetId: set.id };
}

function grantOf(org: Org, body: JsonObject): RoleGrant {
  const type = textAt(body, 'type') ?? '';
  if (type === 'CUSTOM') {
    const [role, set] = ['role', 'resource-set'].map((name) => {
      const id = textAt(body, name);
      if (id === undefined) throw invalid(name, `${name}: The field cannot be left blank`);
      return id;
    });
    return customGrant(org, role ?? '', set ?? '');
  }
  const label = STANDARD_ROLES[type];
  if (label === undefined) throw invalid('type', 'type: Invalid role type specified');
  return { type, label };
}

/** The assignment of the same role, or of the same custom role on the same set. */
export function heldAlready(org: Org, principal: Principal, grant: RoleGrant): boolean {
  return [...org.administration.assignments(principal).values()].some(
    ({ object }) =>
      object['type'] === grant.type && object['role'] === grant.roleId && object['resource-set'] === grant.resourceSetId,
  );
}

const grantRole = (kind: PrincipalKind): Endpoint['handle'] => {
  return (request: EndpointRequest): Reply => {
    const { org } = request;
    const principal = principalOf(request, kind);
    const grant = grantOf(org, objectOf(request));
    if (heldAlready(org, principal, grant)) {
      const cause = 'The role specified is already assigned to the user.';
      throw new OktaError(409, 'E0000090', 'Duplicate role assignment exception.', [cause]);
    }
    const id = org.grantRole(principal, grant);
    const assignment = org.administration.assignments(principal).get(id);
    // Okta's description has 201 for users alone.
    return { status: kind === 'user' ? 201 : 200, body: assignment?.object ?? {} };
  };
};

/** A row that a user has by a group is the group's to lose, and not the user's. */
const revokeRole = (kind: PrincipalKind): Endpoint['handle'] => {
  return (request: EndpointRequest): Reply => {
    const principal = principalOf(request, kind);
    const { object } = rowOf(request, kind);
    if (!request.org.administration.assignments(principal).has(object.id)) throw accessDenied();
    request.org.revokeRole(principal, object.id);
    return noContent();
  };
};

function endpointsOf(kind: PrincipalKind, principalPath: string): readonly Endpoint[] {
  const list = `${principalPath}/roles`;
  return [
    { method: 'POST', template: list, scopes: MANAGE, handle: grantRole(kind) },
    { method: 'DELETE', template: `${list}/{roleAssignmentId}`, scopes: MANAGE, handle: revokeRole(kind) },
  ];
}

export const roleWriteEndpoints: readonly Endpoint[] = [
  ...endpointsOf('user', '/api/v1/users/{userId}'),
  ...endpointsOf('group', '/api/v1/groups/{groupId}'),
  ...endpointsOf('client', '/oauth2/v1/clients/{clientId}'),
];
