import type { UnusedApplications as Unused } from '@castellan/api';
import { Stack, Table, Text } from '@mantine/core';
import { IconApps } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { useNow } from '../states/now.js';
import { SmallTable } from '../states/SmallTable.js';
import { ShareBar } from '../charts/ShareBar.js';
import { unusedQuery } from './access-queries.js';
import { LastUsed } from './LastUsed.js';
import { nodeId } from './node-looks.js';
import { NodeStatus } from './NodeStatus.js';
import { listCoverageSentence, shortLogWords } from './usage-words.js';
import { Loading } from '../states/Loading.js';

interface UnusedApplicationsProps {
  readonly integration: string;
  readonly days: number;
  /** Key of a group: what it gives, and its members alone. */
  readonly group?: string;
}

/** Applications by how many of those who reach them do not open them; each leads to those. */
export function UnusedApplications({ integration, days, group }: UnusedApplicationsProps) {
  const list = useInfiniteQuery(unusedQuery(integration, days, group));
  const { data, error, refetch } = list;
  const now = useNow();
  const first = data?.pages[0];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (first === undefined) return <Loading height={320} />;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {first.countedAt !== null && (
          <>
            As counted <Ago at={first.countedAt} />; the lists behind the numbers are of now.{' '}
          </>
        )}
        {listCoverageSentence(first.coverage)}
        {shortLogWords(first.coverage, days, now)}
      </Text>
      {items.length === 0 ? (
        <NothingUnused answer={first} group={group} />
      ) : (
        <SmallTable
          label="Applications by unused access"
          heads={[
            'Application',
            'Do not use it',
            group === undefined ? 'Can reach it' : 'Members who can',
            'Last used by anybody',
          ]}
          minWidth={600}
          hasActions={false}
          narrow="cards"
        >
          {items.map(({ application, accounts, unused, lastAt }) => (
            <Table.Tr key={nodeId(application)}>
              <Table.Td>
                <AnchorLink
                  to="/access/$integration/$kind/$key"
                  params={{ integration, kind: application.kind, key: application.key }}
                  search={{ unused: days, ...(group !== undefined && { via: group }) }}
                  size="sm"
                  display="block"
                >
                  {application.label}
                </AnchorLink>
                <NodeStatus node={application} />
              </Table.Td>
              <Table.Td>
                {unused.toLocaleString('en')}
                <ShareBar part={unused} of={accounts} />
              </Table.Td>
              <Table.Td>{accounts.toLocaleString('en')}</Table.Td>
              <Table.Td>
                <LastUsed usage={lastAt === null ? null : { firstAt: lastAt, lastAt, times: 1 }} coverage={first.coverage} />
              </Table.Td>
            </Table.Tr>
          ))}
        </SmallTable>
      )}
      <LoadMore list={list} label="Show more" />
    </Stack>
  );
}

/** Everything is used, or nobody knows. */
function NothingUnused({ answer, group }: { readonly answer: Unused; readonly group: string | undefined }) {
  const { coverage, countedAt, days } = answer;
  if (coverage === null)
    return (
      <Empty icon={IconApps} title="Use is not known">
        Nothing can be said of what is used.
      </Empty>
    );
  if (countedAt === null && group === undefined)
    return (
      <Empty icon={IconApps} title="Not counted yet">
        Who uses what is counted after a sync; it takes some seconds.
      </Empty>
    );
  return (
    <Empty icon={IconApps} title="No unused access">
      {group === undefined
        ? `Everybody who reaches an application has opened it in the last ${days} days.`
        : `It gives no application that a member has not opened in the last ${days} days.`}
    </Empty>
  );
}
