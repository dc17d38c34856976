import { WithMade } from './later.js';

/** So many are looked at: an event with more was written to be slow. */
const MOST_VALUES = 10_000;

/**
 * Goes through all values of an event, however deep, until one is what is looked for; lists and objects are none, nor are keys.
 * What is made of an event nobody has written.
 */
export function someValue(event: unknown, isMeant: (value: unknown) => boolean): boolean {
  const left: unknown[] = [event instanceof WithMade ? event.raw : event];
  for (let n = 0; n < MOST_VALUES && left.length > 0; n += 1) {
    const value = left.pop();
    if (Array.isArray(value)) {
      // Of a list of a million, `in` would begin by naming each place.
      for (let at = 0; at < value.length && left.length < MOST_VALUES; at += 1) left.push(value[at]);
    } else if (typeof value === 'object' && value !== null) {
      for (const key in value) {
        if (left.length === MOST_VALUES) break;
        // What stands under a key of its own is a value of whatever kind.
        if (Object.hasOwn(value, key)) left.push((value as Readonly<Record<string, unknown>>)[key]);
      }
    } else if (isMeant(value)) return true;
  }
  return false;
}

/** How many characters there are to be looked at in an event, roughly; of one that was written to be slow `most`. */
export function sizeOf(event: unknown, most: number): number {
  let size = 0;
  let values = 0;
  const isMore = someValue(event, (value) => {
    values += 1;
    size += typeof value === 'string' ? value.length : 8;
    return size >= most;
  });
  return isMore || values >= MOST_VALUES / 2 ? most : size;
}
