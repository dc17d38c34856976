import { PageTrail } from '@castellan/connector-sdk';
import { cursorOf } from '../client/list-response.js';
import type { CursorPlace } from './place.js';
import type { Seen } from './seen.js';
import { type AskPage, countedAfter, endless, type Step } from './step.js';

/** So many pages in a row with nothing but what was shown already are no accident. */
const MOST_STALE = 3;

/** Notices cursors that lead back: by themselves, or by what their pages show. One for each pass. */
export class CursorTrail {
  readonly #cursors = new PageTrail();
  #stale = 0;

  /** @returns what is wrong. @param isStale the page held something, and all of it was known. */
  follow(cursor: string, isStale: boolean): string | undefined {
    this.#stale = isStale ? this.#stale + 1 : 0;
    return this.#stale >= MOST_STALE ? 'its pages go in a circle' : this.#cursors.follow(cursor);
  }
}

/** The next page by cursor (RFC 9865): the service keeps the place, and says when there is no more. */
export async function cursorStep(
  place: CursorPlace,
  ask: AskPage,
  seen: Seen,
  trail: CursorTrail,
  what: string,
): Promise<Step<CursorPlace>> {
  const page = await ask({ cursor: place.cursor }, place.size);
  const fresh = seen.take(page.items);
  const counted = { ...place, ...countedAfter(place, fresh.length, page.total) };
  const nextCursor = cursorOf(page, what);
  if (nextCursor === undefined) return { fresh, next: null, counted, date: page.date };
  const isStale = page.items.length > 0 && fresh.length === 0;
  const problem = nextCursor === place.cursor ? 'its pages go in a circle' : trail.follow(nextCursor, isStale);
  if (problem !== undefined) throw endless(what, problem);
  return { fresh, next: { ...counted, cursor: nextCursor }, counted, date: page.date };
}
