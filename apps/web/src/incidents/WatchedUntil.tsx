import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { Freshness } from '../states/Freshness.js';
import { readsLog } from './NothingToTriage.js';

/** Until when the logs are read that rules look at: the one that is furthest behind counts. @param integration only of this one */
export function WatchedUntil({ integration }: { readonly integration?: string | undefined }) {
  const { data = [] } = useQuery(integrationsQuery);
  const watched = data.filter((one) => readsLog(one) && (integration === undefined || one.id === integration));
  const [first, ...rest] = watched;
  if (first === undefined) return null;
  let oldest = first;
  for (const one of rest) if ((one.polledAt ?? '') < (oldest.polledAt ?? '')) oldest = one;
  return (
    <Freshness
      asOf={oldest.polledAt}
      everySeconds={oldest.freshness.everySeconds}
      details={<Text size="xs">Until then the log of {oldest.name} was read, and rules have looked at it.</Text>}
    />
  );
}
