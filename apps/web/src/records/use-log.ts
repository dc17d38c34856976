import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { activityQuery } from './record-queries.js';
import type { RowSource } from './row-source.js';

/** The log, from the newest event on; more of it as its end comes into sight. @param asked the query, as text */
export function useLog(asked: string): RowSource {
  const [shown, setShown] = useState(asked);
  const next = useInfiniteQuery(activityQuery(asked));
  if (shown !== asked && next.data !== undefined) setShown(asked);
  const log = useInfiniteQuery(activityQuery(shown));
  const { data, hasNextPage, isFetching, fetchNextPage } = log;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const last = data?.pages.at(-1);
  // A page that has found nothing may be one of many: whether to look on is for the person to say.
  const goesOn = hasNextPage && !isFetching && last !== undefined && last.items.length > 0;
  const see = useCallback(
    (_first: number, seen: number) => {
      if (goesOn && seen >= rows.length - 40) void fetchNextPage({ cancelRefetch: false });
    },
    [goesOn, rows.length, fetchNextPage],
  );
  const searchedTo = last?.searchedTo ?? null;
  const further = hasNextPage && searchedTo !== null && last?.items.length === 0;
  return {
    count: rows.length,
    total: data?.pages[0]?.total ?? null,
    rowAt: (index) => rows[index],
    see,
    name: `activity ${shown}`,
    isWaiting: shown !== asked,
    isLoading: data === undefined && next.data === undefined,
    error: next.error,
    retry: () => void next.refetch(),
    further: further ? { searchedTo, ask: () => void fetchNextPage(), isAsking: log.isFetchingNextPage } : null,
  };
}
