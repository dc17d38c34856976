import type { DeliveryState, DeliveryView, EventTypeView, Page, WebhooksView, WebhookView } from '@castellan/api';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { at, get } from '../api/ask.js';
import { lookAgainMs } from './look-again.js';

export const webhookKeys = {
  list: ['webhooks'],
  one: (id: string) => ['webhook', id],
  deliveries: (id: string) => ['webhook', id, 'deliveries'],
} as const;

export const webhooksQuery = queryOptions({
  queryKey: webhookKeys.list,
  queryFn: ({ signal }) => get<WebhooksView>('/webhooks', signal),
});

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: webhookKeys.one(id),
    queryFn: ({ signal }) => get<WebhookView>(at('webhooks', id), signal),
  });

/** A list of the host's release: it does not change while a page is open. */
export const eventTypesQuery = queryOptions({
  queryKey: ['event-types'],
  queryFn: async ({ signal }) => (await get<{ readonly items: readonly EventTypeView[] }>('/event-types', signal)).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Newest first. @param state left out: all */
export const deliveriesQuery = (id: string, state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: [...webhookKeys.deliveries(id), state ?? 'all'],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        ...(state !== undefined && { state }),
        ...(pageParam !== null && { cursor: pageParam }),
      });
      return get<Page<DeliveryView>>(`${at('webhooks', id, 'deliveries')}?${query}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state: { data } }) => lookAgainMs(data?.pages.flatMap(({ items }) => items) ?? [], Date.now()),
  });
