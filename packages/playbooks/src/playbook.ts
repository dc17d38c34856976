/** A length of time as it is written: `15m`, `24h`, `7d`. */
export interface Span {
  readonly text: string;
  readonly ms: number;
}

/** As findings have it; 1 comes first. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type PlaybookSeverity = (typeof SEVERITIES)[number];

export type FactValue = string | boolean | null;
/** What is known of a subject; what is not, is not there. */
export type Facts = Readonly<Record<string, FactValue>>;
/** All of them must hold: the fact is one of the values. */
export type Conditions = Readonly<Record<string, readonly (string | boolean)[]>>;

export interface Trigger {
  /** Names of rules, and ids of checks. */
  readonly findings: readonly string[];
  readonly severity: PlaybookSeverity;
  readonly subject: string;
  readonly when: Conditions;
  readonly mostADay: number;
}

interface AnyStep {
  readonly id: string;
  readonly title: string;
  /** Facts of the subject at that moment: where they do not hold the step is left out. */
  readonly when: Conditions;
}

/** Something is done at the provider, to each record that the selector names. */
export interface ActionStep extends AnyStep {
  readonly kind: 'action';
  readonly action: string;
  readonly on: string;
  /** Of the records: their own fields. */
  readonly where: Conditions;
  /** With more records nothing is done, and a person is asked. */
  readonly most: number;
  /** Nothing goes on before all of them are done, by hand if need be. */
  readonly required: boolean;
  /** Of one that is required: where it goes on when nothing of it was done, e.g. since nobody has agreed to it. */
  readonly refused: string | null;
}

export interface NotifyStep extends AnyStep {
  readonly kind: 'notify';
  readonly says: string;
  /** Records that are told with it. */
  readonly list: string | null;
}

/** Where `late` and the others lead: a later step, or an end. */
export interface ApprovalStep extends AnyStep {
  readonly kind: 'approval';
  readonly asks: string;
  readonly within: Span;
  readonly declined: string;
  readonly late: string;
}

export type Awaited = { readonly is: 'event'; readonly use: readonly string[] } | { readonly is: 'finding-resolved' };

export interface WaitStep extends AnyStep {
  readonly kind: 'wait';
  readonly for: Awaited;
  readonly within: Span;
  /** `null`: with the next step. */
  readonly came: string | null;
  readonly late: string | null;
}

export type Step = ActionStep | NotifyStep | ApprovalStep | WaitStep;

export interface Playbook {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly trigger: Trigger;
  /** Whoever is not over by then is given up. */
  readonly deadline: Span;
  readonly steps: readonly Step[];
  /** By name, the comment that stands at the finding then; `done` is where the last step leads. */
  readonly ends: Readonly<Record<string, string>>;
}

/** The end that the last step leads to. */
export const DONE = 'done';

/** What follows a step. */
export type Next = { readonly step: Step } | { readonly end: string };

/** @param to a step or an end; `null`: the step behind this one */
export function nextOf(playbook: Pick<Playbook, 'steps'>, from: string, to: string | null): Next {
  const at = playbook.steps.findIndex(({ id }) => id === (to ?? from));
  const step = playbook.steps[to === null ? at + 1 : at];
  if (step !== undefined) return { step };
  return { end: to ?? DONE };
}
