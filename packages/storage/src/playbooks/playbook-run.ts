import type { JsonObject } from '@castellan/connector-sdk';
import type { Requester } from '../actions/action-request.js';
import type { AuditActor } from '../audit/audit-log.js';
import type { SeverityNumber } from '../findings/finding.js';

export type PlaybookRunState = 'running' | 'waiting' | 'ended' | 'stopped' | 'expired';
export type PlaybookWait = 'approval' | 'agreement' | 'hand' | 'action' | 'event';

export interface StoredSubject {
  readonly kind: string;
  readonly key: string;
  readonly name: string;
}

/** An action on one record. */
export interface StoredItem {
  readonly id: string;
  readonly record: StoredSubject;
  readonly input: JsonObject;
  readonly state: 'open' | 'requested' | 'done' | 'by_hand' | 'done_by_hand' | 'not_done';
  readonly requestId: string | null;
  readonly message: string | null;
  readonly note: string | null;
  readonly by: AuditActor | null;
  /** Since when the provider could not be asked. */
  readonly troubledSince?: string | undefined;
}

/** What became of a step. */
export interface StoredStep {
  readonly step: string;
  readonly kind: 'action' | 'notify' | 'approval' | 'wait';
  readonly title: string;
  readonly state: 'open' | 'done' | 'partly' | 'not_done' | 'skipped' | 'approved' | 'declined' | 'came' | 'late' | 'given_up';
  readonly beganAt: string;
  readonly endedAt: string | null;
  readonly dueAt: string | null;
  readonly message: string | null;
  readonly items: readonly StoredItem[];
  readonly decidedBy: AuditActor | null;
  readonly note: string | null;
}

/** What a person has said, once. */
export interface StoredAnswer {
  readonly is: 'approved' | 'declined' | 'ticked' | 'left';
  readonly by: AuditActor;
  readonly at: string;
  readonly note: string | null;
}

/** What a run is about, and what began it. */
export interface PlaybookOpening {
  readonly opening: string;
  readonly integrationId: string;
  readonly findingId: string;
  readonly incidentId: string | null;
  readonly subject: StoredSubject;
}

export interface NewPlaybookRun extends PlaybookOpening {
  readonly playbook: string;
  readonly version: number;
  readonly definition: object;
  readonly firstStep: string;
  readonly deadlineMs: number;
  readonly startedBy: Requester;
}

export interface PlaybookRun extends PlaybookOpening {
  readonly id: string;
  readonly workspaceId: string;
  readonly playbook: string;
  readonly version: number;
  readonly definition: object;
  readonly state: PlaybookRunState;
  readonly waitsFor: PlaybookWait | null;
  readonly step: string | null;
  readonly endedAs: string | null;
  readonly log: readonly StoredStep[];
  readonly answers: Readonly<Record<string, StoredAnswer>>;
  readonly startedBy: Requester;
  readonly startedAt: Date;
  readonly deadlineAt: Date;
  readonly endedAt: Date | null;
  readonly stoppedBy: Requester | null;
  readonly reason: string | null;
  readonly tries: number;
}

/** A finding by which a playbook may begin. */
export interface PlaybookCandidate extends Omit<PlaybookOpening, 'subject'> {
  readonly rule: string;
  readonly severity: SeverityNumber;
  readonly subjectKind: string;
  readonly subjectKey: string;
  /** What a rule has called it. */
  readonly label: string | null;
  /** When it happened, or was found to be so. */
  readonly at: Date;
}
