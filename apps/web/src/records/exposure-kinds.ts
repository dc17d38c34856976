import { code, flag, instant, type KindDefinition, list, reference, text, word } from './fields.js';

/** By what a right can be had that nobody was given. */
export const EXPOSURE_KINDS = {
  group_owner: {
    many: 'Group owners',
    one: 'group owner',
    name: [],
    shown: ['owner', 'ownerKind', 'group', 'source', 'presentSince'],
    fields: {
      owner: reference('Owner', { field: 'ownerKind' }, 220),
      ownerKind: word('What it is'),
      group: reference('Group', 'group', 220),
      source: code('Made in', 150),
      updatedAt: instant('Updated'),
    },
  },
  app_credential: {
    many: 'Keys and certificates',
    one: 'key or certificate',
    name: ['type'],
    shown: ['application', 'type', 'status', 'createdAt', 'expiresAt'],
    fields: {
      application: reference('Application', 'application', 220),
      type: word('What it is', 170),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
      expiresAt: instant('Expires'),
    },
  },
  client_secret: {
    many: 'Secrets of applications',
    one: 'secret of an application',
    name: ['application'],
    shown: ['application', 'status', 'createdAt', 'expiresAt'],
    fields: {
      application: reference('Application', 'application', 220),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
      expiresAt: instant('Expires'),
    },
  },
  app_provisioning: {
    many: 'Provisioning',
    one: 'provisioning',
    name: ['endpoint'],
    shown: ['application', 'status', 'password', 'createsAccounts', 'deactivatesAccounts', 'endpoint'],
    fields: {
      application: reference('Application', 'application', 220),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      password: word('Passwords written', 150),
      createsAccounts: flag('Makes accounts', 130),
      updatesAccounts: flag('Changes them', 130),
      deactivatesAccounts: flag('Switches them off', 140),
      importsAccounts: flag('Reads accounts', 130),
      endpoint: code('Address', 260),
    },
  },
  group_push: {
    many: 'Pushed groups',
    one: 'pushed group',
    name: ['targetGroup'],
    shown: ['group', 'application', 'targetGroup', 'status', 'createdAt'],
    fields: {
      group: reference('Group', 'group', 220),
      application: reference('Written into', 'application', 220),
      targetGroup: text('Called there', 200),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
  resource_set_member: {
    many: 'Resource sets',
    one: 'resource of a set',
    name: ['setName'],
    shown: ['setName', 'resourceKind', 'resource', 'createdAt'],
    fields: {
      setName: text('Set', 200),
      resourceSet: code('Id of the set', 190),
      resourceKind: word('What it is', 170),
      resource: reference('Which', { field: 'resourceKind' }, 220),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
    },
  },
  account_device: {
    many: 'Devices',
    one: 'device',
    name: ['name', 'device'],
    shown: ['name', 'account', 'platform', 'status', 'managed', 'createdAt'],
    fields: {
      name: text('Name', 200),
      account: reference('Account', 'account', 210),
      device: code('Id', 190),
      platform: code('Platform', 120),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      managed: flag('Managed', 110),
      createdAt: instant('Enrolled'),
      updatedAt: instant('Updated'),
    },
  },
  token_grant: {
    many: 'Programs that act for people',
    one: 'program that acts for somebody',
    name: ['clientId'],
    shown: ['account', 'application', 'type', 'scopes', 'createdAt', 'expiresAt'],
    fields: {
      account: reference('Account', 'account', 210),
      application: reference('Application', 'application', 210),
      clientId: code('Client id', 190),
      type: word('What it is', 140),
      scopes: list('Scopes', 220),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      createdAt: instant('Created'),
      updatedAt: instant('Updated'),
      expiresAt: instant('Expires'),
    },
  },
} as const satisfies { readonly [K in ExposureKind]: KindDefinition<K> };

type ExposureKind =
  | 'group_owner'
  | 'app_credential'
  | 'client_secret'
  | 'app_provisioning'
  | 'group_push'
  | 'resource_set_member'
  | 'account_device'
  | 'token_grant';
