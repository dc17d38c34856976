import type { AccessNodeKind } from '@castellan/api';
import { said } from '../records/record-search.js';
import { isNodeKind } from './node-looks.js';

/** Spans in which something was not used, in days. */
export const UNUSED_DAYS = [30, 60, 90, 180] as const;

/** What the address of a page about one of the organisation says: all that its questions are made of. */
export interface EntitySearch {
  /** Name of the part that is shown; the first otherwise. */
  readonly tab?: string;
  /** Of what the part lists, where it can list several. */
  readonly show?: AccessNodeKind;
  /** Instant of the past that is asked about, ISO 8601; left out: now. */
  readonly at?: string;
  readonly q?: string;
  /** One word for the status of accounts. */
  readonly status?: string;
  /** Only what was not used in so many days. */
  readonly unused?: number;
  /** Key of a group: only who reaches it through that. */
  readonly via?: string;
  readonly sort?: string;
  /** `kind:key` of the row whose every way is open. */
  readonly why?: string;
  /** `kind:key` of the row of which is shown what would be lost. */
  readonly loss?: string;
  /** Of changes: instants. */
  readonly since?: string;
  readonly until?: string;
  readonly view?: 'graph';
}

export type EntityChange = { readonly [P in keyof EntitySearch]?: EntitySearch[P] | undefined };

/** Addresses are written by anybody: what is not understood is left out. */
export function readEntitySearch(raw: Readonly<Record<string, unknown>>): EntitySearch {
  const show = said(raw['show']);
  return kept({
    tab: said(raw['tab']),
    show: show !== undefined && isNodeKind(show) ? show : undefined,
    at: readInstant(raw['at']),
    q: said(raw['q']),
    status: said(raw['status']),
    unused: readDays(raw['unused']),
    via: said(raw['via']),
    sort: said(raw['sort']),
    why: said(raw['why']),
    loss: said(raw['loss']),
    since: readInstant(raw['since']),
    until: readInstant(raw['until']),
    view: raw['view'] === 'graph' ? 'graph' : undefined,
  });
}

/** An address says only what was chosen. */
export function kept(search: EntityChange): EntitySearch {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries); // each of its own type, as it came
}

export function readInstant(value: unknown): string | undefined {
  const text = said(value);
  return text === undefined || Number.isNaN(Date.parse(text)) ? undefined : text;
}

export function readDays(value: unknown): number | undefined {
  return UNUSED_DAYS.find((days) => String(days) === said(value));
}
