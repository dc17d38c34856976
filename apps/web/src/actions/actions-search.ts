import { ACTION_STATES, type ActionState } from '@castellan/api';
import { kept } from '../posture/posture-search.js';
import { said } from '../records/record-search.js';

/** What the address of the history says. */
export interface ActionsSearch {
  /** Left out: all. */
  readonly state?: Exclude<ActionState, 'undone'>;
  readonly integration?: string;
}

/** `undone` is no state of its own in the list: what was taken back was done. */
export const SOUGHT = ACTION_STATES.filter((state): state is Exclude<ActionState, 'undone'> => state !== 'undone');

/** Addresses are written by anybody: what is not understood is left out. */
export function readActionsSearch(raw: Readonly<Record<string, unknown>>): ActionsSearch {
  return kept<ActionsSearch>({
    state: SOUGHT.find((state) => state === raw['state']),
    integration: said(raw['integration']),
  });
}
