import {
  edgeParts,
  type Json,
  type JsonObject,
  type Page,
  type ReadArgs,
  type SyncedEntry,
  type SyncedReader,
} from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import type { OktaClient } from '../client/okta-client.js';
import { mapFactor } from '../map/authenticator.js';
import { type FanOutCursor, fieldsOf, parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { oktaStream } from './okta-stream.js';
import { partPage, segment } from './parts.js';
import { refreshAuthenticators } from '../refresh/authenticators.js';

/** Accounts that come first, at most: the position carries them, since who is an administrator changes while we read. */
const MOST_FIRST = 500;

/** `place` absent: the phase has not handed over a page yet. */
type FactorsCursor = {
  readonly phase: 'administrators' | 'others';
  /** Accounts of the first phase, ascending. */
  readonly first: readonly string[];
  readonly place: FanOutCursor | null;
};

/**
 * Enrolled factors. Okta has no list of them, so every account is asked, except those whose factors are gone with them:
 * administrators first, the others when nobody else wants the bucket. Who administers is taken from the role assignments
 * that are there by now, of this run or the last; to wait for them would leave the factors unread where roles may not be.
 */
export const authenticators = oktaStream({
  name: 'authenticators',
  kind: 'authenticator',
  dependsOn: ['accounts'],
  requires: ['okta.users.read'],
  semantics: 'snapshot',
  listedEveryDays: 7,
  parseCursor: parseFactorsCursor,
  read: readFactors,
  refresh: refreshAuthenticators,
});

function parseFactorsCursor(value: Json): FactorsCursor {
  const fields = fieldsOf(value);
  const phase = fields.get('phase');
  const first = fields.get('first');
  const place = fields.get('place');
  if ((phase !== 'administrators' && phase !== 'others') || !Array.isArray(first) || place === undefined)
    throw new TypeError('not a position among the factors');
  return {
    phase,
    first: first.filter((key) => typeof key === 'string'),
    place: place === null ? null : parseFanOutCursor(place),
  };
}

type FactorPages = AsyncGenerator<Page<'authenticator', FactorsCursor>, void, void>;

async function* readFactors(args: ReadArgs<OktaClient, FactorsCursor>): FactorPages {
  const { client, synced, from } = args;
  if (skipsFactors(client)) {
    client.board.expect('authenticators', {});
    yield { records: [], next: null };
    return;
  }
  const first = from?.first ?? (await administrators(synced));
  const isFirst = new Set(first);
  const others = async function* (after: string | undefined): AsyncGenerator<SyncedEntry, void, void> {
    for await (const entry of synced.entries('account', after)) if (!isFirst.has(entry.key)) yield entry;
  };
  if (first.length > 0) {
    client.board.choose(
      'authenticators',
      `Factors: ${first.length} administrators first, the others when nobody else wants the bucket.`,
    );
  }
  if (from?.phase !== 'others' && first.length > 0) {
    let besides = 0;
    for await (const { hint } of others(undefined)) if (hasFactors(hint)) besides += 1;
    yield* factorsOf(args, { phase: 'administrators', first }, (after) => entriesOf(synced, first, after), besides);
  }
  yield* factorsOf(args, { phase: 'others', first }, others, from?.phase === 'others' ? 0 : first.length);
}

async function* factorsOf(
  args: ReadArgs<OktaClient, FactorsCursor>,
  { phase, first }: Pick<FactorsCursor, 'phase' | 'first'>,
  entries: (after: string | undefined) => AsyncIterable<SyncedEntry>,
  besides: number,
): FactorPages {
  const { client, from } = args;
  const place = from?.phase === phase ? (from.place ?? undefined) : undefined;
  const priority = phase === 'others' ? ('low' as const) : ('normal' as const);
  const pages = fanOut<'authenticator'>(
    { ...args, from: place },
    {
      parents: 'account',
      entries,
      wanted: hasFactors,
      list: (account, next) => {
        const request = { url: `/api/v1/users/${segment(account.key)}/factors`, priority };
        return partPage(client, request, next, (item) => mapFactor(item, account.key, client.drift));
      },
      cost: { stream: 'authenticators', bucket: BUCKETS.users, besides },
    },
  );
  for await (const page of pages) {
    if (page.next !== null) yield { ...page, next: { phase, first, place: page.next } };
    else yield { ...page, next: phase === 'others' ? null : { phase: 'others', first, place: null } };
  }
}

function hasFactors(hint: JsonObject | undefined): boolean {
  return hint?.['status'] !== 'deprovisioned';
}

async function* entriesOf(
  synced: SyncedReader,
  keys: readonly string[],
  after: string | undefined,
): AsyncGenerator<SyncedEntry, void, void> {
  for (const key of keys) {
    if (after !== undefined && key <= after) continue;
    const entry = await synced.get('account', key);
    if (entry !== undefined) yield entry;
  }
}

/** Accounts that hold a role, or are in a group that does, ascending. */
async function administrators(synced: SyncedReader): Promise<readonly string[]> {
  const found = new Set<string>();
  const groups = new Set<string>();
  for await (const { key } of synced.entries('role_assignment')) {
    if (found.size >= MOST_FIRST) break;
    const principal = edgeParts(key)[1] ?? '';
    if (found.has(principal) || groups.has(principal)) continue;
    if ((await synced.get('account', principal)) !== undefined) found.add(principal);
    else groups.add(principal);
  }
  // An application is asked for members in vain, once.
  for (const group of groups) {
    for await (const { key } of synced.where('membership', 'group', group)) {
      if (found.size >= MOST_FIRST) break;
      found.add(edgeParts(key)[1] ?? '');
    }
  }
  return [...found].toSorted();
}

function skipsFactors({ config }: OktaClient): boolean {
  return new Map<string, unknown>(Object.entries(config)).get('skipFactors') === true;
}
