import { Group, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface PageTitleProps {
  readonly title: string;
  /** Before the title; decoration only. */
  readonly icon?: ReactNode;
  /** Beside the title: freshness, state. */
  readonly aside?: ReactNode;
  /** At the end of the line: what can be done here. */
  readonly actions?: ReactNode;
}

export function PageTitle({ title, icon, aside, actions }: PageTitleProps) {
  useDocumentTitle(`${title} · Castellan`);
  return (
    <Group justify="space-between" align="center" mb="md" gap="sm">
      <Group gap="sm" align="center">
        {icon}
        <Title order={1}>{title}</Title>
        {aside}
      </Group>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
