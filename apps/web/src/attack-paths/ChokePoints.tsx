import type { ChokePoint, StepFix } from '@castellan/api';
import { Table, Text, Title } from '@mantine/core';
import { SmallTable } from '../states/SmallTable.js';
import { HowToClose } from './HowToClose.js';
import { PathEnd, StepEnd } from './PathEnd.js';
import { becauseWords, stepSentence, stepWords } from './step-words.js';

interface ChokePointsProps {
  readonly points: readonly ChokePoint[];
  /** Starting points with a way. */
  readonly total: number;
  readonly fixes: readonly StepFix[];
  readonly integration: string;
}

/** The steps whose removal cuts most ways. */
export function ChokePoints({ points, total, fixes, integration }: ChokePointsProps) {
  if (points.length === 0) return null;
  return (
    <section aria-labelledby="choke-points">
      <Title order={2} size="h4" id="choke-points" mb={4}>
        Steps that cut most ways
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        Whoever is cut off has no other way round. Begin at the top.
      </Text>
      <SmallTable
        label="Steps that cut most ways"
        heads={['Who', 'Can do', 'Cuts off', 'How to close it']}
        minWidth={760}
        hasActions={false}
        narrow="cards"
      >
        {points.map(({ step, cuts }) => (
          <Table.Tr key={stepSentence(step)}>
            <Table.Td>
              <PathEnd node={step.from} integration={integration} />
            </Table.Td>
            <Table.Td>
              <Text span size="sm">
                {stepWords(step.kind)}{' '}
              </Text>
              <StepEnd step={step} integration={integration} />
              {becauseWords(step) !== undefined && (
                <Text size="xs" c="dimmed">
                  {becauseWords(step)}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <Text size="sm" fw={600}>
                {cuts.toLocaleString('en')} of {total.toLocaleString('en')}
              </Text>
            </Table.Td>
            <Table.Td>
              <HowToClose kind={step.kind} fixes={fixes} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </section>
  );
}
