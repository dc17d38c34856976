import { useQuery } from '@tanstack/react-query';
import { findingsSummaryQuery } from './findings-queries.js';
import type { FindingsSearch } from './findings-search.js';
import { type Matching, matchingTarget } from './matching.js';

/** All that match a list and can be changed as a whole; `undefined`: there are none, or nobody wants to know. */
export function useMatching({ sort: _sort, ...search }: FindingsSearch, isWanted: boolean): Matching | undefined {
  const { data } = useQuery({ ...findingsSummaryQuery(search), enabled: isWanted });
  if (!isWanted || data === undefined) return undefined;
  const matching = { search, counts: data };
  return matchingTarget(matching).count === 0 ? undefined : matching;
}
