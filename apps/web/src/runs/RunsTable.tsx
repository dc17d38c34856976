import type { RunView } from '@castellan/api';
import { Paper, Table } from '@mantine/core';
import { Wide } from '../states/Wide.js';
import { RunRow } from './RunRow.js';

export function RunsTable({ runs }: { readonly runs: readonly RunView[] }) {
  return (
    <Paper withBorder bg="var(--castellan-surface)">
      <Wide label="Runs">
        <Table verticalSpacing="xs" horizontalSpacing="sm" miw={760}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>State</Table.Th>
              <Table.Th>Began</Table.Th>
              <Table.Th>Why</Table.Th>
              <Table.Th>Took</Table.Th>
              <Table.Th>Changes</Table.Th>
              <Table.Th>Warnings</Table.Th>
              <Table.Th>Details</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Paper>
  );
}
