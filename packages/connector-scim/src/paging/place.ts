import type { Json } from '@castellan/connector-sdk';

// Types and not interfaces: only those may be taken for Json.

type Counted = {
  /** Different resources that this pass has shown. */
  readonly rows: number;
  /** How many there are by the last page; `null` while no believable number was said. */
  readonly total: number | null;
  /** By how much the total has grown from page to page: resources that came while the list was read. */
  readonly grown: number;
  /** Asked for in a page; halved when the service finds it too much. */
  readonly size: number;
  /** Without the parameters that a service need not understand. Decided with the first page: a cursor holds for its own query only. */
  readonly plain: boolean;
};

/** Between two pages of a list that goes by position (RFC 7644, section 3.4.2.4). */
export type IndexPlace = Counted & {
  readonly by: 'index';
  /** Resources before the next one, in the list as it was when the last page was read. 0: the first page. */
  readonly at: number;
  /** Ids of the last ones of them, the last one last. */
  readonly tail: readonly string[];
  /** The service counts pages and not resources: no page can overlap the one before. */
  readonly aligned: boolean;
  /** Its total is that of a page. */
  readonly miscounts: boolean;
};

/** The same by cursor (RFC 9865). An empty cursor asks for the first page. */
export type CursorPlace = Counted & { readonly by: 'cursor'; readonly cursor: string };

export type Place = IndexPlace | CursorPlace;

const FRESH = { rows: 0, total: null, grown: 0, plain: false };

export function firstPlace(by: Place['by'], size: number): Place {
  if (by === 'cursor') return { by, ...FRESH, size, cursor: '' };
  return { by, ...FRESH, size, at: 0, tail: [], aligned: false, miscounts: false };
}

export function isFirst(place: Place): boolean {
  return place.by === 'index' ? place.at === 0 : place.cursor === '';
}

/** @throws TypeError when it is no place: a stored one may be of another version. */
export function parsePlace(value: Json | undefined): Place {
  const fields = fieldsOf(value);
  const counted = {
    rows: count(fields, 'rows'),
    total: fields.get('total') === null ? null : count(fields, 'total'),
    grown: count(fields, 'grown'),
    size: Math.max(1, count(fields, 'size')),
    plain: fields.get('plain') === true,
  };
  if (fields.get('by') === 'cursor') return { by: 'cursor', ...counted, cursor: text(fields, 'cursor') };
  if (fields.get('by') !== 'index') throw new TypeError('not a place in a list');
  const flags = { aligned: fields.get('aligned') === true, miscounts: fields.get('miscounts') === true };
  return { by: 'index', ...counted, at: count(fields, 'at'), tail: texts(fields, 'tail'), ...flags };
}

export function fieldsOf(value: Json | undefined): ReadonlyMap<string, Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not an object');
  return new Map(Object.entries(value));
}

export function count(fields: ReadonlyMap<string, Json>, name: string): number {
  const value = fields.get(name);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new TypeError(`no count in "${name}"`);
  return value;
}

export function text(fields: ReadonlyMap<string, Json>, name: string): string {
  const value = fields.get(name);
  if (typeof value !== 'string') throw new TypeError(`no text in "${name}"`);
  return value;
}

function texts(fields: ReadonlyMap<string, Json>, name: string): readonly string[] {
  const value = fields.get(name);
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw new TypeError(`no texts in "${name}"`);
  return value;
}
