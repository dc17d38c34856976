import type { Endpoint } from '../src/http/endpoint.js';
import { endpoints } from '../src/http/endpoints/all.js';
import { methodOf } from '../src/http/router.js';
import type { JsonObject, Org, UserStatus } from '../src/index.js';

export interface Prepared {
  readonly path: string;
  readonly body?: JsonObject;
}

/** One write that succeeds: what has to be there first, how it is called, what it answers and writes to the System Log. */
export interface WriteCase {
  readonly name: string;
  readonly status: number;
  readonly prepare: (org: Org) => Prepared;
  /** Types of the events, each with the types of its targets. */
  readonly events: readonly string[];
}

export const writes: readonly Endpoint[] = endpoints.filter((endpoint) => methodOf(endpoint) !== 'GET');
export const nameOf = (endpoint: Endpoint): string => `${methodOf(endpoint)} ${endpoint.template}`;

const USERS = '/api/v1/users';
const APPS = '/api/v1/apps';
const SETS = '/api/v1/iam/resource-sets';

const userIn = (org: Org, status: UserStatus): string => {
  const { id } = org.addUser();
  return status === 'ACTIVE' ? id : org.setStatus(id, status).id;
};

const lifecycle = (action: string, from: UserStatus, event: string, query = ''): WriteCase => ({
  name: `POST ${USERS}/{id}/lifecycle/${action}`,
  status: 200,
  prepare: (org) => ({ path: `${USERS}/${userIn(org, from)}/lifecycle/${action}${query}` }),
  events: [`${event} User`],
});

const client = (org: Org) =>
  org.addApp({ label: 'Client', name: 'oidc_client', signOnMode: 'OPENID_CONNECT', settings: { oauthClient: {} } }).id;

const consent = (org: Org): { userId: string; clientId: string } => {
  const [userId, clientId] = [org.addUser().id, client(org)];
  const one = { status: 'ACTIVE', clientId, userId, scopeId: 'profile' };
  org.consents.replace(userId, [{ id: `oag${userId.slice(3)}`, ...one }]);
  org.refreshTokens.replace(userId, [{ id: `oar${userId.slice(3)}`, ...one }]);
  return { userId, clientId };
};

const accessCases: readonly WriteCase[] = [
  {
    name: `DELETE ${USERS}/{userId}/sessions`,
    status: 204,
    prepare: (org) => ({ path: `${USERS}/${consent(org).userId}/sessions?oauthTokens=true&forgetDevices=true` }),
    events: ['user.session.clear User', 'app.oauth2.token.revoke.implicit.user User'],
  },
  {
    name: `DELETE ${USERS}/{userId}/factors/{factorId}`,
    status: 204,
    prepare: (org) => {
      const { id } = org.addUser();
      return { path: `${USERS}/${id}/factors/${org.enrolFactor(id, 'sms').id}` };
    },
    events: ['user.mfa.factor.deactivate User+AuthenticatorEnrollment'],
  },
  {
    name: `DELETE ${USERS}/{userId}/grants`,
    status: 204,
    prepare: (org) => ({ path: `${USERS}/${consent(org).userId}/grants` }),
    events: ['app.oauth2.as.consent.revoke.user User+PublicClientApp'],
  },
  {
    name: `DELETE ${USERS}/{userId}/grants/{grantId}`,
    status: 204,
    prepare: (org) => {
      const { userId } = consent(org);
      return { path: `${USERS}/${userId}/grants/oag${userId.slice(3)}` };
    },
    events: ['app.oauth2.as.consent.revoke User+PublicClientApp'],
  },
  {
    name: `DELETE ${USERS}/{userId}/clients/{clientId}/grants`,
    status: 204,
    prepare: (org) => {
      const { userId, clientId } = consent(org);
      return { path: `${USERS}/${userId}/clients/${clientId}/grants` };
    },
    events: ['app.oauth2.as.consent.revoke.user.client User+PublicClientApp'],
  },
  {
    name: `DELETE ${USERS}/{userId}/clients/{clientId}/tokens`,
    status: 204,
    prepare: (org) => {
      const { userId, clientId } = consent(org);
      return { path: `${USERS}/${userId}/clients/${clientId}/tokens` };
    },
    events: ['app.oauth2.token.revoke refresh_token+PublicClientApp+User'],
  },
  {
    name: `DELETE ${USERS}/{userId}/clients/{clientId}/tokens/{tokenId}`,
    status: 204,
    prepare: (org) => {
      const { userId, clientId } = consent(org);
      return { path: `${USERS}/${userId}/clients/${clientId}/tokens/oar${userId.slice(3)}` };
    },
    events: ['app.oauth2.token.revoke refresh_token+PublicClientApp+User'],
  },
];

const accountCases: readonly WriteCase[] = [
  lifecycle('suspend', 'ACTIVE', 'user.lifecycle.suspend'),
  lifecycle('unsuspend', 'SUSPENDED', 'user.lifecycle.unsuspend'),
  lifecycle('deactivate', 'ACTIVE', 'user.lifecycle.deactivate', '?sendEmail=false'),
  lifecycle('activate', 'DEPROVISIONED', 'user.lifecycle.activate', '?sendEmail=false'),
  lifecycle('reactivate', 'PROVISIONED', 'user.lifecycle.reactivate'),
  lifecycle('unlock', 'LOCKED_OUT', 'user.account.unlock_by_admin'),
  lifecycle('expire_password', 'ACTIVE', 'user.account.expire_password'),
  lifecycle('reset_password', 'ACTIVE', 'user.account.reset_password', '?sendEmail=false'),
  lifecycle('reset_factors', 'ACTIVE', 'user.mfa.factor.reset_all'),
  {
    name: `DELETE ${USERS}/{id}`,
    status: 204,
    prepare: (org) => ({ path: `${USERS}/${userIn(org, 'DEPROVISIONED')}` }),
    events: ['user.lifecycle.delete.initiated User', 'user.lifecycle.delete.completed User'],
  },
];

const groupCases: readonly WriteCase[] = [
  {
    name: 'PUT /api/v1/groups/{groupId}/users/{userId}',
    status: 204,
    prepare: (org) => ({ path: `/api/v1/groups/${org.addGroup({ name: 'Put' }).id}/users/${org.addUser().id}` }),
    events: ['group.user_membership.add User+UserGroup'],
  },
  {
    name: 'DELETE /api/v1/groups/{groupId}/users/{userId}',
    status: 204,
    prepare: (org) => {
      const [groupId, userId] = [org.addGroup({ name: 'Take' }).id, org.addUser().id];
      org.addMember(groupId, userId);
      return { path: `/api/v1/groups/${groupId}/users/${userId}` };
    },
    events: ['group.user_membership.remove User+UserGroup'],
  },
];

const withSecrets = (org: Org, statuses: readonly ('ACTIVE' | 'INACTIVE')[]): string => {
  const appId = client(org);
  const ids = statuses.map((status) => {
    const { id } = org.addClientSecret(appId);
    org.setClientSecretStatus(appId, id, status);
    return id;
  });
  return `${APPS}/${appId}/credentials/secrets/${ids[0] ?? ''}`;
};

const inactiveApp = (org: Org): string => org.setAppStatus(org.addApp({ label: 'Off' }).id, 'INACTIVE').id;

const appCases: readonly WriteCase[] = [
  {
    name: `POST ${APPS}/{appId}/users`,
    status: 200,
    prepare: (org) => ({ path: `${APPS}/${org.addApp({ label: 'Given' }).id}/users`, body: { id: org.addUser().id } }),
    events: ['application.user_membership.add AppUser+AppInstance+User'],
  },
  {
    name: `DELETE ${APPS}/{appId}/users/{userId}`,
    status: 204,
    prepare: (org) => {
      const [appId, userId] = [org.addApp({ label: 'Taken' }).id, org.addUser().id];
      org.assignUser(appId, userId);
      return { path: `${APPS}/${appId}/users/${userId}` };
    },
    events: ['application.user_membership.remove AppUser+AppInstance+User'],
  },
  {
    name: `PUT ${APPS}/{appId}/groups/{groupId}`,
    status: 200,
    prepare: (org) => ({
      path: `${APPS}/${org.addApp({ label: 'For a group' }).id}/groups/${org.addGroup({ name: 'Has' }).id}`,
      body: {},
    }),
    events: ['group.application_assignment.add AppInstance+UserGroup'],
  },
  {
    name: `DELETE ${APPS}/{appId}/groups/{groupId}`,
    status: 204,
    prepare: (org) => {
      const [appId, groupId] = [org.addApp({ label: 'Of a group' }).id, org.addGroup({ name: 'Had' }).id];
      org.assignGroup(appId, groupId);
      return { path: `${APPS}/${appId}/groups/${groupId}` };
    },
    events: ['group.application_assignment.remove AppInstance+UserGroup'],
  },
  {
    name: `POST ${APPS}/{appId}/lifecycle/activate`,
    status: 200,
    prepare: (org) => ({ path: `${APPS}/${inactiveApp(org)}/lifecycle/activate` }),
    events: ['application.lifecycle.activate AppInstance'],
  },
  {
    name: `POST ${APPS}/{appId}/lifecycle/deactivate`,
    status: 200,
    prepare: (org) => ({ path: `${APPS}/${org.addApp({ label: 'On' }).id}/lifecycle/deactivate` }),
    events: ['application.lifecycle.deactivate AppInstance'],
  },
  {
    name: `PUT ${APPS}/{appId}/features/{featureName}`,
    status: 200,
    prepare: (org) => {
      const appId = org.addApp({ label: 'Written to' }).id;
      org.switchProvisioningOn(appId, 'https://scim.example.com');
      const password = { status: 'ENABLED', seed: 'OKTA', change: 'CHANGE' };
      return { path: `${APPS}/${appId}/features/USER_PROVISIONING`, body: { update: { password } } };
    },
    events: ['application.lifecycle.update AppInstance'],
  },
  {
    name: `POST ${APPS}/{appId}/credentials/secrets/{secretId}/lifecycle/activate`,
    status: 200,
    prepare: (org) => ({ path: `${withSecrets(org, ['INACTIVE', 'ACTIVE'])}/lifecycle/activate` }),
    events: ['app.oauth2.credentials.lifecycle.activate PublicClientApp'],
  },
  {
    name: `POST ${APPS}/{appId}/credentials/secrets/{secretId}/lifecycle/deactivate`,
    status: 200,
    prepare: (org) => ({ path: `${withSecrets(org, ['ACTIVE', 'ACTIVE'])}/lifecycle/deactivate` }),
    events: ['app.oauth2.credentials.lifecycle.deactivate PublicClientApp'],
  },
];

const holders = {
  user: (org: Org) => ({ id: org.addUser().id, path: USERS }),
  group: (org: Org) => ({ id: org.addGroup({ name: 'Admins' }).id, path: '/api/v1/groups' }),
  client: (org: Org) => ({ id: client(org), path: '/oauth2/v1/clients' }),
} as const;

const HOLDER_TEMPLATES = {
  user: `${USERS}/{userId}`,
  group: '/api/v1/groups/{groupId}',
  client: '/oauth2/v1/clients/{clientId}',
} as const;

const roleCasesOf = (kind: keyof typeof holders, events: string, target: string): readonly WriteCase[] => [
  {
    name: `POST ${HOLDER_TEMPLATES[kind]}/roles`,
    status: kind === 'user' ? 201 : 200,
    prepare: (org) => {
      const { id, path } = holders[kind](org);
      return { path: `${path}/${id}/roles`, body: { type: 'HELP_DESK_ADMIN' } };
    },
    events: [`${events}.privilege.grant ${target}`],
  },
  {
    name: `DELETE ${HOLDER_TEMPLATES[kind]}/roles/{roleAssignmentId}`,
    status: 204,
    prepare: (org) => {
      const { id, path } = holders[kind](org);
      return { path: `${path}/${id}/roles/${org.grantRole({ kind, id }, { type: 'HELP_DESK_ADMIN' })}` };
    },
    events: [`${events}.privilege.revoke ${target}`],
  },
];

export const customRole = (org: Org): { role: string; set: string } => ({
  role: org.addCustomRole('Desk', 'Reads people', ['okta.users.read']).id,
  set: org.addResourceSet('Everybody', 'All people', [`${org.links.base}/api/v1/users`]).id,
});

const bindingCases: readonly WriteCase[] = [
  {
    name: `POST ${SETS}/{resourceSetIdOrLabel}/bindings`,
    status: 200,
    prepare: (org) => {
      const { role, set } = customRole(org);
      const members = [`${org.links.base}/api/v1/users/${org.addUser().id}`];
      return { path: `${SETS}/${set}/bindings`, body: { role, members } };
    },
    events: ['iam.resourceset.bindings.add RESOURCE_SET+ROLE+User', 'user.account.privilege.grant User'],
  },
  {
    name: `PATCH ${SETS}/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members`,
    status: 200,
    prepare: (org) => {
      const { role, set } = customRole(org);
      const additions = [`${org.links.base}/api/v1/groups/${org.addGroup({ name: 'Desk' }).id}`];
      return { path: `${SETS}/${set}/bindings/${role}/members`, body: { additions } };
    },
    events: ['iam.resourceset.bindings.add RESOURCE_SET+ROLE+UserGroup', 'group.privilege.grant UserGroup'],
  },
];

const idpCases: readonly WriteCase[] = [
  {
    name: 'POST /api/v1/idps/{idpId}/lifecycle/deactivate',
    status: 200,
    prepare: (org) => ({ path: `/api/v1/idps/${org.addIdp({ name: 'On' }).id}/lifecycle/deactivate` }),
    events: ['system.idp.lifecycle.deactivate AppInstance'],
  },
  {
    name: 'POST /api/v1/idps/{idpId}/lifecycle/activate',
    status: 200,
    prepare: (org) => {
      const { id } = org.addIdp({ name: 'Off' });
      org.updateIdp(id, { status: 'INACTIVE' });
      return { path: `/api/v1/idps/${id}/lifecycle/activate` };
    },
    events: ['system.idp.lifecycle.activate AppInstance'],
  },
  {
    name: 'POST /api/v1/idps/{idpId}/users/{userId}',
    status: 200,
    prepare: (org) => ({
      path: `/api/v1/idps/${org.addIdp({ name: 'Links' }).id}/users/${org.addUser().id}`,
      body: { externalId: 'somebody@partner.example' },
    }),
    events: [],
  },
  {
    name: 'DELETE /api/v1/idps/{idpId}/users/{userId}',
    status: 204,
    prepare: (org) => {
      const [idpId, userId] = [org.addIdp({ name: 'Linked' }).id, org.addUser().id];
      org.linkIdpUser(idpId, userId);
      return { path: `/api/v1/idps/${idpId}/users/${userId}` };
    },
    events: [],
  },
];

export const zoneOf = (name: string, usage: string, address = '203.0.113.7/32'): JsonObject => ({
  name,
  type: 'IP',
  usage,
  gateways: [{ type: 'CIDR', value: address }],
});

const zone = (org: Org, status = 'ACTIVE'): string =>
  org.addSetting('zones', 'nzo', { ...zoneOf(`Zone ${org.log.length}`, 'POLICY'), status, system: false }).id;

const settingCases: readonly WriteCase[] = [
  {
    name: 'DELETE /api/v1/api-tokens/{apiTokenId}',
    status: 204,
    prepare: (org) => ({ path: `/api/v1/api-tokens/${org.addApiToken(org.addUser().id, 'Old script').id}` }),
    events: ['system.api_token.revoke Token'],
  },
  {
    name: 'POST /api/v1/zones',
    status: 200,
    prepare: (org) => ({ path: '/api/v1/zones', body: zoneOf(`Blocked ${org.log.length}`, 'BLOCKLIST') }),
    events: ['zone.create NetworkZone', 'zone.make_blacklist NetworkZone'],
  },
  {
    name: 'PUT /api/v1/zones/{zoneId}',
    status: 200,
    prepare: (org) => ({ path: `/api/v1/zones/${zone(org)}`, body: zoneOf('Renamed', 'POLICY') }),
    events: ['zone.update NetworkZone'],
  },
  {
    name: 'DELETE /api/v1/zones/{zoneId}',
    status: 204,
    prepare: (org) => ({ path: `/api/v1/zones/${zone(org, 'INACTIVE')}` }),
    events: ['zone.delete NetworkZone'],
  },
  {
    name: 'POST /api/v1/zones/{zoneId}/lifecycle/activate',
    status: 200,
    prepare: (org) => ({ path: `/api/v1/zones/${zone(org, 'INACTIVE')}/lifecycle/activate` }),
    events: ['zone.activate NetworkZone'],
  },
  {
    name: 'POST /api/v1/zones/{zoneId}/lifecycle/deactivate',
    status: 200,
    prepare: (org) => ({ path: `/api/v1/zones/${zone(org)}/lifecycle/deactivate` }),
    events: ['zone.deactivate NetworkZone'],
  },
];

/** One for each endpoint of the table, but the member of a binding, whose id only a list tells. */
export const writeCases: readonly WriteCase[] = [
  ...accountCases,
  ...accessCases,
  ...groupCases,
  ...appCases,
  ...roleCasesOf('user', 'user.account', 'User'),
  ...roleCasesOf('group', 'group', 'UserGroup'),
  ...roleCasesOf('client', 'app.oauth2.client', 'PublicClientApp'),
  ...bindingCases,
  ...idpCases,
  ...settingCases,
];
