import type { UserView } from '@castellan/api';
import { queryOptions } from '@tanstack/react-query';
import { get } from '../api/ask.js';

/** All of the workspace. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await get<{ readonly items: readonly UserView[] }>('/users', signal)).items,
});
