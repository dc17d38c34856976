import type { IncidentView } from '@castellan/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { latestIncidentsQuery } from './incident-queries.js';

/** What has been opened since somebody looks at a page: by the host's clock, not the browser's. */
export interface News {
  readonly count: number;
  readonly isNew: (incident: Pick<IncidentView, 'openedAt'>) => boolean;
  /** From now on these are not new any more. */
  readonly seen: () => void;
}

/** ISO 8601 texts in UTC compare as the instants do. */
function newest(items: readonly Pick<IncidentView, 'openedAt'>[]): string {
  return (
    items
      .map(({ openedAt }) => openedAt)
      .toSorted()
      .at(-1) ?? ''
  );
}

export function useNews(): News {
  const { data, dataUpdatedAt } = useQuery(latestIncidentsQuery);
  const [mountedAt] = useState(Date.now);
  const [seenUntil, setSeenUntil] = useState<string>();
  // What another page has left in the cache may be minutes old: what has come meanwhile is there when this one opens.
  const isOfNow = data !== undefined && dataUpdatedAt >= mountedAt;
  if (isOfNow && seenUntil === undefined) setSeenUntil(newest(data));
  const isNew = ({ openedAt }: Pick<IncidentView, 'openedAt'>): boolean => seenUntil !== undefined && openedAt > seenUntil;
  return {
    count: data?.filter(isNew).length ?? 0,
    isNew,
    seen: () => setSeenUntil(newest(data ?? [])),
  };
}
