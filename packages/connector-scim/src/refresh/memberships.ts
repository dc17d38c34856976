import { edgeParts, type RefreshPage, type Scope } from '@castellan/connector-sdk';
import { isUsableId, segment } from '../map/ids.js';
import { listIn, memberOf, textIn } from '../map/member.js';
import { readMembers } from '../streams/members.js';
import { readParts, type ScimRefreshArgs } from './read-parts.js';

/** Small groups may empty without anybody asking: the same number as in the sweep (docs/adr/0002). */
const SMALL_GROUP = 5;
/** From so many members on, half of them do not leave unnoticed. */
const LARGE_GROUP = 20;

export function refreshMemberships(args: ScimRefreshArgs): AsyncIterable<RefreshPage<'membership'>> {
  return readParts(args, 'group', (group, scope) => readGroup(args, group, scope));
}

async function readGroup(args: ScimRefreshArgs, group: string, scope: Scope): Promise<RefreshPage<'membership'>> {
  const { client, synced } = args;
  const found = isUsableId(group) ? await readMembers(client, group, synced) : 'gone';
  if (found === 'gone') return { records: [], complete: [scope] };
  const { records, rejected } = found;
  const doubt = await doubtOf(args, group, new Set(records.map(({ data }) => data.member)));
  if (doubt !== undefined) return { records, rejected, complete: [], unread: [{ scope, reason: doubt }] };
  return { records, rejected, complete: [scope] };
}

/**
 * Why a list that has shrunk sharply is not believed. The second proof is somebody who is listed no more: what that account says of
 * its own groups. A service that does not tell leaves it to the next full listing, where a large removal is held for a person.
 */
async function doubtOf(
  { client, synced }: ScimRefreshArgs,
  group: string,
  shown: ReadonlySet<string>,
): Promise<string | undefined> {
  let known = 0;
  let witness: string | undefined;
  for await (const { key } of synced.where('membership', 'group', group)) {
    known += 1;
    const member = edgeParts(key)[1] ?? '';
    if (!shown.has(member) && (await synced.get('account', member)) !== undefined) witness ??= member;
  }
  const isSuspicious = (shown.size === 0 && known >= SMALL_GROUP) || (known >= LARGE_GROUP && shown.size < known / 2);
  if (!isSuspicious) return undefined;
  const less = `the group shows ${shown.size} members where ${known} were known`;
  if (witness === undefined) return `${less}, and nothing else says so`;
  const { users } = await client.service();
  const user = await client.find(`${users}/${segment(witness)}`, 'Users');
  if (user === undefined) return undefined;
  const groups = memberOf(user, 'groups');
  if (groups === undefined || groups === null) return `${less}, and nothing else says so`;
  const isInside = listIn(user, 'groups').some((entry) => entry === group || textIn(entry, 'value') === group);
  return isInside ? `${less}, and one of them says otherwise` : undefined;
}
