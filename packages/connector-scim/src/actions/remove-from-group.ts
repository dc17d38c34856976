import {
  type ActionArgs,
  type AnyAction,
  ConfigError,
  defineAction,
  type JsonObject,
  type PlanArgs,
  type SeenPlan,
  UpstreamError,
} from '@castellan/connector-sdk';
import { patchBody, type ScimClient } from '../client/scim-client.js';
import { RefusedError } from '../client/scim-error.js';
import { nameOf } from './names.js';
import { idInReference, segment } from '../map/ids.js';
import { memberOf, textIn } from '../map/member.js';
import { staleNow } from '../refresh/read-parts.js';
import { readGroupWithMembers } from '../streams/members.js';
import { CHANGE_GROUPS } from '../streams/rights.js';
import { GroupMemberInput } from './inputs.js';
import { cannot, change, isWithoutPatch, requireId, requirePatch } from './patch.js';

export const removeFromGroup: AnyAction<ScimClient> = defineAction<ScimClient>()({
  name: 'remove-from-group',
  title: 'Remove from group',
  summary: 'The account, or the group inside of it, is no member any more and loses what the group gives.',
  subject: 'membership',
  effect: 'destructive',
  purpose: 'contain',
  undo: null,
  requires: [CHANGE_GROUPS],
  byHand: [
    "In the service's own administration, open its groups (some call them teams or roles) and find the group.",
    'Take the member out of it. Where another system fills the group, take it out there.',
  ],
  input: GroupMemberInput,
  plan,
  run: remove,
});

async function plan({ client, input }: PlanArgs<ScimClient, GroupMemberInput>): Promise<SeenPlan> {
  const { group, member } = input;
  const { path, name, members } = await foundGroup(client, input);
  const isMember = members.has(member);
  if (isMember) await requirePatch(client, 'group');
  const [usual = {}] = operationsFor(member);
  const shown =
    members.size === 0 ? `The group ${group} shows no members` : `${member} is no member of the group ${group} any more`;
  return {
    state: isMember ? 'open' : 'done',
    calls: isMember ? [{ method: 'PATCH', path: client.at(path), body: patchBody(usual) }] : [],
    touches: [
      { kind: 'group', key: group, name },
      { kind: 'account', key: member, name: member },
    ],
    consequences: ['What the group gives is taken away: applications, roles and what else is bound to it.'],
    outcome: `${shown}.`,
    stale: ['memberships', 'groups'].map((stream) => staleNow(client, stream, stream === 'groups' ? 'key' : 'group', group)),
    undo: null,
  };
}

interface FoundGroup {
  readonly path: string;
  readonly name: string;
  readonly members: Members;
}

async function foundGroup(client: ScimClient, { group, member }: GroupMemberInput): Promise<FoundGroup> {
  requireId(group, 'group');
  requireId(member, 'member');
  const resource = await groupOf(client, group);
  if (resource === undefined) throw new ConfigError({ field: 'group', message: `There is no such group at ${client.host}.` });
  const { groups } = await client.service();
  return { path: `${groups ?? ''}/${segment(group)}`, name: nameOf(resource, group), members: membersIn(resource) };
}

async function remove({ client, input }: ActionArgs<ScimClient, GroupMemberInput>): Promise<string> {
  const { group, member } = input;
  const { path, members: before } = await foundGroup(client, input);
  const look = async (): Promise<Members | undefined> => {
    const resource = await groupOf(client, group);
    return resource === undefined ? undefined : membersIn(resource);
  };
  const isDone = (members: Members | undefined): boolean => members?.has(member) !== true;
  const { state, way } = await change(client, { path, what: 'Groups', operations: operationsFor(member), look, isDone }).catch(
    (error: unknown) => {
      throw isWithoutPatch(error) ? cannot(client, 'group') : error;
    },
  );
  if (way === BY_VALUES && state !== undefined) await putBack(client, path, { before, after: state, member });
  return `${member} is no member of the group ${group} any more.`;
}

/** By id, in the form in which they can be added again. */
type Members = ReadonlyMap<string, JsonObject>;

/** Index among the operations. */
const BY_VALUES = 1;

/**
 * By a filter in the path, as the RFC has it; and, for services that do not understand that, by a list of values. To the RFC the
 * second means "remove all": so it comes last, and what is left is compared with what should be.
 */
function operationsFor(member: string): readonly JsonObject[] {
  return [
    { op: 'remove', path: `members[value eq ${JSON.stringify(member)}]` },
    { op: 'remove', path: 'members', value: [{ value: member }] },
  ];
}

interface Removal {
  readonly before: Members;
  readonly after: Members;
  readonly member: string;
}

/** @throws UpstreamError when others were removed as well; they were put back by then, as far as the service let us. */
async function putBack(client: ScimClient, path: string, { before, after, member }: Removal): Promise<void> {
  const lost = [...before].filter(([id]) => id !== member && !after.has(id));
  // Some may have left by themselves meanwhile, which is not to be undone here.
  if (lost.length === 0 || after.size > 0) return;
  const value = lost.map(([, entry]) => entry);
  const message = `${client.host} removed all ${before.size} members of the group instead of one.`;
  try {
    await client.patch(path, 'Groups', { op: 'add', path: 'members', value });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const detail = `put back: ${error.detail ?? ''}`;
    throw new UpstreamError({
      message: `${message} They could not be put back: add ${lost.length} members there by hand.`,
      detail,
    });
  }
  throw new UpstreamError({ message: `${message} The other ${lost.length} were put back. Remove the one there by hand.` });
}

/** `undefined` when there is no such group. */
async function groupOf(client: ScimClient, group: string): Promise<unknown> {
  const { groups } = await client.service();
  return groups === null ? undefined : readGroupWithMembers(client, groups, group);
}

function membersIn(resource: unknown): Members {
  const listed = memberOf(resource, 'members');
  const members = new Map<string, JsonObject>();
  for (const entry of Array.isArray(listed) ? listed : []) {
    const reference = textIn(entry, '$ref');
    const id = typeof entry === 'string' ? entry : (textIn(entry, 'value') ?? idInReference(reference ?? ''));
    const type = textIn(entry, 'type');
    if (id !== undefined) members.set(id, { value: id, ...(type !== undefined && { type }) });
  }
  return members;
}
