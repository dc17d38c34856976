import type { RecordDetail } from '@castellan/api';
import { ActionIcon, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Word } from './FieldValue.js';
import type { RecordKind } from './fields.js';
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
            <AccessLink place={place} />
          </Group>
        </Stack>
      </Group>
      <Drawer.CloseButton aria-label="Close" />
    </Drawer.Header>
  );
}

/** What of a record can be asked further. */
const ACCESS_WORDS: Readonly<Partial<Record<RecordKind, string>>> = {
  account: 'What it reaches',
  group: 'Who is in it, and what it gives',
  application: 'Who can reach it',
  role: 'Who holds it',
};

function AccessLink({ place: { integration, kind, key } }: { readonly place: RecordPlace }) {
  const words = ACCESS_WORDS[kind];
  if (words === undefined) return null;
  return (
    <AnchorLink to="/access/$integration/$kind/$key" params={{ integration, kind, key }} size="sm">
      {words}
    </AnchorLink>
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
