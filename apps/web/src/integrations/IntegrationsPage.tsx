import { SimpleGrid, Skeleton } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../session/session.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { PageTitle } from '../states/PageTitle.js';
import { AddApp } from '../connect/AddApp.js';
import { integrationsQuery } from './integration-queries.js';
import { IntegrationTile } from './IntegrationTile.js';

export function IntegrationsPage() {
  const mayManage = useMay('integrations:manage');
  const { data, error, refetch } = useQuery(integrationsQuery);
  return (
    <>
      <PageTitle title="Integrations" actions={mayManage && data?.length !== 0 && <AddApp />} />
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <TileSkeletons />}
      {data?.length === 0 && (
        <Empty icon={IconPlugConnected} title="Nothing is connected yet" action={mayManage && <AddApp />}>
          {mayManage
            ? 'Add the system that holds your identities, and see within minutes who is in it.'
            : 'An administrator can add the system that holds your identities.'}
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
          {data.map((integration) => (
            <IntegrationTile key={integration.id} integration={integration} />
          ))}
        </SimpleGrid>
      )}
    </>
  );
}

/** In the shape of what comes. */
function TileSkeletons() {
  return (
    <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md" aria-label="Loading" role="status">
      {['a', 'b', 'c'].map((key) => (
        <Skeleton key={key} height={188} />
      ))}
    </SimpleGrid>
  );
}
