import {
  inOrder,
  type JsonObject,
  type Page,
  type ReadArgs,
  type RecordKind,
  type Rejected,
  type SourceRecord,
} from '@castellan/connector-sdk';
import { CursorRefusedError } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import type { FanOutCursor } from './cursors.js';
import { Paging } from './paging.js';
import { PartTally } from './part-tally.js';

export interface Parent {
  readonly key: string;
  /** `undefined` also for the one part that a cut run goes on inside. */
  readonly hint: JsonObject | undefined;
}

/** One page of one part; `'gone'` when the parent was deleted after it was listed. */
export type PartPage<K extends RecordKind> =
  | 'gone'
  | { readonly records: readonly SourceRecord<K>[]; readonly rejected: readonly Rejected[]; readonly next: string | undefined };

export interface FanOut<K extends RecordKind> {
  readonly parents: RecordKind;
  /** Default: all. Decided by the hint, so that it costs no call. */
  readonly wanted?: (hint: JsonObject | undefined) => boolean;
  readonly list: (parent: Parent, next: string | undefined) => Promise<PartPage<K>>;
}

/** Parts whose first pages are fetched at once. Okta grants a client about 37 requests at a time; other streams want some too. */
const AHEAD = 8;
/** A page is handed over when it holds so many rows, or so many parts are through: many parts are small or empty. */
const FULL_PAGE = 1_000;
const MOST_PARTS = 100;

type Opened<K extends RecordKind> = { readonly parent: Parent; readonly restarted: boolean } & (
  | { readonly page: PartPage<K> }
  | { readonly failure: unknown }
);

/** Lists something for each record of an earlier stream, many at a time, and gives it back in the order of the parents' keys. */
export async function* fanOut<K extends RecordKind>(
  args: ReadArgs<OktaClient, FanOutCursor>,
  spec: FanOut<K>,
): AsyncGenerator<Page<K, FanOutCursor>, void, void> {
  const { client, from } = args;
  const tally = new PartTally<K>(from?.listed ?? false);
  const { position: inside, restarts: before } = await Paging.from(client, from, spec.parents);
  let restarts = before;
  let parts = 0;
  const open = (start: Start): Promise<Opened<K>> => openPart(spec, start.parent, start.next);
  for await (const opened of inOrder(starts(args, spec, inside), AHEAD, open)) {
    const { parent } = opened;
    let current: Opened<K> = opened;
    for (;;) {
      if (current.restarted) restarts += 1;
      if ('failure' in current) tally.fail(parent.key, current.failure);
      else if (current.page === 'gone') tally.pass();
      else tally.add(current.page);
      const next = 'page' in current && current.page !== 'gone' ? current.page.next : undefined;
      if (next === undefined) break;
      if (tally.size >= FULL_PAGE) yield { ...tally.take(), next: { at: parent.key, next, listed: tally.listed, restarts } };
      current = await openPart(spec, parent, next);
    }
    parts += 1;
    if (tally.size < FULL_PAGE && parts < MOST_PARTS) continue;
    parts = 0;
    yield { ...tally.take(), next: { at: parent.key, next: null, listed: tally.listed, restarts } };
  }
  tally.finish();
  yield { ...tally.take(), next: null };
}

interface Start {
  readonly parent: Parent;
  readonly next: string | undefined;
}

async function* starts<K extends RecordKind>(
  { from, synced }: ReadArgs<OktaClient, FanOutCursor>,
  spec: FanOut<K>,
  inside: string | undefined,
): AsyncGenerator<Start, void, void> {
  // A part that the last run was cut in: on with it, or all of it again when its link is of no use.
  if (from !== undefined && from.next !== null) yield { parent: { key: from.at, hint: undefined }, next: inside };
  for await (const { key, hint } of synced.entries(spec.parents, from?.at)) {
    if (spec.wanted?.(hint) ?? true) yield { parent: { key, hint }, next: undefined };
  }
}

/** Never throws: what a failure means is decided when the part's turn comes. */
async function openPart<K extends RecordKind>(spec: FanOut<K>, parent: Parent, next: string | undefined): Promise<Opened<K>> {
  try {
    return { parent, restarted: false, page: await spec.list(parent, next) };
  } catch (failure) {
    if (!(failure instanceof CursorRefusedError) || next === undefined) return { parent, restarted: false, failure };
    return { ...(await openPart(spec, parent, undefined)), restarted: true };
  }
}
