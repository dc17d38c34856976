import type { IntegrationDetail } from '@castellan/api';
import { Text } from '@mantine/core';
import { ButtonLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';
import { StoredSettings } from './StoredSettings.js';
import { TestStored } from './TestStored.js';

export function ConnectionPanel({ integration }: { readonly integration: IntegrationDetail }) {
  const isThere = integration.connector.status === 'available';
  const to = { to: '/integrations/$id/settings', params: { id: integration.id }, replace: true, size: 'sm' } as const;
  return (
    <Panel title="Connection">
      <StoredSettings integration={integration} />
      {isThere ? (
        <TestStored integration={integration}>
          <ButtonLink {...to} search={{ dialog: 'settings' }} variant="default">
            Change settings
          </ButtonLink>
          <ButtonLink {...to} search={{ dialog: 'reconnect' }} variant="default">
            Reconnect
          </ButtonLink>
        </TestStored>
      ) : (
        <Text size="sm" c="dimmed">
          It cannot be changed or tested while its connector is not there.
        </Text>
      )}
    </Panel>
  );
}
