import { edgeKey, type RefreshPage } from '@castellan/connector-sdk';
import { differenceOf } from './known.js';
import { everyoneStateOf, membershipOf, staleAfter } from './memberships.js';
import { byField, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

/** Who is in Everyone follows from who is there, so that it costs no call. */
export async function* refreshEveryoneMemberships(
  args: OktaRefreshArgs,
): AsyncGenerator<RefreshPage<'membership'>, void, void> {
  const { member: members, others } = byField(args.scopes, 'member');
  const groups: string[] = [];
  if (members.length > 0)
    for await (const { key, hint } of args.synced.entries('group')) if (hint?.['everyone'] === true) groups.push(key);
  const parts = members.map(
    (member): Part<'membership'> => ({
      scopes: [{ field: 'member', value: member }],
      read: () => deriveMember(args, member, groups),
    }),
  );
  yield* readParts([...parts, ...unreadable<'membership'>(others)]);
}

async function deriveMember(args: OktaRefreshArgs, member: string, groups: readonly string[]): Promise<Step<'membership'>> {
  const { synced, state } = args;
  const account = await synced.get('account', member);
  // As the listing has counted it. Where it had to be listed, Okta's own rule is not known; the next listing mends it.
  const isCounted =
    account !== undefined && (everyoneStateOf(state) !== 'present' || account.hint?.['status'] !== 'deprovisioned');
  const shown = new Set(isCounted ? groups.map((group) => edgeKey(group, member)) : []);
  const known = new Set<string>();
  for (const group of groups) {
    const key = edgeKey(group, member);
    if ((await synced.get('membership', key)) !== undefined) known.add(key);
  }
  return {
    records: isCounted ? groups.map((group) => membershipOf(group, member)) : [],
    complete: [{ field: 'member', value: member }],
    stale: await staleAfter(args, differenceOf(known, shown), new Set()),
  };
}
