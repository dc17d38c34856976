import type { RecordDetail } from '@castellan/api';
import { ActionIcon, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { Ago } from '../states/Ago.js';
import { Word } from './FieldValue.js';
import { kindOf, nameOf, valueOf } from './kinds.js';
import type { RecordPlace } from './record-queries.js';

interface RecordHeadProps {
  readonly place: RecordPlace;
  /** `undefined`: not known yet. */
  readonly record: RecordDetail | undefined;
  readonly onBack: (() => void) | undefined;
}

export function RecordHead({ place, record, onBack }: RecordHeadProps) {
  const { data: integrations } = useQuery(integrationsQuery);
  const integration = integrations?.find(({ id }) => id === place.integration)?.name;
  const status = record === undefined ? undefined : valueOf(record, 'status');
  return (
    <Drawer.Header bg="var(--castellan-surface)" style={{ alignItems: 'flex-start' }}>
      <Group gap="xs" wrap="nowrap" align="flex-start" flex={1} miw={0}>
        {onBack !== undefined && (
          <ActionIcon variant="subtle" color="gray" onClick={onBack} aria-label="Back to the record before">
            <IconArrowLeft size={18} />
          </ActionIcon>
        )}
        <Stack gap={2} miw={0} flex={1}>
          <Text size="xs" c="dimmed">
            {[kindName(place), integration].filter((part) => part !== undefined).join(' · ')}
          </Text>
          <Drawer.Title fz="lg" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {record === undefined ? place.key : nameOf(record)}
          </Drawer.Title>
          <Group gap="md" fz="sm" mih={20}>
            {typeof status === 'string' && <Word value={status} />}
            {record !== undefined && <Known record={record} />}
          </Group>
        </Stack>
      </Group>
      <Drawer.CloseButton aria-label="Close" />
    </Drawer.Header>
  );
}

function kindName({ kind }: RecordPlace): string {
  const { one } = kindOf(kind);
  return one.charAt(0).toUpperCase() + one.slice(1);
}

function Known({ record }: { readonly record: RecordDetail }) {
  if (record.kind === 'activity') return <Ago at={record.data.published} />;
  if (record.removedAt !== null)
    return (
      <Text size="sm" c="var(--castellan-red)">
        Removed <Ago at={record.removedAt} />
      </Text>
    );
  return (
    <Text size="sm" c="dimmed">
      Here since <Ago at={record.presentSince} />
    </Text>
  );
}
