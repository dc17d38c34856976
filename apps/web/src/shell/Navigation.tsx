import type { Permission, SessionView } from '@castellan/api';
import { Box, Group, ScrollArea, Stack, Text } from '@mantine/core';
import {
  IconActivity,
  IconApps,
  IconDatabase,
  IconIdBadge2,
  IconPlugConnected,
  IconShieldLock,
  type TablerIcon,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { AccountMenu } from './AccountMenu.js';
import { Brand } from './Brand.js';
import styles from './shell.module.css';

interface Entry {
  readonly to: LinkProps['to'];
  readonly label: string;
  readonly icon: TablerIcon;
  readonly needs: Permission;
  /** Pages below it have entries of their own. */
  readonly exact?: boolean;
}

const data = (kind: string, label: string, icon: TablerIcon): Entry => ({
  to: `/records/${kind}` as '/records/$kind', // a path of this form, with its parameter filled in
  label,
  icon,
  needs: 'records:read',
});

/** Only what the session may see: a link to a page of which it may see nothing is a dead end. */
const SECTIONS: readonly { readonly title: string; readonly entries: readonly Entry[] }[] = [
  {
    title: 'Connect',
    entries: [{ to: '/integrations', label: 'Integrations', icon: IconPlugConnected, needs: 'integrations:read' }],
  },
  {
    title: 'Data',
    entries: [
      data('account', 'Accounts', IconUser),
      data('group', 'Groups', IconUsersGroup),
      data('application', 'Applications', IconApps),
      data('role', 'Roles', IconShieldLock),
      data('identity_provider', 'Identity providers', IconIdBadge2),
      data('activity', 'Activity', IconActivity),
      { to: '/records', label: 'More data', icon: IconDatabase, needs: 'records:read', exact: true },
    ],
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
      <ScrollArea flex={1} px="xs" component="nav" aria-label="Pages">
        {shown.map(({ title, entries }) => (
          <div key={title}>
            <Text size="xs" c="dimmed" className={styles['heading']}>
              {title}
            </Text>
            {entries.map(({ to, label, icon: Icon, exact = false }) => (
              <Group
                key={label}
                component={Link}
                {...{ to, activeOptions: { exact } }}
                gap={9}
                wrap="nowrap"
                className={styles['link']}
              >
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
