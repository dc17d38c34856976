import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconHistoryOff } from '@tabler/icons-react';
import { ApiError } from '../api/api-error.js';
import { Failed } from '../states/Failed.js';

interface PastFailedProps {
  readonly error: unknown;
  readonly retry: () => void;
  /** Asks again from an instant on that is known. */
  readonly onSince?: (since: string) => void;
  /** Asks again of now. */
  readonly onNow?: () => void;
}

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/;

/** What has gone wrong with a question about the past: often that nobody had looked then, which is no failure. */
export function PastFailed({ error, retry, onSince, onNow }: PastFailedProps) {
  const refused =
    error instanceof ApiError && error.status === 400
      ? error.fields.find(({ field }) => field === 'at' || field === 'since' || field === 'until')
      : undefined;
  if (refused === undefined) return <Failed error={error} retry={retry} />;
  // The host says since when in its sentence.
  const known = INSTANT.exec(refused.message)?.[0];
  return (
    <Alert variant="light" color="gray" icon={<IconHistoryOff size={18} />} title="Nobody had looked yet">
      <Stack gap="xs" align="start">
        <Text size="sm">{refused.message}</Text>
        {known !== undefined && onSince !== undefined && (
          <Button size="compact-sm" variant="default" onClick={() => onSince(known)}>
            Show all since then
          </Button>
        )}
        {onNow !== undefined && (
          <Button size="compact-sm" variant="default" onClick={onNow}>
            Back to now
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
