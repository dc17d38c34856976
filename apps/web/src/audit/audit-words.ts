import type { AuditEntryView } from '@castellan/api';
import { browserWords } from '../account/browser-words.js';
import { userUpdateWords } from './user-update-words.js';
import { type Piece, name, plain } from './piece.js';

type Entry = AuditEntryView;
type Phrase = (entry: Entry) => readonly Piece[];

/** `signed in with …`, by what the host calls it. */
const WAYS: Readonly<Record<string, string>> = {
  password: 'with a password',
  oidc: 'over the identity provider',
  invitation: 'with an invitation',
  'set-up': 'with the set-up token',
};

const to =
  (verb: string, rest = ''): Phrase =>
  ({ target }) => [plain(`${verb} `), name(target?.name ?? target?.id ?? 'something'), plain(rest)];
const says =
  (text: string): Phrase =>
  () => [plain(text)];

interface Action {
  /** In the list to choose from. */
  readonly label: string;
  /** What follows the name of who did it. */
  readonly done: Phrase;
  /** What follows the name of who tried it in vain. */
  readonly refused?: Phrase;
}

/** All that the host writes down. An action that is missing here is shown by its name. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'session.create': {
    label: 'Signing in',
    done: (entry) => [plain(`signed in ${wayOf(entry)}${browserOf(entry)}`)],
    refused: (entry) =>
      entry.target === null
        ? [plain(`was refused when signing in ${wayOf(entry)}`)]
        : [plain('was refused when signing in as '), name(entry.target.name ?? entry.target.id), plain(` ${wayOf(entry)}`)],
  },
  'session.end': { label: 'Signing out', done: says('ended a session') },
  'user.create': { label: 'Inviting somebody', done: to('added', ' to the workspace') },
  'user.invite': { label: 'Inviting again', done: to('made a new invitation for') },
  'user.update': { label: 'Changing a user', done: userUpdateWords },
  'user.delete': { label: 'Removing a user', done: to('removed') },
  'user.change-password': { label: 'Changing a password', done: says('changed the own password') },
  'user.link-identity': { label: 'Linking an identity', done: to('linked', ' to the identity provider') },
  'user.unlink-identities': { label: 'Unlinking an identity', done: to('unlinked', ' from the identity provider') },
  'invitation.accept': {
    label: 'Taking up an invitation',
    done: says('took up an invitation and set a password'),
    refused: says('was refused with an invitation that is not valid'),
  },
  'api-key.create': { label: 'Making an API key', done: to('made the API key') },
  'api-key.revoke': { label: 'Revoking an API key', done: to('revoked the API key') },
  'action.request': { label: 'Asking for an action', done: to('wants to have done:') },
  'action.approve': {
    label: 'Approving an action',
    done: to('agreed to have done:'),
    refused: to('was not let agree to:'),
  },
  'action.reject': { label: 'Rejecting an action', done: to('rejected:') },
  'action.withdraw': { label: 'Withdrawing an action', done: to('withdrew:') },
  'action.expire': { label: 'An action that nobody agreed to', done: to('withdrew, since nobody agreed within 24 hours:') },
  'action.verified': { label: 'An action that was seen to be done', done: to('did, and saw that it is so:') },
  'action.done': { label: 'An action that was done unseen', done: to('did, and could not see whether it is so:') },
  'action.failed': { label: 'An action that failed', done: to('did not do:') },
  'action.by-hand': { label: 'Doing something by hand', done: to('did by hand:') },
  'action.by-hand-seen': { label: 'Seeing what was done by hand', done: to('saw that it was done by hand:') },
  'action.by-hand-missing': { label: 'Not seeing what was done by hand', done: to('saw nothing of what was done by hand:') },
  'action.by-hand-unseen': { label: 'What was done by hand unseen', done: to('could not see whether it was done by hand:') },
  'action-batch.request': { label: 'Asking for a batch of actions', done: to('wants to have done, one after another:') },
  'action-batch.approve': {
    label: 'Approving a batch of actions',
    done: to('agreed to have done, one after another:'),
    refused: to('was not let agree to:'),
  },
  'action-batch.reject': { label: 'Rejecting a batch of actions', done: to('rejected all of:') },
  'action-batch.withdraw': { label: 'Withdrawing a batch of actions', done: to('withdrew all of:') },
  'action-batch.expire': {
    label: 'A batch of actions that nobody agreed to',
    done: to('withdrew, since nobody agreed within 24 hours, all of:'),
  },
  'action-batch.stop': { label: 'Stopping a batch of actions', done: to('stopped:') },
  'playbook.simulate': { label: 'Simulating a playbook', done: to('looked at what would have been done by the playbook') },
  'playbook.enable': { label: 'Switching a playbook on', done: to('switched on the playbook') },
  'playbook.disable': { label: 'Switching a playbook off', done: to('switched off the playbook') },
  'playbook.begun': { label: 'A playbook that has begun', done: to('began the playbook') },
  'playbook.start': { label: 'Beginning a playbook', done: to('began the playbook') },
  'playbook.stop': { label: 'Stopping a playbook', done: to('stopped the playbook') },
  'playbook.approve': {
    label: 'Saying yes to a playbook',
    done: to('said yes to a step of the playbook'),
    refused: to('may not decide on a step of the playbook'),
  },
  'playbook.decline': {
    label: 'Saying no to a playbook',
    done: to('said no to a step of the playbook'),
    refused: to('may not decide on a step of the playbook'),
  },
  'playbook.tick': { label: 'Ticking off what was done by hand', done: to('ticked off something of the playbook') },
  'playbook.ended': { label: 'A playbook that is over', done: to('came to the end of the playbook') },
  'playbook.expired': { label: 'A playbook that was not over in time', done: to('gave up the playbook') },
  'webhook.create': { label: 'Setting up a webhook', done: to('set up the webhook to') },
  'webhook.update': { label: 'Changing a webhook', done: to('changed the webhook to') },
  'webhook.delete': { label: 'Deleting a webhook', done: to('deleted the webhook to') },
  'webhook.rotate-secret': { label: 'Making a signing secret', done: to('made a new signing secret for the webhook to') },
  'webhook.test': { label: 'Testing a webhook', done: to('sent a test to') },
  'webhook.redeliver': { label: 'Redelivering', done: to('had an event delivered once more to') },
  'webhook.disable': {
    label: 'Switching a webhook off',
    done: to('switched off the webhook to', ', which said that it is gone'),
  },
  'integration.create': { label: 'Connecting', done: to('connected') },
  'integration.update': { label: 'Changing an integration', done: to('changed the settings of') },
  'integration.reconnect': { label: 'Reconnecting', done: to('reconnected') },
  'integration.pause': { label: 'Pausing', done: to('paused') },
  'integration.resume': { label: 'Resuming', done: to('resumed') },
  'integration.sync': { label: 'Syncing by hand', done: to('started a sync of') },
  'integration.delete': { label: 'Deleting an integration', done: to('deleted the integration', ' and its data') },
  'run.cancel': { label: 'Cancelling a run', done: says('cancelled a run') },
  'hold.accept': { label: 'Accepting removals', done: to('accepted the removals held in') },
  'hold.reject': { label: 'Rejecting removals', done: to('rejected the removals held in') },
  'records.export': { label: 'Exporting data', done: to('exported the records of kind') },
  'access.export': { label: 'Exporting access', done: exported },
  'access-review.sign': { label: 'Signing a review', done: to('signed off who can reach') },
  'finding.acknowledge': { label: 'Acknowledging findings', done: changed('acknowledged') },
  'finding.unacknowledge': { label: 'Taking back an acknowledgement', done: changed('opened again') },
  'finding.except': { label: 'Excepting findings', done: changed('excepted') },
  'finding.end-exception': { label: 'Ending exceptions', done: changed('ended the exception of') },
  'finding.assign': { label: 'Assigning findings', done: changed('changed the owner of') },
  'finding.comment': { label: 'Commenting on findings', done: changed('commented on') },
  'finding.by-hand': { label: 'Mending findings by hand', done: changed('mended by hand') },
  'incident.acknowledge': { label: 'Acknowledging incidents', done: changed('acknowledged', 'incident') },
  'incident.unacknowledge': { label: 'Opening acknowledged incidents again', done: changed('opened again', 'incident') },
  'incident.close': { label: 'Closing incidents', done: changed('closed', 'incident') },
  'incident.reopen': { label: 'Reopening incidents', done: changed('reopened', 'incident') },
  'incident.assign': { label: 'Assigning incidents', done: changed('changed the owner of', 'incident') },
  'incident.comment': { label: 'Commenting on incidents', done: changed('commented on', 'incident') },
  'findings.export': { label: 'Exporting findings', done: exportedFindings },
  'incidents.export': { label: 'Exporting incidents', done: says('exported incidents') },
  'check.settings': { label: 'Setting a check', done: checkSet },
  'posture.look': { label: 'Looking again', done: to('had all checks look again at') },
  'rule.settings': { label: 'Setting a rule', done: ruleSet },
  'rule.reset': { label: 'Resetting a rule', done: to('took back what was set of the rule') },
  'rule-file.create': { label: 'Uploading rules', done: to('uploaded the rules') },
  'rule-file.update': { label: 'Replacing rules', done: to('replaced the rules') },
  'rule-file.delete': { label: 'Deleting rules', done: to('deleted the rules') },
  'detection-list.set': { label: 'Filling a list', done: to('changed the list', ', which rules go by') },
  'detection-list.delete': { label: 'Deleting a list', done: to('deleted the list', ', which rules went by') },
  'suppression.create': { label: 'Suppressing findings', done: to('suppressed until a date what is found of') },
  'suppression.delete': { label: 'Ending a suppression', done: to('took back the suppression of') },
  'dead-letters.retry': { label: 'Retrying events', done: says('had rules look again at events that were set aside') },
  'saved-question.create': { label: 'Keeping a question', done: to('kept the question') },
  'saved-question.delete': { label: 'Deleting a question', done: to('deleted the question') },
  'workspace.create': { label: 'Making a workspace', done: to('made the workspace') },
  'workspace.update': { label: 'Renaming a workspace', done: renamed },
  'workspace.delete': { label: 'Deleting a workspace', done: to('deleted the workspace') },
  'host.set-up': {
    label: 'Setting up the host',
    done: says('set up this host'),
    refused: says('was refused with a wrong set-up token'),
  },
  'key.rotate': { label: 'Changing the master key', done: says('changed the key that secrets are stored with') },
  'access.denied': {
    label: 'Without permission',
    done: to('tried'),
    refused: (entry) => [
      ...to('tried')(entry),
      plain(' without the permission '),
      name(textAt(entry.after, 'permission') ?? 'for it'),
    ],
  },
  'change.refused': {
    label: 'Refused changes',
    done: to('tried'),
    refused: (entry) => [...to('tried')(entry), plain(`, and was refused${reasonOf(entry)}`)],
  },
};

/** An entry as a sentence, names apart from the rest. */
export function auditWords(entry: Entry): readonly Piece[] {
  const action = ACTIONS[entry.action];
  const unknown: Phrase = (one) => [plain(`did `), name(one.action), ...(one.target === null ? [] : to(' with')(one))];
  if (entry.outcome === 'done') return [name(actorWords(entry)), plain(' '), ...(action?.done ?? unknown)(entry)];
  const tried: Phrase = (one) => [plain('was refused: '), name(ACTIONS[one.action]?.label ?? one.action)];
  return [name(actorWords(entry)), plain(' '), ...(action?.refused ?? tried)(entry)];
}

export function actorWords({ actor }: Pick<Entry, 'actor'>): string {
  if (actor.kind === 'anonymous') return actor.name === '' ? 'Somebody' : `Somebody who says “${actor.name}”`;
  if (actor.kind === 'api_key') return `The API key ${actor.name}`;
  if (actor.kind === 'user') return actor.name;
  return actor.name === 'host' ? 'The host' : `The host (${actor.name})`;
}

function wayOf({ after }: Entry): string {
  const how = textAt(after, 'how') ?? '';
  return WAYS[how] ?? how;
}

function browserOf({ after }: Entry): string {
  const agent = textAt(after, 'agent');
  return agent === undefined || agent === '' ? '' : `, ${browserWords(agent)}`;
}

/** Of what can be asked, by what the host calls it. */
const QUESTIONS: Readonly<Record<string, string>> = {
  reach: 'what somebody can reach',
  'reached-by': 'who can reach something',
  review: 'who can reach an application, to be signed',
  changes: 'what has changed in access',
  'edge-changes': 'what has changed in memberships and assignments',
  unused: 'applications that are not used',
  'unused-roles': 'roles that are not used',
  suggestions: 'assignments that can go',
  administrators: 'who holds a role',
};

function exported(entry: Entry): readonly Piece[] {
  const question = textAt(entry.after, 'question') ?? '';
  return to(`exported ${QUESTIONS[question] ?? 'access'} in`)(entry);
}

/** `acknowledged 12 findings` */
function changed(verb: string, noun = 'finding'): Phrase {
  return ({ after }) => {
    const count = numberAt(after, 'changed') ?? 0;
    return [plain(`${verb} `), name(count === 1 ? `1 ${noun}` : `${count} ${noun}s`)];
  };
}

function exportedFindings({ after }: Entry): readonly Piece[] {
  return [plain(textAt(after, 'report') === 'posture' ? 'exported the report of the posture' : 'exported findings')];
}

function checkSet(entry: Entry): readonly Piece[] {
  const isOn = (object: object | null): unknown => valueAt(object, 'enabled');
  if (isOn(entry.before) === isOn(entry.after)) return to('changed the limits of the check')(entry);
  return to(isOn(entry.after) === true ? 'switched on the check' : 'switched off the check')(entry);
}

function ruleSet(entry: Entry): readonly Piece[] {
  const isOn = (object: object | null): boolean => valueAt(object, 'enabled') !== false;
  if (isOn(entry.before) === isOn(entry.after)) return to('changed what is set of the rule')(entry);
  return to(isOn(entry.after) ? 'switched on the rule' : 'switched off the rule')(entry);
}

function renamed({ before, after, target }: Entry): readonly Piece[] {
  const old = textAt(before, 'name') ?? target?.name ?? '';
  return [plain('renamed the workspace '), name(old), plain(' to '), name(textAt(after, 'name') ?? '')];
}

/** `urn:castellan:problem:last-administrator` is the last administrator. */
function reasonOf({ after }: Entry): string {
  const code = textAt(after, 'problem')?.split(':').at(-1);
  return code === undefined ? '' : `: ${code.replaceAll('-', ' ')}`;
}

function textAt(object: object | null, key: string): string | undefined {
  const value = valueAt(object, key);
  return typeof value === 'string' ? value : undefined;
}

function numberAt(object: object | null, key: string): number | undefined {
  const value = valueAt(object, key);
  return typeof value === 'number' ? value : undefined;
}

/** Of what the host has noted, of whose form nothing is promised. */
function valueAt(object: object | null, key: string): unknown {
  return object === null ? undefined : (object as Readonly<Record<string, unknown>>)[key];
}
