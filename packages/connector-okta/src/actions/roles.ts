import { type AnyAction, ConfigError, edgeKey, type JsonObject, type PlanArgs } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { NewRoleInput, RoleAssignmentInput, type RoleInput } from './inputs.js';
import { type Looked, oktaAction, part, post, remove, requireId, touched } from './okta-action.js';
import { refuseOwnAccount, refuseOwnApplication, refuseOwnGroup } from './own-connection.js';
import { accountBy, applicationBy, groupBy, type Subject } from './subjects.js';
import { keepSuperBeside, keepSuperWithout } from './super-administrators.js';

/** Whom a role is given to, and where Okta lists what they have. */
interface Holder {
  readonly who: Subject;
  readonly roles: string;
  readonly stream: string;
}

async function holderOf(client: OktaClient, { principalKind, principal }: RoleInput): Promise<Holder> {
  if (principalKind === 'account') {
    const who = await accountBy(client, principal, 'principal');
    return { who, roles: `/api/v1/users/${who.segment}/roles`, stream: 'user-role-assignments' };
  }
  if (principalKind === 'group') {
    const who = await groupBy(client, principal, 'principal');
    return { who, roles: `/api/v1/groups/${who.segment}/roles`, stream: 'group-role-assignments' };
  }
  const who = await applicationBy(client, principal, 'principal');
  // Okta asks by the client id, which is another name for the application.
  const clientId = who.object.child('credentials').child('oauthClient').filled('client_id') ?? who.id;
  return { who, roles: `/oauth2/v1/clients/${encodeURIComponent(clientId)}/roles`, stream: 'client-role-assignments' };
}

async function lookToRemove({ client, input }: PlanArgs<OktaClient, RoleAssignmentInput>): Promise<Looked> {
  const { who, roles, stream } = await holderOf(client, input);
  const path = `${roles}/${requireId(input.assignment, 'assignment')}`;
  const found = (await client.find({ url: path }))?.body;
  const label = textAt(found, 'label') ?? input.role;
  const left = found === undefined ? [] : await mayLose(client, input, who, found);
  const targets = found === undefined ? 0 : await targetsOf(client, path, textAt(found, 'type'));
  const given = givenAgain(found);
  return {
    state: found === undefined ? 'done' : 'open',
    seen: [textAt(found, 'type') ?? null, targets],
    calls: found === undefined ? [] : [remove(path)],
    touches: touchesOf(input, who, roleIn(found) ?? input.role, label),
    consequences: [
      `${who.name} loses the role ${label}${input.principalKind === 'group' ? ', and with it all members of the group' : ''}.`,
      ...(targets > 0
        ? [
            `The role is narrowed to ${targets} groups or applications: Castellan does not give it back, since it would hold for everything in between.`,
          ]
        : []),
      ...left,
    ],
    outcome: `${who.name} does not have the role ${label} by this assignment.`,
    stale: [part(stream, 'principal', who.id)],
    undo:
      given === undefined || targets > 0
        ? null
        : { action: 'assign-role', input: { principalKind: input.principalKind, principal: who.id, ...given } },
  };
}

/** Custom roles are known by their id. */
const roleIn = (found: unknown): string | undefined => {
  const type = textAt(found, 'type');
  return type === undefined || type === 'CUSTOM' ? (textAt(found, 'role') ?? type) : type;
};

const touchesOf = ({ principalKind }: RoleInput, who: Subject, role: string, label: string): Looked['touches'] => [
  touched('role_assignment', edgeKey(role, who.id), `${label} of ${who.name}`),
  touched(KIND[principalKind], who.id, who.name),
];

const KIND = { account: 'account', group: 'group', client: 'application' } as const;

/** @returns who is left, of a Super Administrator */
async function mayLose(
  client: OktaClient,
  input: RoleAssignmentInput,
  who: Subject,
  found: unknown,
): Promise<readonly string[]> {
  const { principalKind, assignment } = input;
  if (textAt(found, 'assignmentType') === 'GROUP' && principalKind === 'account') {
    const message = `${who.name} has the role through a group. Take the account out of the group, or the role from the group.`;
    throw new ConfigError({ field: 'assignment', message });
  }
  if (principalKind === 'client') refuseOwnApplication(client, who, 'principal');
  if (principalKind === 'account') await refuseOwnAccount(client, who.id, 'principal');
  if (principalKind === 'group') await refuseOwnGroup(client, who.id, 'principal');
  const type = textAt(found, 'type');
  if (type !== 'SUPER_ADMIN' || principalKind === 'client') return [];
  return principalKind === 'account'
    ? keepSuperBeside(client, who.id, assignment, 'assignment')
    : keepSuperWithout(client, [type], 'assignment');
}

/** What standard roles can be narrowed to. Source: Okta, "Role targets". */
const NARROWED: Readonly<Record<string, string>> = {
  USER_ADMIN: 'groups',
  HELP_DESK_ADMIN: 'groups',
  GROUP_MEMBERSHIP_ADMIN: 'groups',
  APP_ADMIN: 'catalog/apps',
};

async function targetsOf(client: OktaClient, path: string, type: string | undefined): Promise<number> {
  const below = type === undefined ? undefined : NARROWED[type];
  if (below === undefined) return 0;
  const url = `${path}/targets/${below}`;
  const response = await client.find({ url });
  return response === undefined ? 0 : listOf(response, url).items.length;
}

/** What gives the same role again; `undefined`: that is not known. */
function givenAgain(found: unknown): JsonObject | undefined {
  const type = textAt(found, 'type');
  const role = textAt(found, 'role');
  const resourceSet = textAt(found, 'resource-set');
  if (role !== undefined && resourceSet !== undefined) return { role, resourceSet };
  return type === undefined || type === 'CUSTOM' ? undefined : { role: type };
}

async function lookToAssign({ client, input }: PlanArgs<OktaClient, NewRoleInput>): Promise<Looked> {
  const { who, roles, stream } = await holderOf(client, input);
  const { role, resourceSet } = input;
  const isSame = (item: unknown): boolean =>
    textAt(item, 'assignmentType') !== (input.principalKind === 'account' ? 'GROUP' : '') &&
    (resourceSet === undefined
      ? textAt(item, 'type') === role
      : textAt(item, 'role') === role && textAt(item, 'resource-set') === resourceSet);
  const known = listOf(await client.get({ url: roles }), roles).items.find(isSame);
  const assignment = textAt(known, 'id');
  const body = resourceSet === undefined ? { type: role } : { type: 'CUSTOM', role, 'resource-set': resourceSet };
  return {
    state: known === undefined ? 'open' : 'done',
    seen: null,
    calls: known === undefined ? [post(roles, body)] : [],
    touches: touchesOf(input, who, role, role),
    consequences: [`${who.name} is an administrator by the role ${role}.`],
    outcome: `${who.name} has the role ${role}.`,
    stale: [part(stream, 'principal', who.id)],
    undo:
      assignment === undefined
        ? null
        : { action: 'remove-role', input: { role, principalKind: input.principalKind, principal: who.id, assignment } },
  };
}

const ROLE = { subject: 'role_assignment', requires: ['okta.roles.manage'] } as const;

export const roleActions: readonly AnyAction<OktaClient>[] = [
  oktaAction({
    ...ROLE,
    name: 'remove-role',
    title: 'Take the role away',
    summary: 'The account, group or application does not have the administrator role any more.',
    effect: 'destructive',
    purpose: 'fix',
    undo: 'assign-role',
    input: RoleAssignmentInput,
    look: lookToRemove,
  }),
  oktaAction({
    ...ROLE,
    name: 'assign-role',
    title: 'Give the role',
    summary: 'The account, group or application becomes an administrator.',
    effect: 'destructive',
    purpose: 'restore',
    undo: 'remove-role',
    input: NewRoleInput,
    look: lookToAssign,
  }),
];
