import { type AnyAction, ConfigError, edgeKey, type PlanArgs } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { GroupMemberInput } from './inputs.js';
import { isMemberOf, itemsOf, valueAt } from './lists.js';
import { whoIsLeftWithout } from './lock-out.js';
import { type Looked, oktaAction, part, put, remove, touched } from './okta-action.js';
import { refuseOwnAccount } from './own-connection.js';
import { accountBy, groupBy, type Subject } from './subjects.js';
import { keepSuperWithout, rolesOfGroup } from './super-administrators.js';

/** Members of any other group are told by an application, or by Okta itself. */
const OWN = 'OKTA_GROUP';

function look(isWanted: boolean): (args: PlanArgs<OktaClient, GroupMemberInput>) => Promise<Looked> {
  return async ({ client, input }) => {
    const group = await groupBy(client, input.group);
    const account = await accountBy(client, input.member, 'member');
    if (group.type !== OWN) throw foreign(group);
    const isDone = (await isMemberOf(client, account.id, group.id)) === isWanted;
    const given = await rolesOfGroup(client, group);
    const path = `/api/v1/groups/${group.segment}/users/${account.segment}`;
    const left = isDone ? [] : await (isWanted ? mayJoin : mayLeave)(client, group, account, given);
    return {
      state: isDone ? 'done' : 'open',
      seen: [isDone === isWanted, given],
      calls: isDone ? [] : [isWanted ? put(path) : remove(path)],
      touches: [
        touched('membership', edgeKey(group.id, account.id), `${account.name} in ${group.name}`),
        touched('group', group.id, group.name),
        touched('account', account.id, account.name),
      ],
      consequences: [...consequencesOf(isWanted, group, account, given), ...left],
      outcome: `${account.name} is ${isWanted ? 'a' : 'no'} member of ${group.name}.`,
      stale: [
        part('memberships', 'key', edgeKey(group.id, account.id)),
        part('groups', 'key', group.id),
        part('app-user-assignments', 'principal', account.id),
        part('user-role-assignments', 'principal', account.id),
      ],
      // Back into a group that gives power is another matter: see `mayJoin`.
      undo:
        !isWanted && given.length > 0
          ? null
          : { action: isWanted ? 'remove-from-group' : 'add-to-group', input: { group: group.id, member: account.id } },
    };
  };
}

/** @returns who is left, where the account is a Super Administrator */
async function mayJoin(
  client: OktaClient,
  group: Subject,
  account: Subject,
  given: readonly string[],
): Promise<readonly string[]> {
  if (given.length > 0) {
    const message = `${group.name} makes its members administrators (${given.join(', ')}). Give the role to the account itself, by assign-role: a second person has to agree to that.`;
    throw new ConfigError({ field: 'group', message });
  }
  // A policy may deny everything to a group: that is what it is done for.
  return whoIsLeftWithout(client, account.id, 'member');
}

async function mayLeave(
  client: OktaClient,
  group: Subject,
  account: Subject,
  given: readonly string[],
): Promise<readonly string[]> {
  const rule = await ruleOf(client, group, account);
  if (rule !== undefined) {
    const message = `The group rule "${rule}" fills ${group.name}, and may put ${account.name} back. Change the rule, or what it looks at, or exclude the account from it in Okta.`;
    throw new ConfigError({ field: 'group', message });
  }
  await refuseOwnAccount(client, account.id, 'member');
  return keepSuperWithout(client, given, 'group', account.id);
}

function consequencesOf(isWanted: boolean, group: Subject, account: Subject, given: readonly string[]): readonly string[] {
  if (isWanted) return [`${account.name} gets what the group gives: applications, roles, policies.`];
  return [
    `${account.name} loses what only this group gives: applications, roles, policies. An application that Okta writes to may delete the account there, with what belongs to it.`,
    ...(given.length > 0
      ? [`${group.name} makes its members administrators (${given.join(', ')}): Castellan does not put anybody back into it.`]
      : []),
  ];
}

function foreign({ name, type }: { readonly name: string; readonly type: string | null }): ConfigError {
  const why = type === 'APP_GROUP' ? 'an application masters it: change its members there' : 'Okta itself says who is in it';
  return new ConfigError({ field: 'group', message: `The members of ${name} cannot be changed: ${why}.` });
}

/** The name of an active rule that may put the account into the group. */
async function ruleOf(client: OktaClient, group: Subject, account: Subject): Promise<string | undefined> {
  for await (const rule of itemsOf(client, '/api/v1/groups/rules?limit=200')) {
    if (textAt(rule, 'status') !== 'ACTIVE') continue;
    if (!lists(rule, group.id, 'actions', 'assignUserToGroups', 'groupIds')) continue;
    // Whom a rule leaves out stays out.
    if (lists(rule, account.id, 'conditions', 'people', 'users', 'exclude')) continue;
    return textAt(rule, 'name') ?? textAt(rule, 'id') ?? 'without a name';
  }
  return undefined;
}

function lists(rule: unknown, id: string, ...way: readonly string[]): boolean {
  const ids = valueAt(rule, ...way);
  return Array.isArray(ids) && ids.includes(id);
}

const MEMBER = { subject: 'membership', requires: ['okta.groups.manage'], input: GroupMemberInput } as const;

export const groupActions: readonly AnyAction<OktaClient>[] = [
  oktaAction({
    ...MEMBER,
    name: 'remove-from-group',
    title: 'Remove from group',
    summary: 'The account loses what the group gives.',
    effect: 'write',
    purpose: 'fix',
    undo: 'add-to-group',
    look: look(false),
  }),
  oktaAction({
    ...MEMBER,
    name: 'add-to-group',
    title: 'Add to group',
    summary: 'The account gets what the group gives; into a group whose policy denies, it is in quarantine.',
    // A group gives what it has been given: by one person alone it would be taken.
    effect: 'destructive',
    purpose: 'prevent',
    undo: 'remove-from-group',
    look: look(true),
  }),
];
