import type { Json } from '@castellan/connector-sdk';
import { parseInstant } from '../map/instant.js';

// Types and not interfaces: only those may be taken for Json.

/**
 * The whole `next` link of the last page, exactly as Okta gave it, and how often this pass has begun afresh: the pages of
 * a second start may carry the links of the first, and a position that does not move counts as a mistake of ours.
 */
export type ListCursor = {
  readonly next: string;
  readonly restarts: number;
  /** Okta's time when the first page was read. Absent in positions of older versions. */
  readonly began?: string;
};

/** What a listing or a delta leaves for the next delta. */
export type ChangedSince = { readonly from: string };

/** Changes are looked for a little before the last listing began: what was written just then may not have shown yet. */
const OVERLAP_MS = 5 * 60_000;

/** @param began Okta's time when the first page was read. */
export function resumeFromOf(began: string): ChangedSince {
  return { from: new Date(Date.parse(began) - OVERLAP_MS).toISOString() };
}

/** A place in a fan-out: all parts up to and with `at` are through, unless `next` leads further into `at` itself. */
export type FanOutCursor = {
  readonly at: string;
  readonly next: string | null;
  /** Whether any part could be listed so far. */
  readonly listed: boolean;
  readonly restarts: number;
  /** Rows of `at` so far; with `next` only. */
  readonly rows?: number;
  /** How many rows `at` should have, where Okta has counted them; with `next` only. */
  readonly expected?: number;
};

export function parseListCursor(value: Json): ListCursor {
  const began = fieldsOf(value).get('began');
  const isTime = typeof began === 'string' && parseInstant(began) !== null;
  return { next: linkAt(value, 'next'), restarts: restartsIn(value), ...(isTime && { began }) };
}

export function parseFanOutCursor(value: Json): FanOutCursor {
  const fields = fieldsOf(value);
  const at = fields.get('at');
  const listed = fields.get('listed');
  if (typeof at !== 'string' || typeof listed !== 'boolean') throw new TypeError('not a position in a fan-out');
  const next = fields.get('next') === null ? null : linkAt(value, 'next');
  const rows = fields.get('rows');
  const expected = fields.get('expected');
  return {
    at,
    next,
    listed,
    restarts: restartsIn(value),
    // Absent in positions of older versions: then the part is believed.
    ...(typeof rows === 'number' && typeof expected === 'number' && { rows, expected }),
  };
}

/** @throws TypeError when there is no absolute http(s) URL; on which host it lies is checked before it is sent. */
export function linkAt(value: Json, key: string): string {
  const link = fieldsOf(value).get(key);
  if (typeof link !== 'string' || !/^https?:\/\//.test(link) || !URL.canParse(link)) throw new TypeError(`no link in "${key}"`);
  return link;
}

export function restartsIn(value: Json): number {
  const restarts = fieldsOf(value).get('restarts');
  return typeof restarts === 'number' ? restarts : 0;
}

export function fieldsOf(value: Json): ReadonlyMap<string, Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not an object');
  return new Map(Object.entries(value));
}
