import type { ActionRequestView } from '@castellan/api';
import { Text } from '@mantine/core';
import { Cause } from './Cause.js';

interface AskedProps {
  readonly reason: string | null;
  /** Left out: the page says it. */
  readonly cause?: Pick<ActionRequestView, 'findingId' | 'incidentId'>;
  /** Of several only the first is named. */
  readonly isOneOf?: boolean;
}

/** Why somebody asks for something: what whoever has to agree wants to know first. */
export function Asked({ reason, cause, isOneOf = false }: AskedProps) {
  const isFound = cause !== undefined && (cause.findingId !== null || cause.incidentId !== null);
  return (
    <>
      {reason === null ? (
        <Text size="sm" c="dimmed">
          No reason was given.
        </Text>
      ) : (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          “{reason}”
        </Text>
      )}
      {isFound && (
        <Text size="sm">
          Because of: <Cause of={cause} />
          {isOneOf && ' and others'}
        </Text>
      )}
    </>
  );
}
