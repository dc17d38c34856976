import type { Instant } from '@castellan/connector-sdk';

const FORM =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(10_000, 0, 1) - 1;

/**
 * A date of XML Schema (RFC 7643, section 2.3.5) as UTC with milliseconds, `null` when it is none. Some services leave out the zone
 * and mean UTC. Outside of 1970 to 9999 there is none: .NET's 0001-01-01 says "never", and longer years do not sort as text.
 */
export function parseInstant(text: string): Instant | null {
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
