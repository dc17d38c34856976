import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconHistoryOff } from '@tabler/icons-react';
import { ApiError } from '../api/api-error.js';
import { Failed } from '../states/Failed.js';
import { knownSince } from './known-since.js';
import { exactTime } from '../states/time-words.js';

interface PastFailedProps {
  readonly error: unknown;
  readonly retry: () => void;
  /** Asks again from an instant on that is known. */
  readonly onSince?: (since: string) => void;
  /** Asks again of now. */
  readonly onNow?: () => void;
}

function refusalOf(error: unknown) {
  if (!(error instanceof ApiError) || error.status !== 400) return undefined;
  return error.fields.find(({ field }) => field === 'at' || field === 'since' || field === 'until');
}

/** What has gone wrong with a question about the past: often that nobody had looked then, which is no failure. */
export function PastFailed({ error, retry, onSince, onNow }: PastFailedProps) {
  const refused = refusalOf(error);
  if (refused === undefined) return <Failed error={error} retry={retry} />;
  const known = knownSince(error);
  return (
    <Alert
      variant="light"
      color="gray"
      icon={<IconHistoryOff size={18} />}
      title={known === undefined ? 'This cannot be asked' : 'Nobody had looked then'}
    >
      <Stack gap="xs" align="start">
        <Text size="sm">
          {known === undefined
            ? refused.message
            : `Castellan has known who can reach what since ${exactTime(Date.parse(known))}.`}
        </Text>
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
