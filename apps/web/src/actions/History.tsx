import type { ActionBatchView, ActionPerson, ActionRequestView } from '@castellan/api';
import { Table, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { Look } from '../states/Look.js';
import { SmallTable } from '../states/SmallTable.js';
import { requestsQuery } from './action-queries.js';
import { BATCH_LOOKS, countsWords, lookOf } from './action-words.js';
import type { ActionsSearch } from './actions-search.js';
import { batchesQuery } from './batch-queries.js';
import { type HistoryEntry, type Loaded, merged, nextOf } from './history.js';
import { PartOfBatch } from './PartOfBatch.js';
import { requestTitle } from './request-words.js';
import { UndoBatchButton } from './UndoBatchButton.js';
import { UndoButton } from './UndoButton.js';

const HEADS = ['What', 'State', 'Asked for by', 'Decided by', 'Integration', '-Way back'];

/** All that was asked for, the newest first: a batch is one line. In a certain state it is single objects, also those of batches. */
export function History({ search }: { readonly search: ActionsSearch }) {
  return search.state === undefined ? <All search={search} /> : <InState search={search} />;
}

function All({ search }: { readonly search: ActionsSearch }) {
  const requests = useInfiniteQuery(requestsQuery({ ...search, batch: 'none' }));
  const batches = useInfiniteQuery(
    batchesQuery({ ...(search.integration !== undefined && { integration: search.integration }) }),
  );
  const error = requests.error ?? batches.error;
  if (error !== null && !(requests.isFetchNextPageError || batches.isFetchNextPageError))
    return (
      <Failed
        error={error}
        retry={() => {
          void requests.refetch();
          void batches.refetch();
        }}
      />
    );
  if (requests.data === undefined || batches.data === undefined) return <Entries entries={undefined} />;
  const [single, several] = [loaded(requests), loaded(batches)];
  const next = nextOf(single, several);
  const entries = merged(single, several);
  if (entries.length === 0 && next === undefined) return <Nothing isFiltered={search.integration !== undefined} />;
  return (
    <>
      <Entries entries={entries} />
      {next !== undefined && <LoadMore list={next === 'requests' ? requests : batches} label="Show older ones" />}
    </>
  );
}

function InState({ search }: { readonly search: ActionsSearch }) {
  const query = useInfiniteQuery(requestsQuery(search));
  const { data, error, refetch } = query;
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  const items = data?.pages.flatMap((page) => page.items);
  if (items?.length === 0) return <Nothing isFiltered />;
  return (
    <>
      <Entries entries={items?.map((request) => ({ request }))} />
      <LoadMore list={query} label="Show older ones" />
    </>
  );
}

interface Paged<T> {
  readonly data: { readonly pages: readonly { readonly items: readonly T[] }[] } | undefined;
  readonly hasNextPage: boolean;
}

const loaded = <T,>({ data, hasNextPage }: Paged<T>): Loaded<T> => ({
  items: data?.pages.flatMap(({ items }) => items) ?? [],
  hasMore: hasNextPage,
});

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <Empty icon={IconHistory} title={isFiltered ? 'Nothing like this' : 'Nothing was done yet'}>
      {isFiltered
        ? 'Take a filter away to see more.'
        : 'What is done from a finding, an incident, or the page of a person, a group or an application is listed here, with its way back.'}
    </Empty>
  );
}

/** @param entries `undefined` while they are loaded */
function Entries({ entries }: { readonly entries: readonly HistoryEntry[] | undefined }) {
  return (
    <SmallTable label="History of actions" heads={HEADS} narrow="lines" hasWideActions>
      {entries?.map(({ request, batch }) =>
        batch === undefined ? <RequestRow key={request.id} request={request} /> : <BatchRow key={batch.id} batch={batch} />,
      )}
    </SmallTable>
  );
}

function RequestRow({ request }: { readonly request: ActionRequestView }) {
  const { id, batchId, decidedBy, integration } = request;
  return (
    <Table.Tr>
      <Table.Td>
        <AnchorLink to="/actions/$id" params={{ id }} size="sm">
          {requestTitle(request)}
        </AnchorLink>
        {batchId !== null && <PartOfBatch id={batchId} />}
      </Table.Td>
      <Table.Td>
        <Look look={lookOf(request)} />
      </Table.Td>
      <AskedBy of={request} />
      <Table.Td>{decidedBy?.name ?? '–'}</Table.Td>
      <Table.Td>{integration.name}</Table.Td>
      <Table.Td>
        <UndoButton request={request} />
      </Table.Td>
    </Table.Tr>
  );
}

function BatchRow({ batch }: { readonly batch: ActionBatchView }) {
  const { id, title, size, state, counts, decidedBy, integration } = batch;
  return (
    <Table.Tr>
      <Table.Td>
        <AnchorLink to="/actions/batches/$id" params={{ id }} size="sm">
          {title}: {size.toLocaleString('en')} objects
        </AnchorLink>
      </Table.Td>
      <Table.Td>
        <Look look={BATCH_LOOKS[state]} />
        {/* What waits waits all of it. */}
        {state !== 'proposed' && (
          <Text size="xs" c="dimmed">
            {countsWords(counts)}
          </Text>
        )}
      </Table.Td>
      <AskedBy of={batch} />
      <Table.Td>{decidedBy?.name ?? '–'}</Table.Td>
      <Table.Td>{integration.name}</Table.Td>
      <Table.Td>
        <UndoBatchButton batch={batch} />
      </Table.Td>
    </Table.Tr>
  );
}

function AskedBy({
  of: { requestedBy, createdAt },
}: {
  readonly of: { readonly requestedBy: ActionPerson; readonly createdAt: string };
}): ReactNode {
  return (
    <Table.Td>
      {requestedBy.name}
      <Text size="xs" c="dimmed">
        <Ago at={createdAt} />
      </Text>
    </Table.Td>
  );
}
