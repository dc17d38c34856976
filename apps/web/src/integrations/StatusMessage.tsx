import type { IntegrationStatus } from '@castellan/api';
import { Text } from '@mantine/core';
import { useNow } from '../states/now.js';
import { withClockTimes } from './status-words.js';

interface StatusMessageProps {
  readonly status: IntegrationStatus;
  /** Longer ones are cut off: the page has the rest. */
  readonly lines?: number;
}

export function StatusMessage({ status, lines }: StatusMessageProps) {
  const now = useNow();
  return (
    <Text size="sm" {...(lines !== undefined && { lineClamp: lines })}>
      {withClockTimes(status.message, now)}
    </Text>
  );
}
