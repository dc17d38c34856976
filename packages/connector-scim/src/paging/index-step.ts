import type { ListResponse } from '../client/list-response.js';
import type { IndexPlace } from './place.js';
import { idOf, type Seen } from './seen.js';
import { type AskPage, countedAfter, endless, type Step } from './step.js';

/** Ids kept to find the place again by: more than resources are likely to vanish at one spot between two pages. */
const TAIL = 10;
/** Pages to look back through for the place, when resources before it have vanished. */
const MOST_REWINDS = 5;
/** So often in a row a place does not move for what comes and goes, but since the service does not go by positions. */
const MOST_MOVES = 3;

type IndexStep = Step<IndexPlace>;

/**
 * The next page by position. A list that is changed while it is read shifts: what vanishes before the place pulls others over it,
 * unseen. So each page begins with the last resource of the one before. Is that not where it was, the place is looked for again by
 * its last ids; what stands behind the one that is found follows without a gap, whatever has come or gone before it.
 *
 * No number is believed for the end: many services count wrongly. The list ends where nothing stands behind its last resource.
 */
export async function indexStep(place: IndexPlace, ask: AskPage, seen: Seen, what: string): Promise<IndexStep> {
  if (place.at === 0) {
    const page = await ask({ startIndex: '1' }, place.size);
    return page.items.length === 0 ? end(place, page) : goOn(place, { page, start: 1, behind: 0 }, seen);
  }
  // A page of one resource cannot overlap, and without ids there is nothing to know it by.
  if (place.aligned || place.tail.length === 0 || place.size === 1) return stepBehind(place, ask, seen, what);
  for (let here = place, moves = 0; ; moves += 1) {
    const found = await findPlace(here, ask);
    if (found === undefined) return lost(place, 'none of the last ones is where it was');
    const step = goOn(here, found, seen);
    if (step.fresh.length > 0) return step;
    if (isAtEnd(here, found)) return end(here, found.page);
    const at = found.start + found.behind - 1;
    // It has moved, and the page ends with it: on from where it is now.
    if (at === here.at || moves >= MOST_MOVES) return stepBehind(place, ask, seen, what, found.page);
    here = { ...here, at };
  }
}

interface Found {
  readonly page: ListResponse;
  /** Position of the page's first resource. */
  readonly start: number;
  /** How many of the page stand before the place, the last known one included. */
  readonly behind: number;
}

async function findPlace({ at, tail, size }: IndexPlace, ask: AskPage): Promise<Found | undefined> {
  let start = at;
  for (let looks = 0; looks <= MOST_REWINDS; looks += 1) {
    const page = await ask({ startIndex: String(start) }, size);
    const behind = behindIn(page, tail);
    if (behind > 0) return { page, start, behind };
    if (start === 1) return undefined;
    // By a little first: mostly one has vanished, and the page then reaches far beyond the place. Then page by page, without a gap.
    start = Math.max(1, start - (looks === 0 ? Math.min(TAIL, size) : Math.max(1, size - 1)));
  }
  return undefined;
}

function behindIn({ items }: ListResponse, tail: readonly string[]): number {
  return items.findLastIndex((item) => tail.includes(idOf(item) ?? '')) + 1;
}

function goOn(place: IndexPlace, { page, start, behind }: Found, seen: Seen): IndexStep {
  const fresh = seen.take(page.items.slice(behind));
  const at = start + page.items.length - 1;
  const ids = page.items.map(idOf).filter((id) => id !== undefined);
  // A place behind the end that it counts: the number is that of the page.
  const miscounts = place.miscounts || (fresh.length > 0 && page.total !== null && at > page.total);
  const counted = { ...place, ...countedAfter(place, fresh.length, page.total), miscounts };
  return { fresh, counted, next: { ...counted, at, tail: ids.slice(-TAIL) }, date: page.date };
}

/**
 * The last known one alone, and nothing behind it. Where others stand before it, it is asked for again at its own place: a service
 * that does not go by positions shows any page, and its length meets the number of all by chance.
 */
function isAtEnd(place: IndexPlace, { page: { items, total }, start }: Found): boolean {
  if (items.length !== 1) return false;
  return total === null || place.miscounts || total === start || total === 1 || place.rows >= total;
}

/**
 * The page behind the place, without overlap. For services that divide the position by the size of a page, so that only whole
 * pages can be asked for; and for what looks like the end and is not.
 * @param repeated a page that overlapped and brought nothing new.
 */
async function stepBehind(
  place: IndexPlace,
  ask: AskPage,
  seen: Seen,
  what: string,
  repeated?: ListResponse,
): Promise<IndexStep> {
  const start = place.at + 1;
  const page = await ask({ startIndex: String(start) }, place.size);
  const aligned = place.aligned || (repeated !== undefined && repeated.items.length >= place.size);
  // Without overlap a shift is not seen, but by what is counted.
  if (aligned && page.total !== null && place.total !== null && page.total < place.total && !place.miscounts)
    return lost(place, 'something has vanished from it');
  if (page.items.length === 0) return confirmedEnd(place, page, ask, repeated);
  const behind = behindIn(page, place.tail);
  const step = goOn({ ...place, aligned }, { page, start: aligned ? start - behind : start, behind }, seen);
  if (step.fresh.length > 0 && !isSame(page, repeated)) return step;
  // Behind its last page such a service shows that page again.
  const isLastPage = aligned && behind === page.items.length && behind < place.size;
  if (isLastPage || (await showsAll(place, page, ask))) return end(place, page);
  const problem = 'whatever position it is asked for, the service shows the same ones. Try the other paging in the settings';
  throw endless(what, problem);
}

/**
 * Nothing stands behind the place: that is the end, if the place is still where it was. An empty page says nothing about what has
 * moved over it in between.
 */
async function confirmedEnd(
  place: IndexPlace,
  page: ListResponse,
  ask: AskPage,
  repeated: ListResponse | undefined,
): Promise<IndexStep> {
  if (place.aligned || repeated === undefined) return end(place, page);
  const again = await ask({ startIndex: String(place.at) }, place.size);
  const isThere = isSame(again, repeated) && behindIn(again, place.tail) === again.items.length;
  return isThere ? end(place, again) : lost(place, 'it moves');
}

function isSame(page: ListResponse, other: ListResponse | undefined): boolean {
  const id = idOf(page.items[0]);
  return id !== undefined && id === idOf(other?.items[0]);
}

/** Whether a service that always shows the same page shows all there is. Asked for one less, it says whether its total is the page's. */
async function showsAll(place: IndexPlace, { items, total }: ListResponse, ask: AskPage): Promise<boolean> {
  if (total === null && items.length !== place.size) return true;
  if (items.length < 2 || (total !== null && place.rows < total)) return false;
  const less = await ask({ startIndex: '1' }, items.length - 1);
  return (total !== null && less.total === total) || less.items.length >= items.length;
}

function end(place: IndexPlace, page: ListResponse): IndexStep {
  return { fresh: [], next: null, counted: { ...place, ...countedAfter(place, 0, page.total) }, date: page.date };
}

function lost(place: IndexPlace, why: string): IndexStep {
  return { fresh: [], next: null, counted: place, lost: why, date: undefined };
}
