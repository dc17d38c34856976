import { Group, Text } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';

export function GainedOrLost({ what }: { readonly what: 'gained' | 'lost' }) {
  const Icon = what === 'gained' ? IconPlus : IconMinus;
  return (
    <Group
      component="span"
      gap={4}
      w={76}
      c={what === 'gained' ? 'var(--castellan-green)' : 'var(--castellan-red)'}
      wrap="nowrap"
    >
      <Icon size={15} aria-hidden />
      <Text size="sm" component="span">
        {what === 'gained' ? 'Gained' : 'Lost'}
      </Text>
    </Group>
  );
}
