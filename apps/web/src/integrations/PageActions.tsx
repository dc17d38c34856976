import type { IntegrationStatus } from '@castellan/api';
import { Button } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { IconRefresh } from '@tabler/icons-react';
import { useMay } from '../session/session.js';
import { useIntegrationAction } from './integration-actions.js';
import { NextStep } from './NextStep.js';

/** Where a sync makes no sense: it is at work, must not be, or would fail like the last one. */
const NO_SYNC: readonly IntegrationStatus['state'][] = [
  'syncing',
  'rate_limited',
  'waiting',
  'interrupted',
  'paused',
  'needs_reconnect',
];

export function PageActions({ id, status }: { readonly id: string; readonly status: IntegrationStatus }) {
  const mayManage = useMay('integrations:manage');
  const { mutate, isPending } = useIntegrationAction(id, 'sync');
  const offersSync = mayManage && !NO_SYNC.includes(status.state) && status.next?.action !== 'sync';
  // Who is where the next step leads need not be sent there.
  const { pathname } = useLocation();
  const isThere =
    (status.next?.action === 'grant' && pathname.endsWith('/streams')) ||
    (status.next?.action === 'decide-holds' && pathname.endsWith('/holds'));
  return (
    <>
      {offersSync && (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconRefresh size={15} aria-hidden />}
          loading={isPending}
          onClick={() => mutate()}
        >
          Sync now
        </Button>
      )}
      {!isThere && <NextStep id={id} status={status} size="sm" />}
    </>
  );
}
