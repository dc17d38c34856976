import type { IntegrationDetail } from '@castellan/api';
import { Alert, Group, Stack } from '@mantine/core';
import { IconPlugConnectedX, IconPlugOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { ApiError } from '../api/api-error.js';
import { ButtonLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { PageTitle } from '../states/PageTitle.js';
import { ConnectorMark } from './ConnectorMark.js';
import { FreshnessOf } from './FreshnessOf.js';
import { IntegrationSkeleton } from './IntegrationSkeleton.js';
import { IntegrationTabs } from './IntegrationTabs.js';
import { integrationQuery } from './integration-queries.js';
import { PageActions } from './PageActions.js';
import { StatusBadge } from './StatusBadge.js';
import { StatusNews } from './StatusNews.js';
import { useIntegration } from './use-integration.js';

/** What is common to all that is shown of one integration: its name and state, and the way to the rest. */
export function IntegrationPage() {
  const { id = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(integrationQuery(id));
  if (error instanceof ApiError && error.status === 404) return <Gone />;
  if (data === undefined)
    return (
      <>
        <PageTitle title="Integration" />
        {error === null ? <IntegrationSkeleton /> : <Failed error={error} retry={() => void refetch()} />}
      </>
    );
  return (
    <>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      <Known />
    </>
  );
}

function Known() {
  const { integration, status } = useIntegration();
  const { id, name, connector } = integration;
  return (
    <Stack gap={0}>
      <PageTitle
        title={name}
        aside={
          <>
            <StatusBadge status={status} />
            <FreshnessOf integration={integration} />
          </>
        }
        icon={<ConnectorMark connector={connector} size={32} />}
        actions={<PageActions id={id} status={status} />}
      />
      <StatusNews name={name} status={status} />
      {connector.status === 'unavailable' && <Unavailable connector={connector} />}
      <IntegrationTabs integration={integration} />
      <Outlet />
    </Stack>
  );
}

function Unavailable({ connector }: { readonly connector: IntegrationDetail['connector'] }) {
  return (
    <Alert color="orange" icon={<IconPlugOff size={18} />} title={`The connector "${connector.id}" is not there`} mb="md">
      This host cannot load it, so nothing is read until it is back. What was collected stays. Whoever runs the host can install
      it again; the catalogue of connectors says why it was not loaded.
    </Alert>
  );
}

function Gone() {
  return (
    <>
      <PageTitle title="Not there any more" />
      <Empty icon={IconPlugConnectedX} title="There is no such integration">
        It was deleted, or the address belongs to another workspace. The audit log says who has deleted what.
      </Empty>
      <Group justify="center">
        <ButtonLink to="/integrations" variant="light">
          All integrations
        </ButtonLink>
      </Group>
    </>
  );
}
