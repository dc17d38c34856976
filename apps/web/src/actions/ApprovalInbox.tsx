import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';
import { requestsQuery } from './action-queries.js';
import { RequestList } from './RequestList.js';

const WAITING = { state: 'proposed' } as const;

/** What waits for a second person. */
export function ApprovalInbox() {
  const { data, error, refetch } = useInfiniteQuery(requestsQuery(WAITING));
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  const isEmpty = data?.pages.every(({ items }) => items.length === 0) === true;
  return (
    <Panel title="Waiting for approval">
      {isEmpty ? <Text size="sm">Nothing waits.</Text> : <RequestList where={WAITING} label="To be decided within 24 hours" />}
    </Panel>
  );
}
