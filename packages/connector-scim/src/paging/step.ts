import { UpstreamError } from '@castellan/connector-sdk';
import type { ListResponse } from '../client/list-response.js';
import type { Place } from './place.js';

/** Asks for one page. @param at what makes it that page: `startIndex`, or `cursor`. */
export type AskPage = (at: Readonly<Record<string, string>>, size: number) => Promise<ListResponse>;

/** What one step through a list has brought. */
export interface Step<P extends Place> {
  /** Resources that this pass has not shown before. */
  readonly fresh: readonly unknown[];
  /** Where the list goes on; `null` after its last page. */
  readonly next: P | null;
  /** The counters after this page, for the end. */
  readonly counted: P;
  /** Why the pass cannot go on from here, and has to begin again. */
  readonly lost?: string;
  readonly date: Date | undefined;
}

/** The counters after a page. */
export function countedAfter(
  place: Place,
  fresh: number,
  total: number | null,
): { readonly rows: number; readonly total: number | null; readonly grown: number } {
  const grown = place.total === null || total === null ? 0 : Math.max(0, total - place.total);
  return { rows: place.rows + fresh, total: total ?? place.total, grown: place.grown + grown };
}

/** @param what that cannot be read to its end: `Users`. */
export function endless(what: string, problem: string): UpstreamError {
  return new UpstreamError({ message: `The list of ${what} could not be read to its end: ${problem}.` });
}
