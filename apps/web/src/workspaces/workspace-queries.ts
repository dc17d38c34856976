import type { WorkspaceView } from '@castellan/api';
import { queryOptions } from '@tanstack/react-query';
import { get } from '../api/ask.js';

/** All of the host: for operators. */
export const workspacesQuery = queryOptions({
  queryKey: ['workspaces'],
  queryFn: async ({ signal }) => (await get<{ readonly items: readonly WorkspaceView[] }>('/workspaces', signal)).items,
});
