import type { IntegrationProgress } from '@castellan/api';
import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';

/** By the id of the integration. Filled by the stream, never asked for. */
export const progressQuery = queryOptions<ReadonlyMap<string, IntegrationProgress>>({
  queryKey: ['progress'],
  queryFn: skipToken,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** `undefined`: the stream has not spoken of it yet. */
export function useProgress(id: string): IntegrationProgress | undefined {
  return useQuery({ ...progressQuery, select: (known) => known.get(id) }).data;
}

/** Whether the stream has broken off and is not there again. */
export const hostAwayQuery = queryOptions<boolean>({
  queryKey: ['host away'],
  queryFn: skipToken,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});
