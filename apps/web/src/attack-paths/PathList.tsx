import type { AttackPath, StepFix } from '@castellan/api';
import { Table, Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import { SmallTable } from '../states/SmallTable.js';
import { PathEnd } from './PathEnd.js';
import { PathSteps } from './PathSteps.js';
import { otherStepsWords, startWords } from './step-words.js';

interface PathListProps {
  readonly paths: readonly AttackPath[];
  readonly fixes: readonly StepFix[];
  readonly integration: string;
}

/** A shortest way of each starting point. */
export function PathList({ paths, fixes, integration }: PathListProps) {
  return (
    <SmallTable label="Ways to tier zero" heads={['From', 'Steps', 'Way']} minWidth={560} hasActions={false} narrow="cards">
      {paths.map(({ from, steps, otherFirstSteps, finding }) => (
        <Table.Tr key={`${from.kind} ${from.key}`}>
          <Table.Td>
            <PathEnd node={from} integration={integration} />
            <Text size="xs" c="dimmed">
              {startWords(from)}
            </Text>
            {finding !== null && (
              <AnchorLink to="/findings/$id" params={{ id: finding }} size="xs" aria-label={`Finding about ${from.label}`}>
                Finding
              </AnchorLink>
            )}
          </Table.Td>
          <Table.Td>{steps.length}</Table.Td>
          <Table.Td>
            <PathSteps steps={steps} fixes={fixes} integration={integration} />
            {otherFirstSteps > 0 && (
              <Text size="xs" c="dimmed" mt={4}>
                {otherStepsWords(otherFirstSteps)}
              </Text>
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </SmallTable>
  );
}
