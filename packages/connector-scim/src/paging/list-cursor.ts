import type { Instant, Json } from '@castellan/connector-sdk';
import { parseInstant } from '../map/instant.js';
import { count, fieldsOf, parsePlace, type Place } from './place.js';

/** Between two pages of a list. */
export type ListCursor = {
  readonly place: Place;
  /** The service's time when the first page of this pass was read. */
  readonly began: Instant;
  /** The latest `meta.lastModified` that was shown; `null` while none was. */
  readonly newest: Instant | null;
  /** How often a pass had to begin again, since its place was lost. */
  readonly restarts: number;
  /** The pass before ended with fewer resources than the service counts. */
  readonly again: boolean;
};

/** @throws TypeError when it is not understood. */
export function parseListCursor(value: Json | undefined): ListCursor {
  const fields = fieldsOf(value);
  const began = fields.get('began');
  const newest = fields.get('newest');
  const instant = typeof began === 'string' ? parseInstant(began) : null;
  if (instant === null) throw new TypeError('a list is read from a time on');
  return {
    place: parsePlace(fields.get('place')),
    began: instant,
    newest: typeof newest === 'string' ? parseInstant(newest) : null,
    restarts: count(fields, 'restarts'),
    again: fields.get('again') === true,
  };
}
