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

/** @param known what the integrations could do, whether it may be done from here or not */
export function whoDoes(
  steps: readonly PlaybookStepView[],
  known: readonly Pick<OfferedAction, 'name' | 'effect' | 'isOffered'>[],
): WhoDoes {
  const offered = known.filter(({ isOffered }) => isOffered);
  const does = steps.filter(({ kind }) => kind === 'action' || kind === 'notify');
  const question = steps.findIndex(({ kind }) => kind === 'approval');
  const asked = new Set(question === -1 ? [] : steps.slice(question));
  const canBeDone = ({ action }: PlaybookStepView): boolean => action === null || offered.some(({ name }) => name === action);
  const isHeavy = ({ action }: PlaybookStepView): boolean =>
    offered.some(({ name, effect }) => name === action && effect === 'destructive');
  const can = does.filter(canBeDone);
  return {
    byItself: can.filter((step) => !asked.has(step) && !isHeavy(step)),
    withPerson: can.filter((step) => asked.has(step) || isHeavy(step)),
    byHand: does.filter((step) => !canBeDone(step)),
  };
}
