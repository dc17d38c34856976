import type { JsonObject } from './json.js';
import type { InactivityRule, PasswordRequirements, SessionLimits, SignInRequirement } from './setting-values.js';
import type { Instant, Reference } from './vocabulary.js';

// The part of the vocabulary that says how an organisation is set up (ADR 8). As in records.ts, `null` means "the provider did not say".

/**
 * Whom a policy or a rule is for: keys, empty where it names none; one with four empty lists is for everybody. What else it
 * looks at (device, risk, an expression) is in `raw`.
 */
export interface PolicyScope {
  readonly includedGroups: readonly Reference[];
  readonly excludedGroups: readonly Reference[];
  readonly includedAccounts: readonly Reference[];
  readonly excludedAccounts: readonly Reference[];
}

/** A set of rules by which the organisation decides, e.g. on sign-ins or passwords. */
export interface Policy extends PolicyScope {
  readonly name: string | null;
  /** What it decides, in the provider's words, e.g. `PASSWORD`, `ACCESS_POLICY`. */
  readonly type: string | null;
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  /** Among policies of one type; the smallest is looked at first. */
  readonly priority: number | null;
  /** `true` for the provider's own, which nobody can delete. */
  readonly builtIn: boolean | null;
  readonly description: string | null;
  /** What it asks of passwords; `null` where it decides something else. */
  readonly password?: PasswordRequirements | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** One rule of a policy: for whom and from where, and what then. */
export interface PolicyRule extends PolicyScope {
  readonly policy: Reference;
  readonly name: string | null;
  readonly type: string | null;
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  /** Among the rules of the policy; the smallest that matches decides. */
  readonly priority: number | null;
  readonly builtIn: boolean | null;
  /** What becomes of a sign-in that it matches; `null` for a rule that decides something else. */
  readonly effect: 'allow' | 'deny' | 'challenge' | 'unknown' | null;
  /** Whether that sign-in needs a second factor, said of denied ones too; `null` where the provider has no one word for it. */
  readonly mfaRequired: boolean | null;
  /** What it says of the session that a sign-in to the organisation begins; `null` where it decides something else. */
  readonly session?: SessionLimits | null;
  /** What it asks of a sign-in to an application; `null` where it decides something else. */
  readonly requirement?: SignInRequirement | null;
  readonly inactivity?: InactivityRule | null;
  /** When people are asked to enrol a second factor, in the provider's words, e.g. `CHALLENGE`, `NEVER`. */
  readonly enrolment?: string | null;
  /** Network zones that the sign-in must come from, or must not. */
  readonly includedZones: readonly Reference[];
  readonly excludedZones: readonly Reference[];
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** A named part of the network that policies refer to. */
export interface NetworkZone {
  readonly name: string | null;
  /** In the provider's words, e.g. `IP`, `DYNAMIC`. */
  readonly type: string | null;
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  /** `blocklist`: who comes from there is turned away before any policy is looked at. */
  readonly usage: 'policy' | 'blocklist' | 'unknown';
  readonly builtIn: boolean | null;
  /**
   * What lies in it, one text each: an address range as the provider writes it (`203.0.113.0/24`), else with what it is before
   * it: `proxy:`, `country:DE`, `region:DE-BY`, `asn:64496`, `service:ALL_ANONYMIZERS`. `not:` before all that for what is left out.
   */
  readonly entries: readonly string[];
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/**
 * A way to sign in that the organisation offers. (What an account has enrolled for one of them is an `authenticator`.)
 */
export interface SignInMethod {
  readonly name: string | null;
  /** What it is, e.g. `webauthn`, `token:software:totp`, `duo`. */
  readonly product: string | null;
  /** Its family, e.g. `app`, `phone`, `security_key`. */
  readonly type: string | null;
  /** Who else takes part, e.g. `DUO`; `null` for none. */
  readonly provider: string | null;
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  /** Variants that are switched on, e.g. `push`, `totp`; `null` when they could not be read. */
  readonly methods: readonly string[] | null;
  /** `true` only when every variant that is switched on is; an attacker takes the weakest. */
  readonly phishingResistant: boolean | null;
  /** Whether it works only with cryptography that is validated by FIPS 140. */
  readonly fipsOnly?: boolean | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** A long-lived token for the provider's API: never the token, only what is known about it. */
export interface ApiToken {
  readonly name: string | null;
  /** Whose rights it has. */
  readonly account: Reference | null;
  readonly clientName: string | null;
  /** Where it may be used from: `zones` are those below. */
  readonly network: 'anywhere' | 'zones' | 'unknown';
  readonly includedZones: readonly Reference[];
  readonly excludedZones: readonly Reference[];
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/** What an application may do at the provider's API, one scope each. */
export interface AppGrant {
  readonly application: Reference;
  /** The name by which the application asks for tokens. */
  readonly clientId: string | null;
  readonly scope: string | null;
  readonly issuer: string | null;
  readonly status: 'active' | 'revoked' | 'unknown';
  readonly providerStatus: string | null;
  /** Who has agreed, e.g. `ADMIN`, `END_USER`. */
  readonly source: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** Where the provider sends its log while it is written. */
export interface LogStream {
  readonly name: string | null;
  /** E.g. `aws_eventbridge`. */
  readonly type: string | null;
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** Settings of the whole organisation that belong together. The key is the area: there is one record of each. */
export interface OrgSetting {
  /**
   * Ours, with what its value says (`SettingValues`):
   * `organisation`: what it is called and where;
   * `threat_insight`: `action` (`none`, `audit`, `block`, `unknown`) for sign-ins from addresses of ill repute;
   * `support_access`: `granted`, `until`: whether the provider's own staff may sign in;
   * `third_party_administrators`: `allowed`; `new_programs`: `superAdministrator`, whether a new program gets every right;
   * `administration_console`: `idleMinutes`, `lifetimeMinutes` of its sessions;
   * `end_user_notices`: `newSignIn`, `authenticatorEnrolled`, `authenticatorReset`, `passwordChanged`, `reportSuspicious`;
   * `sign_in_banner`: `shown`.
   */
  readonly area: string;
  readonly name: string | null;
  /** The settings by the names above; those of `organisation` as the provider names them. */
  readonly value: JsonObject | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}
