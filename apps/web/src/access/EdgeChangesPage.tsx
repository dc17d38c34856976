import type { EdgeChange } from '@castellan/api';
import { Group, Stack, Table, Text } from '@mantine/core';
import { IconEqual, IconPlugConnected } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';
import { Ago } from '../states/Ago.js';
import { Empty } from '../states/Empty.js';
import { Guarded } from '../states/Guarded.js';
import { LoadMore } from '../states/LoadMore.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { AccessExport } from './AccessExport.js';
import { edgeChangesQuery } from './access-queries.js';
import { type ChangesSearch, readChangesSearch } from './explorer-search.js';
import { GainedOrLost } from './GainedOrLost.js';
import { IntegrationChoice, useChosenIntegration } from './IntegrationChoice.js';
import { NodeChip } from './NodeChip.js';
import { nodeId } from './node-looks.js';
import { PastFailed } from './PastFailed.js';
import { QuestionActions } from './QuestionActions.js';
import { useSince } from './use-since.js';
import { SpanFields } from './SpanFields.js';
import { Loading } from '../states/Loading.js';

const TITLE = 'Changed access';
const route = getRouteApi('/signed-in/access/changes');

export function EdgeChangesPage() {
  return (
    <Guarded title={TITLE} needs="records:read">
      <EdgeChanges />
    </Guarded>
  );
}

/** Memberships and assignments of an organisation that came or went. */
function EdgeChanges() {
  const search = readChangesSearch(route.useSearch());
  const integration = useChosenIntegration(search.integration);
  const navigate = useNavigate();
  const { since, learn, isShort } = useSince(integration ?? '', search.since, search.until);
  const change = (part: { readonly [P in keyof ChangesSearch]?: ChangesSearch[P] | undefined }): void => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined);
    void navigate({ to: '/access/changes', search: Object.fromEntries(next) });
  };
  return (
    <>
      <PageTitle title={TITLE} actions={<QuestionActions name={TITLE} />} />
      {integration === null && (
        <Empty icon={IconPlugConnected} title="Nothing is connected yet">
          What an integration sees come and go is listed here.
        </Empty>
      )}
      {integration !== null && integration !== undefined && (
        <Stack gap="sm">
          <Group gap="xs" align="flex-end">
            <SpanFields since={since} until={search.until} isShort={isShort} onChange={change} />
            <IntegrationChoice chosen={integration} onChoose={(id) => change({ integration: id })} />
            <Group ml="auto">
              <AccessExport integration={integration} question="edge-changes" parts={{ since, until: search.until }}>
                All memberships and assignments that came or went in this time.
              </AccessExport>
            </Group>
          </Group>
          <List
            integration={integration}
            since={since}
            until={search.until}
            learn={learn}
            onSince={(known) => change({ since: known })}
          />
        </Stack>
      )}
    </>
  );
}

interface ListProps {
  readonly integration: string;
  readonly since: string;
  readonly until: string | undefined;
  readonly learn: (error: unknown) => void;
  readonly onSince: (since: string) => void;
}

function List({ integration, since, until, learn, onSince }: ListProps) {
  const list = useInfiniteQuery(edgeChangesQuery(integration, since, until));
  const { data, error, refetch } = list;
  useLayoutEffect(() => learn(error), [learn, error]);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error !== null) return <PastFailed error={error} retry={() => void refetch()} onSince={onSince} />;
  if (data === undefined) return <Loading height={320} />;
  if (items.length === 0)
    return (
      <Empty icon={IconEqual} title="No change">
        No membership and no assignment came or went in this time.
      </Empty>
    );
  return (
    <>
      <SmallTable
        label="What came and went, newest first"
        heads={['What', 'Who', 'In or of what', 'When']}
        minWidth={640}
        hasActions={false}
        narrow="cards"
      >
        {items.map((item) => (
          <Changed
            key={[item.at, item.what, nodeId(item.from), nodeId(item.to), item.target?.key].join(' ')}
            item={item}
            integration={integration}
          />
        ))}
      </SmallTable>
      <LoadMore list={list} label="Show older changes" />
    </>
  );
}

function Changed({
  item: { what, at, from, to, target },
  integration,
}: {
  readonly item: EdgeChange;
  readonly integration: string;
}) {
  return (
    <Table.Tr>
      <Table.Td>
        <GainedOrLost what={what} />
      </Table.Td>
      <Table.Td>
        <NodeChip integration={integration} node={from} at={undefined} />
      </Table.Td>
      <Table.Td>
        <NodeChip integration={integration} node={to} at={undefined} />
        {target !== null && (
          <Text size="xs" c="dimmed">
            for {target.label} only
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Ago at={at} />
      </Table.Td>
    </Table.Tr>
  );
}
