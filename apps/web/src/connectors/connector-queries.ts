import type { ConnectorDetail, ConnectorView } from '@castellan/api';
import { queryOptions } from '@tanstack/react-query';
import { at, get } from '../api/ask.js';

/** Connectors come and go with a new start of the host only. */
const STALE_MS = 300_000;

export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => get<readonly ConnectorView[]>('/connectors', signal),
  staleTime: STALE_MS,
});

export const connectorQuery = (id: string) =>
  queryOptions({
    queryKey: ['connector', id],
    queryFn: ({ signal }) => get<ConnectorDetail>(at('connectors', id), signal),
    staleTime: STALE_MS,
  });
