import { Center, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyProps {
  readonly icon: TablerIcon;
  readonly title: string;
  /** Why there is nothing, and what would change that. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** In place of a list that has nothing to show. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <Center py={64}>
      <Stack align="center" gap="xs" maw={420}>
        <ThemeIcon size={44} radius="xl" variant="light">
          <Icon size={24} stroke={1.6} aria-hidden />
        </ThemeIcon>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" ta="center" size="sm">
          {children}
        </Text>
        {action}
      </Stack>
    </Center>
  );
}
