import { type AnyAction, ConfigError, edgeKey, type PlanArgs } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { GroupMemberInput } from './inputs.js';
import { type Looked, oktaAction, part, put, remove, touched } from './okta-action.js';
import { keepSuperWithout, refuseOwnAccount } from './own-connection.js';
import { accountBy, groupBy, type Subject } from './subjects.js';

/** Members of any other group are told by an application, or by Okta itself. */
const OWN = 'OKTA_GROUP';

function look(isWanted: boolean): (args: PlanArgs<OktaClient, GroupMemberInput>) => Promise<Looked> {
  return async ({ client, input }) => {
    const group = await groupBy(client, input.group);
    const account = await accountBy(client, input.member, 'member');
    if (group.type !== OWN) throw foreign(group);
    const isMember = await isIn(client, account, group);
    const path = `/api/v1/groups/${group.segment}/users/${account.segment}`;
    if (isMember && !isWanted) await mayLeave(client, group, account);
    return {
      state: isMember === isWanted ? 'done' : 'open',
      seen: isMember,
      calls: isMember === isWanted ? [] : [isWanted ? put(path) : remove(path)],
      touches: [touched('group', group.id, group.name), touched('account', account.id, account.name)],
      consequences: [
        isWanted
          ? `${account.name} gets what the group gives: applications, roles, policies.`
          : `${account.name} loses what only this group gives: applications, roles, policies. An application that Okta writes to may delete the account there.`,
      ],
      outcome: `${account.name} is ${isWanted ? 'a' : 'no'} member of ${group.name}.`,
      stale: [
        part('memberships', 'key', edgeKey(group.id, account.id)),
        part('groups', 'key', group.id),
        part('app-user-assignments', 'principal', account.id),
        part('user-role-assignments', 'principal', account.id),
      ],
      undo: {
        action: isWanted ? 'remove-from-group' : 'add-to-group',
        input: { group: group.id, member: account.id },
      },
    };
  };
}

async function mayLeave(client: OktaClient, group: Subject, account: Subject): Promise<void> {
  const rule = await ruleOf(client, group);
  if (rule !== undefined) {
    const message = `The group rule "${rule}" fills ${group.name}, and would put ${account.name} back. Change the rule, or what it looks at.`;
    throw new ConfigError({ field: 'group', message });
  }
  await refuseOwnAccount(client, account.id, 'member');
  await keepSuperWithout(client, group, 'group', account.id);
}

function foreign({ name, type }: { readonly name: string; readonly type: string | null }): ConfigError {
  const why = type === 'APP_GROUP' ? 'an application masters it: change its members there' : 'Okta itself says who is in it';
  return new ConfigError({ field: 'group', message: `The members of ${name} cannot be changed: ${why}.` });
}

/** Of an account its groups: those of a group may be hundreds of thousands. */
async function isIn(client: OktaClient, account: Subject, group: Subject): Promise<boolean> {
  let url: string | undefined = `/api/v1/users/${account.segment}/groups`;
  while (url !== undefined) {
    const page: string = url;
    const { items, next } = listOf(await client.get({ url: page }), page);
    if (items.some((item) => textAt(item, 'id') === group.id)) return true;
    url = next;
  }
  return false;
}

/** The name of an active rule that puts members into the group. */
async function ruleOf(client: OktaClient, group: Subject): Promise<string | undefined> {
  let url: string | undefined = '/api/v1/groups/rules?limit=200';
  while (url !== undefined) {
    const page: string = url;
    const { items, next } = listOf(await client.get({ url: page }), page);
    const rule = items.find((item) => textAt(item, 'status') === 'ACTIVE' && targetsOf(item).includes(group.id));
    if (rule !== undefined) return textAt(rule, 'name') ?? textAt(rule, 'id') ?? 'without a name';
    url = next;
  }
  return undefined;
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(key) : undefined;

function targetsOf(rule: unknown): readonly unknown[] {
  const ids = member(member(member(rule, 'actions'), 'assignUserToGroups'), 'groupIds');
  return Array.isArray(ids) ? ids : [];
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
    effect: 'write',
    purpose: 'prevent',
    undo: 'remove-from-group',
    look: look(true),
  }),
];
