import type { ProblemKind } from './problem-kind.js';

/** Of rules over the activity, and of what a workspace has set of them. */
export const DETECTION_PROBLEMS = {
  'rule-file-name-taken': {
    status: 409,
    title: 'The name is taken',
    meaning: 'Another file of rules of the workspace has this name.',
    remedy: 'Choose another.',
  },
  'too-many-rule-files': {
    status: 409,
    title: 'Too many rules',
    meaning: 'The workspace has as many files of rules as it may have, or as much in them.',
    remedy: 'Delete one first that is not needed any more.',
  },
  'too-many-lists': {
    status: 409,
    title: 'Too many lists',
    meaning: 'The workspace has as many lists as it may have, or as many entries in them.',
    remedy: 'Delete one first that is not needed any more; a range stands for many addresses.',
  },
  'too-many-suppressions': {
    status: 409,
    title: 'Too many suppressions',
    meaning: 'The workspace has as many suppressions as it may have at a time.',
    remedy: 'Delete one first, or switch the rule off.',
  },
} as const satisfies Record<string, ProblemKind>;
