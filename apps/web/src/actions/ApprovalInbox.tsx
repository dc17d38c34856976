import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';
import { requestsQuery } from './action-queries.js';
import { BatchList } from './BatchList.js';
import { batchesQuery } from './batch-queries.js';
import { RequestList } from './RequestList.js';

const WAITING = { state: 'proposed', batch: 'none' } as const;

/** What waits for a second person. Of batches each once. */
export function ApprovalInbox() {
  const requests = useInfiniteQuery(requestsQuery(WAITING));
  const batches = useInfiniteQuery(batchesQuery({ state: 'proposed' }));
  const error = requests.error ?? batches.error;
  const single = requests.data?.pages.flatMap(({ items }) => items) ?? [];
  const several = batches.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel title="Waiting for approval">
      {error !== null && <Failed error={error} />}
      {single.length + several.length === 0 && error === null && <Text size="sm">Nothing waits.</Text>}
      {several.length > 0 && <BatchList batches={several} label="Batches to be decided within 24 hours" />}
      {single.length > 0 && <RequestList where={WAITING} label="To be decided within 24 hours" />}
    </Panel>
  );
}
