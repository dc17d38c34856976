import type { IntegrationView } from '@castellan/api';
import { Center } from '@mantine/core';
import { connectorMark } from './connector-mark.js';

interface ConnectorMarkProps {
  readonly connector: Pick<IntegrationView['connector'], 'id' | 'name'>;
  readonly size?: number;
}

/** Stands for a connector where its name is said beside it. No provider's logo: they are not ours to show. */
export function ConnectorMark({ connector, size = 36 }: ConnectorMarkProps) {
  const { letters, color } = connectorMark(connector);
  return (
    <Center
      aria-hidden
      w={size}
      h={size}
      flex="none"
      bg={`${color}.9`}
      c="white"
      fw={650}
      fz={size * (letters.length > 1 ? 0.38 : 0.46)}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    >
      {letters}
    </Center>
  );
}
