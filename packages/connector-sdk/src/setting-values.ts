import type { Instant, Reference } from './vocabulary.js';

// What is set on an object, in our words, so that a check can be written once for every provider (ADR 38). `null` means, here too,
// "the provider did not say"; it never means "off".

/**
 * What a role lets its holder do, in our words. `everything`: also what is not in this list. `manage_organisation`: settings that
 * hold for everybody, together with the accounts and groups; who has it, can become anybody.
 */
export type RolePower =
  | 'everything'
  | 'manage_organisation'
  | 'manage_accounts'
  | 'reset_passwords'
  | 'reset_authenticators'
  | 'end_sessions'
  | 'manage_groups'
  | 'manage_memberships'
  | 'manage_applications'
  | 'assign_applications'
  | 'read_client_secrets'
  | 'manage_roles'
  | 'manage_identity_providers'
  | 'manage_policies'
  | 'manage_authorization_servers'
  | 'manage_devices'
  | 'manage_automations'
  | 'read';

/** How a sign-on to an application works. `stored_password`: the provider types a password that it keeps. */
export type SignOnMethod = 'saml' | 'ws_federation' | 'openid' | 'stored_password' | 'basic' | 'bookmark' | 'none' | 'unknown';

/** The password that the provider keeps for an application and types into it. */
export interface StoredPassword {
  /** One for everybody, instead of one for each. */
  readonly shared: boolean | null;
  /** `provider`: it is the password that people have at the provider itself. */
  readonly chosenBy: 'person' | 'administrator' | 'provider' | 'unknown' | null;
  /** Whether people may look at it. */
  readonly revealed: boolean | null;
}

/** An application as a client of OAuth 2.0 or OpenID Connect (RFC 6749, OpenID Connect Core). */
export interface OAuthClient {
  readonly type: 'service' | 'web' | 'browser' | 'native' | 'unknown';
  /** As in RFC 7591, e.g. `authorization_code`, `implicit`, `password`. */
  readonly grantTypes: readonly string[];
  /** As in RFC 7591, e.g. `code`, `id_token`. */
  readonly responseTypes: readonly string[];
  /** `none`: a public client. `key`: a signed assertion. */
  readonly authentication: 'none' | 'secret' | 'key' | 'unknown';
  readonly redirectUris: readonly string[];
  /** Whether a part of such an address may be anything. */
  readonly wildcardRedirects: boolean | null;
  /** Whether tokens work only for the client that asked for them (DPoP, RFC 9449). */
  readonly boundTokens: boolean | null;
  /** Whether the code exchange needs a proof (PKCE, RFC 7636). */
  readonly proofKey: boolean | null;
}

/** What the provider says of a person to an application (SAML, WS-Federation), and how it signs that. */
export interface Assertion {
  /** E.g. `2.0`. */
  readonly version: string | null;
  /** As the provider writes it, e.g. `RSA_SHA256`. */
  readonly signatureAlgorithm: string | null;
  readonly digestAlgorithm: string | null;
  readonly responseSigned: boolean | null;
  readonly assertionSigned: boolean | null;
  readonly audience: string | null;
  /** Where it is sent. */
  readonly address: string | null;
}

/** Whom an identity provider may sign in, and what becomes of them. Actions are in `accountLinkAction` and `provisioningAction`. */
export interface IdentityProviderTrust {
  /** `smart_card`: certificates. `social`: anybody can have an account there. `verification`: it checks who somebody is, and signs nobody in. */
  readonly category: 'federation' | 'social' | 'smart_card' | 'verification' | 'unknown';
  /** Which attribute of an account must be equal to the subject. */
  readonly match: 'login' | 'email' | 'login_or_email' | 'attribute' | 'unknown' | null;
  /** A regular expression that a subject must match; `null` for any. */
  readonly subjectFilter: string | null;
  /** How the subject is made of what the other system says, in the provider's expression language. */
  readonly subjectTemplate: string | null;
  /** Only members of these groups can be signed in to an account that exists; empty for everybody. */
  readonly linkOnlyGroups: readonly Reference[];
  readonly linkNotAdministrators: boolean | null;
  /** What happens to an account that is switched off or suspended. */
  readonly restoresDeprovisioned: boolean | null;
  readonly restoresSuspended: boolean | null;
  /** `assign`: into fixed groups. `sync`, `append`: into those that the other system names, `sync` also out of others. */
  readonly groupAction: 'none' | 'assign' | 'append' | 'sync' | 'unknown' | null;
  /** Into which groups it may put somebody: the fixed ones, or those that it may name; empty for any that it names. */
  readonly groups: readonly Reference[];
  /** Whether it overwrites the profile. */
  readonly profileSource: boolean | null;
  /** Whether what it says about the second factor is believed. */
  readonly trustsAuthentication: boolean | null;
  readonly signatureAlgorithm: string | null;
  /** Whether the response as a whole must be signed. */
  readonly responseSigned: boolean | null;
  readonly clockSkewSeconds: number | null;
  /** Whether certificates are looked up in the issuer's list of withdrawn ones. */
  readonly revocationChecked: boolean | null;
}

/** What a password policy asks for. */
export interface PasswordRequirements {
  readonly minLength: number | null;
  readonly minLowerCase: number | null;
  readonly minUpperCase: number | null;
  readonly minNumber: number | null;
  readonly minSymbol: number | null;
  /** Whether passwords that many people use are refused. */
  readonly commonRefused: boolean | null;
  readonly loginRefused: boolean | null;
  readonly minAgeMinutes: number | null;
  /** 0: passwords do not expire. */
  readonly maxAgeDays: number | null;
  /** How many earlier passwords are refused. */
  readonly history: number | null;
  /** 0: never locked. */
  readonly maxAttempts: number | null;
  /** 0: not unlocked by itself. */
  readonly unlockMinutes: number | null;
  /** Ways to get a new password without help, e.g. `email`, `sms`, `call`, `question`, `push`. */
  readonly recovery: readonly string[];
}

/** What a rule says about the session that a sign-in begins. */
export interface SessionLimits {
  readonly idleMinutes: number | null;
  /** 0: no limit. */
  readonly lifetimeMinutes: number | null;
  /** Whether it outlives the browser. */
  readonly persistent: boolean | null;
  /** When a second factor is asked for. */
  readonly prompt: 'always' | 'device' | 'session' | 'unknown' | null;
  /** Behaviours (a new place, a new device) that the rule waits for. */
  readonly behaviours: readonly string[];
}

/** What a rule for an application asks of who signs in. */
export interface SignInRequirement {
  readonly phishingResistant: boolean | null;
  readonly hardwareProtected: boolean | null;
  /** After how many minutes it is asked again; 0: each time. */
  readonly again: number | null;
  /** Whether the device must be known to, or managed by, the organisation. */
  readonly registeredDevice: boolean | null;
  readonly managedDevice: boolean | null;
}

/** What a rule does to accounts that nobody uses. */
export interface InactivityRule {
  readonly days: number | null;
  readonly outcome: 'suspend' | 'deprovision' | 'delete' | 'unknown';
}

/** What the areas of `org_setting` say that a question across providers needs, by area. */
export interface SettingValues {
  /** What becomes of sign-ins from addresses of ill repute. `audit`: they are let in, and written to the log. */
  readonly threat_insight: {
    readonly action: 'none' | 'audit' | 'block' | 'unknown' | null;
    readonly excludeZones: readonly Reference[];
  };
  /** Whether the provider's own staff may sign in, and until when; `until` is `null` also where it has no end. */
  readonly support_access: { readonly granted: boolean | null; readonly until: Instant | null };
  readonly third_party_administrators: { readonly allowed: boolean | null };
  /** Whether a program that is new gets every right. */
  readonly new_programs: { readonly superAdministrator: boolean | null };
  /** Of its sessions; 0: no limit. */
  readonly administration_console: { readonly idleMinutes: number | null; readonly lifetimeMinutes: number | null };
  readonly end_user_notices: {
    readonly newSignIn: boolean | null;
    readonly authenticatorEnrolled: boolean | null;
    readonly authenticatorReset: boolean | null;
    readonly passwordChanged: boolean | null;
    readonly reportSuspicious: boolean | null;
  };
  readonly sign_in_banner: { readonly shown: boolean | null };
}
