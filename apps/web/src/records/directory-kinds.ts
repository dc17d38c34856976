import { code, count, flag, instant, type KindDefinition, list, object, reference, references, text, word } from './fields.js';

/** Who there is, and what each may use. */
export const DIRECTORY_KINDS = {
  account: {
    many: 'Accounts',
    one: 'account',
    name: ['displayName', 'login', 'email'],
    shown: ['displayName', 'login', 'status', 'department', 'lastLoginAt', 'createdAt'],
    fields: {
      displayName: text('Name', 210),
      login: text('Login', 240),
      email: text('E-mail', 240),
      status: word('Status', 150),
      providerStatus: code('Status at the provider'),
      isHuman: flag('A person'),
      department: text('Department', 150),
      manager: text('Manager'),
      credentialProvider: code('Password checked by', 170),
      lastLoginAt: instant('Last sign-in'),
      createdAt: instant('Created'),
      activatedAt: instant('Activated'),
      passwordChangedAt: instant('Password changed', 150),
      statusChangedAt: instant('Status changed', 140),
      updatedAt: instant('Updated'),
    },
  },
  group: {
    many: 'Groups',
    one: 'group',
    name: ['name'],
    shown: ['name', 'description', 'origin', 'sourceApplication', 'membershipUpdatedAt', 'createdAt'],
    fields: {
      name: text('Name', 200),
      description: text('Description', 220),
      origin: word('Origin'),
      sourceApplication: reference('Mastered by', 'application', 160),
      membershipUpdatedAt: instant('Members changed', 150),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
  membership: {
    many: 'Memberships',
    one: 'membership',
    name: [],
    shown: ['member', 'memberKind', 'group', 'presentSince'],
    fields: {
      member: reference('Member', { field: 'memberKind' }, 240),
      memberKind: word('What it is'),
      group: reference('Group', 'group', 240),
    },
  },
  group_rule: {
    many: 'Group rules',
    one: 'group rule',
    name: ['name'],
    shown: ['name', 'status', 'expression', 'targetGroups', 'updatedAt'],
    fields: {
      name: text('Name', 220),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      expression: code('Expression', 300),
      targetGroups: references('Groups that it fills', 'group'),
      excludedAccounts: references('Excluded accounts', 'account'),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
  application: {
    many: 'Applications',
    one: 'application',
    name: ['label', 'name'],
    shown: ['label', 'name', 'status', 'signOnMode', 'features', 'createdAt'],
    fields: {
      label: text('Name', 220),
      name: code('Technical name', 170),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      signOnMode: code('Sign-on', 150),
      features: list('Features'),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
  app_assignment: {
    many: 'Application assignments',
    one: 'application assignment',
    name: ['username'],
    shown: ['principal', 'principalKind', 'application', 'scope', 'username', 'createdAt'],
    fields: {
      principal: reference('Assigned to', { field: 'principalKind' }, 220),
      principalKind: word('What it is'),
      application: reference('Application', 'application', 200),
      scope: word('How'),
      username: text('User name there', 220),
      profile: object('Profile there', 'json'),
      providerStatus: code('Status at the provider'),
      priority: count('Priority'),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
      statusChangedAt: instant('Status changed', 140),
    },
  },
  role: {
    many: 'Roles',
    one: 'role',
    name: ['label'],
    shown: ['label', 'description', 'builtIn', 'permissions', 'createdAt'],
    fields: {
      label: text('Name', 220),
      description: text('Description', 280),
      builtIn: flag('Built in'),
      permissions: list('Permissions', 280),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
  role_assignment: {
    many: 'Role assignments',
    one: 'role assignment',
    name: [],
    shown: ['principal', 'principalKind', 'role', 'targetKind', 'target', 'presentSince'],
    fields: {
      principal: reference('Held by', { field: 'principalKind' }, 220),
      principalKind: word('What it is'),
      role: reference('Role', 'role', 200),
      targetKind: word('Narrowed to', 140),
      target: reference('Which', { field: 'targetKind' }),
      assignment: code('Id at the provider', 190),
      providerStatus: code('Status at the provider'),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
  identity_provider: {
    many: 'Identity providers',
    one: 'identity provider',
    name: ['name'],
    shown: ['name', 'type', 'status', 'issuer', 'accountLinkAction', 'provisioningAction', 'keysExpireAt'],
    fields: {
      name: text('Name', 180),
      type: code('Type', 100),
      protocol: code('Protocol', 120),
      status: word('Status', 110),
      providerStatus: code('Status at the provider'),
      issuer: code('Issuer', 200),
      accountLinkAction: code('Links accounts', 140),
      provisioningAction: code('Makes accounts', 140),
      keysExpireAt: instant('Keys expire'),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
  idp_link: {
    many: 'Identity provider links',
    one: 'identity provider link',
    name: ['externalId'],
    shown: ['account', 'identityProvider', 'externalId', 'createdAt'],
    fields: {
      account: reference('Account', 'account', 220),
      identityProvider: reference('Identity provider', 'identity_provider', 220),
      externalId: code('Id there', 220),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
  authenticator: {
    many: 'Authenticators',
    one: 'authenticator',
    name: ['name', 'factorType'],
    shown: ['name', 'account', 'factorType', 'provider', 'status', 'phishingResistant', 'createdAt'],
    fields: {
      name: text('Name', 200),
      account: reference('Account', 'account', 210),
      factorType: code('Type', 190),
      provider: code('Provider', 120),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      phishingResistant: flag('Resists phishing', 140),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
} as const satisfies { readonly [K in DirectoryKind]: KindDefinition<K> };

type DirectoryKind =
  | 'account'
  | 'group'
  | 'membership'
  | 'group_rule'
  | 'application'
  | 'app_assignment'
  | 'role'
  | 'role_assignment'
  | 'identity_provider'
  | 'idp_link'
  | 'authenticator';
