import type { FakeAnswer, FakeRequest, Route } from './fake-request.js';

/** Objects that a list shows: an array, or something that makes the one at a place when it is asked for. */
export interface Objects {
  readonly length: number;
  at(index: number): unknown;
}
type ObjectsOf = Objects | ((request: FakeRequest) => Objects | undefined);

export interface ListOptions<Page = ListPage> {
  /** Objects a page. */
  readonly pageSize: number;
  /** What the query calls the position. Default: `after` (a link), `cursor`, `offset`, `page`. */
  readonly parameter?: string;
  /** Makes the body of a page. Default: the array itself for a link, else the objects and what leads on, as each list says. */
  readonly body?: (page: Page, request: FakeRequest) => unknown;
}
export interface ListPage {
  readonly items: readonly unknown[];
  /** What leads to the next page, as the list writes it; absent on the last. */
  readonly next: string | undefined;
  readonly total: number;
}
export interface NumberedPage {
  readonly items: readonly unknown[];
  readonly page: number;
  readonly pages: number;
}

/** Objects that are made one at a time: ten thousand pages of them take no memory. */
export function made(length: number, make: (index: number) => unknown): Objects {
  return { length, at: make };
}

/** `Link: <...>; rel="next"` (RFC 8288). The position is opaque, as a real provider's is. */
export function listByLink(
  objects: ObjectsOf,
  { pageSize, parameter = 'after', body = ({ items }) => items }: ListOptions,
): Route {
  return paged(objects, pageSize, parameter, (page, request) => {
    const url = new URL(request.path, request.origin);
    for (const [name, value] of request.query) if (name !== parameter) url.searchParams.set(name, value);
    if (page.next !== undefined) url.searchParams.set(parameter, page.next);
    const headers = page.next === undefined ? {} : { link: `<${url.href}>; rel="next"` };
    return { headers, body: body(page, request) };
  });
}

/** A cursor in the body: `{ items, next }`; it comes back as `?cursor=`, or as the `parameter` of the options. */
export function listByCursor(
  objects: ObjectsOf,
  { pageSize, parameter = 'cursor', body = ({ items, next }) => ({ items, next: next ?? null }) }: ListOptions,
): Route {
  return paged(objects, pageSize, parameter, (page, request) => ({ body: body(page, request) }));
}

/** `?offset=`: `{ items, total }`. */
export function listByOffset(
  objects: ObjectsOf,
  { pageSize, parameter = 'offset', body = ({ items, total }) => ({ items, total }) }: ListOptions,
): Route {
  return (request) => {
    const shown = shownBy(objects, request);
    if (shown === undefined) return NOT_FOUND;
    const from = Number(request.query.get(parameter) ?? 0);
    if (!Number.isInteger(from) || from < 0) return { status: 400, body: { error: `${parameter} is no position` } };
    return { body: body({ items: slice(shown, from, pageSize), next: undefined, total: shown.length }, request) };
  };
}

/** `?page=`, from 1: `{ items, page, pages }`. An empty list has one page. */
export function listByPage(
  objects: ObjectsOf,
  { pageSize, parameter = 'page', body = ({ items, page, pages }) => ({ items, page, pages }) }: ListOptions<NumberedPage>,
): Route {
  return (request) => {
    const shown = shownBy(objects, request);
    if (shown === undefined) return NOT_FOUND;
    const page = Number(request.query.get(parameter) ?? 1);
    if (!Number.isInteger(page) || page < 1) return { status: 400, body: { error: `${parameter} is no number of a page` } };
    const pages = Math.max(1, Math.ceil(shown.length / pageSize));
    return { body: body({ items: slice(shown, (page - 1) * pageSize, pageSize), page, pages }, request) };
  };
}

const NOT_FOUND: FakeAnswer = { status: 404, body: { error: 'not found' } };

function paged(
  objects: ObjectsOf,
  pageSize: number,
  parameter: string,
  answer: (page: ListPage, request: FakeRequest) => FakeAnswer,
): Route {
  return (request) => {
    const shown = shownBy(objects, request);
    if (shown === undefined) return NOT_FOUND;
    const position = request.query.get(parameter);
    const from = position === null ? 0 : decode(position);
    if (from === undefined) return { status: 400, body: { error: `${parameter} is no position` } };
    const end = from + pageSize;
    const next = end < shown.length ? encode(end) : undefined;
    return answer({ items: slice(shown, from, pageSize), next, total: shown.length }, request);
  };
}

function shownBy(objects: ObjectsOf, request: FakeRequest): Objects | undefined {
  return typeof objects === 'function' ? objects(request) : objects;
}

function slice(objects: Objects, from: number, count: number): readonly unknown[] {
  const items: unknown[] = [];
  for (let index = from; index < Math.min(objects.length, from + count); index += 1) items.push(objects.at(index));
  return items;
}

function encode(position: number): string {
  return Buffer.from(`position ${position}`).toString('base64url');
}

function decode(text: string): number | undefined {
  const digits = /^position (\d+)$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
