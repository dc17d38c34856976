import { RECORD_KINDS, type RecordKind, type RecordMap } from '@castellan/connector-sdk';
import { snakeCase } from './entity.js';

/** `texts`: `text[]`. `instant`: `timestamptz`. `json`: `jsonb`. */
export type ColumnType = 'text' | 'boolean' | 'number' | 'instant' | 'texts' | 'json';

// A field added to the vocabulary without a column, or with a column of another type, does not compile.
type TypeOf<P, V> = P extends `${string}At` | 'published'
  ? 'instant'
  : [V] extends [string]
    ? 'text'
    : [V] extends [boolean]
      ? 'boolean'
      : [V] extends [number]
        ? 'number'
        : [V] extends [readonly string[]]
          ? 'texts'
          : 'json';
type Spec<P, V> = null extends V ? TypeOf<P, NonNullable<V>> : `${TypeOf<P, V>}!`;
type Specs = { readonly [K in RecordKind]: { readonly [P in keyof RecordMap[K]]-?: Spec<P, RecordMap[K][P]> } };

const POLICY_SCOPE = {
  includedGroups: 'texts!',
  excludedGroups: 'texts!',
  includedAccounts: 'texts!',
  excludedAccounts: 'texts!',
} as const;

/** One column a field of the vocabulary; `!` = the field is never null. The order is the order of the hash: append only. */
const SPECS: Specs = {
  account: {
    login: 'text',
    email: 'text',
    displayName: 'text',
    status: 'text!',
    providerStatus: 'text',
    isHuman: 'boolean',
    createdAt: 'instant',
    activatedAt: 'instant',
    lastLoginAt: 'instant',
    passwordChangedAt: 'instant',
    statusChangedAt: 'instant',
    updatedAt: 'instant',
    manager: 'text',
    department: 'text',
    credentialProvider: 'text',
  },
  group: {
    name: 'text',
    description: 'text',
    origin: 'text!',
    sourceApplication: 'text',
    createdAt: 'instant',
    updatedAt: 'instant',
    membershipUpdatedAt: 'instant',
  },
  membership: { group: 'text!', memberKind: 'text!', member: 'text!' },
  group_rule: {
    name: 'text',
    expression: 'text',
    targetGroups: 'texts!',
    excludedAccounts: 'texts!',
    status: 'text!',
    providerStatus: 'text',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  application: {
    label: 'text',
    name: 'text',
    status: 'text!',
    providerStatus: 'text',
    signOnMode: 'text',
    features: 'texts!',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  app_assignment: {
    application: 'text!',
    principalKind: 'text!',
    principal: 'text!',
    scope: 'text!',
    username: 'text',
    profile: 'json',
    providerStatus: 'text',
    priority: 'number',
    createdAt: 'instant',
    updatedAt: 'instant',
    statusChangedAt: 'instant',
  },
  role: {
    label: 'text',
    description: 'text',
    builtIn: 'boolean!',
    permissions: 'texts!',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  role_assignment: {
    role: 'text!',
    principalKind: 'text!',
    principal: 'text!',
    targetKind: 'text',
    target: 'text',
    assignment: 'text',
    providerStatus: 'text',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  identity_provider: {
    name: 'text',
    type: 'text',
    protocol: 'text',
    status: 'text!',
    providerStatus: 'text',
    issuer: 'text',
    accountLinkAction: 'text',
    provisioningAction: 'text',
    keysExpireAt: 'instant',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  idp_link: { identityProvider: 'text!', account: 'text!', externalId: 'text', createdAt: 'instant', updatedAt: 'instant' },
  authenticator: {
    account: 'text!',
    factorType: 'text',
    provider: 'text',
    name: 'text',
    status: 'text!',
    providerStatus: 'text',
    phishingResistant: 'boolean',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  policy: {
    ...POLICY_SCOPE,
    name: 'text',
    type: 'text',
    status: 'text!',
    providerStatus: 'text',
    priority: 'number',
    builtIn: 'boolean',
    description: 'text',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  policy_rule: {
    ...POLICY_SCOPE,
    policy: 'text!',
    name: 'text',
    type: 'text',
    status: 'text!',
    providerStatus: 'text',
    priority: 'number',
    builtIn: 'boolean',
    effect: 'text',
    mfaRequired: 'boolean',
    includedZones: 'texts!',
    excludedZones: 'texts!',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  network_zone: {
    name: 'text',
    type: 'text',
    status: 'text!',
    providerStatus: 'text',
    usage: 'text!',
    builtIn: 'boolean',
    entries: 'texts!',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  sign_in_method: {
    name: 'text',
    product: 'text',
    type: 'text',
    provider: 'text',
    status: 'text!',
    providerStatus: 'text',
    methods: 'texts',
    phishingResistant: 'boolean',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  api_token: {
    name: 'text',
    account: 'text',
    clientName: 'text',
    network: 'text!',
    includedZones: 'texts!',
    excludedZones: 'texts!',
    createdAt: 'instant',
    updatedAt: 'instant',
    expiresAt: 'instant',
  },
  app_grant: {
    application: 'text!',
    clientId: 'text',
    scope: 'text',
    issuer: 'text',
    status: 'text!',
    providerStatus: 'text',
    source: 'text',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  log_stream: {
    name: 'text',
    type: 'text',
    status: 'text!',
    providerStatus: 'text',
    createdAt: 'instant',
    updatedAt: 'instant',
  },
  org_setting: { area: 'text!', name: 'text', value: 'json', createdAt: 'instant', updatedAt: 'instant' },
  activity: {
    published: 'instant!',
    type: 'text!',
    severity: 'text',
    message: 'text',
    outcome: 'text',
    outcomeReason: 'text',
    actor: 'json',
    targets: 'json!',
    client: 'json',
    session: 'text',
    transaction: 'text',
  },
};

export interface RecordColumn {
  readonly property: string;
  /** The property in snake case; quote it in SQL (`group` is a reserved word). */
  readonly column: string;
  readonly type: ColumnType;
  readonly required: boolean;
}

export interface RecordTable {
  readonly kind: RecordKind;
  readonly table: string;
  readonly columns: readonly RecordColumn[];
  /** Columns that a person's search looks at, the key aside. */
  readonly searched: readonly string[];
}

const NAMES = {
  account: ['accounts', ['login', 'email', 'display_name']],
  group: ['groups', ['name', 'description']],
  membership: ['memberships', []],
  group_rule: ['group_rules', ['name', 'expression']],
  application: ['applications', ['label', 'name']],
  app_assignment: ['app_assignments', ['username']],
  role: ['roles', ['label', 'description']],
  role_assignment: ['role_assignments', []],
  identity_provider: ['identity_providers', ['name', 'issuer']],
  idp_link: ['idp_links', ['external_id']],
  authenticator: ['authenticators', ['name', 'factor_type', 'provider']],
  policy: ['policies', ['name', 'type', 'description']],
  policy_rule: ['policy_rules', ['name']],
  network_zone: ['network_zones', ['name']],
  sign_in_method: ['sign_in_methods', ['name', 'product']],
  api_token: ['api_tokens', ['name', 'client_name']],
  app_grant: ['app_grants', ['scope']],
  log_stream: ['log_streams', ['name', 'type']],
  org_setting: ['org_settings', ['area', 'name']],
  activity: ['activity', ['type', 'message']],
} as const satisfies Record<RecordKind, readonly [string, readonly string[]]>;

const TABLES: ReadonlyMap<RecordKind, RecordTable> = new Map(RECORD_KINDS.map((kind) => [kind, describe(kind)]));

export const RECORD_TABLES: readonly RecordTable[] = [...TABLES.values()];

/** @throws Error for a kind that is not in the vocabulary: table names come from here only, never from input. */
export function recordTable(kind: RecordKind): RecordTable {
  const table = TABLES.get(kind);
  if (table === undefined) throw new Error(`Unknown record kind: ${String(kind)}`);
  return table;
}

function describe(kind: RecordKind): RecordTable {
  const [table, searched] = NAMES[kind];
  const specs: Readonly<Record<string, string>> = SPECS[kind];
  const columns = Object.entries(specs).map(([property, spec]) => ({
    property,
    column: snakeCase(property),
    // Only the `!` is cut off what `Specs` has checked.
    type: spec.replace('!', '') as ColumnType,
    required: spec.endsWith('!'),
  }));
  return { kind, table, columns, searched };
}
