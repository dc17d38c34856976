import type { OpenSessionView } from '@castellan/api';
import { queryOptions } from '@tanstack/react-query';
import { get } from '../api/ask.js';

/** Of who is signed in. */
export const openSessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await get<{ readonly items: readonly OpenSessionView[] }>('/sessions', signal)).items,
});
