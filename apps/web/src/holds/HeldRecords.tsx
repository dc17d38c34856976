import type { HoldView } from '@castellan/api';
import { Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { FieldValue } from '../records/FieldValue.js';
import type { RecordKind } from '../records/fields.js';
import { kindOf, nameOf } from '../records/kinds.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { Wide } from '../states/Wide.js';
import { type HeldRecord, heldRecordsQuery } from './hold-queries.js';
import { Loading } from '../states/Loading.js';

/** What a removal would take along if it were accepted now. */
export function HeldRecords({ hold: { id, integrationId, kind } }: { readonly hold: HoldView }) {
  const list = useInfiniteQuery(heldRecordsQuery(integrationId, id));
  const { data, error, refetch } = list;
  const records = data?.pages.flatMap(({ items }) => items);
  if (records === undefined)
    return error === null ? <Loading height={160} /> : <Failed error={error} retry={() => void refetch()} />;
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
            {columnsOf(kind).map((field) => (
              <Table.Th key={field}>{kindOf(kind).fields[field]?.title}</Table.Th>
            ))}
            <Table.Th>Id at the provider</Table.Th>
            <Table.Th>Seen last</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((record) => (
            <Row key={record.key} record={record} integration={integrationId} />
          ))}
        </Table.Tbody>
      </Table>
      <LoadMore list={list} label="Show more" />
    </Wide>
  );
}

/** What tells one from the other: its name or, of a link between two others, these two. */
function columnsOf(kind: RecordKind): readonly string[] {
  const { name, shown, fields } = kindOf(kind);
  const links = shown.filter((field) => fields[field]?.look.as === 'reference');
  return links.length > 0 ? links.slice(0, 2) : name.slice(0, 1);
}

function Row({ record, integration }: { readonly record: HeldRecord; readonly integration: string }) {
  const { fields } = kindOf(record.kind);
  return (
    <Table.Tr>
      {columnsOf(record.kind).map((field) => {
        const look = fields[field]?.look;
        const isLink = look?.as === 'reference';
        return (
          <Table.Td key={field}>
            {isLink ? <FieldValue record={record} integration={integration} field={field} look={look} /> : nameOf(record)}
          </Table.Td>
        );
      })}
      <Table.Td>{record.key}</Table.Td>
      <Table.Td>
        <Ago at={record.lastSeenAt} />
      </Table.Td>
    </Table.Tr>
  );
}
