import { Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconApps } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { SmallTable } from '../states/SmallTable.js';
import { ShareBar } from '../charts/ShareBar.js';
import { unusedQuery } from './access-queries.js';
import { LastUsed } from './LastUsed.js';
import { nodeId } from './node-looks.js';
import { coverageSentence } from './usage-words.js';

interface UnusedApplicationsProps {
  readonly integration: string;
  readonly days: number;
}

/** Applications by how many of those who reach them do not open them; each leads to those. */
export function UnusedApplications({ integration, days }: UnusedApplicationsProps) {
  const list = useInfiniteQuery(unusedQuery(integration, days));
  const { data, error, refetch } = list;
  const first = data?.pages[0];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (first === undefined) return <Skeleton height={320} aria-label="Loading" />;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {coverageSentence(first.coverage)}{' '}
        {first.countedAt === null ? (
          'It is counted after the next sync.'
        ) : (
          <>
            Counted <Ago at={first.countedAt} />.
          </>
        )}
      </Text>
      {items.length === 0 ? (
        <Empty icon={IconApps} title="No unused access">
          {first.coverage === null || first.countedAt === null
            ? 'Nothing can be said yet of what is used.'
            : `Everybody who reaches an application has opened it in the last ${days} days.`}
        </Empty>
      ) : (
        <SmallTable
          label="Applications by unused access"
          heads={['Application', 'Do not use it', 'Can reach it', 'Last used by anybody']}
          minWidth={600}
          hasActions={false}
        >
          {items.map(({ application, accounts, unused, lastAt }) => (
            <Table.Tr key={nodeId(application)}>
              <Table.Td>
                <AnchorLink
                  to="/access/$integration/$kind/$key"
                  params={{ integration, kind: application.kind, key: application.key }}
                  search={{ unused: days }}
                  size="sm"
                  display="block"
                >
                  {application.label}
                </AnchorLink>
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
