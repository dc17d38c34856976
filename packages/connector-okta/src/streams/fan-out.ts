import {
  ConnectorError,
  inOrder,
  type JsonObject,
  type Page,
  type ReadArgs,
  type RecordKind,
  type Rejected,
  type SourceRecord,
  type SyncedEntry,
  type SyncedReader,
} from '@castellan/connector-sdk';
import { CursorRefusedError } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import type { PlanBoard } from '../plan/plan-board.js';
import type { FanOutCursor } from './cursors.js';
import { endless } from './endless.js';
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
  | {
      readonly records: readonly SourceRecord<K>[];
      readonly rejected: readonly Rejected[];
      readonly next: string | undefined;
      /** That it took, for the plan. Default: 1. */
      readonly calls?: number;
    };

export interface FanOut<K extends RecordKind> {
  readonly parents: RecordKind;
  /** Default: all records of the kind `parents`. By ascending key, the same ones after a resume. */
  readonly entries?: (after: string | undefined) => AsyncIterable<SyncedEntry>;
  /** Default: all. Decided by the hint, so that it costs no call. */
  readonly wanted?: (hint: JsonObject | undefined) => boolean;
  /** How many rows Okta has counted in a part: one with far fewer of them is not believed. Default: nobody knows. */
  readonly expected?: (hint: JsonObject | undefined) => number | undefined;
  /** One row, for the reason: `member`. */
  readonly rowName?: string;
  readonly list: (parent: Parent, next: string | undefined) => Promise<PartPage<K>>;
  /**
   * Ends the stream at the first part that cannot be read, for rows that do not lie in a partition named after their part:
   * a part that was passed over could not be spared from the sweep.
   */
  readonly isStrict?: boolean;
  /** Parts whose first pages are fetched at once. Default 24. */
  readonly ahead?: number;
  readonly cost: Cost;
}

/** What the plan of calls is told. */
export interface Cost {
  readonly stream: string;
  readonly bucket: string;
  /** Calls for a part, by its hint. Default: 1. */
  readonly pages?: (hint: JsonObject | undefined) => number;
  /** Calls of the same stream before and after this fan-out. */
  readonly besides?: number;
}

/**
 * Parts whose first pages are fetched at once: so many that a bucket's minute is spent before it is over, whatever Okta's
 * latency (24 at a time of 2 s each are 720 a minute, more than any bucket grants). The http client bounds what is in flight in all.
 */
const AHEAD = 24;
/** A page is handed over when it holds so many rows, or so many parts are through: many parts are small or empty. */
const FULL_PAGE = 1_000;
const MOST_PARTS = 100;

type Opened<K extends RecordKind> = { readonly parent: Parent; readonly restarted: boolean } & (
  | { readonly page: PartPage<K> }
  | { readonly failure: unknown }
);

/** A page and the one behind it, which is on its way: a part of several pages would else wait for each in its turn. */
interface InHand<K extends RecordKind> {
  readonly opened: Opened<K>;
  readonly following: Promise<Opened<K>> | undefined;
}

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
  const costs = await FanOutCosts.of(args, spec);
  await expectRows(args, spec);
  const open = async (start: Start): Promise<InHand<K>> => inHand(spec, await openPart(spec, start.parent, start.next), true);
  for await (const first of inOrder(starts(args, spec, inside), spec.ahead ?? AHEAD, open)) {
    const { parent } = first.opened;
    const reading = readingOf(args, spec, parent, inside);
    let current = first;
    for (;;) {
      if (current.opened.restarted) restarts += 1;
      const next = settle(current.opened, reading, tally, spec.isStrict === true);
      costs.page(callsOf(current.opened));
      if (next === undefined || current.following === undefined) break;
      if (tally.size >= FULL_PAGE) {
        const { rows, expected } = reading;
        const within = { next, ...(expected !== undefined && { rows, expected }) };
        yield { ...tally.take(), next: { at: parent.key, ...within, listed: tally.listed, restarts } };
      }
      current = inHand(spec, await current.following, reading.mayRestart);
    }
    parts += 1;
    costs.through(parent);
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
  for await (const parent of parentsAfter(synced, spec, from?.at)) yield { parent, next: undefined };
}

async function* parentsAfter<K extends RecordKind>(
  synced: SyncedReader,
  spec: FanOut<K>,
  after: string | undefined,
): AsyncGenerator<Parent, void, void> {
  const entries = spec.entries?.(after) ?? synced.entries(spec.parents, after);
  for await (const { key, hint } of entries) if (spec.wanted?.(hint) ?? true) yield { key, hint };
}

/** Tells the plan how many rows there are in all, of parts that an earlier process has read as well. Not when one part is uncounted. */
async function expectRows<K extends RecordKind>(
  { client, synced }: ReadArgs<OktaClient, FanOutCursor>,
  spec: FanOut<K>,
): Promise<void> {
  if (spec.expected === undefined) return;
  let rows = 0;
  for await (const { hint } of parentsAfter(synced, spec, undefined)) {
    const counted = spec.expected(hint);
    if (counted === undefined) return;
    rows += counted;
  }
  client.board.expectRows(spec.cost.stream, rows);
}

/** What a fan-out will cost in all: what it has cost so far, and what the rest will at that rate. */
class FanOutCosts {
  #made = 0;
  /** Calls for the parts that are through, by their hints: with `made` it says how good the hints are. */
  #thought = 0;
  #left: number;

  private constructor(
    private readonly board: PlanBoard,
    private readonly cost: Cost,
    left: number,
  ) {
    this.#left = left;
    this.#tell();
  }

  static async of<K extends RecordKind>(
    { client, from, synced }: ReadArgs<OktaClient, FanOutCursor>,
    spec: FanOut<K>,
  ): Promise<FanOutCosts> {
    let left = from !== undefined && from.next !== null ? 1 : 0;
    for await (const { hint } of parentsAfter(synced, spec, from?.at)) left += spec.cost.pages?.(hint) ?? 1;
    return new FanOutCosts(client.board, spec.cost, left);
  }

  page(calls: number): void {
    this.#made += calls;
    this.#tell();
  }

  through({ hint }: Parent): void {
    const pages = this.cost.pages?.(hint) ?? 1;
    this.#thought += pages;
    this.#left = Math.max(0, this.#left - pages);
    this.#tell();
  }

  #tell(): void {
    const { stream, bucket, besides = 0 } = this.cost;
    const rate = this.#thought === 0 ? 1 : Math.max(1, this.#made / this.#thought);
    this.board.expect(stream, { [bucket]: besides + this.#made + Math.round(this.#left * rate) });
  }
}

function callsOf<K extends RecordKind>(opened: Opened<K>): number {
  return 'page' in opened && opened.page !== 'gone' ? (opened.page.calls ?? 1) : 1;
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
function settle<K extends RecordKind>(
  opened: Opened<K>,
  reading: PartReading,
  tally: PartTally<K>,
  isStrict: boolean,
): string | undefined {
  const { key } = opened.parent;
  if (opened.restarted) reading.restart();
  if ('failure' in opened) {
    if (isStrict) throw ConnectorError.from(opened.failure);
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
  if (isStrict) throw endless('a part of a list', problem);
  tally.doubt(key, problem);
  return undefined;
}

/** Asks for the next page at once, and for one only: a list of any length holds no more than two pages here. */
function inHand<K extends RecordKind>(spec: FanOut<K>, opened: Opened<K>, mayRestart: boolean): InHand<K> {
  const next = 'page' in opened && opened.page !== 'gone' ? opened.page.next : undefined;
  return { opened, following: next === undefined ? undefined : openPart(spec, opened.parent, next, mayRestart) };
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
