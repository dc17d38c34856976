import { edgeKey, type Json, type RefreshPage, type SyncedEntry } from '@castellan/connector-sdk';
import { mapMembership, mapUserGroup } from '../map/group.js';
import { isEveryone } from '../plan/org-count.js';
import { differenceOf } from './known.js';
import { groupsOfAccount, staleAfter } from './memberships.js';
import { readPaged } from './paged-part.js';
import { byField, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

/** Whether Everyone holds deprovisioned accounts too: what a listing without a call has found, where there was one. */
export type EveryoneState = { readonly counts: 'all' | 'present' };

/** Who is in Everyone follows from who is there, so that it costs no call but of somebody of whom no rule is known. */
export async function* refreshEveryoneMemberships(
  args: OktaRefreshArgs,
): AsyncGenerator<RefreshPage<'membership'>, void, void> {
  const { member: members, others } = byField(args.scopes, 'member');
  const groups: string[] = [];
  if (members.length > 0)
    for await (const { key, hint } of args.synced.entries('group')) if (isEveryone(hint)) groups.push(key);
  const parts = members.map(
    (member): Part<'membership'> => ({
      scopes: [{ field: 'member', value: member }],
      read: () => readMember(args, member, groups),
    }),
  );
  yield* readParts([...parts, ...unreadable<'membership'>(others)]);
}

async function readMember(args: OktaRefreshArgs, member: string, groups: readonly string[]): Promise<Step<'membership'>> {
  const { client, state, synced } = args;
  const account = await synced.get('account', member);
  const edges = groups.map((group) => edgeKey(group, member));
  const known = new Set<string>();
  for (const edge of edges) if ((await synced.get('membership', edge)) !== undefined) known.add(edge);
  const isIn = whetherIn(account, state);
  if (isIn === undefined && groups.length > 0) return askOkta(args, member, new Set(edges), known);
  const shown = new Set(isIn === true ? edges : []);
  return {
    records: isIn === true ? groups.flatMap((group) => mapMembership({ id: member }, group, client.drift) ?? []) : [],
    complete: [{ field: 'member', value: member }],
    stale: await staleAfter(args, differenceOf(known, shown), new Set()),
  };
}

/** `undefined` where no rule is known: no account was deprovisioned at the last listing, or Everyone had to be listed. */
function whetherIn(account: SyncedEntry | undefined, state: Json | undefined): boolean | undefined {
  if (account === undefined) return false;
  if (account.hint?.['status'] !== 'deprovisioned') return true;
  const counts = countsIn(state);
  return counts === undefined ? undefined : counts === 'all';
}

/** Whether Everyone is among the groups that Okta lists for the account. */
function askOkta(
  args: OktaRefreshArgs,
  member: string,
  edges: ReadonlySet<string>,
  known: ReadonlySet<string>,
): Promise<Step<'membership'>> {
  const { client } = args;
  let items = 0;
  return readPaged({
    client,
    first: groupsOfAccount(member),
    map: (item) => {
      items += 1;
      return mapUserGroup(item, member, client.drift);
    },
    keep: ({ key }) => Promise.resolve(edges.has(key)),
    scope: { field: 'member', value: member },
    end: async (shown, gone) => {
      // No group at all may be true of somebody deactivated, but is also how Okta answers when something is wrong.
      if (!gone && items === 0 && known.size > 0)
        return { doubt: 'Okta listed no group of the account, which is known in Everyone' };
      return { stale: await staleAfter(args, differenceOf(known, shown), new Set()) };
    },
  });
}

function countsIn(state: Json | undefined): EveryoneState['counts'] | undefined {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return undefined;
  const counts = new Map<string, Json>(Object.entries(state)).get('counts');
  return counts === 'all' || counts === 'present' ? counts : undefined;
}
