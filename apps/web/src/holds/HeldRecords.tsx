import type { HoldView } from '@castellan/api';
import { Button, Center, Skeleton, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { nameOf } from '../records/kinds.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { Wide } from '../states/Wide.js';
import { type HeldRecord, heldRecordsQuery } from './hold-queries.js';

/** What a removal would take along if it were accepted now. */
export function HeldRecords({ hold: { id, integrationId } }: { readonly hold: HoldView }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    heldRecordsQuery(integrationId, id),
  );
  const records = data?.pages.flatMap(({ items }) => items);
  if (records === undefined)
    return error === null ? (
      <Skeleton height={160} aria-label="Loading" />
    ) : (
      <Failed error={error} retry={() => void refetch()} />
    );
  if (records.length === 0)
    return (
      <Text size="sm" c="dimmed">
        All of them were seen again since: nothing would be removed.
      </Text>
    );
  return (
    <Wide label="What would be removed">
      <Table verticalSpacing={4} miw={460}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Id at the provider</Table.Th>
            <Table.Th>Seen last</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((record) => (
            <Row key={record.key} record={record} />
          ))}
        </Table.Tbody>
      </Table>
      {hasNextPage && (
        <Center mt="xs">
          <Button size="compact-sm" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
    </Wide>
  );
}

function Row({ record }: { readonly record: HeldRecord }) {
  return (
    <Table.Tr>
      <Table.Td>{nameOf(record)}</Table.Td>
      <Table.Td>{record.key}</Table.Td>
      <Table.Td>
        <Ago at={record.lastSeenAt} />
      </Table.Td>
    </Table.Tr>
  );
}
