import type { FindingCounts, FindingStatus } from '@castellan/api';
import type { ChangeTarget } from './findings-queries.js';
import { type FindingsSearch, findingsWhere } from './findings-search.js';

type Unresolved = keyof FindingCounts;
const UNRESOLVED: readonly Unresolved[] = ['open', 'acknowledged', 'excepted'];

/** All findings of a list that are not resolved, by what became of them. */
export interface Matching {
  readonly search: FindingsSearch;
  readonly counts: FindingCounts;
}

/** Of a list: which of its statuses can be changed as a whole. What is resolved has only comments, one by one. */
function statusesOf({ status }: FindingsSearch): readonly Unresolved[] {
  if (status === undefined) return ['open', 'acknowledged'];
  return status === 'all' ? UNRESOLVED : UNRESOLVED.filter((one) => one === status);
}

/** Those of these statuses that match. */
export function matchingTarget({ search, counts }: Matching, among: readonly FindingStatus[] = UNRESOLVED): ChangeTarget {
  const statuses = statusesOf(search).filter((status) => among.includes(status));
  let count = 0;
  for (const status of statuses) count += counts[status];
  return { which: { where: { ...findingsWhere(search), status: statuses } }, count };
}
