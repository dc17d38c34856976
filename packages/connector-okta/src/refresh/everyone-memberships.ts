import { edgeKey, type Json, type RefreshPage, type SyncedEntry } from '@castellan/connector-sdk';
import { mapMembership } from '../map/group.js';
import { isEveryone } from '../plan/org-count.js';
import { differenceOf } from './known.js';
import { staleAfter } from './memberships.js';
import { byField, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

/** Whether Everyone holds deprovisioned accounts too: what a listing without a call has found. */
export type EveryoneState = { readonly counts: 'all' | 'present' };

/** Who is in Everyone follows from who is there, so that it costs no call. */
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
      read: () => deriveMember(args, member, groups),
    }),
  );
  yield* readParts([...parts, ...unreadable<'membership'>(others)]);
}

async function deriveMember(args: OktaRefreshArgs, member: string, groups: readonly string[]): Promise<Step<'membership'>> {
  const { client, synced } = args;
  const account = await synced.get('account', member);
  const known = new Set<string>();
  const shown = new Set<string>();
  for (const group of groups) {
    const key = edgeKey(group, member);
    const isKnown = (await synced.get('membership', key)) !== undefined;
    if (isKnown) known.add(key);
    if (isIn(account, args.state, isKnown)) shown.add(key);
  }
  return {
    records: groups
      .filter((group) => shown.has(edgeKey(group, member)))
      .flatMap((group) => mapMembership({ id: member }, group, client.drift) ?? []),
    complete: [{ field: 'member', value: member }],
    stale: await staleAfter(args, differenceOf(known, shown), new Set()),
  };
}

/** Where Everyone had to be listed, nobody knows whether it keeps the deprovisioned: then it stays as it is. */
function isIn(account: SyncedEntry | undefined, state: Json | undefined, isKnown: boolean): boolean {
  if (account === undefined) return false;
  if (account.hint?.['status'] !== 'deprovisioned') return true;
  const counts = countsIn(state);
  return counts === 'all' || (counts === undefined && isKnown);
}

function countsIn(state: Json | undefined): EveryoneState['counts'] | undefined {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return undefined;
  const counts = new Map<string, Json>(Object.entries(state)).get('counts');
  return counts === 'all' || counts === 'present' ? counts : undefined;
}
