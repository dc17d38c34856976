import type { ProblemKind } from './problem-kind.js';

/** Of users, workspaces, webhooks, saved questions and findings. */
export const WORKSPACE_PROBLEMS = {
  'user-disabled': {
    status: 409,
    title: 'The user is disabled',
    meaning: 'A disabled user cannot be invited.',
    remedy: 'Enable the user first.',
  },
  'email-taken': {
    status: 409,
    title: 'Already a user',
    meaning: 'Somebody on this host has this e-mail address.',
    remedy: 'Choose another: one address is one user.',
  },
  'last-administrator': {
    status: 409,
    title: 'The last administrator',
    meaning: 'The workspace would be left without anybody who can administer it.',
    remedy: 'Make somebody else administrator first.',
  },
  'last-operator': {
    status: 409,
    title: 'The last operator',
    meaning: 'Nobody could manage workspaces any more, nor make another operator.',
    remedy: 'Make somebody else operator first.',
  },
  'no-other-way-in': {
    status: 409,
    title: 'No other way in',
    meaning: 'The user has no password, and could not sign in any more.',
    remedy: 'Set a password first, with an invitation of an administrator.',
  },
  'workspace-in-use': {
    status: 409,
    title: 'The workspace is in use',
    meaning: 'The workspace has integrations, or it is that of the operators.',
    remedy: 'Delete its integrations first, from inside the workspace.',
  },
  'webhook-disabled': {
    status: 409,
    title: 'The webhook is off',
    meaning: 'Nothing is sent to a webhook that is off.',
    remedy: 'Switch it on first.',
  },
  'webhook-unsigned': {
    status: 409,
    title: 'Mail is not signed',
    meaning: 'A webhook of the kind mail has no signing secret.',
    remedy: 'Nothing is to be done: only what is posted is signed.',
  },
  'mail-not-set-up': {
    status: 409,
    title: 'The host has no mail server',
    meaning: 'A webhook of the kind mail needs a mail server, and the host was told of none.',
    remedy: 'Whoever runs the host sets `CASTELLAN_SMTP_URL` and `CASTELLAN_MAIL_FROM`. Until then, post to an address.',
  },
  'invalid-webhook': {
    status: 422,
    title: 'The webhook is not valid',
    meaning: 'The address, a receiver or the template cannot be used, or belongs to the other kind.',
    remedy:
      'Mend what `errors` names. An address to post to: https, public, without a user name. A receiver of mail: a plain address.',
  },
  'too-many-webhooks': {
    status: 409,
    title: 'Too many webhooks',
    meaning: 'The workspace has as many webhooks as it may have.',
    remedy: 'Delete one first.',
  },
  'question-name-taken': {
    status: 409,
    title: 'The name is taken',
    meaning: 'Another question that was kept in the workspace has this name.',
    remedy: 'Choose another.',
  },
  'too-many-questions': {
    status: 409,
    title: 'Too many questions',
    meaning: 'The workspace keeps as many questions as it may.',
    remedy: 'Delete one first.',
  },
  'too-many-findings': {
    status: 409,
    title: 'Too many findings',
    meaning: 'A change is of more findings than can be changed at once.',
    remedy: 'Name fewer in `where`: by check, severity or integration, one after the other.',
  },
  'finding-not-by-hand': {
    status: 409,
    title: 'Nothing to mend by hand',
    meaning: 'The finding is resolved, or a rule has found it in the log.',
    remedy: 'Nothing is left to do about it; of what a rule has found close the incident.',
  },
  'too-many-deliveries': {
    status: 429,
    title: 'Too many deliveries',
    meaning: 'As many tests and redeliveries of the webhook are on their way as may be.',
    remedy: 'Wait until some are over: the list of deliveries shows them.',
  },
} as const satisfies Record<string, ProblemKind>;
