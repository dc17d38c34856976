import type { ApiKeyView } from '@castellan/api';
import { queryOptions } from '@tanstack/react-query';
import { get } from '../api/ask.js';

/** Newest first; those that ended long ago are left out by the host. */
export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await get<{ readonly items: readonly ApiKeyView[] }>('/api-keys', signal)).items,
});
