import { type Instant, TransientError, UpstreamError } from '@castellan/connector-sdk';
import { cursorOf, type ListResponse } from '../client/list-response.js';
import type { Query, ScimClient } from '../client/scim-client.js';
import { RefusedError } from '../client/scim-error.js';
import { latestOf } from '../map/resource.js';
import { cursorStep, CursorTrail } from './cursor-step.js';
import { indexStep } from './index-step.js';
import type { ListCursor } from './list-cursor.js';
import { firstPlace, isFirst, type Place } from './place.js';
import { Seen } from './seen.js';
import { type AskPage, endless, type Step } from './step.js';

export interface ListSpec {
  /** Below the base URL. */
  readonly path: string;
  /** For people: `Users`. */
  readonly what: string;
  readonly query?: Query;
  /** Left out where the service does not understand it. */
  readonly wish?: Query;
}

export interface ListPage {
  /** Resources that this pass has not shown before. */
  readonly items: readonly unknown[];
  /** Where the list goes on; `null` after its end. */
  readonly next: ListCursor | null;
  readonly began: Instant;
  readonly newest: Instant | null;
  /** Shown by this pass so far. */
  readonly rows: number;
  /** The service says a believable number of all. */
  readonly isCounted: boolean;
}

/** A pass whose place is lost again and again will not end; then the error is the better answer. */
const MOST_RESTARTS = 3;
/** No list is that long (10 million resources): one that goes on has no end. */
const MOST_PAGES = 100_000;

/** Reads a list to its end, by whichever paging the service has. @throws ConnectorError; a list that seems cut short is an error too. */
export async function* readList(client: ScimClient, asked: ListSpec, from?: ListCursor): AsyncGenerator<ListPage, void, void> {
  const list = await wished(client, asked);
  let cursor = from ?? (await beginning(client));
  let pass = new Pass();
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const step = await pass.step(client, list, cursor);
    if (isFirst(cursor.place)) cursor = { ...cursor, began: (step.date ?? client.now()).toISOString() };
    const newest = latestOf(step.fresh, cursor.newest);
    const { began } = cursor;
    const shown = { items: step.fresh, began, newest, rows: step.counted.rows, isCounted: isCounted(step.counted) };
    if (step.next !== null) {
      cursor = { ...cursor, place: step.next, newest };
      yield { ...shown, next: cursor };
      continue;
    }
    const problem = step.lost ?? shortfall(step.counted);
    if (problem === undefined) {
      yield { ...shown, next: null };
      return;
    }
    const isShort = step.lost === undefined;
    const again = nextPass(cursor, isShort);
    const place = firstPlace(cursor.place.by, cursor.place.size);
    client.logger.warn('a list is read again from its beginning', { list: list.what, reason: problem });
    // Given away before the error, too: whoever tries again must not end at the same place.
    cursor = { place, began, newest, ...(again ?? { restarts: 0, again: false }) };
    yield { ...shown, next: cursor };
    if (again === undefined) throw incomplete(list.what, problem, isShort);
    pass = new Pass();
  }
  throw endless(list.what, `it has no end after ${MOST_PAGES} pages`);
}

/** Ids never change, so a list in their order shifts only by what comes and goes. By default a service may use any order. */
async function wished(client: ScimClient, list: ListSpec): Promise<ListSpec> {
  const { sort } = await client.service();
  return sort === true ? { ...list, wish: { ...list.wish, sortBy: 'id' } } : list;
}

/** One way through the list, from its beginning or from where it was cut. */
class Pass {
  readonly #seen = new Seen();
  readonly #trail = new CursorTrail();

  async step(client: ScimClient, list: ListSpec, { place: from }: ListCursor): Promise<Step<Place>> {
    for (let place = from; ; ) {
      try {
        return await this.#try(client, list, place);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        if (place.by === 'cursor' && !isFirst(place) && error.isLostCursor)
          return { fresh: [], next: null, counted: place, lost: 'its place is not known any more', date: undefined };
        const other = otherWay(place, list, error);
        if (other === undefined) throw error;
        client.logger.info('a list is asked for in another way', { list: list.what, size: other.size, plain: other.plain });
        place = other;
      }
    }
  }

  async #try(client: ScimClient, list: ListSpec, place: Place): Promise<Step<Place>> {
    let answer: ListResponse | undefined;
    const ask: AskPage = async (at, size) => {
      const { query, wish } = list;
      answer = await client.list(list.path, list.what, { ...query, ...(!place.plain && wish), ...at, count: String(size) });
      return answer;
    };
    if (place.by === 'cursor') return cursorStep(place, ask, this.#seen, this.#trail, list.what);
    const step = await indexStep(place, ask, this.#seen, list.what);
    const mayChange = isFirst(place) && client.config.paging !== 'index';
    if (!mayChange || answer === undefined || step.next === null) return step;
    // It answers by cursor though it was asked by position (RFC 9865, section 2.4): so only that leads on.
    const cursor = cursorOf(answer, list.what);
    if (cursor === undefined) return step;
    const { rows, total, grown, size, plain } = step.next;
    return { ...step, counted: step.counted, next: { by: 'cursor', rows, total, grown, size, plain, cursor } };
  }
}

/** With smaller pages, or without what the service need not understand. */
function otherWay(place: Place, list: ListSpec, error: RefusedError): Place | undefined {
  if (error.isTooMuch) return place.size > 1 ? { ...place, size: Math.floor(place.size / 2) } : undefined;
  // A cursor holds for the query that it was given for.
  const mayLeaveOut = isFirst(place) || place.by === 'index';
  return mayLeaveOut && !place.plain && list.wish !== undefined && error.isMisunderstanding
    ? { ...place, plain: true }
    : undefined;
}

async function beginning(client: ScimClient): Promise<ListCursor> {
  const { cursor, mostResults } = await client.service();
  const { paging, pageSize } = client.config;
  // By cursor where that is offered: the service then keeps the place, whatever comes and goes.
  const by = paging === 'auto' ? (cursor === true ? 'cursor' : 'index') : paging;
  const size = mostResults === null ? pageSize : Math.min(pageSize, mostResults);
  return { place: firstPlace(by, size), began: client.now().toISOString(), newest: null, restarts: 0, again: false };
}

/** Why what was shown cannot be all. What came while the list was read may stand before the place: the next delta shows it. */
function shortfall(place: Place): string | undefined {
  if (!isCounted(place) || place.total === null || place.rows + place.grown >= place.total) return undefined;
  return `the service counts ${place.total} and shows ${place.rows}`;
}

function isCounted(place: Place): boolean {
  return place.total !== null && !(place.by === 'index' && place.miscounts);
}

/** `undefined`: it was tried often enough. */
function nextPass({ restarts, again }: ListCursor, isShort: boolean): Pick<ListCursor, 'restarts' | 'again'> | undefined {
  if (isShort) return again ? undefined : { restarts, again: true };
  return restarts < MOST_RESTARTS ? { restarts: restarts + 1, again } : undefined;
}

/** What moves may come to rest; a service that counts what it does not show will go on doing so. */
function incomplete(what: string, problem: string, isShort: boolean): TransientError | UpstreamError {
  const message = `The list of ${what} could not be read as a whole: ${problem}. What is known stays as it is.`;
  return isShort ? new UpstreamError({ message }) : new TransientError({ message });
}
