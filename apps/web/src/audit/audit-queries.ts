import type { AuditEntryView, Page } from '@castellan/api';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { get } from '../api/ask.js';
import type { AuditFilter } from './audit-filter.js';

/** Newest first. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit-log', filter],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...filter, ...(pageParam !== null && { cursor: pageParam }) });
      return get<Page<AuditEntryView>>(`/audit-log?${query}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
