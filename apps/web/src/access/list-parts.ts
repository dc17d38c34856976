import type { AccessNodeKind } from '@castellan/api';
import type { EntitySearch } from './access-search.js';
import type { Direction, ListParts } from './access-queries.js';

/** Whether anybody can use what is listed: groups use nothing, and nobody uses a group. */
export function isUsed(subject: AccessNodeKind, other: AccessNodeKind): boolean {
  return subject !== 'group' && other !== 'group';
}

/** Whether a list can be narrowed and sorted by use: of who reaches, only accounts can. */
export function isByUse(direction: Direction, subject: AccessNodeKind, other: AccessNodeKind): boolean {
  return isUsed(subject, other) && (direction === 'reach' || other === 'account');
}

/** What of the address a list of this kind can be asked for: accounts of who reaches can be filtered as their table is. */
export function listPartsOf(
  search: EntitySearch,
  subject: AccessNodeKind,
  direction: Direction,
  other: AccessNodeKind,
): ListParts {
  const isPeople = direction === 'reached-by' && other === 'account';
  const { at, q, unused, sort, status, via } = search;
  return {
    at,
    q,
    // Use is counted up to now: of a day of the past nothing is narrowed by it.
    ...(isByUse(direction, subject, other) && { unused: at === undefined ? unused : undefined, sort }),
    ...(isPeople && { via, filter: status === undefined ? undefined : `status:${status}` }),
  };
}
