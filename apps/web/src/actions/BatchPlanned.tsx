import { Badge, Group, Stack, Text } from '@mantine/core';
import type { BatchLine, BatchPlan } from './batch-plan.js';
import { Scrolled } from './Scrolled.js';
import styles from './actions.module.css';

/** What would be done to many: what is so of each once, then each with what is so of it only. */
export function BatchPlanned({ plan: { ofEach, lines } }: { readonly plan: BatchPlan }) {
  const leftOut = lines.filter((line) => line.leftOut !== null).length;
  const administrators = lines.filter((line) => line.isAdministrator).length;
  return (
    <Stack gap="xs">
      {ofEach.length > 0 && (
        <ul className={styles['sentences']} aria-label="So of each">
          {ofEach.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      {leftOut + administrators > 0 && (
        <Text size="sm" fw={550}>
          {[
            administrators === 0
              ? []
              : `${administrators} ${administrators === 1 ? 'is an administrator' : 'are administrators'}`,
            leftOut === 0 ? [] : `${leftOut} ${leftOut === 1 ? 'is' : 'are'} left out`,
          ]
            .flat()
            .join('; ')}
          .
        </Text>
      )}
      <Scrolled label="Each object">
        <ul className={styles['rows']} aria-label="What would be done to each">
          {lines.map((line) => (
            <li key={line.key} className={styles['row']}>
              <Line line={line} />
            </li>
          ))}
        </ul>
      </Scrolled>
    </Stack>
  );
}

function Line({ line: { label, isAdministrator, leftOut, sentences } }: { readonly line: BatchLine }) {
  return (
    <div>
      <Group gap="0 8px">
        <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {label}
        </Text>
        {isAdministrator && (
          <Badge size="sm" variant="light" color="orange" autoContrast>
            Administrator
          </Badge>
        )}
      </Group>
      {leftOut !== null && (
        <Text size="sm" c="var(--castellan-red)">
          Left out: {leftOut}
        </Text>
      )}
      {sentences.length > 0 && <Text size="sm">{sentences.join(' ')}</Text>}
    </div>
  );
}
