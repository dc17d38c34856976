import type { SessionView } from '@castellan/api';
import { Group, Menu, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconLogout, IconSelector, IconUserCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { remove } from '../api/ask.js';
import { sessionQuery } from '../session/session.js';
import styles from './shell.module.css';

const SCHEMES = [
  ['auto', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Who is signed in, the look of the pages, and the way out. */
export function AccountMenu({ session }: { readonly session: SessionView }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const queries = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => remove('/session'),
    onSuccess: () => queries.setQueryData(sessionQuery.queryKey, null),
    onError: ({ message }) => notifications.show({ color: 'red', role: 'alert', title: 'You are still signed in', message }),
  });
  const name = session.user?.name ?? '';
  return (
    <Menu position="top-start" width={210} shadow="md">
      <Menu.Target>
        <UnstyledButton m="xs" className={styles['link']}>
          <Group gap="xs" wrap="nowrap" justify="space-between">
            <Stack gap={0} miw={0}>
              <Text size="sm" fw={550} truncate>
                {name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {session.workspace.name} · {session.user?.role}
              </Text>
            </Stack>
            <IconSelector size={16} aria-hidden />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Look</Menu.Label>
        {SCHEMES.map(([value, label]) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            onClick={() => setColorScheme(value)}
            rightSection={colorScheme === value ? <IconCheck size={14} aria-hidden /> : null}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} aria-hidden />}>
          My account
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
