import type { JsonObject, Org } from '../src/index.js';
import type { WriteCase } from './write-case.js';
import { client } from './write-case.js';

const USERS = '/api/v1/users';
const SETS = '/api/v1/iam/resource-sets';

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

const targetCasesOf = (kind: keyof typeof holders, groupParam: string, event: string): readonly WriteCase[] => {
  const template = `PUT ${HOLDER_TEMPLATES[kind]}/roles/{roleAssignmentId}/targets`;
  const rolePath = (org: Org, type: string): string => {
    const { id, path } = holders[kind](org);
    return `${path}/${id}/roles/${org.grantRole({ kind, id }, { type })}/targets`;
  };
  const app = (org: Org): string => org.addApp({ label: 'Reached', name: 'ledgerline' }).id;
  return [
    {
      name: `${template}/groups/{${groupParam}}`,
      status: 204,
      prepare: (org) => {
        const groupId = org.addGroup({ name: 'Reached' }).id;
        return { path: `${rolePath(org, 'USER_ADMIN')}/groups/${groupId}` };
      },
      events: [event],
    },
    {
      name: `${template}/catalog/apps/{appName}`,
      ...(kind === 'group' ? { status: 200, empty: true } : { status: 204 }),
      prepare: (org) => {
        app(org);
        return { path: `${rolePath(org, 'APP_ADMIN')}/catalog/apps/ledgerline` };
      },
      events: [event],
    },
    {
      name: `${template}/catalog/apps/{appName}/{appId}`,
      status: 204,
      prepare: (org) => ({ path: `${rolePath(org, 'APP_ADMIN')}/catalog/apps/ledgerline/${app(org)}` }),
      events: [event],
    },
  ];
};

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

/** Roles, identity providers, and settings of the org. */
export const administrationCases: readonly WriteCase[] = [
  ...roleCasesOf('user', 'user.account', 'User'),
  ...roleCasesOf('group', 'group', 'UserGroup'),
  ...roleCasesOf('client', 'app.oauth2.client', 'PublicClientApp'),
  ...targetCasesOf('user', 'groupId', 'user.account.privilege.grant User'),
  ...targetCasesOf('group', 'targetGroupId', 'group.privilege.grant UserGroup'),
  ...targetCasesOf('client', 'groupId', 'app.oauth2.client.privilege.grant PublicClientApp'),
  ...bindingCases,
  ...idpCases,
  ...settingCases,
];
