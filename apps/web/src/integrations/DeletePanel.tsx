import type { IntegrationDetail } from '@castellan/api';
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { Panel } from '../states/Panel.js';
import { DeleteDialog } from './DeleteDialog.js';

export function DeletePanel({ integration }: { readonly integration: IntegrationDetail }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <Panel title="Delete">
      <Group justify="space-between" gap="sm">
        <Text size="sm">The connection, what was collected by it, and its history. It cannot be taken back.</Text>
        <Button size="sm" variant="default" leftSection={<IconTrash size={15} aria-hidden />} onClick={open}>
          Delete…
        </Button>
      </Group>
      <DeleteDialog integration={integration} opened={isOpen} onClose={close} />
    </Panel>
  );
}
