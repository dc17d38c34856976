import type { UserView } from '@castellan/api';
import { queryOptions } from '@tanstack/react-query';
import { get } from '../api/ask.js';

/** Who may look after an integration: whoever belongs to the workspace and is not disabled. */
export const ownersQuery = queryOptions({
  queryKey: ['users', 'owners'],
  queryFn: async ({ signal }): Promise<readonly UserView[]> => {
    const { items } = await get<{ readonly items: readonly UserView[] }>('/users', signal);
    return items.filter(({ state }) => state !== 'disabled');
  },
});
