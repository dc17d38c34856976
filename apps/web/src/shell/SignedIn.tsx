import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { HostAway } from '../progress/HostAway.js';
import { LiveProgress } from '../progress/LiveProgress.js';
import { sessionQuery } from '../session/session.js';
import { Brand } from './Brand.js';
import { Navigation } from './Navigation.js';
import styles from './shell.module.css';

/** The frame of every page behind the sign-in. */
export function SignedIn() {
  const { data: session } = useQuery(sessionQuery);
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const router = useRouter();
  const isOver = session === null;
  // The routes look at the session anew, and lead to the sign-in and back to this page.
  useEffect(() => {
    if (isOver) void router.invalidate();
  }, [isOver, router]);
  // On a narrow screen the list of pages covers the page that was chosen from it.
  useEffect(close, [pathname, close]);
  if (session === null || session === undefined) return null;
  return (
    <>
      <a href="#page" className={styles['skip']}>
        Skip to the page
      </a>
      <AppShell
        header={{ height: { base: 48, sm: 0 } }}
        navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
        padding={{ base: 'sm', sm: 'lg' }}
      >
        <AppShell.Header hiddenFrom="sm" className={styles['bar']}>
          <Group h="100%" px="sm" gap="sm">
            <Burger opened={isOpen} onClick={toggle} size="sm" aria-label={isOpen ? 'Hide the menu' : 'Show the menu'} />
            <Brand />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={styles['bar']}>
          <Navigation session={session} />
        </AppShell.Navbar>
        <AppShell.Main id="page" tabIndex={-1} className={styles['page']}>
          <LiveProgress />
          <HostAway />
          <Outlet />
        </AppShell.Main>
      </AppShell>
    </>
  );
}
