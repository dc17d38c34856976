import { DayField } from '../records/DayField.js';
import { instantOf, localDay } from '../records/filters.js';
import type { Entity } from './use-entity.js';
import { isWholeDay } from './whole-day.js';

const DAY_MS = 86_400_000;

/** The day that all questions of the page are about; emptied: now. */
export function AsOfControl({ entity: { search, change } }: { readonly entity: Entity }) {
  const { at } = search;
  // What was so at the end of a day is asked with the first instant after it.
  // A link may name an instant within a day: the banner says which, and this field has no room for it.
  const day = at !== undefined && isWholeDay(at) ? localDay(new Date(Date.parse(at) - 1)) : '';
  const choose = (chosen: string): void => change({ at: instantOf(chosen, '<'), why: undefined, loss: undefined });
  const last = { day: localDay(new Date(Date.now() - DAY_MS)), why: 'A day before today; empty: now' };
  return <DayField label="As of" name="As of (a day before today; empty: now)" day={day} onChange={choose} last={last} />;
}
