import { SimpleGrid, Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ReconnectDialog } from '../connect/ReconnectDialog.js';
import { SettingsDialog } from '../connect/SettingsDialog.js';
import { useMay } from '../session/session.js';
import { Empty } from '../states/Empty.js';
import { ConnectionPanel } from './ConnectionPanel.js';
import { DeletePanel } from './DeletePanel.js';
import { LabelsPanel } from './LabelsPanel.js';
import { PausePanel } from './PausePanel.js';
import { SchedulePanel } from './SchedulePanel.js';
import { useIntegration } from './use-integration.js';

export function SettingsTab() {
  if (useMay('integrations:manage')) return <Settings />;
  return (
    <Empty icon={IconLock} title="Not for your role">
      Only an administrator can change how this integration is connected. What it has collected you find in the overview.
    </Empty>
  );
}

function Settings() {
  const { integration } = useIntegration();
  const { dialog, field } = useSearch({ from: '/signed-in/integrations/$id/settings' });
  const navigate = useNavigate({ from: '/integrations/$id/settings' });
  const close = (): void => void navigate({ search: {}, replace: true });
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack gap="md">
          <LabelsPanel integration={integration} />
          <SchedulePanel integration={integration} />
        </Stack>
        <ConnectionPanel integration={integration} />
      </SimpleGrid>
      <PausePanel integration={integration} />
      <DeletePanel integration={integration} />
      {dialog === 'settings' && <SettingsDialog integration={integration} field={field} onClose={close} />}
      {dialog === 'reconnect' && <ReconnectDialog integration={integration} onClose={close} />}
    </Stack>
  );
}
