import type { JsonObject, OktaObject, Org } from '@castellan/okta-simulator';
import { administrator, appNamed, customRole, first, groupNamed, plainUsers, policyNamed } from './finders.js';
import { appsOf, listed, text, usersOf } from './state.js';

/** Something to find for checks that the generated organisation would leave without anybody. */
export function plant(org: Org): void {
  plantPeople(org);
  plantTheirAccess(org);
  plantRoles(org);
  plantPrograms(org);
  plantApplications(org);
  plantIdentityProviders(org);
  plantPolicies(org);
}

function plantPeople(org: Org): void {
  const [lead] = text(org.directory.users.get(administrator(org, 'SUPER_ADMIN')), 'profile', 'login').split('@');
  org.addUser({
    firstName: 'Look',
    lastName: 'Alike',
    login: `${lead?.replace('.', '_').replace('o', '0')}@larkmill.example`,
    profile: { department: 'IT' },
  });
  org.addUser({ firstName: 'Nobodys', login: 'somebody@mail.example' });
  org.addUser({ firstName: 'Nobodys', lastName: 'Own', login: 'nobodys.own@larkmill.example' });
  const twin = first(
    'person',
    plainUsers(org).filter((user) => text(user, 'profile', 'employeeNumber') !== ''),
  );
  const { displayName = null, firstName = null, lastName = null, employeeNumber = null } = twin['profile'] as JsonObject; // users have one
  org.addUser({ login: 'twin@larkmill.example', profile: { displayName, firstName, lastName, employeeNumber } });
}

function plantTheirAccess(org: Org): void {
  const daily = administrator(org, 'ORG_ADMIN');
  for (const app of appsOf(org).slice(0, 6)) org.signIn(daily, app.id);
  for (const app of appsOf(org).slice(0, 5)) org.signIn(administrator(org, 'APP_ADMIN'), app.id);
  const owner = first(
    'device',
    plainUsers(org).filter((user) => org.devices.of(user).some((one) => text(one, 'device', 'status') === 'ACTIVE')),
  );
  const shared = first(
    'device',
    org.devices.of(owner).filter((one) => text(one, 'device', 'status') === 'ACTIVE'),
  );
  const [friend, tapper] = plainUsers(org).filter(({ id }) => id !== owner.id);
  if (friend === undefined || tapper === undefined) throw new Error('the simulated organisation is empty');
  org.devices.replace(friend.id, [...org.devices.of(friend), { ...shared, created: new Date().toISOString() }]);
  const consent = {
    id: 'oagPlanted',
    status: 'ACTIVE',
    userId: tapper.id,
    clientId: appNamed(org, 'Partner portal').id,
    source: 'END_USER',
  };
  const times = { created: new Date().toISOString(), lastUpdated: new Date().toISOString() };
  org.consents.replace(tapper.id, [
    { ...consent, ...times, scopeId: 'okta.users.manage' },
    // A word within a word is none.
    { ...consent, ...times, id: 'oagHarmless', scopeId: 'okta.managers.read' },
  ]);
}

function plantRoles(org: Org): void {
  const everything = first(
    'resource set',
    [...org.administration.resourceSets.values()].filter((set) => set['label'] === 'Everything IAM'),
  );
  const desk = {
    type: 'CUSTOM',
    label: 'Password desk',
    roleId: customRole(org, 'Password desk').id,
    resourceSetId: everything.id,
  };
  org.grantRole({ kind: 'user', id: administrator(org, 'READ_ONLY_ADMIN') }, desk);
  const many = groupNamed(org, 'Department Engineering').id;
  for (const { id } of usersOf(org).slice(0, 60)) org.addMember(many, id);
  org.grantRole({ kind: 'group', id: many }, { type: 'REPORT_ADMIN', label: 'Report Administrator' });
  const crew = org.addGroup({ name: 'Org administrators' });
  org.grantRole({ kind: 'group', id: crew.id }, { type: 'SUPER_ADMIN', label: 'Super Administrator' });
  const [owner, ...members] = plainUsers(org);
  for (const { id } of members.slice(0, 4)) org.addMember(crew.id, id);
  if (owner)
    org.directory.addOwner(crew.id, { id: owner.id, type: 'USER', displayName: text(owner, 'profile', 'displayName') });
  const [excluded, other] = [...org.directory.members(crew.id).keys()];
  const rule = org.addRule('City crew', 'user.city=="Hamburg"', [crew.id]);
  org.updateRule(rule.id, {
    conditions: {
      ...(rule['conditions'] as JsonObject),
      people: { users: { exclude: [excluded ?? '', 'nobody'] }, groups: { exclude: [] } },
    },
  });
  // A value that is called as an attribute is none of them, and this one leads to nothing.
  org.addRule('Named city', 'user.department=="city"', [crew.id === other ? '' : groupNamed(org, 'Site').id]);
  const helper = { type: 'HELP_DESK_ADMIN', label: 'Help Desk Administrator' };
  org.grantRole({ kind: 'client', id: appNamed(org, 'Nightly export').id }, helper);
}

const clientApp = (org: Org, label: string, type: string, method: string): OktaObject => {
  const settings = {
    app: {},
    oauthClient: {
      application_type: type,
      grant_types: ['client_credentials'],
      response_types: ['token'],
      redirect_uris: [],
      dpop_bound_access_tokens: true,
    },
  };
  const app = org.addApp({ label, name: 'oidc_client', signOnMode: 'OPENID_CONNECT', settings });
  return org.updateApp(app.id, {
    credentials: { oauthClient: { client_id: app.id, token_endpoint_auth_method: method, pkce_required: true } },
  });
};

function plantPrograms(org: Org): void {
  const open = clientApp(org, 'Open client', 'service', 'none');
  org.grantRole({ kind: 'client', id: open.id }, { type: 'READ_ONLY_ADMIN', label: 'Read-only Administrator' });
  const greedy = clientApp(org, 'Greedy client', 'service', 'private_key_jwt');
  const grants = org.list(`app-grants/${greedy.id}`);
  for (let index = 0; index < 21; index += 1) {
    const id = `oagGreedy${index}`;
    grants.set(id, {
      id,
      status: 'ACTIVE',
      clientId: greedy.id,
      scopeId: `okta.area${index}.read`,
      source: 'ADMIN',
      created: new Date().toISOString(),
    });
  }
  const gone = first(
    'suspended user',
    usersOf(org).filter((user) => user['status'] === 'SUSPENDED'),
  );
  const token = first('API token', listed(org, 'api-tokens'));
  org
    .list('api-tokens')
    .set('00TPlanted', { ...token, id: '00TPlanted', name: 'Left behind', userId: gone.id, created: new Date().toISOString() });
}

function plantApplications(org: Org): void {
  org.assignGroup(appNamed(org, 'Vault gateway').id, groupNamed(org, 'Everyone').id);
  org.assignGroup(appNamed(org, 'Cloud console').id, org.addGroup({ name: 'Nobody yet' }).id);
  const joined = org.addApp({
    label: 'Sister company',
    name: 'okta_org2org',
    signOnMode: 'SAML_2_0',
    features: ['GROUP_PUSH'],
  });
  org.pushGroup(joined.id, groupNamed(org, 'Org administrators').id);
  org.pushGroup(joined.id, groupNamed(org, 'Site').id);
  const use = (name: string, label: string, policy: string): void => {
    const app = org.addApp({ label, name, signOnMode: 'OPENID_CONNECT' });
    const links = {
      ...(app['_links'] as JsonObject),
      accessPolicy: { href: `${org.links.base}/api/v1/policies/${text(policyNamed(org, 'ACCESS_POLICY', policy), 'id')}` },
    };
    org.updateApp(app.id, { _links: links });
  };
  use('saasure', 'Okta Admin Console', 'Canteen and the like');
  use('okta_enduser', 'Okta Dashboard', 'Canteen and the like');
}

function plantIdentityProviders(org: Org): void {
  const policy = {
    accountLink: { action: 'DISABLED', filter: null },
    subject: { matchType: 'USERNAME', filter: null, userNameTemplate: { template: 'idpuser.subjectNameId' } },
    // Okta says these of each, also where nothing is done.
    provisioning: {
      action: 'DISABLED',
      profileMaster: false,
      groups: { action: 'NONE' },
      conditions: { deprovisioned: { action: 'NONE' }, suspended: { action: 'NONE' } },
    },
    maxClockSkew: 0,
    trustClaims: false,
  };
  org.addIdp({
    name: 'Weak signature',
    type: 'SAML2',
    policy,
    protocol: { type: 'SAML2', algorithms: { response: { signature: { algorithm: 'SHA-1', scope: 'RESPONSE' } } } },
  });
  const trust = { issuer: 'CN=Old Cards', audience: 'https://larkmill.example', kid: 'no-such-key' };
  org.addIdp({ name: 'Old cards', type: 'X509', policy, protocol: { type: 'MTLS', credentials: { trust } } });
}

function plantPolicies(org: Org): void {
  const asks = (phishingResistant: string): JsonObject => ({
    appSignOn: {
      access: 'ALLOW',
      verificationMethod: { factorMode: '2FA', type: 'ASSURANCE', constraints: [{ possession: { phishingResistant } }] },
    },
  });
  const own = org.addSetting('policies', 'rst', {
    type: 'ACCESS_POLICY',
    name: 'Okta Account Management Policy',
    priority: 1,
    system: true,
  });
  org.addPolicyRule(own.id, {
    type: 'ACCESS_POLICY',
    name: 'Catch-all Rule',
    priority: 99,
    system: true,
    conditions: null,
    actions: asks('OPTIONAL'),
  });
  const enrolment = text(policyNamed(org, 'MFA_ENROLL', 'Default Policy'), 'id');
  org.addPolicyRule(enrolment, {
    type: 'MFA_ENROLL',
    name: 'Kiosks',
    priority: 2,
    system: false,
    conditions: null,
    actions: { enroll: { self: 'NEVER' } },
  });
  // One of each that looks at the network, so that not all are named.
  const zone = text(
    first(
      'zone',
      listed(org, 'zones').filter((one) => one['name'] === 'Offices'),
    ),
    'id',
  );
  const network = { network: { connection: 'ZONE', include: [zone], exclude: [] } };
  for (const [type, name] of [
    ['OKTA_SIGN_ON', 'Administrators sign in'],
    ['ACCESS_POLICY', 'Money'],
  ] as const) {
    const policy = text(policyNamed(org, type, name), 'id');
    const rule = first('rule', listed(org, `policy-rules/${policy}`));
    org.updatePolicyRule(policy, text(rule, 'id'), { conditions: network });
  }
}
