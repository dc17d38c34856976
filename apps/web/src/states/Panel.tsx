import { Group, Paper, Stack, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  /** At the end of the title's line. */
  readonly aside?: ReactNode;
  /** Name by which an address leads to it. */
  readonly anchor?: string;
  readonly children: ReactNode;
}

/** One subject of a page. */
export function Panel({ title, aside, anchor, children }: PanelProps) {
  const id = useId();
  return (
    <Paper withBorder p="md" bg="var(--castellan-surface)" component="section" aria-labelledby={id} id={anchor}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} id={id}>
            {title}
          </Title>
          {aside}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
