import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { RecordKind } from './fields.js';
import type { RecordPlace } from './record-queries.js';
import { type Change, changedSearch, closed, readRecordSearch, type RecordSearch } from './record-search.js';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** How many records were opened one from another, up to this one. */
    recordDepth?: number;
  }
}

const route = getRouteApi('/signed-in/records/$kind');

export interface Records {
  readonly search: RecordSearch;
  /** @param replace no step of its own to go back to, e.g. for each letter that is typed */
  readonly change: (change: Partial<Change>, replace?: boolean) => void;
  readonly set: (search: (now: RecordSearch) => RecordSearch) => void;
  readonly open: (place: RecordPlace, from?: number) => void;
  readonly close: () => void;
}

/** What the address says of the table, and how it is changed. */
export function useRecords(kind: RecordKind): Records {
  const raw = route.useSearch();
  // The router puts what was understood over what was written: what was left out is there again.
  const search = useMemo(() => readRecordSearch(raw), [raw]);
  const navigate = useNavigate();
  const set = useCallback(
    (next: (now: RecordSearch) => RecordSearch, replace = false, recordDepth?: number) =>
      void navigate({
        to: '/records/$kind',
        params: { kind },
        search: (now) => next(readRecordSearch(now)),
        replace,
        state: (before) => ({ ...before, recordDepth: recordDepth ?? before.recordDepth ?? 0 }),
        resetScroll: false,
      }),
    [navigate, kind],
  );
  const change = useCallback(
    (part: Partial<Change>, replace = false) => set((now) => changedSearch(now, part), replace),
    [set],
  );
  const open = useCallback(
    ({ integration, kind: what, key }: RecordPlace, depth = 0) =>
      set(
        (now) => changedSearch(now, { key, of: integration, what: what === kind ? undefined : what, tab: undefined }),
        false,
        depth,
      ),
    [set, kind],
  );
  const close = useCallback(() => set(closed, false, 0), [set]);
  return useMemo(() => ({ search, change, set, open, close }), [search, change, set, open, close]);
}
