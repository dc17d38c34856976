import type { Instant } from '@castellan/connector-sdk';

const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

const OUR_FORM = '2026-11-23T09:30:00.000Z';
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(10_000, 0, 1) - 1;

/**
 * Any ISO 8601 date as UTC with milliseconds, `null` when it is none. Okta writes `2026-11-23T09:30:00.000Z`, and in some
 * places `2025-09-24 01:09:28.0`: without a zone, but UTC all the same. Outside of 1970 to 9999 there is none: no time of
 * Okta's lies there, and years of more than four digits would not sort as text.
 */
export function parseInstant(text: string): Instant | null {
  // Nearly every date of Okta's is in the form already, which is quick to see: written again it is the same.
  if (text.length === OUR_FORM.length && text.endsWith('Z')) {
    const exact = Date.parse(text);
    if (exact >= EARLIEST && exact <= LATEST && new Date(exact).toISOString() === text) return text;
  }
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
