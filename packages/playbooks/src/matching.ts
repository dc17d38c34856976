import { type Conditions, type Facts, type PlaybookSeverity, SEVERITIES, type Trigger } from './playbook.js';

/** What a finding is, as far as a trigger asks. */
export interface FoundThing {
  /** Id of the check, or of the rule. */
  readonly rule: string;
  readonly severity: PlaybookSeverity;
  readonly subjectKind: string;
}

/** Whether a finding begins a playbook, whatever is so of its subject. @param ids of the rules that the trigger names */
export function isOfTrigger(trigger: Trigger, found: FoundThing, ids: ReadonlySet<string>): boolean {
  return ids.has(found.rule) && found.subjectKind === trigger.subject && isAtLeast(found.severity, trigger.severity);
}

function isAtLeast(severity: PlaybookSeverity, least: PlaybookSeverity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

/** Whether all hold; what is not known does not. */
export function holds(conditions: Conditions, facts: Readonly<Record<string, unknown>> | Facts): boolean {
  return unmet(conditions, facts) === undefined;
}

/** The first that does not hold. */
export function unmet(conditions: Conditions, facts: Readonly<Record<string, unknown>> | Facts): string | undefined {
  return Object.entries(conditions).find(([fact, wanted]) => !wanted.some((one) => one === facts[fact]))?.[0];
}
