import type { IntegrationDetail } from '@castellan/api';
import { Badge } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMay } from '../session/session.js';
import styles from './tabs.module.css';

/** Links, as each has an address of its own. */
export function IntegrationTabs({ integration: { id, openHolds } }: { readonly integration: IntegrationDetail }) {
  const mayManage = useMay('integrations:manage');
  const tabs = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a telephone the last of them are beside the screen.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  const tab = { params: { id }, className: styles['tab'] };
  return (
    <nav ref={tabs} className={styles['tabs']} aria-label="Of this integration">
      <Link to="/integrations/$id" activeOptions={{ exact: true, includeSearch: false }} {...tab}>
        Overview
      </Link>
      <Link to="/integrations/$id/streams" {...tab}>
        Streams
      </Link>
      <Link to="/integrations/$id/runs" activeOptions={{ includeSearch: false }} {...tab}>
        Runs
      </Link>
      <Link to="/integrations/$id/holds" {...tab}>
        Held removals
        {openHolds > 0 && (
          <Badge size="sm" variant="light" color="orange" ml={6} circle={openHolds < 10}>
            {openHolds}
          </Badge>
        )}
      </Link>
      {mayManage && (
        <Link to="/integrations/$id/settings" {...tab}>
          Settings
        </Link>
      )}
    </nav>
  );
}
