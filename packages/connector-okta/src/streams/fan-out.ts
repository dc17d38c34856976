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
import { PartReading } from './part-reading.js';
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
  /** How many rows Okta has counted in a part: one with far fewer of them is not believed. Default: nobody knows. */
  readonly expected?: (hint: JsonObject | undefined) => number | undefined;
  /** One row, for the reason: `member`. */
  readonly rowName?: string;
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
    const reading = readingOf(args, spec, parent, inside);
    let current: Opened<K> = opened;
    for (;;) {
      if (current.restarted) restarts += 1;
      const next = settle(current, reading, tally);
      if (next === undefined) break;
      if (tally.size >= FULL_PAGE) {
        const { rows, expected } = reading;
        const within = { next, ...(expected !== undefined && { rows, expected }) };
        yield { ...tally.take(), next: { at: parent.key, ...within, listed: tally.listed, restarts } };
      }
      current = await openPart(spec, parent, next, reading.mayRestart);
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

function readingOf<K extends RecordKind>(
  { from }: ReadArgs<OktaClient, FanOutCursor>,
  spec: FanOut<K>,
  { key, hint }: Parent,
  inside: string | undefined,
): PartReading {
  const row = spec.rowName ?? 'row';
  // `entries` begins behind `at`: this is the part that the last run was cut in.
  if (key !== from?.at) return new PartReading(row, spec.expected?.(hint));
  return new PartReading(row, from.expected, inside === undefined ? 0 : from.rows);
}

/** Books one page of a part. @returns where the part goes on; `undefined` when it is through, one way or another. */
function settle<K extends RecordKind>(opened: Opened<K>, reading: PartReading, tally: PartTally<K>): string | undefined {
  const { key } = opened.parent;
  if (opened.restarted) reading.restart();
  if ('failure' in opened) {
    tally.fail(key, opened.failure);
    return undefined;
  }
  if (opened.page === 'gone') {
    tally.pass();
    return undefined;
  }
  const { next, records } = opened.page;
  tally.add(opened.page);
  reading.add(records.length);
  const problem = next === undefined ? reading.doubt() : reading.follow(next);
  if (problem === undefined) return next;
  tally.doubt(key, problem);
  return undefined;
}

/** Never throws: what a failure means is decided when the part's turn comes. */
async function openPart<K extends RecordKind>(
  spec: FanOut<K>,
  parent: Parent,
  next: string | undefined,
  mayRestart = true,
): Promise<Opened<K>> {
  try {
    return { parent, restarted: false, page: await spec.list(parent, next) };
  } catch (failure) {
    const afresh = failure instanceof CursorRefusedError && next !== undefined && mayRestart;
    if (!afresh) return { parent, restarted: false, failure };
    return { ...(await openPart(spec, parent, undefined)), restarted: true };
  }
}
