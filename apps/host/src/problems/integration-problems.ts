import type { ProblemKind } from './problem-kind.js';

/** Of integrations, their runs and holds. */
export const INTEGRATION_PROBLEMS = {
  'name-taken': {
    status: 409,
    title: 'The name is taken',
    meaning: 'Another integration of the workspace has this name.',
    remedy: 'Choose another, or leave it out: then it is numbered.',
  },
  'not-an-owner': {
    status: 422,
    title: 'Not a possible owner',
    meaning: 'The owner is no user of this workspace, or is disabled.',
    remedy: 'Take the id of an active user, or null for nobody.',
  },
  'name-differs': {
    status: 422,
    title: 'The name differs',
    meaning: 'What was typed to confirm is not the name of the integration. Nothing was deleted.',
    remedy: 'Type the name as it is shown.',
  },
  'other-organisation': {
    status: 409,
    title: 'Another organisation answers',
    meaning: 'The new settings lead to another organisation than the one whose data is here.',
    remedy: 'Correct them, or connect the other organisation as an integration of its own.',
  },
  'changed-meanwhile': {
    status: 409,
    title: 'Changed meanwhile',
    meaning: 'Somebody else has changed the settings since they were read.',
    remedy: 'Read them again, and decide anew.',
  },
  'secrets-locked': {
    status: 409,
    title: 'The stored secrets cannot be opened',
    meaning: 'The secrets of this integration were sealed with a key that this host does not have.',
    remedy: 'Start the host with that key, or reconnect with the secrets.',
  },
  paused: {
    status: 409,
    title: 'The integration is paused',
    meaning: 'Nothing is read while it is paused.',
    remedy: 'Resume it first.',
  },
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
