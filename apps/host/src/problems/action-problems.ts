import type { ProblemKind } from './problem-kind.js';

/** Of what is done at providers. */
export const ACTION_PROBLEMS = {
  'action-not-offered': {
    status: 409,
    title: 'The action is not offered',
    meaning: 'The connector has no such action, or the settings of the integration do not let it be used.',
    remedy: 'Take one that `GET /api/integrations/{id}/actions` lists, or switch actions on in the settings.',
  },
  'action-refused': {
    status: 422,
    title: 'The action cannot be done',
    meaning: 'There is no such subject, or it cannot be done to this one. `errors` names the field of the input.',
    remedy: 'Read the reason: what it is done to, or the way, has to be another one.',
  },
  'action-outdated': {
    status: 409,
    title: 'It is not as it was',
    meaning: 'Another plan would be carried out by now than the one that was agreed to.',
    remedy: 'Ask for the plan again, and agree to that.',
  },
  'action-under-way': {
    status: 409,
    title: 'It is under way already',
    meaning: 'The same is to be done already: it waits for approval, or is being done.',
    remedy: 'Look at that request; `detail` has its id.',
  },
  'action-decided': {
    status: 409,
    title: 'It waits for nobody',
    meaning: 'The request was decided, or is too old to be approved.',
    remedy: 'Load it again; ask for it anew where it is too old.',
  },
  'own-approval': {
    status: 403,
    title: 'A second person has to agree',
    meaning: 'Whoever asks for an action cannot approve it, nor can an API key.',
    remedy: 'Let another user with the permission look at it.',
  },
  'action-of-another': {
    status: 403,
    title: 'Somebody else has asked for it',
    meaning: 'Only whoever asked for an action withdraws it.',
    remedy: 'Reject it, with the permission to decide.',
  },
  'action-in-batch': {
    status: 409,
    title: 'It is part of a batch',
    meaning: 'Objects of a batch are agreed to, rejected and stopped together.',
    remedy: 'Decide the batch; `detail` has its id.',
  },
  'batch-over': {
    status: 409,
    title: 'Nothing of it is to be done',
    meaning: 'All of the batch has ended, it was stopped already, or nobody has agreed to it yet.',
    remedy: 'Load it again. What waits for approval is withdrawn or rejected.',
  },
  'action-not-undoable': {
    status: 409,
    title: 'It cannot be taken back',
    meaning: 'Nothing takes it back, it was not done, it was taken back already, or the time for that is over.',
    remedy: 'Do by hand at the provider what has to be done.',
  },
} as const satisfies Record<string, ProblemKind>;
