import {
  type ActionArgs,
  type ActionOutcome,
  type AnyAction,
  ConfigError,
  defineAction,
  type JsonObject,
  UpstreamError,
} from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { RefusedError } from '../client/scim-error.js';
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
  requires: [CHANGE_GROUPS],
  input: GroupMemberInput,
  run: remove,
});

async function remove({ client, input }: ActionArgs<ScimClient, GroupMemberInput>): Promise<ActionOutcome> {
  const { group, member } = input;
  requireId(group, 'group');
  requireId(member, 'member');
  const before = await membersOf(client, group);
  if (before === undefined) throw new ConfigError({ field: 'group', message: `There is no such group at ${client.host}.` });
  const stale = ['memberships', 'groups'].map((stream) =>
    staleNow(client, stream, stream === 'groups' ? 'key' : 'group', group),
  );
  if (!before.has(member)) {
    const shown =
      before.size === 0 ? `The group ${group} shows no members` : `${member} is not among the members of the group ${group}`;
    return { changed: false, message: `${shown}.`, stale };
  }
  await requirePatch(client, 'group');
  const { groups } = await client.service();
  const path = `${groups ?? ''}/${segment(group)}`;
  const look = (): Promise<Members | undefined> => membersOf(client, group);
  const isDone = (members: Members | undefined): boolean => members?.has(member) !== true;
  const { state, way } = await change(client, { path, what: 'Groups', operations: operationsFor(member), look, isDone }).catch(
    (error: unknown) => {
      throw isWithoutPatch(error) ? cannot(client, 'group') : error;
    },
  );
  if (way === BY_VALUES && state !== undefined) await putBack(client, path, { before, after: state, member });
  return { changed: true, message: `${member} is no member of the group ${group} any more.`, stale };
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
async function membersOf(client: ScimClient, group: string): Promise<Members | undefined> {
  const { groups } = await client.service();
  const resource = groups === null ? undefined : await readGroupWithMembers(client, groups, group);
  if (resource === undefined) return undefined;
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
