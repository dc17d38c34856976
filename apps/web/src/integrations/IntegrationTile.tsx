import type { IntegrationView } from '@castellan/api';
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useProgress } from '../progress/progress.js';
import { RunLine } from '../progress/RunLine.js';
import { AnchorLink } from '../shell/links.js';
import { ConnectorMark } from './ConnectorMark.js';
import { CountsLine } from './CountsLine.js';
import { FreshnessOf } from './FreshnessOf.js';
import { NextStep } from './NextStep.js';
import { StatusBadge } from './StatusBadge.js';
import { StatusMessage } from './StatusMessage.js';
import { StatusNews } from './StatusNews.js';

export function IntegrationTile({ integration }: { readonly integration: IntegrationView }) {
  const { id, name, connector, owner, counts } = integration;
  const progress = useProgress(id);
  const status = progress?.status ?? integration.status;
  const run = progress?.run ?? null;
  return (
    <Paper withBorder p="md" bg="var(--castellan-surface)" component="article" aria-label={name}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" align="start" gap="xs">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <ConnectorMark connector={connector} />
            <div>
              <Title order={2}>
                <AnchorLink to="/integrations/$id" params={{ id }} inherit c="var(--mantine-color-text)">
                  {name}
                </AnchorLink>
              </Title>
              <Text size="sm" c="dimmed">
                {connector.name} · {owner?.name ?? 'no owner'}
              </Text>
            </div>
          </Group>
          <StatusBadge status={status} />
        </Group>
        {run === null || status.state !== 'syncing' ? <StatusMessage status={status} lines={3} /> : null}
        {run !== null && <RunLine run={run} of={name} />}
        <CountsLine counts={counts} />
        <Group justify="space-between" mt="auto" gap="xs" mih={30}>
          <FreshnessOf integration={integration} />
          <NextStep id={id} status={status} size="xs" variant="light" />
        </Group>
        <StatusNews name={name} status={status} />
      </Stack>
    </Paper>
  );
}
