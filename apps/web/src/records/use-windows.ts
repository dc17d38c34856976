import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RecordKind } from './fields.js';
import { recordKeys, WINDOW, windowQuery } from './record-queries.js';
import type { RowSource } from './row-source.js';

/** A window that is passed in less time is not asked for. */
const PASSING_MS = 50;
/** Windows kept on each side of what is in sight. */
const KEPT = 20;
/**
 * Browsers know no element that is much higher than 33 million pixels, Firefox none above 17 million: what lies behind is
 * reached by searching or by another order.
 */
const MOST_ROWS = 450_000;

/** Rows by their place, fetched in windows as they come into sight. @param asked the query, as text */
export function useWindows(kind: RecordKind, asked: string): RowSource {
  const queries = useQueryClient();
  const [shown, setShown] = useState(asked);
  const [wanted, see] = useSight();
  const first = useQuery(windowQuery(kind, asked, 0));
  // What is on screen stays until there is something else to show.
  if (shown !== asked && first.data !== undefined) setShown(asked);
  const known = queries.getQueryData(windowQuery(kind, shown, 0).queryKey)?.total ?? 0;
  const windows = [0, ...wanted.filter((index) => index > 0 && index * WINDOW < known)];
  const parts = useQueries({ queries: windows.map((index) => windowQuery(kind, shown, index)) });
  const [head] = parts;
  const lost = parts.filter(({ error }) => error !== null);
  const total = head?.data?.total ?? 0;

  useEffect(() => {
    const lowest = Math.min(...wanted) - KEPT;
    const highest = Math.max(...wanted) + KEPT;
    const isFar = (index: unknown): boolean => typeof index === 'number' && (index < lowest || index > highest);
    const queryKey = recordKeys.rows(kind, shown);
    queries.removeQueries({ queryKey, type: 'inactive', predicate: ({ queryKey: key }) => isFar(key.at(-1)) });
  }, [queries, kind, shown, wanted]);

  const rowAt: RowSource['rowAt'] = (index) =>
    queries.getQueryData(windowQuery(kind, shown, Math.floor(index / WINDOW)).queryKey)?.items[index % WINDOW];
  return {
    count: Math.min(total, MOST_ROWS),
    total,
    isCut: total > MOST_ROWS,
    rowAt,
    see,
    name: `${kind} ${shown}`,
    isWaiting: shown !== asked,
    isLoading: head?.data === undefined && first.data === undefined,
    error: first.error ?? lost[0]?.error ?? null,
    retry: () => {
      if (first.error !== null) void first.refetch();
      for (const part of lost) void part.refetch();
    },
    further: null,
  };
}

/** The windows that are in sight and have been for a moment, and one on each side. */
function useSight(): readonly [readonly number[], RowSource['see']] {
  const [wanted, setWanted] = useState<readonly number[]>([0, 1]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sight = useRef('');
  useEffect(() => () => clearTimeout(timer.current), []);
  // What only passes by renders nothing.
  const see = useCallback((first: number, last: number) => {
    const next = around(Math.floor(first / WINDOW), Math.floor(last / WINDOW));
    if (String(next) === sight.current) return;
    sight.current = String(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setWanted(next), PASSING_MS);
  }, []);
  return [wanted, see];
}

function around(from: number, to: number): readonly number[] {
  const lowest = Math.max(0, from - 1);
  return Array.from({ length: to + 2 - lowest }, (_, index) => lowest + index);
}
