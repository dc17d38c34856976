import type { Permission, SessionView, WaysIn } from '@castellan/api';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.js';
import { get } from '../api/ask.js';

/** Who is signed in; `null`: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return await get<SessionView>('/session', signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const waysInQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => get<WaysIn>('/sign-in', signal),
});

/** Of pages that are there for who is signed in only. */
export function useSession(): SessionView {
  const { data } = useQuery(sessionQuery);
  if (data === undefined || data === null) throw new Error('Nobody is signed in.');
  return data;
}

export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
