import type { IntegrationDetail } from '@castellan/api';
import { Button, Group, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Panel } from '../states/Panel.js';
import { useIntegrationAction } from './integration-actions.js';

export function PausePanel({ integration: { id, paused } }: { readonly integration: IntegrationDetail }) {
  const { mutate, isPending } = useIntegrationAction(id, paused ? 'resume' : 'pause');
  const Icon = paused ? IconPlayerPlay : IconPlayerPause;
  return (
    <Panel title="Pause">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {paused
            ? 'It is paused: nothing is read. What was due meanwhile begins at once when it is resumed.'
            : 'Nothing is read until it is resumed; a sync under way is ended. What was collected stays.'}
        </Text>
        <Button
          size="sm"
          variant="default"
          leftSection={<Icon size={15} aria-hidden />}
          loading={isPending}
          onClick={() => mutate()}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
      </Group>
    </Panel>
  );
}
