import type { ProblemKind } from './problem-kind.js';

/** Of integrations, their runs and holds. */
export const INTEGRATION_PROBLEMS = {
  'run-over': {
    status: 409,
    title: 'The run is over',
    meaning: 'The run has ended before it could be cancelled.',
    remedy: 'Nothing: it is not at work any more.',
  },
  'hold-decided': {
    status: 409,
    title: 'Already decided',
    meaning: 'The hold was decided before, or a newer sync has replaced it.',
    remedy: 'List the holds again, and decide on those whose state is `open`.',
  },
  'invalid-config': {
    status: 422,
    title: 'The settings are not valid',
    meaning: 'The settings of a connection were understood and cannot be right. Nobody was asked, and nothing was stored.',
    remedy: 'Mend the settings that `errors` names.',
    example: {
      detail: 'config.domain: Is required.',
      errors: [{ field: 'config.domain', message: 'Is required.' }],
    },
  },
  'connection-refused': {
    status: 422,
    title: 'The connection was refused',
    meaning: 'The connection was tried, and nothing can be read over it. Nothing was stored.',
    remedy: 'Do what `todo` says in the failed `checks`.',
  },
  'connection-incomplete': {
    status: 422,
    title: 'Parts of the connection were refused',
    meaning: 'The connection was tried, and some streams cannot be read. Nothing was stored.',
    remedy: 'Do what `todo` says in the failed `checks`, or send `"acceptIncomplete": true` to read only the rest.',
  },
  'connection-timeout': {
    status: 504,
    title: 'The provider did not answer in time',
    meaning: 'The connection was tried for a minute without an end.',
    remedy: 'Try again later.',
  },
} as const satisfies Record<string, ProblemKind>;
