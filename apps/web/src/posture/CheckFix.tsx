import type { CheckDetail } from '@castellan/api';
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { connectorsQuery } from '../connectors/connector-queries.js';
import { Panel } from '../states/Panel.js';
import styles from './posture.module.css';

interface CheckFixProps {
  readonly check: CheckDetail;
  /** What stands below the steps. */
  readonly children?: ReactNode;
}

/** How to mend what a check names: what is to be reached, and where in the provider's console. */
export function CheckFix({ check: { fix, console: places }, children }: CheckFixProps) {
  const { data: connectors } = useQuery(connectorsQuery);
  const nameOf = (id: string): string => connectors?.find((one) => one.id === id)?.name ?? id;
  return (
    <Panel title="How to mend it" anchor="fix">
      <Stack gap="md">
        <ol className={styles['steps']}>
          {fix.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {places.map(({ connector, steps }) => (
          <div key={connector}>
            <Title order={3} mb={6}>
              In the console of {nameOf(connector)}
            </Title>
            <ol className={styles['steps']}>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </div>
        ))}
        {places.length === 0 && (
          <Text size="sm" c="dimmed">
            Where that is in a console is written once a provider is connected.
          </Text>
        )}
        {children}
      </Stack>
    </Panel>
  );
}
