import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { AccessPlace } from './access-queries.js';
import { type EntityChange, type EntitySearch, kept, readEntitySearch } from './access-search.js';
import { isNodeKind } from './node-looks.js';

const route = getRouteApi('/signed-in/access/$integration/$kind/$key');

export interface Entity {
  readonly place: AccessPlace;
  readonly search: EntitySearch;
  /** @param replace no step of its own to go back to */
  readonly change: (part: EntityChange, replace?: boolean) => void;
}

/** Whom the page is about, and what its address asks. `null`: of no kind that there is. */
export function useEntity(): Entity | null {
  const { integration, kind, key } = route.useParams();
  const raw = route.useSearch();
  const search = useMemo(() => readEntitySearch(raw), [raw]);
  const navigate = useNavigate();
  const change = useCallback(
    (part: EntityChange, replace = false) =>
      void navigate({
        to: '/access/$integration/$kind/$key',
        params: { integration, kind, key },
        search: (now: Readonly<Record<string, unknown>>) => kept({ ...readEntitySearch(now), ...part }),
        replace,
        resetScroll: false,
      }),
    [navigate, integration, kind, key],
  );
  return useMemo(
    () => (isNodeKind(kind) ? { place: { integration, kind, key }, search, change } : null),
    [integration, kind, key, search, change],
  );
}
