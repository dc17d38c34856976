import {
  edgeKey,
  type Json,
  type Page,
  type ReadArgs,
  type SourceRecord,
  type SyncedEntry,
  type SyncedReader,
} from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { everyoneOrMemberPages, isEveryone, numberIn } from '../plan/org-count.js';
import { type EveryoneState, refreshEveryoneMemberships } from '../refresh/everyone-memberships.js';
import { fieldsOf, type FanOutCursor, parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { memberBucket, memberPage } from './member-list.js';
import { oktaStream } from './okta-stream.js';

const NAME = 'everyone-memberships';
const FULL_PAGE = 1_000;

/** Whether Everyone holds deprovisioned accounts too: Okta's count tells, but not (`either`) where there are none. */
type Who = 'all' | 'present' | 'either';
/** Edges are made up to and with the account `after` of the group `at`; a resume goes on with the answer that was found. */
type DerivedCursor = { readonly who: Who; readonly at: string; readonly after: string };
type EveryoneCursor = DerivedCursor | FanOutCursor;

/**
 * Members of Okta's own group of all users. Where its count is the number of accounts, its members are the accounts, and
 * no call is made; else (somebody came while we listed, or there is no count) its list is read like any other.
 */
export const everyoneMemberships = oktaStream({
  name: NAME,
  kind: 'membership',
  dependsOn: ['accounts', 'groups'],
  requires: ['okta.groups.read'],
  semantics: 'snapshot',
  parseCursor: parseEveryoneCursor,
  read: readEveryone,
  refresh: refreshEveryoneMemberships,
});

function parseEveryoneCursor(value: Json): EveryoneCursor {
  const fields = fieldsOf(value);
  const who = fields.get('who');
  if (who === undefined) return parseFanOutCursor(value);
  const at = fields.get('at');
  const after = fields.get('after');
  if ((who !== 'all' && who !== 'present' && who !== 'either') || typeof at !== 'string' || typeof after !== 'string')
    throw new TypeError('not a position among the members of Everyone');
  return { who, at, after };
}

type EveryonePages = AsyncGenerator<Page<'membership', EveryoneCursor>, void, void>;

async function* readEveryone(args: ReadArgs<OktaClient, EveryoneCursor>): EveryonePages {
  const { client, from, synced } = args;
  const groups = await everyoneGroups(synced);
  const derived = from !== undefined && 'who' in from ? from : undefined;
  const who = derived?.who ?? (from === undefined ? await whoIsIn(synced, groups) : undefined);
  if (who === undefined) {
    const listed = from === undefined || 'who' in from ? undefined : from;
    if (groups.length > 0)
      client.board.choose(NAME, 'Members of Everyone: listed, since its count is not that of the accounts.');
    yield* listedMembers({ ...args, from: listed });
    return;
  }
  client.board.expect(NAME, {});
  client.board.expectRows(
    NAME,
    groups.reduce((sum, { hint }) => sum + (numberIn(hint, 'members') ?? 0), 0),
  );
  if (groups.length > 0) client.board.choose(NAME, 'Members of Everyone: from the accounts, without a call.');
  for (const group of groups) {
    if (derived !== undefined && group.key < derived.at) continue;
    yield* membersFromAccounts(synced, group.key, who, group.key === derived?.at ? derived.after : undefined);
  }
  // Without a rule, the refresh of somebody who is deactivated later asks Okta instead of guessing.
  const state: EveryoneState | undefined = who === 'either' ? undefined : { counts: who };
  yield { records: [], next: null, ...(state !== undefined && { resumeFrom: state }) };
}

/** One, as far as anybody knows. */
async function everyoneGroups(synced: SyncedReader): Promise<readonly SyncedEntry[]> {
  const found: SyncedEntry[] = [];
  for await (const group of synced.entries('group')) if (isEveryone(group.hint)) found.push(group);
  return found;
}

/** @returns `undefined` when the accounts are not what Okta has counted in some of the groups. */
async function whoIsIn(synced: SyncedReader, groups: readonly SyncedEntry[]): Promise<Who | undefined> {
  let all = 0;
  let present = 0;
  for await (const { hint } of synced.entries('account')) {
    all += 1;
    if (isPresent(hint)) present += 1;
  }
  const counts = groups.map(({ hint }) => numberIn(hint, 'members'));
  if (counts.every((count) => count === all)) return all === present ? 'either' : 'all';
  return counts.every((count) => count === present) ? 'present' : undefined;
}

function isPresent(hint: SyncedEntry['hint']): boolean {
  return hint?.['status'] !== 'deprovisioned';
}

async function* membersFromAccounts(synced: SyncedReader, group: string, who: Who, after: string | undefined): EveryonePages {
  let records: SourceRecord<'membership'>[] = [];
  for await (const { key: member, hint } of synced.entries('account', after)) {
    if (who === 'present' && !isPresent(hint)) continue;
    records.push({
      kind: 'membership',
      key: edgeKey(group, member),
      partition: group,
      data: { group, memberKind: 'account', member },
    });
    if (records.length < FULL_PAGE) continue;
    yield { records, next: { who, at: group, after: member } };
    records = [];
  }
  if (records.length > 0) yield { records, next: { who, at: group, after: records.at(-1)?.data.member ?? '' } };
}

async function* listedMembers(args: ReadArgs<OktaClient, FanOutCursor>): EveryonePages {
  yield* fanOut<'membership'>(args, {
    parents: 'group',
    wanted: (hint) => isEveryone(hint) && hint?.['members'] !== 0,
    rowName: 'member',
    expected: (hint) => numberIn(hint, 'members'),
    list: (group, next) => memberPage(args.client, group.key, next),
    cost: { stream: NAME, bucket: memberBucket(args.client), pages: everyoneOrMemberPages },
  });
}
