import type { Edited, IntegrationDetail } from '@castellan/api';
import { notifications } from '@mantine/notifications';
import type { QueryClient } from '@tanstack/react-query';
import { integrationKeys, integrationsQuery } from '../integrations/integration-queries.js';

type Stored = IntegrationDetail & Edited;

/** Pages show what was stored at once, and read it anew. */
export function showStored(queries: QueryClient, { hints: _, ...stored }: Stored): void {
  queries.setQueryData(integrationKeys.one(stored.id), stored);
  queries.setQueryData(integrationsQuery.queryKey, (known) =>
    known === undefined ? undefined : [...known.filter(({ id }) => id !== stored.id), stored],
  );
  void queries.invalidateQueries({ queryKey: integrationKeys.list });
}

/** Says it without taking the word from anybody. */
export function announce({ name, hints }: Stored, what: string): void {
  const message = [what, ...hints.map((hint) => hint.message)].join(' ');
  notifications.show({ title: name, message, color: 'green', role: 'status', autoClose: 8_000 });
}
