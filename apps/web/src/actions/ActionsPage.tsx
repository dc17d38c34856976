import { Group, Stack, Table, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ActionRequestView } from '@castellan/api';
import { IntegrationFilter } from '../posture/IntegrationFilter.js';
import { kept } from '../posture/posture-search.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { FilterChoice } from '../states/FilterChoice.js';
import { Guarded } from '../states/Guarded.js';
import { LoadMore } from '../states/LoadMore.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { requestsQuery } from './action-queries.js';
import { ACTION_LOOKS, lookOf } from './action-words.js';
import { type ActionsSearch, readActionsSearch, SOUGHT } from './actions-search.js';
import { BatchList } from './BatchList.js';
import { batchesQuery } from './batch-queries.js';
import { Panel } from '../states/Panel.js';
import { ApprovalInbox } from './ApprovalInbox.js';
import { UndoButton } from './UndoButton.js';

const TITLE = 'Actions';
const route = getRouteApi('/signed-in/actions');

export function ActionsPage() {
  return (
    <Guarded title={TITLE} needs="actions:read">
      <Actions />
    </Guarded>
  );
}

/** What waits for somebody, then all that was asked for, the newest first. */
function Actions() {
  const search = readActionsSearch(route.useSearch());
  const navigate = useNavigate();
  const change = (part: { readonly [P in keyof ActionsSearch]?: ActionsSearch[P] | undefined }): void =>
    void navigate({ to: '/actions', search: kept<ActionsSearch>({ ...search, ...part }), replace: true });
  return (
    <>
      <PageTitle title={TITLE} />
      <Stack gap="md">
        <ApprovalInbox />
        <Group gap="xs">
          <FilterChoice
            name="State"
            all="All states"
            choices={SOUGHT.map((state) => ({ value: state, label: ACTION_LOOKS[state].word }))}
            value={search.state}
            width={180}
            onChoose={(state) => change({ state })}
          />
          <IntegrationFilter chosen={search.integration} onChoose={(integration) => change({ integration })} />
        </Group>
        <History search={search} />
        <Batches />
      </Stack>
    </>
  );
}

function History({ search }: { readonly search: ActionsSearch }) {
  const query = useInfiniteQuery(requestsQuery(search));
  const { data, error, refetch } = query;
  const items = data?.pages.flatMap((page) => page.items);
  const isFiltered = Object.keys(search).length > 0;
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (items?.length === 0)
    return (
      <Empty icon={IconHistory} title={isFiltered ? 'Nothing like this' : 'Nothing was done yet'}>
        {isFiltered
          ? 'Take a filter away to see more.'
          : 'What is done from a finding, an incident, or the page of a person, a group or an application is listed here, with its way back.'}
      </Empty>
    );
  return (
    <>
      <SmallTable
        label="History of actions"
        heads={['What', 'State', 'Asked for by', 'Decided by', 'Integration', '-Way back']}
        narrow="cards"
      >
        {items?.map((request) => (
          <HistoryRow key={request.id} request={request} />
        ))}
      </SmallTable>
      <LoadMore list={query} label="Show older ones" />
    </>
  );
}

/** Those that are decided; what waits stands above. */
function Batches() {
  const query = useInfiniteQuery(batchesQuery());
  const items = query.data?.pages.flatMap((page) => page.items).filter(({ state }) => state !== 'proposed') ?? [];
  if (query.error !== null) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (items.length === 0) return null;
  return (
    <Panel title="Batches">
      <BatchList batches={items} label="The newest first" />
      <LoadMore list={query} label="Show older ones" />
    </Panel>
  );
}

function HistoryRow({ request }: { readonly request: ActionRequestView }) {
  const { id, title, subject, requestedBy, decidedBy, createdAt, integration } = request;
  return (
    <Table.Tr>
      <Table.Td>
        <AnchorLink to="/actions/$id" params={{ id }} size="sm">
          {title}: {subject.name}
        </AnchorLink>
      </Table.Td>
      <Table.Td>
        <Look look={lookOf(request)} />
      </Table.Td>
      <Table.Td>
        {requestedBy.name}
        <Text size="xs" c="dimmed">
          <Ago at={createdAt} />
        </Text>
      </Table.Td>
      <Table.Td>{decidedBy?.name ?? '–'}</Table.Td>
      <Table.Td>{integration.name}</Table.Td>
      <Table.Td>
        <UndoButton request={request} />
      </Table.Td>
    </Table.Tr>
  );
}
