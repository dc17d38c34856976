import type { SessionView } from '@castellan/api';
import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery } from './session.js';

const who = (session: SessionView | null | undefined): string => `${session?.user?.id} ${session?.workspace.id}`;

/**
 * Nothing of one person is left for the next one at this screen, however the session of the first has ended: by the button, by
 * time, or because somebody else has signed in.
 */
export function forgetOthers(queries: QueryClient): void {
  const [own] = sessionQuery.queryKey;
  let last: SessionView | null | undefined;
  queries.getQueryCache().subscribe(({ query, type }) => {
    if (type !== 'updated' || query.queryKey[0] !== own) return;
    const now = queries.getQueryData(sessionQuery.queryKey);
    const isAnother = last !== undefined && last !== null && who(last) !== who(now);
    last = now;
    if (!isAnother) return;
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== own });
    queries.getMutationCache().clear();
  });
}
