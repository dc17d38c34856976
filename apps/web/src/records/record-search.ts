/** What the address of a table says: all that is chosen on the page, so that a link shows the same to somebody else. */
export interface RecordSearch {
  readonly q?: string;
  /** Id of one integration; all of them otherwise. */
  readonly integration?: string;
  /** `field:value`, as the API takes it. */
  readonly filter?: readonly string[];
  /** A field; `-` before it: the greatest first. */
  readonly sort?: string;
  /** Former ones, or all. */
  readonly removed?: 'true' | 'all';
  /** Names of the fields that are shown, with commas between them. */
  readonly columns?: string;
  /** Of activity: instants, the first included, the second not. */
  readonly since?: string;
  readonly until?: string;
  /** Of activity: key of the account that acted. */
  readonly actor?: string;
  /** The record that is open: its key, its integration and, if it is not one of the table, its kind. */
  readonly key?: string;
  readonly of?: string;
  readonly what?: string;
  /** What is seen of it; its profile otherwise. */
  readonly tab?: string;
}

export type Change = { readonly [P in keyof RecordSearch]: RecordSearch[P] | undefined };

/** Addresses are written by anybody: what is not understood is left out. */
export function readRecordSearch(raw: Readonly<Record<string, unknown>>): RecordSearch {
  const removed = said(raw['removed']);
  const filters = listed(raw['filter']).filter((filter) => filter.includes(':'));
  return without({
    q: said(raw['q']),
    integration: said(raw['integration']),
    filter: filters.length === 0 ? undefined : filters,
    sort: said(raw['sort']),
    removed: removed === 'true' || removed === 'all' ? removed : undefined,
    columns: said(raw['columns']),
    since: said(raw['since']),
    until: said(raw['until']),
    actor: said(raw['actor']),
    key: said(raw['key']),
    of: said(raw['of']),
    what: said(raw['what']),
    tab: said(raw['tab']),
  });
}

/** The router has read `5` as a number and `true` as a flag. */
export function said(value: unknown): string | undefined {
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return known && value !== '' ? String(value) : undefined;
}

function listed(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map(said).filter((one) => one !== undefined);
}

export function changedSearch(search: RecordSearch, change: Partial<Change>): RecordSearch {
  return without({ ...search, ...change });
}

/** Nothing is there with nothing in it: an address says only what was chosen. */
function without(search: Partial<Change>): RecordSearch {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== '' && !isEmptyList(value));
  return Object.fromEntries(kept); // each of its own type, as it came
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

const CLOSED = { key: undefined, of: undefined, what: undefined, tab: undefined } as const;

export function closed(search: RecordSearch): RecordSearch {
  return changedSearch(search, CLOSED);
}

/** Whether fewer rows are looked for than there are. */
export function isNarrowed({ q, integration, filter, since, until, actor }: RecordSearch): boolean {
  return [q, integration, filter, since, until, actor].some((part) => part !== undefined);
}

/** All that narrows a table, undone. What is open, shown and how it is sorted stays. */
export function widened(search: RecordSearch): RecordSearch {
  const all = { q: undefined, integration: undefined, filter: undefined, since: undefined, until: undefined, actor: undefined };
  return changedSearch(search, all);
}

/** What the API is asked for counts, facets and an export. */
export function narrowingQuery(search: RecordSearch): URLSearchParams {
  const { q, integration, filter, removed, since, until, actor } = search;
  const query = new URLSearchParams();
  const parts = { q, integration, removed, since, until, actor };
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) query.set(name, value);
  for (const one of filter ?? []) query.append('filter', one);
  return query;
}

/** The same, with the order of the rows. */
export function rowsQuery(search: RecordSearch): URLSearchParams {
  const query = narrowingQuery(search);
  if (search.sort !== undefined) query.set('sort', search.sort);
  return query;
}
