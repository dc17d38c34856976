import type { DeliveryState } from '@castellan/api';
import { Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { Seen } from '../states/Seen.js';
import { SmallTable } from '../states/SmallTable.js';
import { DeliveryRow } from './DeliveryRow.js';
import { isDeliveryState, STATE_WORDS } from './delivery-looks.js';
import { deliveriesQuery } from './webhook-queries.js';

const route = getRouteApi('/signed-in/webhooks/$id');
const FILTERS = [{ value: 'all', label: 'All' }, ...Object.entries(STATE_WORDS).map(([value, label]) => ({ value, label }))];

export function Deliveries({ id, isEnabled }: { readonly id: string; readonly isEnabled: boolean }) {
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(deliveriesQuery(id, state));
  const rows = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Stack gap="sm" component="section" aria-labelledby="deliveries">
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={2} id="deliveries">
            Deliveries
          </Title>
          <Seen at={list.dataUpdatedAt} isFetching={list.isFetching} onRefresh={() => void list.refetch()} />
        </Group>
        <SegmentedControl
          size="xs"
          aria-label="Which deliveries"
          data={FILTERS}
          value={state ?? 'all'}
          onChange={(value) => void navigate({ search: isDeliveryState(value) ? { state: value } : {}, replace: true })}
        />
      </Group>
      {list.error !== null && <Failed error={list.error} retry={() => void list.refetch()} />}
      {rows?.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {emptyWords(state, isEnabled)}
        </Text>
      ) : (
        (rows !== undefined || list.error === null) && (
          <SmallTable label="Deliveries" heads={['State', 'Event', 'Tries', 'When', '-Actions']} minWidth={700}>
            {rows?.map((delivery) => (
              <DeliveryRow key={delivery.id} webhook={id} delivery={delivery} mayRedeliver={isEnabled} />
            ))}
          </SmallTable>
        )
      )}
      <LoadMore list={list} label="Show older deliveries" />
    </Stack>
  );
}

function emptyWords(state: DeliveryState | undefined, isEnabled: boolean): string {
  if (state !== undefined) return `None is “${STATE_WORDS[state]}”.`;
  return isEnabled
    ? 'Nothing was sent yet. Send a test to see that it arrives.'
    : 'Nothing was sent, and nothing is while it is off.';
}
