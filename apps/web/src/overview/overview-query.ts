import type { AccessOverview } from '@castellan/api';
import { queryOptions } from '@tanstack/react-query';
import { get } from '../api/ask.js';

export const overviewQuery = queryOptions({
  queryKey: ['access', 'overview'],
  queryFn: ({ signal }) => get<AccessOverview>('/access/overview', signal),
  staleTime: 60_000,
});
