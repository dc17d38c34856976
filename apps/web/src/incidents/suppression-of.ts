import type { IncidentView } from '@castellan/api';
import type { SuppressionsSearch } from '../detection/suppressions-search.js';

/** A suppression of what an incident is about. One of a whole organisation is about nobody in particular. */
export function suppressionOf({ rule, subject }: Pick<IncidentView, 'rule' | 'subject'>): SuppressionsSearch {
  return { dialog: 'new', rule: rule.id, ...(subject.kind !== 'organisation' && { subject: subject.key }) };
}
