import { Group, Text } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';

interface LookProps {
  readonly look: { readonly icon: TablerIcon; readonly word: string; readonly color: string };
}

const COLORS: Readonly<Record<string, string>> = {
  green: 'var(--castellan-green)',
  yellow: 'var(--castellan-amber)',
  orange: 'var(--castellan-amber)',
  red: 'var(--castellan-red)',
  blue: 'var(--mantine-color-anchor)',
};

/** A state as icon, word and colour, in a line of a table. */
export function Look({ look: { icon: Icon, word, color } }: LookProps) {
  return (
    <Group component="span" gap={6} wrap="nowrap" display="flex" c={COLORS[color] ?? 'dimmed'}>
      <Icon size={16} aria-hidden style={{ flex: 'none' }} />
      <Text component="span" size="sm" c={color === 'gray' || color === 'green' ? 'var(--mantine-color-text)' : 'inherit'}>
        {word}
      </Text>
    </Group>
  );
}
