export { askedFacts, holds, unmet } from './matching.js';
export { ourPlaybooks, playbookFiles } from './our-playbooks.js';
export type { OurPlaybook } from './our-playbooks.js';
export type { PlaybookProblem } from './playbook-error.js';
export { DONE, nextOf, SEVERITIES } from './playbook.js';
export type {
  ActionStep,
  ApprovalStep,
  Awaited,
  Conditions,
  Facts,
  FactValue,
  Next,
  NotifyStep,
  Playbook,
  PlaybookSeverity,
  Span,
  Step,
  Trigger,
  WaitStep,
} from './playbook.js';
export { readPlaybook } from './read-playbook.js';
export type { PlaybookFile, ReadPlaybook } from './read-playbook.js';
export { FACTS, SELECTORS, SUBJECT, SUBJECTS, USES } from './vocabulary.js';
export type { Selector } from './vocabulary.js';
export { conditionWords, spanWords, stepWords } from './words.js';
