import type { Conditions, Facts, Playbook } from './playbook.js';

/** Whether all hold; what is not known does not. */
export function holds(conditions: Conditions, facts: Readonly<Record<string, unknown>> | Facts): boolean {
  return unmet(conditions, facts) === undefined;
}

/** The first that does not hold. */
export function unmet(conditions: Conditions, facts: Readonly<Record<string, unknown>> | Facts): string | undefined {
  return Object.entries(conditions).find(([fact, wanted]) => !wanted.some((one) => one === facts[fact]))?.[0];
}

/** All that its trigger and its steps ask of the subject. */
export function askedFacts({ trigger, steps }: Pick<Playbook, 'trigger' | 'steps'>): ReadonlySet<string> {
  return new Set([trigger, ...steps].flatMap(({ when }) => Object.keys(when)));
}
