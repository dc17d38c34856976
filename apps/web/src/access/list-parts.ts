import type { AccessNodeKind } from '@castellan/api';
import type { EntitySearch } from './access-search.js';
import type { Direction, ListParts } from './access-queries.js';

/** What of the address a list of this kind can be asked for: accounts of who reaches can be filtered as their table is. */
export function listPartsOf(search: EntitySearch, direction: Direction, kind: AccessNodeKind): ListParts {
  const isPeople = direction === 'reached-by' && kind === 'account';
  const { at, q, unused, sort, status, via } = search;
  return {
    at,
    q,
    ...(kind !== 'group' && { unused }),
    ...(isPeople && { via, filter: status === undefined ? undefined : `status:${status}` }),
    ...((isPeople || direction === 'reach') && { sort }),
  };
}
