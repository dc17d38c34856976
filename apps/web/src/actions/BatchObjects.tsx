import type { ActionBatchView } from '@castellan/api';
import { Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { offeredQuery, requestsQuery } from './action-queries.js';
import { Asked } from './Asked.js';
import { BatchLink } from './PartOfBatch.js';
import { namesWords, riskWords, sharedConsequences } from './action-words.js';

/** As many names as are read at once. */
const FIRST = 3;

/** What a batch that waits would do, to whom, and why: what whoever has to agree wants to know. */
export function BatchObjects({ batch }: { readonly batch: ActionBatchView }) {
  const { id, integration, action, size, reason, undoOf } = batch;
  const { data } = useInfiniteQuery(requestsQuery({ batch: id, limit: FIRST }));
  const { data: offered } = useQuery(offeredQuery(integration.id));
  const first = data?.pages[0]?.items ?? [];
  const known = offered?.items.find(({ name }) => name === action);
  const names = first.map(({ subject }) => subject.name);
  const consequences = sharedConsequences(first.map(({ plan }) => plan));
  const [cause] = first;
  const isOneOf = first.some(({ incidentId, findingId }) => incidentId !== cause?.incidentId || findingId !== cause?.findingId);
  return (
    <>
      {known !== undefined && (
        <Text size="sm">
          {known.summary} {riskWords(known)}
        </Text>
      )}
      {consequences.length > 0 && <Text size="sm">{consequences.join(' ')}</Text>}
      {names.length > 0 && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          To {namesWords(names, size)}.
        </Text>
      )}
      {undoOf !== null && (
        <Text size="sm">
          It takes back what was done by <BatchLink id={undoOf} />.
        </Text>
      )}
      <Asked reason={reason} {...(cause !== undefined && { cause })} isOneOf={isOneOf} />
    </>
  );
}
