import type { Severity } from './findings.js';
import type { Confidence, TechniqueView } from './incidents.js';

export const DETECTION_KINDS = [
  'detection',
  'event_count',
  'value_count',
  'value_sum',
  'value_avg',
  'value_percentile',
  'temporal',
  'temporal_ordered',
  'new_value',
  'absence',
  'geo_velocity',
  'ratio',
] as const;
/** `detection`: of one event; the others are correlations. */
export type DetectionKind = (typeof DETECTION_KINDS)[number];

/** Between which numbers; all of them. */
export interface BoundsView {
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
  readonly eq?: number;
  readonly neq?: number;
  /** Of a ratio: of how many events at least. */
  readonly least?: number;
}

/** What a workspace has set of a rule; `null`: as the rule says. */
export interface RuleSettingView {
  readonly enabled: boolean;
  readonly level: Severity | null;
  /** Of a correlation that compares a number. */
  readonly bounds: BoundsView | null;
  /** Of a correlation: `90m`. */
  readonly timespan: string | null;
  readonly reason: string | null;
  /** Name of who has set it. */
  readonly changedBy: string;
  readonly changedAt: string;
}

export interface RuleView {
  readonly id: string;
  readonly name: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly author: string | null;
  readonly kind: DetectionKind;
  /** As the rule says. */
  readonly level: Severity;
  readonly confidence: Confidence;
  readonly techniques: readonly TechniqueView[];
  /** `ours` or the name of a file that was uploaded. */
  readonly source: string;
  /** Whether it is told by itself; otherwise only correlations are about it. */
  readonly isTold: boolean;
  readonly enabled: boolean;
  readonly setting: RuleSettingView | null;
  /** How often it has found something within 30 days. */
  readonly hits: number;
}

export interface RuleDetail extends RuleView {
  readonly status: string | null;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly response: readonly string[];
  /** Levels that are meant instead, worst conditions first, each with its condition as a line. */
  readonly levels: readonly { readonly level: Severity; readonly when: string }[];
  /** Of a correlation. */
  readonly bounds: BoundsView | null;
  readonly timespan: string | null;
  readonly rules: readonly { readonly id: string; readonly title: string }[];
  /** YAML, as it was written. */
  readonly text: string;
  /** By day, the last 30 with some. */
  readonly hitsByDay: readonly { readonly day: string; readonly hits: number }[];
}

/** All rules of a workspace. */
export interface RulesView {
  readonly items: readonly RuleView[];
  /** Of ATT&CK. */
  readonly attackVersion: string;
  /** Rules that cannot be used, with why. */
  readonly problems: readonly KeptRuleProblemView[];
}

/** Why a rule cannot be used. */
export interface RuleProblemView {
  /** Its name; of what has none `content`. */
  readonly file: string;
  readonly line: number;
  /** At which the rule begins that cannot be used: problems of one rule have the same. */
  readonly ruleLine: number;
  readonly message: string;
}

/** The same of a file that is kept. */
export interface KeptRuleProblemView extends RuleProblemView {
  /** Of one that was uploaded; `null`: it is ours. */
  readonly fileId: string | null;
}

export interface RuleSettingInput {
  readonly enabled: boolean;
  readonly level?: Severity | null;
  readonly bounds?: BoundsView | null;
  readonly timespan?: string | null;
  readonly reason?: string | null;
}

/** Rules and filters that were uploaded. */
export interface RuleFileView {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly rules: number;
  readonly filters: number;
  readonly problems: readonly KeptRuleProblemView[];
  /** What is odd about rules that are used all the same: a name that is nearly one that our rules know. */
  readonly notes: readonly KeptRuleProblemView[];
  readonly changedBy: string;
  readonly changedAt: string;
}

export interface RuleFileDetail extends RuleFileView {
  readonly content: string;
}

export interface RuleFileInput {
  readonly name: string;
  readonly content: string;
  readonly enabled: boolean;
}

export interface RuleCheckInput {
  readonly content: string;
}

/** What of a text can be used, and what is wrong with the rest. */
export interface RuleCheckView {
  readonly problems: readonly RuleProblemView[];
  /** What is odd about rules that can be used. */
  readonly notes: readonly RuleProblemView[];
  readonly rules: number;
  readonly filters: number;
}

/** What rules would have found in the log that is stored. */
export interface DryRunInput {
  readonly content: string;
  /** Of the file, as problems name it. */
  readonly name?: string;
  /** 1 to 90 days back. */
  readonly days: number;
  /** Id of an integration; left out: all. */
  readonly integration?: string;
}

export interface DryRunMatch {
  readonly rule: { readonly id: string; readonly title: string };
  readonly level: Severity;
  readonly integration: { readonly id: string; readonly name: string };
  readonly at: string;
  /** Keys of events. */
  readonly events: readonly string[];
  readonly group: Readonly<Record<string, string>>;
  readonly actor: string | null;
}

export interface DryRunView {
  readonly problems: readonly RuleProblemView[];
  /** How many were looked at, and back to when: fewer than asked for, where there are too many. */
  readonly events: number;
  readonly from: string;
  readonly isCut: boolean;
  /** Rules of products of which none of these logs is: they were not tried. */
  readonly elsewhere: { readonly rules: number; readonly products: readonly string[] };
  /** Of each rule. */
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly hits: number;
    readonly byDay: readonly { readonly day: string; readonly hits: number }[];
  }[];
  /** The latest 100. */
  readonly matches: readonly DryRunMatch[];
}

export const DETECTION_LISTS = ['own_network', 'threat', 'break_glass', 'placeholder'] as const;
/**
 * `own_network`, `threat`: addresses and ranges. `break_glass`: logins of accounts that are kept for emergencies.
 * `placeholder`: what `%NAME%` stands for in rules.
 */
export type DetectionListKind = (typeof DETECTION_LISTS)[number];

export interface DetectionListView {
  readonly kind: DetectionListKind;
  readonly name: string;
  readonly entries: readonly string[];
  readonly changedBy: string;
  readonly changedAt: string;
}

/** What is in a list from then on. */
export interface DetectionListInput {
  /** A line each, at most 100,000. Of addresses what stands behind `#` or `;` is left out. */
  readonly entries: readonly string[];
}

/** What nobody wants to be told of until a date: what is found meanwhile is excepted from its beginning. */
export interface SuppressionView {
  readonly id: string;
  /** `null`: whatever the rule. */
  readonly rule: { readonly id: string; readonly title: string } | null;
  /** Key of an account or an address; `null`: whoever it is. */
  readonly subject: string | null;
  readonly reason: string;
  readonly until: string;
  readonly madeBy: string;
  readonly madeAt: string;
}

/** The same with what people call an account. */
export interface NamedSuppressionView extends SuppressionView {
  /** `null`: whoever it is, an address, or an account that nobody knows. */
  readonly subjectName: string | null;
}

export interface SuppressionInput {
  readonly rule?: string | null;
  readonly subject?: string | null;
  readonly reason: string;
  /** An instant, at most a year from now. */
  readonly until: string;
}

/** An event that rules could not be shown: it was set aside, so that the others go on. */
export interface DeadLetterView {
  readonly integration: { readonly id: string; readonly name: string };
  /** Its key in the log. */
  readonly event: string;
  readonly published: string;
  /** What kind of fault it was. */
  readonly reason: string;
  readonly at: string;
}

export interface DeadLettersView {
  /** The latest 200. */
  readonly items: readonly DeadLetterView[];
  readonly total: number;
}

export interface DeadLettersRetried {
  /** How many rules are shown again: at most 10,000. */
  readonly events: number;
}
