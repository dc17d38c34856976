import { type RecordKind, type RecordMap } from './records.js';

/** `text`: a string. `texts`: a list of strings. `instant`: an {@link Instant}. `json`: an object or a list that is kept as it is. */
export type RecordFieldType = 'text' | 'boolean' | 'number' | 'instant' | 'texts' | 'json';

/** A field of the vocabulary, known at run time: storage makes columns of them, and a test judges records by them. */
export interface RecordField {
  /** As in `data`, e.g. `displayName`. */
  readonly name: string;
  readonly type: RecordFieldType;
  /** Never `null`. */
  readonly required: boolean;
}

// A field added to the vocabulary and forgotten here, or with another type, does not compile.
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

/** `!` = never null. The order is the order in which storage hashes a row: append only. */
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
    use: 'text',
    used: 'text',
  },
};

/** All fields of a kind, in an order that stays. */
export function recordFields(kind: RecordKind): readonly RecordField[] {
  const specs: Readonly<Record<string, string>> = SPECS[kind];
  return Object.entries(specs).map(([name, spec]) => ({
    name,
    // Only the `!` is cut off what `Specs` has checked.
    type: spec.replace('!', '') as RecordFieldType,
    required: spec.endsWith('!'),
  }));
}
