import type { JsonObject } from './json.js';
import type { Instant, Reference } from './vocabulary.js';
import type {
  AccountDevice,
  AppCredential,
  AppProvisioning,
  ClientSecret,
  GroupOwner,
  GroupPush,
  ResourceSetMember,
  TokenGrant,
} from './exposure-records.js';
import type {
  ApiToken,
  AppGrant,
  LogStream,
  NetworkZone,
  OrgSetting,
  Policy,
  PolicyRule,
  SignInMethod,
} from './posture-records.js';
import type {
  Assertion,
  IdentityProviderTrust,
  OAuthClient,
  RolePower,
  SignOnMethod,
  StoredPassword,
} from './setting-values.js';

/**
 * The vocabulary that every connector maps to. A new kind or a changed meaning needs an ADR.
 * `null` always means "the provider did not say"; a connector never invents a value to avoid it. A field that may be left out
 * came to a kind later than its first connectors: left out is `null`.
 */
export interface RecordMap {
  account: Account;
  group: Group;
  membership: Membership;
  group_rule: GroupRule;
  application: Application;
  app_assignment: AppAssignment;
  role: Role;
  role_assignment: RoleAssignment;
  identity_provider: IdentityProvider;
  idp_link: IdpLink;
  authenticator: Authenticator;
  group_owner: GroupOwner;
  app_credential: AppCredential;
  client_secret: ClientSecret;
  app_provisioning: AppProvisioning;
  group_push: GroupPush;
  resource_set_member: ResourceSetMember;
  account_device: AccountDevice;
  token_grant: TokenGrant;
  policy: Policy;
  policy_rule: PolicyRule;
  network_zone: NetworkZone;
  sign_in_method: SignInMethod;
  api_token: ApiToken;
  app_grant: AppGrant;
  log_stream: LogStream;
  org_setting: OrgSetting;
  activity: Activity;
}
/** Names one kind of the vocabulary, e.g. `account`. */
export type RecordKind = keyof RecordMap;

/** The kinds as values, in an order in which a reader understands them (entities before the edges between them). */
export const RECORD_KINDS = [
  'account',
  'group',
  'membership',
  'group_rule',
  'application',
  'app_assignment',
  'role',
  'role_assignment',
  'identity_provider',
  'idp_link',
  'authenticator',
  'group_owner',
  'app_credential',
  'client_secret',
  'app_provisioning',
  'group_push',
  'resource_set_member',
  'account_device',
  'token_grant',
  'policy',
  'policy_rule',
  'network_zone',
  'sign_in_method',
  'api_token',
  'app_grant',
  'log_stream',
  'org_setting',
  'activity',
] as const satisfies readonly RecordKind[];

/**
 * The state of an account in our words. `staged`: made and never switched on; `provisioned`: switched on, and its owner has
 * not signed in; `recovery`: in the middle of a reset; `deprovisioned`: switched off for good; `unknown`: a word of the
 * provider that is not mapped.
 */
export type AccountStatus =
  | 'staged'
  | 'provisioned'
  | 'active'
  | 'recovery'
  | 'password_expired'
  | 'locked'
  | 'suspended'
  | 'deprovisioned'
  | 'unknown';

/** Somebody or something that can sign in. */
export interface Account {
  readonly login: string | null;
  readonly email: string | null;
  readonly displayName: string | null;
  readonly status: AccountStatus;
  /** The provider's own word for the status, unchanged. */
  readonly providerStatus: string | null;
  /** `false` for service and shared accounts, `null` where the provider gives no sign. */
  readonly isHuman: boolean | null;
  readonly createdAt: Instant | null;
  readonly activatedAt: Instant | null;
  readonly lastLoginAt: Instant | null;
  readonly passwordChangedAt: Instant | null;
  readonly statusChangedAt: Instant | null;
  readonly updatedAt: Instant | null;
  /** As the provider writes it: an id, a login or a name. */
  readonly manager: string | null;
  readonly department: string | null;
  /** Who checks the password, in the provider's words: itself, or e.g. `ACTIVE_DIRECTORY`, `FEDERATION`. */
  readonly credentialProvider: string | null;
  /** What the organisation calls this kind of account, e.g. `Contractor`. */
  readonly userType?: string | null;
  /** For recovery: belongs to the person, not to the organisation. */
  readonly secondEmail?: string | null;
  readonly mobilePhone?: string | null;
  readonly employeeNumber?: string | null;
  /** Whether the answer to a question gives a new password. */
  readonly recoveryQuestion?: boolean | null;
}

/** A set of accounts that rights are given to. */
export interface Group {
  readonly name: string | null;
  readonly description: string | null;
  readonly origin: 'native' | 'app' | 'builtin' | 'unknown';
  /** The application that masters an `app` group. */
  readonly sourceApplication: Reference | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly membershipUpdatedAt: Instant | null;
}

/** An edge: a member is in a group. The key is `edgeKey(group, member)`. */
export interface Membership {
  readonly group: Reference;
  readonly memberKind: 'account' | 'group';
  readonly member: Reference;
}

/** A rule by which the provider itself fills groups. */
export interface GroupRule {
  readonly name: string | null;
  readonly expression: string | null;
  readonly targetGroups: readonly Reference[];
  readonly excludedAccounts: readonly Reference[];
  readonly status: 'active' | 'inactive' | 'invalid' | 'unknown';
  readonly providerStatus: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** Something that people sign in to. */
export interface Application {
  readonly label: string | null;
  /** The catalogue's technical name, e.g. `salesforce`. */
  readonly name: string | null;
  readonly status: 'active' | 'inactive' | 'deleted' | 'unknown';
  readonly providerStatus: string | null;
  readonly signOnMode: string | null;
  readonly features: readonly string[];
  readonly signOnMethod?: SignOnMethod | null;
  /** The name by which it asks for tokens. */
  readonly clientId?: string | null;
  readonly oauthClient?: OAuthClient | null;
  readonly assertion?: Assertion | null;
  readonly storedPassword?: StoredPassword | null;
  /** Whether people may add it for themselves, without anybody's consent. */
  readonly selfService?: boolean | null;
  /** Whether ending a session at the provider ends it in the application. */
  readonly endsSessions?: boolean | null;
  /** The policy that decides who may sign in to it, and how. */
  readonly policy?: Reference | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** An edge: an account or a group may use an application. The key is `edgeKey(application, principal)`. */
export interface AppAssignment {
  readonly application: Reference;
  readonly principalKind: 'account' | 'group';
  readonly principal: Reference;
  /** Whether an account is assigned by itself or through a group; a group is always `direct`. */
  readonly scope: 'direct' | 'group' | 'unknown';
  /** The user name that the account has inside the application. */
  readonly username: string | null;
  /** The application's own profile of the principal (roles, licences), credentials removed. */
  readonly profile: JsonObject | null;
  readonly providerStatus: string | null;
  readonly priority: number | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly statusChangedAt: Instant | null;
}

/** A set of administrative rights at the provider. */
export interface Role {
  readonly label: string | null;
  readonly description: string | null;
  readonly builtIn: boolean;
  /** What a custom role permits, in the provider's words. Empty for built-in roles where the provider lists none. */
  readonly permissions: readonly string[];
  /** The same in our words, of built-in roles too. */
  readonly powers?: readonly RolePower[] | null;
  /** Whether they hold over accounts, groups and clients that have a role themselves. */
  readonly overAdministrators?: boolean | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** An edge: somebody has a role. The key is `edgeKey` of role, principal and, where the role is narrowed, target. */
export interface RoleAssignment {
  readonly role: Reference;
  readonly principalKind: 'account' | 'group' | 'client';
  readonly principal: Reference;
  /** What the role is narrowed to; `null` (both) when it holds for the whole organisation. One record for each target. */
  readonly targetKind: 'group' | 'application' | 'resource_set' | null;
  readonly target: Reference | null;
  /** The provider's id of the assignment; needed to revoke it. */
  readonly assignment: string | null;
  /** Whether it was given by a process that takes it back (a request for a time, a review). */
  readonly governed?: boolean | null;
  readonly expiresAt?: Instant | null;
  readonly providerStatus: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** Another system whose sign-ins the organisation accepts. */
export interface IdentityProvider {
  readonly name: string | null;
  /** E.g. `SAML2`, `OIDC`, `GOOGLE`, `X509`. */
  readonly type: string | null;
  readonly protocol: string | null;
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  readonly issuer: string | null;
  /** What happens when a sign-in matches an existing account, e.g. `AUTO`, `DISABLED`. */
  readonly accountLinkAction: string | null;
  /** What happens when it matches none, e.g. `AUTO` (create), `DISABLED`. */
  readonly provisioningAction: string | null;
  /** When the first of its trusted keys expires. */
  readonly keysExpireAt: Instant | null;
  readonly trust?: IdentityProviderTrust | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** An edge: an account signs in by an identity provider. The key is `edgeKey(identityProvider, account)`. */
export interface IdpLink {
  readonly identityProvider: Reference;
  readonly account: Reference;
  /** The account's id at the identity provider. */
  readonly externalId: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** A means to sign in that an account has enrolled. The key is `edgeKey(account, factor)`. */
export interface Authenticator {
  readonly account: Reference;
  /** E.g. `push`, `sms`, `webauthn`, `token:software:totp`. */
  readonly factorType: string | null;
  readonly provider: string | null;
  readonly name: string | null;
  readonly status: 'active' | 'inactive' | 'pending' | 'unknown';
  readonly providerStatus: string | null;
  readonly phishingResistant: boolean | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** Somebody or something in an activity event. */
export interface ActivityParty {
  readonly id: string | null;
  readonly type: string | null;
  readonly login: string | null;
  readonly displayName: string | null;
}

/** From where an event was caused, as the provider saw it. Latitude and longitude in degrees. */
export interface ActivityClient {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly device: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/**
 * What an event shows its actor to have used. `sign_in`: came in; `application`: opened one; `authenticator`: proved who it is
 * by one; `administration`: changed or managed something that is not its own; `api`: called the provider's API as a program.
 */
export type ActivityUse = 'sign_in' | 'application' | 'authenticator' | 'administration' | 'api';

/** An event of the provider's log. */
export interface Activity {
  readonly published: Instant;
  readonly type: string;
  readonly severity: string | null;
  readonly message: string | null;
  readonly outcome: string | null;
  readonly outcomeReason: string | null;
  readonly actor: ActivityParty | null;
  readonly targets: readonly ActivityParty[];
  readonly client: ActivityClient | null;
  readonly session: string | null;
  readonly transaction: string | null;
  /** Only of what succeeded: who was turned away has used nothing. `null` as well where the event shows no use. */
  readonly use: ActivityUse | null;
  /** Key of the application, authenticator or API token that was used, where the event names it. */
  readonly used: Reference | null;
}

/** One row for the host to keep. Distributes over the kinds, so that `kind` and `data` stay paired. */
export type SourceRecord<K extends RecordKind = RecordKind> = {
  [P in K]: {
    readonly kind: P;
    /**
     * The provider's immutable id, or for an edge its parts joined by {@link edgeKey}: never an e-mail, never a name. What the
     * provider has only one of, and gives no id, has a word of ours.
     * Unique within kind and integration.
     */
    readonly key: string;
    readonly data: RecordMap[P];
    /**
     * The part of a stream that this record was listed in, where the stream fans out: the group of a membership, the
     * application of an assignment. A part that could not be listed is left alone by the sweep (see `Page.unlisted`).
     */
    readonly partition?: string;
    /** A few bytes that a later stream of the same connector needs (a member count, a flag): see `SyncedReader`. */
    readonly hint?: JsonObject;
    /** The provider's object with its secrets removed. */
    readonly raw?: JsonObject;
  };
}[K];

/** The key of an edge: parts that are ids of the provider, in the order that the kind's description gives. */
export function edgeKey(...parts: readonly string[]): string {
  // An id that holds the separator would let two edges share a key, and one of them would be lost without a word.
  const safe = parts.every((part) => !part.includes('%') && !part.includes('|'));
  // Ids of providers are letters and digits nearly always, and a sync makes a million keys.
  if (safe) return parts.join('|');
  return parts.map((part) => part.replaceAll('%', '%25').replaceAll('|', '%7C')).join('|');
}

/** The parts that {@link edgeKey} has joined. */
export function edgeParts(key: string): readonly string[] {
  return key.split('|').map((part) => part.replaceAll('%7C', '|').replaceAll('%25', '%'));
}

/** A row of the provider's that is no record: it has no usable key. */
export interface Rejected {
  readonly reason: string;
  /** Where it stood, for a person who looks: an index, a parent's id. */
  readonly at: string;
}
