import type { AttackPath } from '@castellan/api';
import { Table, Text } from '@mantine/core';
import { SmallTable } from '../states/SmallTable.js';
import { PathEnd } from './PathEnd.js';
import { PathSteps } from './PathSteps.js';
import { startWords } from './step-words.js';

interface PathListProps {
  readonly paths: readonly AttackPath[];
  readonly integration: string;
}

/** The shortest way of each starting point. */
export function PathList({ paths, integration }: PathListProps) {
  return (
    <SmallTable label="Ways to tier zero" heads={['From', 'Steps', 'Way']} minWidth={560} hasActions={false} narrow="cards">
      {paths.map(({ from, steps }) => (
        <Table.Tr key={`${from.kind} ${from.key}`}>
          <Table.Td>
            <PathEnd node={from} integration={integration} />
            <Text size="xs" c="dimmed">
              {startWords(from)}
            </Text>
          </Table.Td>
          <Table.Td>{steps.length}</Table.Td>
          <Table.Td>
            <PathSteps steps={steps} integration={integration} />
          </Table.Td>
        </Table.Tr>
      ))}
    </SmallTable>
  );
}
