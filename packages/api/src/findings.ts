import type { JsonObject } from '@castellan/connector-sdk';
import type { Confidence, IncidentStatus, TimelineEvent, Verdict } from './incidents.js';
import type { PostureArea } from './posture.js';

export const FINDING_SOURCES = ['posture', 'detection'] as const;
/** `posture`: a check over what is set. `detection`: a rule over what happens. */
export type FindingSource = (typeof FINDING_SOURCES)[number];

export const FINDING_STATUSES = ['open', 'acknowledged', 'resolved', 'excepted'] as const;
/** `resolved`: the evidence is gone, which only another look can say. `excepted`: allowed until a date, with a reason. */
export type FindingStatus = (typeof FINDING_STATUSES)[number];

export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a finding is about. */
export interface FindingSubject {
  /** A kind of record, `organisation`, or, of what a rule has found, `address`. */
  readonly kind: string;
  readonly key: string;
  /** What people call it; its key where it has no name. */
  readonly label: string;
  readonly detail: string | null;
  readonly present: boolean;
}

/** One fact that is wrong about one subject. */
export interface FindingView {
  readonly id: string;
  readonly source: FindingSource;
  /** Id and title of the check or the rule. */
  readonly rule: { readonly id: string; readonly title: string };
  readonly integration: { readonly id: string; readonly name: string };
  readonly subject: FindingSubject;
  readonly severity: Severity;
  /** Why it is more or less severe than the rule says; `null`: it is not. */
  readonly severityReason: string | null;
  readonly status: FindingStatus;
  /** What was seen. */
  readonly evidence: JsonObject;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly exception: { readonly until: string; readonly reason: string } | null;
  readonly fingerprint: string;
  readonly firstSeenAt: string;
  /** Since when it has been there without a gap. */
  readonly openedAt: string;
  readonly changedAt: string;
  readonly resolvedAt: string | null;
}

export const FINDING_EVENTS = [
  'resolved',
  'reopened',
  'evidence',
  'severity',
  'acknowledged',
  'unacknowledged',
  'excepted',
  'exception_ended',
  'owner',
  'comment',
  'by_hand',
  'still_there',
] as const;

/** A line of its history. */
export interface FindingEventView {
  readonly id: string;
  readonly at: string;
  readonly kind: (typeof FINDING_EVENTS)[number];
  /** `null`: by itself. */
  readonly by: string | null;
  readonly detail: JsonObject | null;
}

/** What a finding of a rule has beside those of a check. */
export interface FindingDetection {
  /** That it is part of. */
  readonly incident: {
    readonly id: string;
    /** Of the rule that it is called by. */
    readonly title: string;
    readonly severity: Severity;
    readonly status: IncidentStatus;
    readonly verdict: Verdict | null;
  };
  readonly confidence: Confidence;
  /** Of its events. */
  readonly firstAt: string;
  readonly lastAt: string;
  /** What the log still has of its first 200 events, in the order of their time. */
  readonly events: readonly TimelineEvent[];
  /** How many there are, as far as they are counted: at most 1000. */
  readonly count: number;
}

/** One finding with what became of it. */
export interface FindingDetail extends FindingView {
  /** `null`: it is of a check. */
  readonly detection: FindingDetection | null;
  /** What somebody says was done about it in the provider's own console, since it is there; `null`: nothing, or of a rule. */
  readonly byHand: FindingByHand | null;
  /** Newest first. */
  readonly history: readonly FindingEventView[];
}

/** Done by hand: the next look after a sync resolves the finding, or says that it is there still. */
export interface FindingByHand {
  readonly at: string;
  readonly by: string;
  readonly note: string;
  readonly seen: 'waiting' | 'still there';
}

/** `note`: what was done, 3 to 500 characters. */
export interface FindingByHandInput {
  readonly note: string;
}

/** What people do with findings. */
export type FindingChangeInput =
  | { readonly do: 'acknowledge' | 'unacknowledge' | 'end_exception' }
  /** `until`: an instant, at most two years from now. */
  | { readonly do: 'except'; readonly until: string; readonly reason: string }
  | { readonly do: 'assign'; readonly owner: string | null }
  | { readonly do: 'comment'; readonly text: string };

/** Which findings; what is left out does not matter, but for the status: those that are to be worked through. */
export interface FindingsWhere {
  /** Id of an integration. */
  readonly integration?: string;
  readonly source?: FindingSource;
  /** Ids of checks or rules. */
  readonly rule?: string | readonly string[];
  /** Of checks. */
  readonly area?: PostureArea;
  /** Words of the title or the id of a check or a rule. */
  readonly q?: string;
  readonly status?: FindingStatus | readonly FindingStatus[];
  readonly severity?: Severity | readonly Severity[];
  /** `kind:key`. */
  readonly subject?: string;
  /** Id of a user, `me`, or `none`. */
  readonly owner?: string;
}

/** One change of several findings: those that are named, or those that match. */
export interface FindingsChangeInput {
  readonly change: FindingChangeInput;
  readonly ids?: readonly string[];
  readonly where?: FindingsWhere;
}

/** Findings that are not resolved, by what became of them. */
export interface FindingCounts {
  readonly open: number;
  readonly acknowledged: number;
  readonly excepted: number;
}

export interface FindingsSummary extends FindingCounts {
  readonly severities: Readonly<Record<Severity, FindingCounts>>;
}

/** How many findings a change has changed: the others were so already, or cannot be. */
export interface FindingsChanged {
  readonly changed: number;
}
