import type { ConnectorView } from '@castellan/api';
import { Group, Stack, Text, Title } from '@mantine/core';
import { IconBan, IconPlugConnected } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { KIND_WORDS } from '../connectors/kind-words.js';
import styles from './connect.module.css';

/** Something that can be connected: what it reads, or why it cannot be. */
export function ConnectorCard({ connector }: { readonly connector: ConnectorView }) {
  const { id, name, status, reason } = connector;
  if (status === 'unavailable')
    return (
      <article className={styles['card']}>
        <Stack gap={6}>
          <Title order={2} c="dimmed">
            {name}
          </Title>
          <Group gap={6} wrap="nowrap" align="start">
            <IconBan size={15} aria-hidden style={{ flex: 'none', marginTop: 3 }} />
            <Text size="sm">Not available: {reason ?? 'it could not be loaded.'}</Text>
          </Group>
        </Stack>
      </article>
    );
  return (
    <Link to="/integrations/add/$connector" params={{ connector: id }} className={styles['card']} aria-labelledby={`app-${id}`}>
      <Stack gap={6}>
        <Group gap="xs">
          <IconPlugConnected size={18} stroke={1.6} aria-hidden />
          <Title order={2} id={`app-${id}`}>
            {name}
          </Title>
        </Group>
        <Text size="sm">{readsWords(connector)}</Text>
        <Text size="sm" c="dimmed">
          {followsWords(connector)}
        </Text>
      </Stack>
    </Link>
  );
}

function readsWords({ kinds }: ConnectorView): string {
  const words = kinds.map((kind) => KIND_WORDS[kind]);
  if (words.length < 2) return `Reads ${words[0] ?? 'nothing'}.`;
  return `Reads ${words.slice(0, -1).join(', ')} and ${words.at(-1)}.`;
}

function followsWords({ capabilities }: ConnectorView): string {
  const follows = capabilities.some((one) => one === 'incremental' || one === 'delta');
  const acts = capabilities.includes('actions') ? ' It can also act there.' : '';
  return `${follows ? 'Changes are read within minutes.' : 'Everything is read anew with each sync.'}${acts}`;
}
