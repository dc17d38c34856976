import { UUID } from './parameters.js';

/** As the storage writes them: in UTC, to the microsecond. Other zones and years can be more than the database takes. */
const INSTANT = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** The place of a row in a list that goes by time: `instant|id`. */
export function isDatedPosition(position: string): boolean {
  const [instant = '', id = '', ...more] = position.split('|');
  if (!INSTANT.test(instant) || !UUID.test(id) || more.length > 0) return false;
  // The pattern alone would let the 31st of February through to the database.
  const day = instant.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day && !Number.isNaN(Date.parse(instant));
}
