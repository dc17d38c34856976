import type { Permission, SessionView } from '@castellan/api';
import { Box, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { IconPlugConnected, type TablerIcon } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { AccountMenu } from './AccountMenu.js';
import { Brand } from './Brand.js';
import styles from './shell.module.css';

interface Entry {
  readonly to: LinkProps['to'];
  readonly label: string;
  readonly icon: TablerIcon;
  readonly needs: Permission;
}

/** Only what the session may see: a link to a page of which it may see nothing is a dead end. */
const SECTIONS: readonly { readonly title: string; readonly entries: readonly Entry[] }[] = [
  {
    title: 'Connect',
    entries: [{ to: '/integrations', label: 'Integrations', icon: IconPlugConnected, needs: 'integrations:read' }],
  },
];

export function Navigation({ session }: { readonly session: SessionView }) {
  const shown = SECTIONS.map(({ title, entries }) => ({
    title,
    entries: entries.filter(({ needs }) => session.permissions.includes(needs)),
  })).filter(({ entries }) => entries.length > 0);
  return (
    <Stack h="100%" gap={0}>
      <Box p="sm" visibleFrom="sm">
        <Brand />
      </Box>
      <ScrollArea flex={1} px="xs">
        {shown.map(({ title, entries }) => (
          <div key={title}>
            <Text size="xs" c="dimmed" className={styles['heading']}>
              {title}
            </Text>
            {entries.map(({ to, label, icon: Icon }) => (
              <Group key={label} component={Link} {...{ to }} gap={9} wrap="nowrap" className={styles['link']}>
                <Icon size={17} stroke={1.6} aria-hidden />
                <span>{label}</span>
              </Group>
            ))}
          </div>
        ))}
      </ScrollArea>
      <AccountMenu session={session} />
    </Stack>
  );
}
