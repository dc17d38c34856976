import type { Endpoint } from '../src/http/endpoint.js';
import { endpoints } from '../src/http/endpoints/all.js';
import { methodOf } from '../src/http/router.js';
import type { Org, UserStatus } from '../src/index.js';
import { administrationCases } from './administration-write-cases.js';
import type { WriteCase } from './write-case.js';
import { client } from './write-case.js';

export const writes: readonly Endpoint[] = endpoints.filter((endpoint) => methodOf(endpoint) !== 'GET');
export const nameOf = (endpoint: Endpoint): string => `${methodOf(endpoint)} ${endpoint.template}`;

const USERS = '/api/v1/users';
const APPS = '/api/v1/apps';

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
      org.switchProvisioningOn(appId, 'https://accounts.example.com');
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

/** One for each endpoint of the table, but the member of a binding, whose id only a list tells. */
export const writeCases: readonly WriteCase[] = [
  ...accountCases,
  ...accessCases,
  ...groupCases,
  ...appCases,
  ...administrationCases,
];
