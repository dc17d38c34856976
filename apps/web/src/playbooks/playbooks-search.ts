import { PLAYBOOK_RUN_STATES, type PlaybookRunState } from '@castellan/api';
import { kept } from '../posture/posture-search.js';
import { said } from '../records/record-search.js';

/** What the address of the list of runs says. */
export interface RunsSearch {
  /** Left out: all. */
  readonly state?: PlaybookRunState;
  readonly playbook?: string;
  readonly integration?: string;
}

/** Addresses are written by anybody: what is not understood is left out. */
export function readRunsSearch(raw: Readonly<Record<string, unknown>>): RunsSearch {
  return kept<RunsSearch>({
    state: PLAYBOOK_RUN_STATES.find((state) => state === raw['state']),
    playbook: said(raw['playbook']),
    integration: said(raw['integration']),
  });
}
