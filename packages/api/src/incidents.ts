import type { FindingStatus, FindingSubject, Severity } from './findings.js';

export const INCIDENT_STATUSES = ['open', 'acknowledged', 'closed'] as const;
/** `closed`: somebody has said what it was, or nothing of it stands any more. */
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

export const VERDICTS = ['attack', 'benign', 'test', 'false_alarm'] as const;
/** What it was. `benign`: it happened as the rule says, and somebody was allowed to. `false_alarm`: it did not. */
export type Verdict = (typeof VERDICTS)[number];

export const CONFIDENCES = ['low', 'medium', 'high'] as const;
/** How sure a rule is that what it finds is an attack. */
export type Confidence = (typeof CONFIDENCES)[number];

/** A technique of MITRE ATT&CK. */
export interface TechniqueView {
  /** `T1110.003` */
  readonly id: string;
  readonly name: string;
  /** Names of tactics, as the version of ATT&CK has them that the answer names. */
  readonly tactics: readonly string[];
}

/** An account that an incident names. */
export interface IncidentPerson {
  readonly key: string;
  /** What people call it; its login, where it was never read. */
  readonly label: string;
}

/** Findings of one actor that belong together. */
export interface IncidentView {
  readonly id: string;
  readonly integration: { readonly id: string; readonly name: string };
  /** `account`, `organisation`, or `address`, whose key is an address. */
  readonly subject: FindingSubject;
  /**
   * Other accounts that it was done to, and of an address or an organisation also those that did it, as far as its first 20
   * findings name them: those that most of them name first, at most five; `count`: how many there are.
   */
  readonly others: { readonly first: readonly IncidentPerson[]; readonly count: number };
  /** Of its worst finding. */
  readonly rule: { readonly id: string; readonly title: string };
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly status: IncidentStatus;
  readonly verdict: Verdict | null;
  /** How many findings stand. */
  readonly findings: number;
  /** Of its events. */
  readonly firstAt: string;
  readonly lastAt: string;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly closedAt: string | null;
}

/** What a rule has found, in an incident. */
export interface IncidentFinding {
  /** As in `/findings/ID`. */
  readonly id: string;
  readonly rule: {
    readonly id: string;
    readonly title: string;
    readonly description: string | null;
    readonly author: string | null;
    readonly falsePositives: readonly string[];
    readonly response: readonly string[];
    readonly techniques: readonly TechniqueView[];
  };
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly status: FindingStatus;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Keys of its events, at most 1000. */
  readonly events: readonly string[];
}

export const INCIDENT_EVENTS = ['acknowledged', 'unacknowledged', 'closed', 'reopened', 'owner', 'comment'] as const;

export interface IncidentEventView {
  readonly id: string;
  readonly at: string;
  readonly kind: (typeof INCIDENT_EVENTS)[number];
  /** `null`: by itself. */
  readonly by: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

/** Another incident of the same integration, less than a day before or after, that names one of the same accounts. */
export interface RelatedIncident
  extends Pick<
    IncidentView,
    'id' | 'subject' | 'rule' | 'severity' | 'confidence' | 'status' | 'verdict' | 'firstAt' | 'lastAt'
  > {
  /** Whom both name, at most five. */
  readonly shared: readonly IncidentPerson[];
}

export interface IncidentDetail extends IncidentView {
  /** The worst first, at most 20. */
  readonly related: readonly RelatedIncident[];
  /** In the order of their first event. */
  readonly found: readonly IncidentFinding[];
  /** Of all its rules, each once, those of the worst first. */
  readonly response: readonly string[];
  readonly attackVersion: string;
  /** Newest first. */
  readonly history: readonly IncidentEventView[];
}

/** An event of the log, as far as a timeline shows it. The whole is a record of the kind `activity`. */
export interface TimelineEvent {
  readonly key: string;
  readonly published: string;
  readonly type: string;
  readonly message: string | null;
  readonly outcome: string | null;
  readonly outcomeReason: string | null;
  readonly actor: { readonly id: string; readonly label: string } | null;
  readonly targets: readonly { readonly id: string; readonly type: string; readonly label: string }[];
  readonly address: string | null;
  readonly city: string | null;
  readonly country: string | null;
  /** In degrees. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly userAgent: string | null;
  /** Ids of findings that it is part of. */
  readonly findings: readonly string[];
}

/** What an incident's actor did, from an hour before its first event to an hour after its last, and all events of its findings. */
export interface IncidentTimeline {
  readonly from: string;
  readonly to: string;
  /** In the order of their time, at most 500. */
  readonly events: readonly TimelineEvent[];
  /** Whether there are more. */
  readonly isCut: boolean;
}

export type IncidentChangeInput =
  | { readonly do: 'acknowledge' | 'unacknowledge' | 'reopen' }
  /** `reason`: 3 to 500 characters. */
  | { readonly do: 'close'; readonly verdict: Verdict; readonly reason: string }
  | { readonly do: 'assign'; readonly owner: string | null }
  | { readonly do: 'comment'; readonly text: string };

/** One change of up to 500 incidents. */
export interface IncidentsChangeInput {
  readonly change: IncidentChangeInput;
  readonly ids: readonly string[];
}

export interface IncidentsChanged {
  readonly changed: number;
}

/** Those that are not closed. */
export interface IncidentsSummary {
  readonly open: number;
  readonly acknowledged: number;
  readonly severities: Readonly<Record<Severity, number>>;
}
