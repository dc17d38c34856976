import type { IntegrationProgress } from '@castellan/api';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { integrationKeys } from '../integrations/integration-queries.js';
import { recordKeys } from '../records/record-queries.js';
import { sessionQuery, useMay } from '../session/session.js';
import { hostAwayQuery, progressQuery } from './progress.js';
import { listenToProgress, type ProgressListener } from './progress-stream.js';

/** Keeps what all pages know of integrations in step with the host: one stream, however many pages and tiles look at it. */
export function LiveProgress() {
  const queries = useQueryClient();
  const may = useMay('integrations:read');
  useEffect(() => {
    if (!may) return undefined;
    let over: AbortController | undefined;
    // Without HTTP/2 a browser has six connections to a host: tabs that nobody looks at must not hold them all.
    const follow = (): void => {
      if (document.hidden) over?.abort();
      else if (over === undefined || over.signal.aborted) {
        over = new AbortController();
        listenToProgress(keepInStep(queries), over.signal);
      }
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      over?.abort();
    };
  }, [queries, may]);
  return null;
}

function keepInStep(queries: QueryClient): ProgressListener {
  const change = (next: (known: Map<string, IntegrationProgress>) => void): void => {
    const known = new Map(queries.getQueryData(progressQuery.queryKey));
    next(known);
    queries.setQueryData(progressQuery.queryKey, known);
  };
  const refetch = (id: string): void => void queries.invalidateQueries({ queryKey: integrationKeys.one(id) });
  const refetchList = (): void => void queries.invalidateQueries({ queryKey: integrationKeys.list });
  return {
    present: (ids) => {
      change((known) => {
        for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
      });
      refetchList();
    },
    progress: (progress) => {
      const { integration } = progress;
      const before = queries.getQueryData(progressQuery.queryKey)?.get(integration);
      change((known) => void known.set(integration, progress));
      if (!hasTurned(before, progress)) return;
      refetch(integration);
      refetchList();
      // What the stream tells first is no news: what is on screen was read just now.
      if (before !== undefined) readAnew(queries, before, progress);
    },
    removed: (id) => {
      change((known) => void known.delete(id));
      refetch(id);
      refetchList();
    },
    lost: () => queries.setQueryData(hostAwayQuery.queryKey, true),
    found: () => {
      if (queries.getQueryData(hostAwayQuery.queryKey) !== true) return;
      queries.setQueryData(hostAwayQuery.queryKey, false);
      // Anything may have happened meanwhile.
      void queries.invalidateQueries();
    },
    ended: () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  };
}

/** The rows of kinds that were just read to their end, and of all kinds after a run; else nothing of what people look at moves. */
function readAnew(queries: QueryClient, before: IntegrationProgress, now: IntegrationProgress): void {
  const isOver = before.run !== null && now.run?.id !== before.run.id;
  const states = new Map(before.run?.streams.map(({ name, state }) => [name, state]));
  const ended = now.run?.streams.filter(({ name, state }) => state === 'complete' && states.get(name) !== state) ?? [];
  if (!isOver && ended.length === 0) return;
  const kinds = new Set(ended.map(({ kind }) => kind as string));
  void queries.invalidateQueries({
    queryKey: recordKeys.all,
    predicate: ({ queryKey: [, what, kind], state: { data } }) => {
      // Whoever has gone far back in the log reads the past, which stays as it is.
      if (pagesOf(data) > 1) return false;
      if (what === 'rows' || what === 'facets') return isOver || kinds.has(String(kind));
      return what === 'tables' || isOver;
    },
  });
}

function pagesOf(data: unknown): number {
  return typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages) ? data.pages.length : 0;
}

/** What changes with every row is in the stream; the rest of an integration is read anew when it may have changed. */
function hasTurned(before: IntegrationProgress | undefined, now: IntegrationProgress): boolean {
  if (before === undefined) return true;
  const stage = ({ status, run }: IntegrationProgress): string =>
    JSON.stringify([status, run?.id, run?.streams.map(({ name, state }) => [name, state])]);
  return stage(before) !== stage(now);
}
