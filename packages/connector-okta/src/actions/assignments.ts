import { type AnyAction, ConfigError, edgeKey, type JsonObject, type PlanArgs } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { isObject } from '../map/is-object.js';
import { AssignmentInput, NewAssignmentInput } from './inputs.js';
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
  return { app, who, list, path, found: await rawAt(client, path), stale };
}

async function lookToUnassign({ client, input }: PlanArgs<OktaClient, AssignmentInput>): Promise<Looked> {
  const { app, who, path, found, stale } = await assignmentOf(client, input);
  const isAccount = input.principalKind === 'account';
  if (isAccount && textAt(found, 'scope') === 'GROUP') {
    const message = `${who.name} has ${app.name} through a group, and would keep it. Take the account out of the group, or the group away from the application.`;
    throw new ConfigError({ field: 'principal', message });
  }
  const profile = found === undefined ? undefined : memberOf(found, 'profile');
  return {
    state: found === undefined ? 'done' : 'open',
    seen: [textAt(found, 'scope') ?? null, textAt(found, 'status') ?? null],
    calls: found === undefined ? [] : [remove(path)],
    touches: [touched(isAccount ? 'account' : 'group', who.id, who.name), touched('application', app.id, app.name)],
    consequences: [
      isAccount
        ? `${who.name} cannot open ${app.name} any more, unless a group gives it.`
        : `All members of ${who.name} who have ${app.name} by this group only lose it.`,
      'Where Okta writes to the application it deactivates or deletes the account there, which taking it back may not restore.',
    ],
    outcome: `${who.name} is not assigned to ${app.name}.`,
    stale,
    undo: {
      action: 'assign-application',
      input: {
        application: app.id,
        principalKind: input.principalKind,
        principal: who.id,
        ...(isObject(profile) && { profile: JSON.stringify(profile) }),
      },
    },
  };
}

async function lookToAssign({ client, input }: PlanArgs<OktaClient, NewAssignmentInput>): Promise<Looked> {
  const { app, who, list, path, found, stale } = await assignmentOf(client, input);
  const isAccount = input.principalKind === 'account';
  const profile = profileIn(input.profile);
  // Through a group is not by itself.
  const isDone = found !== undefined && textAt(found, 'scope') !== 'GROUP';
  const call = isAccount
    ? post(list, { id: who.id, scope: 'USER', ...(profile !== undefined && { profile }) })
    : put(path, profile === undefined ? {} : { profile });
  return {
    state: isDone ? 'done' : 'open',
    seen: textAt(found, 'scope') ?? null,
    calls: isDone ? [] : [call],
    touches: [touched(isAccount ? 'account' : 'group', who.id, who.name), touched('application', app.id, app.name)],
    consequences: [`${isAccount ? who.name : `Every member of ${who.name}`} can open ${app.name}.`],
    outcome: `${who.name} is assigned to ${app.name}.`,
    stale,
    undo: {
      action: 'unassign-application',
      input: { application: app.id, principalKind: input.principalKind, principal: who.id },
    },
  };
}

const memberOf = (value: object, key: string): unknown => new Map<string, unknown>(Object.entries(value)).get(key);

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
    effect: 'write',
    purpose: 'restore',
    undo: 'unassign-application',
    input: NewAssignmentInput,
    look: lookToAssign,
  }),
];
