import type { ActionBatchView, ActionRequestView } from '@castellan/api';

/** A line of the history: what was asked for by itself, or for many at once. */
export type HistoryEntry =
  | { readonly request: ActionRequestView; readonly batch?: never }
  | { readonly batch: ActionBatchView; readonly request?: never };

/** A list as far as it is loaded, the newest first. */
export interface Loaded<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

/**
 * Two lists as one, the newest first. Older than the last one loaded of a list that goes on nothing is shown: what is not loaded yet
 * would stand above it.
 */
export function merged(requests: Loaded<ActionRequestView>, batches: Loaded<ActionBatchView>): readonly HistoryEntry[] {
  const from = Math.max(reach(requests), reach(batches));
  return [...requests.items.map((request) => ({ request })), ...batches.items.map((batch) => ({ batch }))]
    .filter((entry) => askedAt(entry) >= from)
    .toSorted((one, other) => askedAt(other) - askedAt(one));
}

/** Which of the two has to be loaded further for more to be shown. */
export function nextOf(
  requests: Loaded<ActionRequestView>,
  batches: Loaded<ActionBatchView>,
): 'requests' | 'batches' | undefined {
  if (!requests.hasMore && !batches.hasMore) return undefined;
  return reach(requests) >= reach(batches) ? 'requests' : 'batches';
}

/** Since when all of a list is known. */
function reach<T extends { readonly createdAt: string }>({ items, hasMore }: Loaded<T>): number {
  const last = items.at(-1);
  return hasMore && last !== undefined ? Date.parse(last.createdAt) : Number.NEGATIVE_INFINITY;
}

const askedAt = ({ request, batch }: HistoryEntry): number => Date.parse((request ?? batch).createdAt);
