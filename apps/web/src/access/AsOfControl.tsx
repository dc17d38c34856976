import { DayField } from '../records/DayField.js';
import { instantOf, localDay } from '../records/filters.js';
import type { Entity } from './use-entity.js';

/** The day that all questions of the page are about; emptied, or today: now. */
export function AsOfControl({ entity: { search, change } }: { readonly entity: Entity }) {
  const { at } = search;
  // What was so at the end of a day is asked with the first instant after it.
  const day = at === undefined ? '' : localDay(new Date(Date.parse(at) - 1));
  const choose = (chosen: string): void => {
    const instant = instantOf(chosen, '<');
    const isPast = instant !== undefined && Date.parse(instant) < Date.now();
    change({ at: isPast ? instant : undefined, why: undefined, loss: undefined });
  };
  return <DayField label="As of" name="As of (a day in the past; empty: now)" day={day} onChange={choose} />;
}
