import { SimpleGrid, Stack } from '@mantine/core';
import { RunPanel } from '../progress/RunPanel.js';
import { LatestRuns } from '../runs/LatestRuns.js';
import { CountsPanel } from './CountsPanel.js';
import { FactsPanel } from './FactsPanel.js';
import { StatusPanel } from './StatusPanel.js';
import { useIntegration } from './use-integration.js';

export function OverviewTab() {
  const { integration, status, run } = useIntegration();
  return (
    <Stack gap="md">
      {(run === null || status.state !== 'syncing') && <StatusPanel integration={integration} status={status} />}
      {run !== null && <RunPanel run={run} of={integration.name} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <CountsPanel integration={integration} />
        <Stack gap="md">
          <FactsPanel integration={integration} />
          <LatestRuns integration={integration} />
        </Stack>
      </SimpleGrid>
    </Stack>
  );
}
