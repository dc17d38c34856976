import type { JsonObject } from '@castellan/connector-sdk';
import type { AuditActor } from '../audit/audit-log.js';

/** `posture`: a check over what is set. `detection`: a rule over what happens. */
export type FindingSource = 'posture' | 'detection';

/** As OCSF counts: 1 informational, 2 low, 3 medium, 4 high, 5 critical. */
export type SeverityNumber = 1 | 2 | 3 | 4 | 5;

/** What they are called outside of the tables; 1 comes first. */
export const SEVERITY_WORDS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type SeverityWord = (typeof SEVERITY_WORDS)[number];

export function severityWord(severity: SeverityNumber): SeverityWord {
  return SEVERITY_WORDS[severity - 1] ?? 'informational';
}

export const FINDING_STATUSES = ['open', 'acknowledged', 'resolved', 'excepted'] as const;
/**
 * `resolved`: its evidence is gone, which only another look can say. `excepted`: somebody has said, with a reason, until when
 * it may be so.
 */
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** One fact that is wrong about one subject. */
export interface Finding {
  readonly id: string;
  readonly integrationId: string;
  readonly integrationName: string;
  readonly source: FindingSource;
  /** Id of the check or the rule. */
  readonly rule: string;
  /** A kind of record, or `organisation`. */
  readonly subjectKind: string;
  readonly subjectKey: string;
  /** Hexadecimal; the same as long as it is the same fact. */
  readonly fingerprint: string;
  readonly severity: SeverityNumber;
  readonly status: FindingStatus;
  readonly evidence: JsonObject;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly exceptedUntil: Date | null;
  readonly exceptedReason: string | null;
  readonly firstSeenAt: Date;
  /** Since when it has been there without a gap. */
  readonly openedAt: Date;
  readonly changedAt: Date;
  readonly resolvedAt: Date | null;
}

/**
 * `reopened`: its evidence came back. `evidence`, `severity`: they are other than they were. `exception_ended`: its date has
 * passed, or somebody has taken it back. `by_hand`: somebody says that it was mended in the provider's own console. `still_there`: a look
 * at what was read after that has found it still.
 */
export type FindingEventKind =
  | 'resolved'
  | 'reopened'
  | 'evidence'
  | 'severity'
  | 'acknowledged'
  | 'unacknowledged'
  | 'excepted'
  | 'exception_ended'
  | 'owner'
  | 'comment'
  | 'by_hand'
  | 'still_there';

/** A line of a finding's history. */
export interface FindingEvent {
  readonly id: string;
  readonly at: Date;
  readonly kind: FindingEventKind;
  /** `null`: by itself. */
  readonly actor: AuditActor | null;
  readonly detail: JsonObject | null;
}
