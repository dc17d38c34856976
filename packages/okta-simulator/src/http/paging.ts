import type { Json, JsonObject } from '../json/json.js';
import type { PageOf } from '../org/sequence.js';
import type { Position } from './cursor.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { EndpointRequest, Reply } from './endpoint.js';
import { invalidPaging, invalidParameter } from './okta-error.js';

export interface PageSize {
  readonly default: number;
  readonly max: number;
  /** A smaller `limit` is raised to this. */
  readonly min?: number;
}

export function limitOf(request: EndpointRequest, size: PageSize): number {
  const given = request.query.get('limit');
  const { largestPage } = request.org;
  if (given === null || given === '') return Math.min(size.default, largestPage);
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1) throw invalidParameter('limit', 'The limit must be a positive number.');
  return Math.min(largestPage, Math.max(size.min ?? 1, Math.min(limit, size.max)));
}

/** Where the page starts, or undefined on the first page. */
export function positionOf(request: EndpointRequest, refuse = invalidPaging): Position | undefined {
  const after = request.query.get('after');
  if (after === null || after === '') return undefined;
  const position = decodeCursor(request.path, after);
  if (position === undefined) throw refuse();
  return position;
}

export function urlAfter(request: EndpointRequest, position: Position): string {
  const query = new URLSearchParams(request.query);
  query.set('after', encodeCursor(request.path, position));
  return `${request.base}${request.path}?${query.toString()}`;
}

export function selfUrl(request: EndpointRequest): string {
  const query = request.query.toString();
  return `${request.base}${request.path}${query ? `?${query}` : ''}`;
}

export type ReadPage<V> = (after: number, limit: number) => PageOf<V>;

/** A page of a list whose cursor is a position in it. */
export function readPage<V>(
  request: EndpointRequest,
  size: PageSize,
  read: ReadPage<V>,
): { items: readonly V[]; next?: string } {
  const position = positionOf(request);
  if (typeof position === 'string') throw invalidPaging();
  const page = read(position ?? -1, limitOf(request, size));
  return page.more ? { items: page.items, next: urlAfter(request, page.last) } : { items: page.items };
}

/** A page of a list in the order of its keys: the cursor is the last key, so it survives a list that is computed anew. */
export function readKeyedPage<V>(
  request: EndpointRequest,
  size: PageSize,
  list: readonly V[],
  keyOf: (value: V) => string,
): { items: readonly V[]; next?: string } {
  const position = positionOf(request);
  if (typeof position === 'number') throw invalidPaging();
  const start = position === undefined ? 0 : firstBehind(list, keyOf, position);
  const items = list.slice(start, start + limitOf(request, size));
  const last = items.at(-1);
  if (last === undefined || start + items.length >= list.length) return { items };
  return { items, next: urlAfter(request, keyOf(last)) };
}

function firstBehind<V>(list: readonly V[], keyOf: (value: V) => string, key: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = list[middle];
    if (value !== undefined && keyOf(value) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A list as an array, its links in headers: everywhere but under `/iam`. */
export function arrayReply(request: EndpointRequest, page: { items: readonly Json[]; next?: string }): Reply {
  const self = selfUrl(request);
  return { status: 200, body: page.items, links: page.next === undefined ? { self } : { self, next: page.next } };
}

/** The same for items that are objects of the org's state. */
export function storedReply(request: EndpointRequest, page: { items: readonly Json[]; next?: string }): Reply {
  return { ...arrayReply(request, page), stored: true };
}

/** A list below a key, its `next` link in the body and in no header: the form of `/iam`. */
export function wrappedReply(key: string, page: { items: readonly Json[]; next?: string }, links: JsonObject = {}): Reply {
  const next = page.next === undefined ? {} : { next: { href: page.next } };
  const allLinks = { ...links, ...next };
  const withLinks = Object.keys(allLinks).length > 0 ? { _links: allLinks } : {};
  return { status: 200, body: { [key]: page.items, ...withLinks } };
}
