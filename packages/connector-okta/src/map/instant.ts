import type { Instant } from '@castellan/connector-sdk';

const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Nearly every date of Okta's is in the form already, and on a day that every month has: a sync reads a million of them. */
const OUR_FORM = /^(?:19[7-9]\d|[2-9]\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(10_000, 0, 1) - 1;

/**
 * Any ISO 8601 date as UTC with milliseconds, `null` when it is none. Okta writes `2026-11-23T09:30:00.000Z`, and in some
 * places `2025-09-24 01:09:28.0`: without a zone, but UTC all the same. Outside of 1970 to 9999 there is none: no time of
 * Okta's lies there, and years of more than four digits would not sort as text.
 */
export function parseInstant(text: string): Instant | null {
  if (OUR_FORM.test(text)) return text;
  const match = FORM.exec(text.trim());
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  // The language's own parser turns 31 February into 3 March without a word.
  if (Number(day) < 1 || Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return null;
  const offset = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
  const time = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`,
  );
  return time >= EARLIEST && time <= LATEST ? new Date(time).toISOString() : null;
}
