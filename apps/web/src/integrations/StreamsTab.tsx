import { Paper, Table } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { Empty } from '../states/Empty.js';
import { Wide } from '../states/Wide.js';
import { StreamRow } from './StreamRow.js';
import { useIntegration } from './use-integration.js';

/** What is read, how fresh each part is, and what it needs. */
export function StreamsTab() {
  const { integration } = useIntegration();
  const { streams } = integration;
  if (streams.length === 0)
    return (
      <Empty icon={IconStack2} title="Nothing is read">
        The connector is not there, and it never read anything while it was.
      </Empty>
    );
  return (
    <Paper withBorder bg="var(--castellan-surface)">
      <Wide label="Streams">
        <Table verticalSpacing="xs" horizontalSpacing="sm" miw={720}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Stream</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Read in full</Table.Th>
              <Table.Th>Permissions that it needs</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {streams.map((stream) => (
              <StreamRow key={stream.name} stream={stream} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Paper>
  );
}
