import { type RefreshPage, type Scope, type SourceRecord, type Stale, type SyncedReader } from '@castellan/connector-sdk';
import type { OktaRequest } from '../client/okta-client.js';
import { isBuiltInGroup, mapGroup, mapMembership, mapUserGroup } from '../map/group.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { isEveryone } from '../plan/org-count.js';
import { isFarFewer, PartReading } from '../streams/part-reading.js';
import { segment } from '../streams/parts.js';
import { cheapestCover, endsOf } from './cover.js';
import { isDoubtful } from './doubt.js';
import { type Difference, differenceOf, knownKeys } from './known.js';
import { type Ending, readPaged } from './paged-part.js';
import { byField, nothing, type OktaRefreshArgs, type Part, readParts, type Step, staleNow, unreadable } from './read-parts.js';

/** A user's groups come in pages of this size, though Okta documents neither size nor pages. */
const GROUPS_PAGE = '200';
/** With more people than this for each application of a group, the application's list is the cheaper way. */
const PEOPLE_FOR_AN_APPLICATION = 5;

/** Everyone's members are another stream's: see `refreshEveryoneMemberships`. */
export async function* refreshMemberships(args: OktaRefreshArgs): AsyncGenerator<RefreshPage<'membership'>, void, void> {
  const { key: edges, member: members, group: groups, others } = byField(args.scopes, 'key', 'member', 'group');
  const asked = new Set(edges);
  const open: string[] = [];
  const answered = new Map<string, Scope[]>();
  const strange: Scope[] = [];
  const leftOut: Scope[] = [];
  for (const edge of edges) {
    const ends = endsOf(edge);
    const scope = { field: 'key', value: edge };
    if (ends === undefined) strange.push(scope);
    else if ((await args.synced.get('group', ends[0])) === undefined) leftOut.push(scope);
    else if (groups.includes(ends[0])) push(answered, `group ${ends[0]}`, scope);
    else if (members.includes(ends[1])) push(answered, `member ${ends[1]}`, scope);
    else open.push(edge);
  }
  const costs = await pagesOfGroups(args.synced, open);
  const cover = cheapestCover(open, (group) => costs.get(group) ?? 1);
  for (const [group, taken] of cover.lefts) push(answered, `group ${group}`, ...taken.map(asKey));
  for (const [member, taken] of cover.rights) push(answered, `member ${member}`, ...taken.map(asKey));
  const parts = [
    ...[...groups, ...cover.lefts.keys()].map((group) => groupPart(args, group, asked, answered.get(`group ${group}`) ?? [])),
    ...[...members, ...cover.rights.keys()].map((member) =>
      memberPart(args, member, asked, answered.get(`member ${member}`) ?? []),
    ),
    ...leftOut.map((scope) => leftOutPart(args, scope)),
    ...unreadable<'membership'>([...others, ...strange]),
  ];
  yield* readParts(parts);
}

/** Of a group that is not synced. Which applications come with it nobody knows, but they are synced. */
function leftOutPart({ client, synced }: OktaRefreshArgs, scope: Scope): Part<'membership'> {
  const read = async (): Promise<Step<'membership'>> => {
    const [, member = ''] = endsOf(scope.value) ?? [];
    const isKnown = (await synced.get('account', member)) !== undefined;
    return nothing([scope], isKnown ? [staleNow(client, 'app-user-assignments', 'principal', member)] : []);
  };
  return { scopes: [scope], read };
}

const asKey = (value: string): Scope => ({ field: 'key', value });

function push<V>(lists: Map<string, V[]>, name: string, ...values: readonly V[]): void {
  const list = lists.get(name) ?? [];
  list.push(...values);
  lists.set(name, list);
}

async function pagesOfGroups(synced: SyncedReader, edges: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const pages = new Map<string, number>();
  for (const edge of edges) {
    const [group] = endsOf(edge) ?? [''];
    if (pages.has(group)) continue;
    const members = (await synced.get('group', group))?.hint?.['members'];
    // A group that is not known costs no call at all.
    pages.set(group, typeof members === 'number' ? Math.max(1, Math.ceil(members / PAGE_SIZE.members)) : 1);
  }
  return pages;
}

function groupPart(
  args: OktaRefreshArgs,
  group: string,
  asked: ReadonlySet<string>,
  answers: readonly Scope[],
): Part<'membership'> {
  const { client, synced } = args;
  const scope = { field: 'group', value: group };
  const read = async (): Promise<Step<'membership'>> => {
    const entry = await synced.get('group', group);
    // Gone or left out. Who had applications through it is the group's business, see `refreshGroups`.
    if (entry === undefined || isEveryone(entry.hint)) return { ...nothing([scope]), settled: answers };
    const known = await knownKeys(synced, 'membership', scope);
    return readPaged({
      client,
      first: { url: `/api/v1/groups/${segment(group)}/users`, query: { limit: String(PAGE_SIZE.members) } },
      map: (item) => mapMembership(item, group, client.drift),
      scope,
      answers,
      end: async (shown, gone) => {
        const doubt = gone ? undefined : await doubtOfGroup(args, group, shown.size, known.size);
        return { doubt, stale: await staleAfter(args, doubt === undefined ? differenceOf(known, shown) : undefined, asked) };
      },
    });
  };
  return { scopes: [scope, ...answers], read };
}

/** A second proof for a list that is much shorter than what is known: Okta's own count. */
async function doubtOfGroup(
  { client }: OktaRefreshArgs,
  group: string,
  shown: number,
  known: number,
): Promise<string | undefined> {
  if (!isDoubtful(shown, known)) return undefined;
  const response = await client.find({ url: `/api/v1/groups/${segment(group)}`, query: { expand: 'stats' } });
  if (response === undefined) return undefined;
  const members = mapGroup(response.body, client.drift)?.hint?.['members'];
  if (typeof members !== 'number') return `Okta listed ${shown} members where ${known} are known, and does not count them`;
  const reading = new PartReading('member', members);
  reading.add(shown);
  return reading.doubt();
}

function memberPart(
  args: OktaRefreshArgs,
  member: string,
  asked: ReadonlySet<string>,
  answers: readonly Scope[],
): Part<'membership'> {
  const { client, synced } = args;
  const scope = { field: 'member', value: member };
  const read = async (): Promise<Step<'membership'>> => {
    const isOurs = async (key: string): Promise<boolean> => {
      const entry = await synced.get('group', endsOf(key)?.[0] ?? '');
      return !isEveryone(entry?.hint);
    };
    const known = await knownKeys(synced, 'membership', scope, isOurs);
    if ((await synced.get('account', member)) === undefined) {
      const vanished = [...known];
      return { ...nothing([scope], staleGroups(args, vanished)), settled: answers };
    }
    const answer = { items: 0, hasBuiltIn: false };
    return readPaged({
      client,
      first: groupsOfAccount(member),
      map: (item) => {
        answer.items += 1;
        answer.hasBuiltIn ||= isBuiltInGroup(item);
        return mapUserGroup(item, member, client.drift);
      },
      keep: async ({ data }: SourceRecord<'membership'>) => {
        const entry = await synced.get('group', data.group);
        return entry !== undefined && !isEveryone(entry.hint);
      },
      scope,
      answers,
      end: async (shown, gone): Promise<Ending> => {
        if (!gone && isUnproven(answer, shown.size, known.size))
          return { doubt: `Okta listed ${shown.size} groups of the account where ${known.size} are known` };
        return { stale: await staleAfter(args, differenceOf(known, shown), asked) };
      },
    });
  };
  return { scopes: [scope, ...answers], read };
}

/** The list of all groups of one account, those that are not synced included. */
export function groupsOfAccount(account: string): OktaRequest {
  return { url: `/api/v1/users/${segment(account)}/groups`, query: { limit: GROUPS_PAGE } };
}

/**
 * Whether a list of groups may stand for a mistake of Okta's. Decided by what was in the answer, not by what is left of it:
 * where the settings leave Everyone out, the removal of somebody's last group would else be doubted for ever.
 */
function isUnproven(
  { items, hasBuiltIn }: { readonly items: number; readonly hasBuiltIn: boolean },
  shown: number,
  known: number,
): boolean {
  // Everybody is in Everyone, so a list with it is whole.
  if (hasBuiltIn) return false;
  return items === 0 ? known > 0 : isFarFewer(shown, known);
}

/** After memberships have changed: applications that come with the group, and the group's count where no event named the change. */
export async function staleAfter(
  args: OktaRefreshArgs,
  difference: Difference | undefined,
  asked: ReadonlySet<string>,
): Promise<readonly Stale[]> {
  if (difference === undefined) return [];
  const changed = [...difference.appeared, ...difference.vanished];
  const byGroup = new Map<string, string[]>();
  for (const edge of changed) {
    const [group, member] = endsOf(edge) ?? [];
    if (group !== undefined && member !== undefined) push(byGroup, group, member);
  }
  const stale = staleGroups(
    args,
    changed.filter((edge) => !asked.has(edge)),
  );
  for (const [group, members] of byGroup) stale.push(...(await staleApplications(args, group, members)));
  return stale;
}

function staleGroups({ client }: OktaRefreshArgs, edges: readonly string[]): Stale[] {
  const groups = new Set(edges.map((edge) => endsOf(edge)?.[0] ?? ''));
  return [...groups].map((group) => staleNow(client, 'groups', 'key', group));
}

async function staleApplications(
  { client, synced }: OktaRefreshArgs,
  group: string,
  members: readonly string[],
): Promise<readonly Stale[]> {
  const applications: string[] = [];
  for await (const { key } of synced.where('app_assignment', 'principal', group)) applications.push(endsOf(key)?.[0] ?? '');
  if (applications.length === 0) return [];
  return members.length > PEOPLE_FOR_AN_APPLICATION * applications.length
    ? applications.map((application) => staleNow(client, 'app-user-assignments', 'application', application))
    : members.map((member) => staleNow(client, 'app-user-assignments', 'principal', member));
}
