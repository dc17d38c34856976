import { Stack, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useIntegration } from '../integrations/use-integration.js';
import { useMay } from '../session/session.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { DecidedHolds } from './DecidedHolds.js';
import { OpenHold } from './OpenHold.js';
import { openHoldsQuery } from './hold-queries.js';
import { Loading } from '../states/Loading.js';

/** Removals that wait for a person, and what became of earlier ones. */
export function HoldsTab() {
  const { integration } = useIntegration();
  const mayManage = useMay('integrations:manage');
  const { data, error, refetch } = useQuery(openHoldsQuery(integration.id));
  const order = integration.streams.map(({ name }) => name);
  return (
    <Stack gap="md">
      {error !== null && data === undefined && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={120} />}
      {data?.length === 0 && (
        <Empty icon={IconHandStop} title="No removal waits">
          When a listing would remove suspiciously much at once, nothing is removed until a person has looked. It shows here
          then.
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <Text size="sm" maw={720}>
          The last listing would have removed suspiciously much. Nothing was removed: it may be a mistake of the provider, or
          somebody has cleaned up. {mayManage ? 'Look, and decide.' : 'An administrator has to look and decide.'}
        </Text>
      )}
      {data
        ?.toSorted((a, b) => order.indexOf(a.stream) - order.indexOf(b.stream))
        .map((hold) => (
          <OpenHold key={hold.id} hold={hold} of={integration.name} />
        ))}
      <DecidedHolds id={integration.id} />
    </Stack>
  );
}
