import { RECORD_KINDS, type RecordKind } from '@castellan/connector-sdk';

/**
 * What records of a kind are related to. `edge`: rows of an edge kind, by one end (`own`) to the other (`other`). `rows`: rows
 * that name this one in a field. `fields`: what this record itself names. The others have a rule of their own.
 */
export type Relation = { readonly name: string; readonly title: string } & (
  | {
      readonly form: 'edge';
      readonly edge: RecordKind;
      readonly own: string;
      readonly other: string;
      /** Of the other end; where the edge says which, `kindField` names the field, and `only` the one that is meant. */
      readonly kind?: RecordKind;
      readonly kindField?: string;
      readonly only?: string;
    }
  | { readonly form: 'rows'; readonly of: RecordKind; readonly field: string }
  | { readonly form: 'fields'; readonly fields: readonly string[]; readonly kind?: RecordKind; readonly kindField?: string }
  | { readonly form: 'manager' | 'reports' | 'activity' | 'actor' | 'targets' }
);

const members = (own: 'group' | 'member') =>
  ({ form: 'edge', edge: 'membership', own, other: own === 'group' ? 'member' : 'group' }) as const;
const assignedTo = (name: string, title: string, only: string): Relation => ({
  name,
  title,
  form: 'edge',
  edge: 'app_assignment',
  own: 'application',
  other: 'principal',
  kindField: 'principalKind',
  only,
});
const holders = (name: string, title: string, only: string): Relation => ({
  name,
  title,
  form: 'edge',
  edge: 'role_assignment',
  own: 'role',
  other: 'principal',
  kindField: 'principalKind',
  only,
});
const groups: Relation = { name: 'groups', title: 'Groups', ...members('member'), kind: 'group' };
const applications: Relation = {
  name: 'applications',
  title: 'Applications',
  form: 'edge',
  edge: 'app_assignment',
  own: 'principal',
  other: 'application',
  kind: 'application',
};
const roles: Relation = {
  name: 'roles',
  title: 'Roles',
  form: 'edge',
  edge: 'role_assignment',
  own: 'principal',
  other: 'role',
  kind: 'role',
};
const rows = (name: string, title: string, of: RecordKind, field: string): Relation => ({
  name,
  title,
  form: 'rows',
  of,
  field,
});
const one = (name: string, title: string, kind: RecordKind, field = name): Relation => ({
  name,
  title,
  form: 'fields',
  fields: [field],
  kind,
});

const RELATIONS: Readonly<Partial<Record<RecordKind, readonly Relation[]>>> = {
  account: [
    groups,
    applications,
    roles,
    rows('authenticators', 'Authenticators', 'authenticator', 'account'),
    {
      name: 'identityProviders',
      title: 'Identity providers',
      form: 'edge',
      edge: 'idp_link',
      own: 'account',
      other: 'identityProvider',
      kind: 'identity_provider',
    },
    { name: 'manager', title: 'Manager', form: 'manager' },
    { name: 'reports', title: 'Reports', form: 'reports' },
    rows('apiTokens', 'API tokens', 'api_token', 'account'),
    rows('devices', 'Devices', 'account_device', 'account'),
    rows('tokenGrants', 'Programs that act for it', 'token_grant', 'account'),
    rows('ownedGroups', 'Groups that it may change', 'group_owner', 'owner'),
    { name: 'activity', title: 'Activity', form: 'activity' },
  ],
  group: [
    { name: 'members', title: 'Members', ...members('group'), kindField: 'memberKind' },
    groups,
    applications,
    roles,
    rows('rules', 'Rules that fill it', 'group_rule', 'targetGroups'),
    rows('owners', 'Owners', 'group_owner', 'group'),
    rows('pushes', 'Applications that it is written into', 'group_push', 'group'),
    one('sourceApplication', 'Mastered by', 'application'),
  ],
  group_rule: [
    { name: 'groups', title: 'Groups that it fills', form: 'fields', fields: ['targetGroups'], kind: 'group' },
    { name: 'excludedAccounts', title: 'Excluded accounts', form: 'fields', fields: ['excludedAccounts'], kind: 'account' },
  ],
  application: [
    assignedTo('accounts', 'Accounts', 'account'),
    assignedTo('groups', 'Groups', 'group'),
    rows('grants', 'Granted scopes', 'app_grant', 'application'),
    rows('credentials', 'Keys and certificates', 'app_credential', 'application'),
    rows('secrets', 'Secrets', 'client_secret', 'application'),
    rows('provisioning', 'Provisioning', 'app_provisioning', 'application'),
    rows('pushedGroups', 'Groups that are written into it', 'group_push', 'application'),
    one('policy', 'Policy', 'policy'),
    rows('masteredGroups', 'Groups that it masters', 'group', 'sourceApplication'),
  ],
  role: [
    holders('accounts', 'Accounts', 'account'),
    holders('groups', 'Groups', 'group'),
    holders('clients', 'Clients', 'client'),
  ],
  identity_provider: [
    {
      name: 'accounts',
      title: 'Accounts',
      form: 'edge',
      edge: 'idp_link',
      own: 'identityProvider',
      other: 'account',
      kind: 'account',
    },
  ],
  membership: [
    one('group', 'Group', 'group'),
    { name: 'member', title: 'Member', form: 'fields', fields: ['member'], kindField: 'memberKind' },
  ],
  app_assignment: [
    one('application', 'Application', 'application'),
    { name: 'principal', title: 'Assigned to', form: 'fields', fields: ['principal'], kindField: 'principalKind' },
  ],
  role_assignment: [
    one('role', 'Role', 'role'),
    { name: 'principal', title: 'Held by', form: 'fields', fields: ['principal'], kindField: 'principalKind' },
    { name: 'target', title: 'Narrowed to', form: 'fields', fields: ['target'], kindField: 'targetKind' },
  ],
  idp_link: [one('identityProvider', 'Identity provider', 'identity_provider'), one('account', 'Account', 'account')],
  authenticator: [one('account', 'Account', 'account')],
  group_owner: [
    one('group', 'Group', 'group'),
    { name: 'owner', title: 'Owner', form: 'fields', fields: ['owner'], kindField: 'ownerKind' },
  ],
  app_credential: [one('application', 'Application', 'application')],
  client_secret: [one('application', 'Application', 'application')],
  app_provisioning: [one('application', 'Application', 'application')],
  group_push: [one('application', 'Application', 'application'), one('group', 'Group', 'group')],
  resource_set_member: [
    { name: 'resource', title: 'Resource', form: 'fields', fields: ['resource'], kindField: 'resourceKind' },
  ],
  account_device: [one('account', 'Account', 'account')],
  token_grant: [one('account', 'Account', 'account'), one('application', 'Application', 'application')],
  api_token: [one('account', 'Account', 'account')],
  app_grant: [one('application', 'Application', 'application')],
  policy: [
    rows('rules', 'Rules', 'policy_rule', 'policy'),
    { name: 'groups', title: 'Groups', form: 'fields', fields: ['includedGroups', 'excludedGroups'], kind: 'group' },
    { name: 'accounts', title: 'Accounts', form: 'fields', fields: ['includedAccounts', 'excludedAccounts'], kind: 'account' },
  ],
  policy_rule: [
    one('policy', 'Policy', 'policy'),
    { name: 'groups', title: 'Groups', form: 'fields', fields: ['includedGroups', 'excludedGroups'], kind: 'group' },
    { name: 'zones', title: 'Network zones', form: 'fields', fields: ['includedZones', 'excludedZones'], kind: 'network_zone' },
  ],
  activity: [
    { name: 'actor', title: 'Actor', form: 'actor' },
    { name: 'targets', title: 'Targets', form: 'targets' },
  ],
};

/** In the order in which a person reads them. */
export function relationsOf(kind: RecordKind): readonly Relation[] {
  return RELATIONS[kind] ?? [];
}

/** Kind of the records at the other end; `null` where they are of several. */
export function otherKind(relation: Relation): RecordKind | null {
  switch (relation.form) {
    case 'edge':
      return relation.kind ?? recordKindOf(relation.only);
    case 'fields':
      return relation.kind ?? null;
    case 'rows':
      return relation.of;
    case 'manager':
    case 'reports':
      return 'account';
    case 'activity':
      return 'activity';
    default:
      return null;
  }
}

/** Kind of the records that the relation is made of; `null`: of none, or of the log. */
export function rowKind(relation: Relation): RecordKind | null {
  if (relation.form === 'edge') return relation.edge;
  return relation.form === 'rows' ? relation.of : null;
}

/** What an edge calls the kind of its end, where that is one of the vocabulary's. */
export function recordKindOf(word: string | null | undefined): RecordKind | null {
  return RECORD_KINDS.find((kind) => kind === word) ?? null;
}
