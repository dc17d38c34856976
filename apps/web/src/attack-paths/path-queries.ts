import type { AttackPaths } from '@castellan/api';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { at, get } from '../api/ask.js';
import { POSTURE_KEY } from '../posture/posture-queries.js';

const PAGE = 50;
const FRESH_MS = 30_000;

/** Below `/api`. */
export function pathsPath(integration: string, ending = '', parts: Readonly<Record<string, string | undefined>> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) query.set(name, value);
  const asked = query.toString();
  return `${at('integrations', integration, 'posture')}/paths${ending}${asked === '' ? '' : `?${asked}`}`;
}

export const pathsQuery = (integration: string, from: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...POSTURE_KEY, 'paths', integration, from ?? null],
    queryFn: ({ signal, pageParam }) =>
      get<AttackPaths>(pathsPath(integration, '', { from, cursor: pageParam ?? undefined, limit: String(PAGE) }), signal),
    initialPageParam: null as string | null, // wider than the value, for the pages after it
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
  });
