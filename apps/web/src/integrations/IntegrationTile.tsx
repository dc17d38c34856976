import type { IntegrationView } from '@castellan/api';
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useProgress } from '../progress/progress.js';
import { StatusBadge } from './StatusBadge.js';

export function IntegrationTile({ integration }: { readonly integration: IntegrationView }) {
  const { id, name, connector, owner } = integration;
  const status = useProgress(id)?.status ?? integration.status;
  return (
    <Paper withBorder p="md" bg="var(--castellan-surface)" component="article">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2}>{name}</Title>
          <StatusBadge status={status} />
        </Group>
        <Text size="sm" c="dimmed">
          {connector.name} · {owner?.name ?? 'nobody'}
        </Text>
        <Text size="sm">{status.message}</Text>
      </Stack>
    </Paper>
  );
}
