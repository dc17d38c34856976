import type { Severity } from './findings.js';
import type { FrameworkControl } from './frameworks.js';

export const POSTURE_AREAS = [
  'administrators',
  'accounts',
  'groups',
  'applications',
  'identity_providers',
  'programs',
  'organisation',
] as const;
export type PostureArea = (typeof POSTURE_AREAS)[number];

export const CHECK_STATUSES = ['failed', 'passed', 'unknown'] as const;
/** `unknown`: what it needs is missing, forbidden or stale; never said to have passed. */
export type CheckStatus = (typeof CHECK_STATUSES)[number];

export const REASON_CODES = [
  'not_offered',
  'switched_off',
  'not_read',
  'refused',
  'failed',
  'stale',
  'partial',
  'not_said',
  'not_observed',
  'not_counted',
  'broken',
] as const;

/** Why a check cannot say anything, or not all. */
export interface CheckReason {
  readonly code: (typeof REASON_CODES)[number];
  /**
   * A kind, `account.passwordChangedAt`, `policy.password.minLength`, `setting:threat_insight`, `use:application`,
   * `counted:access`, `said:links_administrators`.
   */
  readonly about: string;
  /** For people, a sentence. */
  readonly message: string;
  /** Of the provider, which are needed. */
  readonly scopes: readonly string[];
  /** Name of the setting of the integration that mends it; `null`: none does. */
  readonly setting: string | null;
}

/** One thing that keeps checks from saying anything, and what would mend it. */
export interface UnknownCause {
  readonly integration: { readonly id: string; readonly name: string };
  readonly code: CheckReason['code'];
  /** What to do, a sentence for people. */
  readonly message: string;
  readonly scopes: readonly string[];
  readonly setting: string | null;
  /** Checks that it keeps from saying anything; those of them that nothing else does. */
  readonly checks: number;
  readonly alone: number;
}

/** What a workspace may set of a check. */
export interface CheckParameter {
  readonly name: string;
  readonly title: string;
  readonly type: 'days' | 'minutes' | 'count' | 'percent' | 'texts';
  readonly default: number | readonly string[];
  readonly value: number | readonly string[];
  readonly min: number | null;
  readonly max: number | null;
}

export interface CheckSettings {
  readonly enabled: boolean;
  /** Why it is off. */
  readonly reason: string | null;
  readonly changedBy: string | null;
  readonly changedAt: string | null;
}

/** What a workspace sets of a check; a parameter that is left out is as it is by default. */
export interface CheckSettingsInput {
  readonly enabled: boolean;
  /** Why it is off: needed there. */
  readonly reason?: string | null;
  readonly parameters?: Readonly<Record<string, number | readonly string[]>>;
}

/** A look at everything that somebody has asked for. */
export interface LookAsked {
  readonly integration: string;
  readonly askedAt: string;
}

/** What a check last said of one organisation. */
export interface CheckResult {
  readonly integration: { readonly id: string; readonly name: string };
  readonly status: CheckStatus;
  readonly reasons: readonly CheckReason[];
  /** Of its findings: to be worked through; allowed for a time. */
  readonly open: number;
  readonly excepted: number;
  /** Out of how many. */
  readonly examined: number;
  readonly evaluatedAt: string;
  /** Since when the status is what it is. */
  readonly since: string;
}

/** A check with what it says; `results` of the integrations that were asked for. */
export interface CheckView {
  readonly id: string;
  readonly title: string;
  readonly area: PostureArea;
  readonly severity: Severity;
  /** What it names: a kind of record, or `organisation`. */
  readonly subject: string;
  /** `administrators`: what it looks at, as people say it. */
  readonly population: string;
  readonly effort: 'minutes' | 'hours' | 'days';
  readonly why: string;
  /** What people of the field also call it. */
  readonly keywords: readonly string[];
  readonly frameworks: readonly FrameworkControl[];
  /** `failed` where any is, else `unknown` where any is; `null`: nobody has looked yet, or it is off. */
  readonly status: CheckStatus | null;
  readonly open: number;
  /** Severity of the worst finding that is to be worked through; `null`: there is none. */
  readonly worst: Severity | null;
  readonly excepted: number;
  readonly examined: number;
  readonly enabled: boolean;
  readonly results: readonly CheckResult[];
}

/** All that is known of a check. */
export interface CheckDetail extends CheckView {
  readonly fix: readonly string[];
  /** Where in the consoles of the providers that are connected. */
  readonly console: readonly { readonly connector: string; readonly steps: readonly string[] }[];
  readonly action: string | null;
  readonly severityRules: readonly { readonly to: Severity; readonly because: string }[];
  readonly parameters: readonly CheckParameter[];
  readonly settings: CheckSettings;
  /** Kinds that it reads, and scopes of the connected providers that these take. */
  readonly needs: readonly {
    readonly about: string;
    readonly streams: readonly string[];
    readonly scopes: readonly string[];
  }[];
  /** Of one provider only. */
  readonly only: string | null;
}

export interface AreaScore {
  readonly area: PostureArea;
  /** 0 to 100; `null`: nothing is known. */
  readonly score: number | null;
  /** Checks, by what they say; `excepted`: findings that are allowed. */
  readonly failed: number;
  readonly passed: number;
  readonly unknown: number;
  readonly excepted: number;
}

export interface ScoreDay {
  /** `2026-11-26`, of UTC. */
  readonly day: string;
  readonly score: number | null;
  /** Those that anything is known of. */
  readonly areas: Readonly<Partial<Record<PostureArea, number>>>;
}

/** A check that is worth to be worked on. */
export interface CheckToDo {
  readonly check: string;
  readonly title: string;
  readonly area: PostureArea;
  /** Of the worst of its findings. */
  readonly severity: Severity;
  readonly open: number;
  readonly examined: number;
  /** For each of them. */
  readonly effort: 'minutes' | 'hours' | 'days';
  /** Points of the whole score that it would bring. */
  readonly gain: number;
}

/** How the organisations stand. */
export interface PostureOverview {
  readonly score: number | null;
  readonly failed: number;
  readonly passed: number;
  readonly unknown: number;
  readonly excepted: number;
  /** Findings to be worked through, by severity. */
  readonly open: Readonly<Record<Severity, number>>;
  readonly areas: readonly AreaScore[];
  /** Oldest first, today last; 90 days at most. Who was not looked at on a day counts as before. */
  readonly trend: readonly ScoreDay[];
  readonly worst: readonly CheckToDo[];
  /** Most gain for the least work first. */
  readonly quickWins: readonly CheckToDo[];
  /** What keeps checks from saying anything: by how many would be known, most first. */
  readonly causes: readonly UnknownCause[];
  /** Starting points with a way to tier zero, and steps that cut some; `null`: nobody has looked for ways. */
  readonly paths: { readonly starts: number; readonly chokePoints: number } | null;
  /** When the organisation was looked at whose look is the oldest; `null`: one of them never was. */
  readonly evaluatedAt: string | null;
  /** Integrations that are being looked at, or wait for it. */
  readonly pending: number;
}
