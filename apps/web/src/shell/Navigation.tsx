import type { Permission, SessionView } from '@castellan/api';
import { Box, Group, ScrollArea, Stack, Text, VisuallyHidden } from '@mantine/core';
import {
  IconActivity,
  IconAlarm,
  IconApps,
  IconBolt,
  IconBook2,
  IconBuildings,
  IconChecklist,
  IconDatabase,
  IconExternalLink,
  IconHistory,
  IconIdBadge2,
  IconGauge,
  IconKey,
  IconLayoutDashboard,
  IconListCheck,
  IconPlugConnected,
  IconRadar2,
  IconRoute,
  IconShieldLock,
  IconUser,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
  IconZzz,
  type TablerIcon,
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
    title: 'Access',
    entries: [
      { to: '/overview', label: 'Overview', icon: IconLayoutDashboard, needs: 'records:read' },
      { to: '/access', label: 'Access explorer', icon: IconRoute, needs: 'records:read', exact: true },
      { to: '/access/unused', label: 'Unused access', icon: IconZzz, needs: 'records:read' },
    ],
  },
  {
    title: 'Detection',
    entries: [
      { to: '/incidents', label: 'Incidents', icon: IconAlarm, needs: 'findings:read' },
      { to: '/detection', label: 'Detection rules', icon: IconRadar2, needs: 'findings:read' },
    ],
  },
  {
    title: 'Posture',
    entries: [
      { to: '/posture', label: 'Posture', icon: IconGauge, needs: 'findings:read' },
      { to: '/findings', label: 'Findings', icon: IconListCheck, needs: 'findings:read' },
    ],
  },
  {
    title: 'Respond',
    entries: [
      { to: '/actions', label: 'Actions', icon: IconBolt, needs: 'actions:read' },
      { to: '/playbooks', label: 'Playbooks', icon: IconChecklist, needs: 'actions:read' },
    ],
  },
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
  {
    title: 'Manage',
    entries: [
      { to: '/users', label: 'Users and roles', icon: IconUsers, needs: 'users:read' },
      { to: '/api-keys', label: 'API keys', icon: IconKey, needs: 'api-keys:manage' },
      { to: '/webhooks', label: 'Webhooks', icon: IconWebhook, needs: 'webhooks:manage' },
      { to: '/audit', label: 'Audit log', icon: IconHistory, needs: 'audit:read' },
      { to: '/workspaces', label: 'Workspaces', icon: IconBuildings, needs: 'workspaces:manage' },
    ],
  },
];

/** A page of the host itself, for everybody who is signed in. */
const API_DOCUMENT = { href: '/api/docs', target: '_blank', rel: 'noopener' };

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
      {/* Where not all of it fits, that shows: a bar, and a shadow over what goes on. */}
      <ScrollArea flex={1} mih={0} type="auto" scrollbarSize={8} classNames={{ viewport: styles['pages'] ?? '' }}>
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
        <Box mt="xs">
          <Group gap={9} wrap="nowrap" className={styles['link']} renderRoot={(props) => <a {...props} {...API_DOCUMENT} />}>
            <IconBook2 size={17} stroke={1.6} aria-hidden />
            <span>
              API document <VisuallyHidden>(opens in a new tab)</VisuallyHidden>
            </span>
            <IconExternalLink size={14} stroke={1.6} aria-hidden />
          </Group>
        </Box>
      </ScrollArea>
      <AccountMenu session={session} />
    </Stack>
  );
}
