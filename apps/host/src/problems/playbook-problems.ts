import type { ProblemKind } from './problem-kind.js';

/** Of playbooks. */
export const PLAYBOOK_PROBLEMS = {
  'playbook-not-simulated': {
    status: 409,
    title: 'Nobody has seen what it would do',
    meaning: 'This version of the playbook was not held against the history of this workspace yet.',
    remedy: 'Simulate it, look at what it would have done, and switch it on then.',
  },
  'playbook-not-begun': {
    status: 409,
    title: 'It does not begin',
    meaning: 'It runs for this subject already, or it is about another kind of subject.',
    remedy: 'Look at its runs; `detail` says which of it is so.',
  },
  'playbook-waits-for-nobody': {
    status: 409,
    title: 'It waits for nobody',
    meaning: 'The run is over, has left this step behind, or somebody has answered already.',
    remedy: 'Load the run again.',
  },
} as const satisfies Record<string, ProblemKind>;
