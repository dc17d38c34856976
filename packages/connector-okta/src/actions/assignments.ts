import { isDeepStrictEqual } from 'node:util';
import { type AnyAction, ConfigError, edgeKey, type JsonObject, type PlanArgs } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { isObject } from '../map/is-object.js';
import { AssignmentInput, LONGEST_PROFILE, NewAssignmentInput } from './inputs.js';
import { valueAt } from './lists.js';
import { type Looked, oktaAction, part, type Part, post, put, remove, touched } from './okta-action.js';
import { accountBy, applicationBy, groupBy, rawAt, type Subject } from './subjects.js';

/** An assignment, as it is and as it could be. */
interface Assignment {
  readonly app: Subject;
  readonly who: Subject;
  readonly list: string;
  readonly path: string;
  /** As Okta has it; `undefined`: there is none. */
  readonly found: JsonObject | undefined;
  readonly touches: Looked['touches'];
  readonly stale: readonly Part[];
}

async function assignmentOf(client: OktaClient, input: AssignmentInput): Promise<Assignment> {
  const app = await applicationBy(client, input.application);
  const isAccount = input.principalKind === 'account';
  const who = await (isAccount ? accountBy : groupBy)(client, input.principal, 'principal');
  const list = `/api/v1/apps/${app.segment}/${isAccount ? 'users' : 'groups'}`;
  const path = `${list}/${who.segment}`;
  const edge = edgeKey(app.id, who.id);
  const stale = isAccount
    ? [part('app-user-assignments', 'key', edge)]
    : [
        part('app-group-assignments', 'key', edge),
        part('app-user-assignments', 'application', app.id),
        part('groups', 'key', who.id),
      ];
  const touches = [
    touched('app_assignment', edge, `${who.name} in ${app.name}`),
    touched('application', app.id, app.name),
    touched(isAccount ? 'account' : 'group', who.id, who.name),
  ];
  return { app, who, list, path, found: await rawAt(client, path), touches, stale };
}

async function lookToUnassign({ client, input }: PlanArgs<OktaClient, AssignmentInput>): Promise<Looked> {
  const { app, who, path, found, touches, stale } = await assignmentOf(client, input);
  const isAccount = input.principalKind === 'account';
  // What a group gives shows in the same place, also right after the account's own is gone: it is no work that is left.
  const isByGroup = isAccount && textAt(found, 'scope') === 'GROUP';
  const isDone = found === undefined || isByGroup;
  const again = isDone ? undefined : givenAgain(found, input);
  return {
    state: isDone ? 'done' : 'open',
    seen: [textAt(found, 'scope') ?? null, textAt(found, 'status') ?? null],
    calls: isDone ? [] : [remove(path)],
    touches,
    consequences: consequencesOf(app, who, isAccount, again !== undefined),
    outcome: isByGroup
      ? `${who.name} is not assigned to ${app.name} by itself; a group gives it: take the account out of the group, or the group away from the application.`
      : `${who.name} is not assigned to ${app.name}${isAccount ? ' by itself' : ''}.`,
    stale,
    undo: again === undefined ? null : { action: 'assign-application', input: again },
  };
}

function consequencesOf(app: Subject, who: Subject, isAccount: boolean, isGivenAgain: boolean): readonly string[] {
  return [
    isAccount
      ? `${who.name} cannot open ${app.name} any more, unless a group gives it.`
      : `All members of ${who.name} who have ${app.name} by this group only lose it.`,
    'Where Okta writes to the application it deactivates or deletes the account there, which taking it back may not restore.',
    ...(isGivenAgain
      ? []
      : ['What the application knows of it is too long for Castellan to write again: it is not taken back from here.']),
  ];
}

/** What assigns it again as it is; `undefined`: that is too long. */
function givenAgain(found: JsonObject, { application, principalKind, principal }: AssignmentInput): JsonObject | undefined {
  const profile = found['profile'];
  const text = isObject(profile) ? JSON.stringify(profile) : undefined;
  if (text !== undefined && text.length > LONGEST_PROFILE) return undefined;
  const userName = textAt(found['credentials'], 'userName');
  const priority = found['priority'];
  return {
    application,
    principalKind,
    principal,
    ...(text !== undefined && { profile: text }),
    ...(principalKind === 'account' && userName !== undefined && { userName }),
    ...(principalKind === 'group' && typeof priority === 'number' && { priority }),
  };
}

async function lookToAssign({ client, input }: PlanArgs<OktaClient, NewAssignmentInput>): Promise<Looked> {
  const { app, who, list, path, found, touches, stale } = await assignmentOf(client, input);
  const isAccount = input.principalKind === 'account';
  const { profile, userName, priority } = wishOf(input);
  // Through a group is not by itself.
  const isDone = found !== undefined && textAt(found, 'scope') !== 'GROUP';
  if (isDone) refuseOther(found, { profile, userName }, `${who.name} is assigned to ${app.name} already`);
  const call = isAccount
    ? post(list, {
        id: who.id,
        scope: 'USER',
        ...(profile !== undefined && { profile }),
        ...(userName !== undefined && { credentials: { userName } }),
      })
    : put(path, { ...(profile !== undefined && { profile }), ...(priority !== undefined && { priority }) });
  return {
    state: isDone ? 'done' : 'open',
    seen: textAt(found, 'scope') ?? null,
    calls: isDone ? [] : [call],
    touches,
    consequences: [`${isAccount ? who.name : `Every member of ${who.name}`} can open ${app.name}.`],
    outcome: `${who.name} is assigned to ${app.name}.`,
    stale,
    undo: {
      action: 'unassign-application',
      input: { application: app.id, principalKind: input.principalKind, principal: who.id },
    },
  };
}

/** How it shall be assigned. */
interface Wish {
  readonly profile: JsonObject | undefined;
  readonly userName: string | undefined;
  readonly priority: number | undefined;
}

function wishOf({ principalKind, profile, userName, priority }: NewAssignmentInput): Wish {
  const only = (field: string, kind: string): ConfigError => new ConfigError({ field, message: `Is for ${kind} only.` });
  if (userName !== undefined && userName !== '' && principalKind === 'group') throw only('userName', 'an account');
  if (priority !== undefined && principalKind === 'account') throw only('priority', 'a group');
  return { profile: profileIn(profile), userName: userName === '' ? undefined : userName, priority };
}

/** To assign is not to change. Priorities are left out: Okta moves them when groups come and go. @throws ConfigError */
function refuseOther(found: JsonObject, { profile, userName }: Omit<Wish, 'priority'>, already: string): void {
  const has = (key: string): unknown => valueAt(found['profile'], key) ?? null;
  const other = Object.entries(profile ?? {}).find(([key, value]) => !isDeepStrictEqual(has(key), value));
  if (other !== undefined)
    throw new ConfigError({ field: 'profile', message: `${already}, with another ${other[0]}. Change it in Okta.` });
  if (userName !== undefined && userName !== textAt(found['credentials'], 'userName'))
    throw new ConfigError({ field: 'userName', message: `${already}, by another user name. Change it in Okta.` });
}

function profileIn(text: string | undefined): JsonObject | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    const profile: unknown = JSON.parse(text);
    // Parsed from JSON, it is an object of JSON.
    if (isObject(profile)) return profile as JsonObject;
  } catch {
    // The same as what is no object.
  }
  throw new ConfigError({ field: 'profile', message: 'Is no object in JSON.' });
}

const ASSIGNMENT = { subject: 'app_assignment', requires: ['okta.apps.manage'] } as const;

export const assignmentActions: readonly AnyAction<OktaClient>[] = [
  oktaAction({
    ...ASSIGNMENT,
    name: 'unassign-application',
    title: 'Take the application away',
    summary: 'The account or the group cannot open the application any more.',
    effect: 'destructive',
    purpose: 'fix',
    undo: 'assign-application',
    input: AssignmentInput,
    look: lookToUnassign,
  }),
  oktaAction({
    ...ASSIGNMENT,
    name: 'assign-application',
    title: 'Assign the application',
    summary: 'The account or the group can open the application.',
    // Whoever gives access gives power: by one person alone it would be taken.
    effect: 'destructive',
    purpose: 'restore',
    undo: 'unassign-application',
    input: NewAssignmentInput,
    look: lookToAssign,
  }),
];
