import type { JsonObject } from '@castellan/connector-sdk';
import type { Severity } from './findings.js';

/** Who did something. `playbook`: one that began by itself. */
export interface PlaybookPerson {
  readonly kind: 'user' | 'api_key' | 'playbook';
  readonly id: string | null;
  readonly name: string;
}

/** A rule or a check that begins it. */
export interface PlaybookFinding {
  readonly source: 'detection' | 'posture';
  /** Of the rule or the check, as findings name it. */
  readonly id: string;
  readonly title: string;
}

/** When it begins, in words and as a filter of findings. */
export interface PlaybookTrigger {
  readonly findings: readonly PlaybookFinding[];
  readonly leastSeverity: Severity;
  /** A kind of record. */
  readonly subject: string;
  /** What has to be so of the subject, a sentence each. */
  readonly conditions: readonly string[];
  /** So many runs begin within 24 hours at most; what is more waits. */
  readonly mostADay: number;
}

export const PLAYBOOK_STEP_KINDS = ['action', 'notify', 'approval', 'wait'] as const;
/**
 * `action`: something is done at the provider. `notify`: receivers of events are told. `approval`: a person decides. `wait`: until
 * something happens, or does not.
 */
export type PlaybookStepKind = (typeof PLAYBOOK_STEP_KINDS)[number];

/** A step, as it stands in the file. */
export interface PlaybookStepView {
  readonly id: string;
  readonly kind: PlaybookStepKind;
  readonly title: string;
  /** What happens, in sentences: to whom, under which condition, how long, and where it goes on. */
  readonly says: readonly string[];
  /** Of an action, its name. */
  readonly action: string | null;
}

/** How a run may end. */
export interface PlaybookEndView {
  readonly id: string;
  /** The comment that stands at the finding or the incident then. */
  readonly says: string;
}

/** Whether it begins by itself in this workspace. */
export interface PlaybookSetting {
  readonly isEnabled: boolean;
  /** Another version was switched on, and this one was not yet. */
  readonly isOutdated: boolean;
  readonly enabledAt: string | null;
  readonly enabledBy: PlaybookPerson | null;
  /** When this version was held against the history last; `null`: never, and it cannot be switched on. */
  readonly simulatedAt: string | null;
}

export interface PlaybookSummary {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly setting: PlaybookSetting;
  readonly runs: {
    /** Those that are not over. */
    readonly open: number;
    /** Of those, that wait for a person. */
    readonly waiting: number;
    readonly last24Hours: number;
  };
}

export interface PlaybooksView {
  readonly items: readonly PlaybookSummary[];
}

export interface PlaybookDetail extends PlaybookSummary {
  readonly trigger: PlaybookTrigger;
  readonly steps: readonly PlaybookStepView[];
  readonly ends: readonly PlaybookEndView[];
  /** A run that is not over by then is given up, in milliseconds. */
  readonly deadlineMs: number;
  /** The file as it stands in the repository. */
  readonly yaml: string;
}

/** Of the history, so many at most. */
export const MOST_SIMULATED_DAYS = 90;

export interface PlaybookSimulationInput {
  /** Of the history, from 1 to 90. */
  readonly days: number;
}

/** A record that a step is about. */
export interface PlaybookRecord {
  readonly kind: string;
  readonly key: string;
  readonly name: string;
}

/** What a step would have done. */
export interface SimulatedStep {
  readonly step: string;
  readonly kind: PlaybookStepKind;
  readonly title: string;
  /**
   * `done`: by itself. `person`: a person would have had to decide, agree or do it by hand first. `skipped`: its condition does
   * not hold, or there is nothing to do. `stopped`: there are more records than it may touch.
   */
  readonly would: 'done' | 'person' | 'skipped' | 'stopped';
  /** Why, a sentence. */
  readonly because: string | null;
  /** Of an action: to each of these it would have been done, the first 20. */
  readonly inputs: readonly { readonly record: PlaybookRecord; readonly input: JsonObject }[];
  /** How many there are. */
  readonly count: number;
  /** Of those, how many wait for a second person, and how many are done by hand. */
  readonly agreements: number;
  readonly byHand: number;
}

/** A run that would have begun. */
export interface SimulatedRun {
  readonly findingId: string;
  readonly incidentId: string | null;
  readonly rule: { readonly id: string; readonly title: string };
  readonly severity: Severity;
  readonly openedAt: string;
  readonly subject: PlaybookRecord;
  readonly steps: readonly SimulatedStep[];
}

export interface SimulatedIntegration {
  readonly integration: { readonly id: string; readonly name: string };
  /** Whether it offers actions at all; without, all of them are done by hand. */
  readonly offersActions: boolean;
  /** Whether its connector is on this host; without, nobody knows what steps would do, and none are shown. */
  readonly isAvailable: boolean;
  /** How many would have begun. */
  readonly count: number;
  /** Findings of its rules and checks that were opened in the time. */
  readonly findings: number;
  /** Of those, how many begin nothing: what had happened more than a day before it was found, and what was excepted from the beginning. */
  readonly late: number;
  readonly excepted: number;
  /** What the others are: findings of one incident about one subject are one. */
  readonly openings: number;
  /** Of the openings, those that would have waited: as many as may had begun on that day already, or one of the same subject may not have been over. */
  readonly overLimit: number;
  readonly behind: number;
  /** Of the runs below, actions that would have waited for a second person. */
  readonly approvals: number;
  /** Of the runs below, actions that a person would have had to do by hand. */
  readonly byHand: number;
  /** Of all integrations the youngest 50. */
  readonly runs: readonly SimulatedRun[];
}

/**
 * What would have happened if it had been switched on: by what is stored now. Nothing is asked of a provider. Approvals are taken as
 * given, and what comes after a wait is shown whichever way that goes.
 */
export interface PlaybookSimulation {
  readonly playbook: string;
  readonly version: number;
  readonly days: number;
  readonly simulatedAt: string;
  /** So many openings were held against it, the youngest; with more than that the rest is not in the figures. */
  readonly lookedAt: number;
  readonly isWhole: boolean;
  /** As many begin within 24 hours, of all integrations. */
  readonly mostADay: number;
  readonly integrations: readonly SimulatedIntegration[];
}

/** What it is started on by hand: one of the two. */
export interface PlaybookStartInput {
  readonly findingId?: string;
  readonly incidentId?: string;
}

export const PLAYBOOK_RUN_STATES = ['running', 'waiting', 'ended', 'stopped', 'expired'] as const;
/**
 * `running`: it goes on by itself. `waiting`: for a person. `ended`: it came to an end. `stopped`: somebody stopped it. `expired`: it
 * was not over by its deadline.
 */
export type PlaybookRunState = (typeof PLAYBOOK_RUN_STATES)[number];

export const PLAYBOOK_ITEM_STATES = ['open', 'requested', 'done', 'by_hand', 'done_by_hand', 'not_done'] as const;
/**
 * `open`: nothing was asked for yet. `requested`: there is a request for an action. `done`: it is so. `by_hand`: a person has to do
 * it. `done_by_hand`: a person says that it is done. `not_done`: it was rejected, withdrawn, or given up.
 */
export type PlaybookItemState = (typeof PLAYBOOK_ITEM_STATES)[number];

/** An action on one record. */
export interface PlaybookItemView {
  /** For `tick`. */
  readonly id: string;
  readonly record: PlaybookRecord;
  readonly input: JsonObject;
  readonly state: PlaybookItemState;
  /** The request for an action. */
  readonly requestId: string | null;
  /** Why it is as it is. */
  readonly message: string | null;
  readonly note: string | null;
  readonly by: PlaybookPerson | null;
}

/**
 * `open`: it goes on. `partly`: of some of its records it was not done. `not_done`: of none it was. `skipped`: its condition did not hold, or
 * there was nothing to do. `late`: nobody, or nothing, came in time.
 */
export type PlaybookStepState =
  | 'open'
  | 'done'
  | 'partly'
  | 'not_done'
  | 'skipped'
  | 'approved'
  | 'declined'
  | 'came'
  | 'late'
  | 'given_up';

/** What became of a step, in the order of the run. */
export interface PlaybookStepLog {
  readonly step: string;
  readonly kind: PlaybookStepKind;
  readonly title: string;
  readonly state: PlaybookStepState;
  readonly beganAt: string;
  readonly endedAt: string | null;
  /** Of an approval and a wait: until when. */
  readonly dueAt: string | null;
  /** Of an approval: what is asked. Of a notification: what was told. Else why it is as it is. */
  readonly message: string | null;
  readonly items: readonly PlaybookItemView[];
  /** Of an approval: who decided, and what was said. */
  readonly decidedBy: PlaybookPerson | null;
  readonly note: string | null;
}

export interface PlaybookRunView {
  readonly id: string;
  readonly playbook: { readonly id: string; readonly version: number; readonly title: string };
  readonly integration: { readonly id: string; readonly name: string };
  readonly findingId: string;
  readonly incidentId: string | null;
  readonly subject: PlaybookRecord;
  readonly state: PlaybookRunState;
  /** What it waits for: a decision in a step, somebody who agrees to an action, something that is done by hand, or something to happen. */
  readonly waitsFor: 'approval' | 'agreement' | 'hand' | 'action' | 'event' | null;
  /** The step that it is at; `null`: all are behind it. */
  readonly step: string | null;
  /** Which of its ends it came to, or has before it. */
  readonly end: string | null;
  readonly log: readonly PlaybookStepLog[];
  readonly startedBy: PlaybookPerson;
  readonly startedAt: string;
  readonly deadlineAt: string;
  readonly endedAt: string | null;
  readonly stoppedBy: PlaybookPerson | null;
  /** Why it was stopped. */
  readonly reason: string | null;
}

export interface PlaybookStopInput {
  readonly reason: string;
}

export interface PlaybookDecisionInput {
  readonly note?: string;
}

export interface PlaybookTickInput {
  /** Of the step. */
  readonly item: string;
  /** What was done, or why nothing was. */
  readonly note: string;
  /** `false`: nothing was done, and nothing will be. Left out: it is done. */
  readonly isDone?: boolean;
}
