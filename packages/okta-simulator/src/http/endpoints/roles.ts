import type { JsonObject, OktaObject } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import type { Principal, PrincipalKind, RoleAssignment } from '../../org/administration.js';
import type { Org } from '../../org/org.js';
import { governanceOf } from '../../org/setting-lists.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { ok, param } from '../endpoint.js';
import { notFound } from '../okta-error.js';
import { arrayReply, readKeyedPage } from '../paging.js';

const SCOPES = ['okta.roles.read'] as const;
const TARGET_PAGE = { default: 20, max: 200 } as const;

const PARAMS: Readonly<Record<PrincipalKind, string>> = { user: 'userId', group: 'groupId', client: 'clientId' };

export function principalOf(request: EndpointRequest, kind: PrincipalKind): Principal {
  const id = param(request, PARAMS[kind]);
  if (!principalExists(request.org, { kind, id }))
    throw notFound(id, kind === 'user' ? 'User' : kind === 'group' ? 'UserGroup' : 'Client');
  return { kind, id };
}

export function principalExists(org: Org, { kind, id }: Principal): boolean {
  if (kind === 'user') return org.directory.users.has(id);
  if (kind === 'group') return org.directory.groups.has(id);
  if (org.administration.holdsRole({ kind, id })) return true;
  for (const app of org.applications.apps.values()) {
    if (app.id === id || textAt(app, 'credentials', 'oauthClient', 'client_id') === id) return true;
  }
  return false;
}

interface Row {
  readonly assignment: RoleAssignment;
  readonly object: OktaObject;
}

/** Role rows of a principal. A user's list has the rows of the user's groups too, marked GROUP: count them once. */
function rowsOf(org: Org, principal: Principal): readonly Row[] {
  const own = [...org.administration.assignments(principal).values()].map((assignment) => ({
    assignment,
    object: assignment.object,
  }));
  if (principal.kind !== 'user' || !org.settings.derive) return own;
  const inherited: Row[] = [];
  for (const groupId of org.directory.groupsOf(principal.id)) {
    for (const assignment of org.administration.assignments({ kind: 'group', id: groupId }).values()) {
      const object = { ...assignment.object, assignmentType: 'GROUP', _links: org.links.assignee('group', groupId) };
      inherited.push({ assignment, object });
    }
  }
  return [...own, ...inherited];
}

function groupTargets(org: Org, row: Row): readonly OktaObject[] {
  return row.assignment.groupTargets.flatMap((id) => org.directory.groups.get(id) ?? []);
}

function appTargets(request: EndpointRequest, row: Row): readonly OktaObject[] {
  const { org } = request;
  return row.assignment.appTargets.map((target) => {
    const app = org.applications.apps.get(target);
    const name = app ? (textAt(app, 'name') ?? target) : target;
    return {
      ...(app ? { id: app.id, displayName: textAt(app, 'label') ?? name } : { id: name, displayName: name }),
      name,
      status: 'ACTIVE',
      lastUpdated: app ? (textAt(app, 'lastUpdated') ?? null) : null,
      signOnModes: app ? [textAt(app, 'signOnMode') ?? 'SAML_2_0'] : ['SAML_2_0'],
      features: [],
      _links: { self: { href: `${request.base}/api/v1/catalog/apps/${name}` } },
    };
  });
}

function withTargets(request: EndpointRequest, row: Row): JsonObject {
  const wanted = request.query.getAll('expand').flatMap((part) => part.split(','));
  const groups = wanted.includes('targets/groups') ? { groups: groupTargets(request.org, row) } : {};
  const apps = wanted.includes('targets/catalog/apps') ? { catalog: { apps: appTargets(request, row) } } : {};
  const targets = { ...groups, ...apps };
  return Object.keys(targets).length > 0 ? { ...row.object, _embedded: { targets } } : row.object;
}

export function rowOf(request: EndpointRequest, kind: PrincipalKind): Row {
  const assignmentId = param(request, 'roleAssignmentId');
  const row = rowsOf(request.org, principalOf(request, kind)).find(({ object }) => object.id === assignmentId);
  if (!row) throw notFound(assignmentId, 'RoleAssignment');
  return row;
}

function targetsReply(request: EndpointRequest, targets: readonly OktaObject[]): Reply {
  const sorted = targets.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return arrayReply(
    request,
    readKeyedPage(request, TARGET_PAGE, sorted, (target) => target.id),
  );
}

function endpointsOf(kind: PrincipalKind, principalPath: string): readonly Endpoint[] {
  const list = `${principalPath}/roles`;
  const one = `${list}/{roleAssignmentId}`;
  return [
    {
      template: list,
      scopes: SCOPES,
      handle: (request) => ok(rowsOf(request.org, principalOf(request, kind)).map((row) => withTargets(request, row))),
    },
    { template: one, scopes: SCOPES, handle: (request) => ok(rowOf(request, kind).object) },
    {
      template: `${one}/targets/groups`,
      scopes: SCOPES,
      handle: (request) => targetsReply(request, groupTargets(request.org, rowOf(request, kind))),
    },
    {
      template: `${one}/targets/catalog/apps`,
      scopes: SCOPES,
      handle: (request) => targetsReply(request, appTargets(request, rowOf(request, kind))),
    },
  ];
}

/** What a role of a user was given by; nothing where somebody has simply given it. */
function listGovernance(request: EndpointRequest): Reply {
  const { object } = rowOf(request, 'user');
  const user = `${request.base}/api/v1/users/${param(request, 'userId')}`;
  const _links = { self: { href: `${user}/roles/${object.id}/governance` }, assignee: { href: user } };
  return ok({ grants: [...request.org.list(governanceOf(object.id)).values()], _links });
}

export const roleEndpoints: readonly Endpoint[] = [
  { template: '/api/v1/users/{userId}/roles/{roleAssignmentId}/governance', scopes: SCOPES, handle: listGovernance },
  ...endpointsOf('user', '/api/v1/users/{userId}'),
  ...endpointsOf('group', '/api/v1/groups/{groupId}'),
  ...endpointsOf('client', '/oauth2/v1/clients/{clientId}'),
];
