import { Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNow } from '../states/now.js';
import { Ago } from '../states/Ago.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { SmallTable } from '../states/SmallTable.js';
import { AccessExport } from './AccessExport.js';
import { suggestionsQuery } from './access-queries.js';
import { sinceWords } from './link-words.js';
import { NodeChip } from './NodeChip.js';
import { nodeId } from './node-looks.js';
import { coverageSentence, notUsedWords, shortLogWords } from './usage-words.js';

interface SuggestionsProps {
  readonly integration: string;
  /** Key of the application. */
  readonly application: string;
  readonly days: number;
}

/** Assignments of an application that nobody needs who has it, as far as was observed. */
export function Suggestions({ integration, application, days }: SuggestionsProps) {
  const { data, error, refetch } = useQuery(suggestionsQuery(integration, application, days));
  const now = useNow();
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={200} aria-label="Loading" />;
  const { items, coverage } = data;
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Text size="sm" c="dimmed" maw={720}>
          Assignments that can be taken away, each by itself: who would lose the application was not seen to use it for {days}{' '}
          days. {coverageSentence(coverage)}
          {shortLogWords(coverage, days, now)}
        </Text>
        <AccessExport integration={integration} question="suggestions" parts={{ application, days }}>
          All suggestions for this application.
        </AccessExport>
      </Group>
      {items.length === 0 ? (
        <Empty icon={IconBulb} title="No suggestion">
          {coverage === null
            ? 'Where use is not known nothing can be suggested.'
            : 'Each assignment of it is used by somebody who would lose it.'}
        </Empty>
      ) : (
        <SmallTable
          label="Assignments that can go"
          heads={['Given to', 'Since', 'Reach it so', 'Would lose it', 'Last used']}
          minWidth={680}
          hasActions={false}
        >
          {items.map(({ principal, since, orBefore, accounts, losing, lastAt }) => (
            <Table.Tr key={nodeId(principal)}>
              <Table.Td>
                <Group gap={4}>
                  <NodeChip integration={integration} node={principal} at={undefined} />
                </Group>
              </Table.Td>
              <Table.Td>{sinceWords({ since, orBefore }, now)}</Table.Td>
              <Table.Td>{accounts.toLocaleString('en')}</Table.Td>
              <Table.Td>{losing.toLocaleString('en')}</Table.Td>
              <Table.Td>{lastAt === null ? coverage !== null && notUsedWords(coverage) : <Ago at={lastAt} />}</Table.Td>
            </Table.Tr>
          ))}
        </SmallTable>
      )}
    </Stack>
  );
}
