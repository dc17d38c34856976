import type { OfferedAction, PlaybookStepView } from '@castellan/api';

/** Steps of a playbook by who is needed for each. */
export interface WhoDoes {
  /** Done as soon as the run is there. */
  readonly byItself: readonly PlaybookStepView[];
  /** Not before a person has said so. */
  readonly withPerson: readonly PlaybookStepView[];
  /** No integration offers it. */
  readonly byHand: readonly PlaybookStepView[];
}

/** @param offered of all integrations */
export function whoDoes(
  steps: readonly PlaybookStepView[],
  offered: readonly Pick<OfferedAction, 'name' | 'effect'>[],
): WhoDoes {
  const does = steps.filter(({ kind }) => kind === 'action' || kind === 'notify');
  const question = steps.findIndex(({ kind }) => kind === 'approval');
  const asked = new Set(question === -1 ? [] : steps.slice(question));
  const isOffered = ({ action }: PlaybookStepView): boolean => action === null || offered.some(({ name }) => name === action);
  const isHeavy = ({ action }: PlaybookStepView): boolean =>
    offered.some(({ name, effect }) => name === action && effect === 'destructive');
  const can = does.filter(isOffered);
  return {
    byItself: can.filter((step) => !asked.has(step) && !isHeavy(step)),
    withPerson: can.filter((step) => asked.has(step) || isHeavy(step)),
    byHand: does.filter((step) => !isOffered(step)),
  };
}
