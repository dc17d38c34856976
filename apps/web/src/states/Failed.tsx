import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { ApiError } from '../api/api-error.js';

interface FailedProps {
  readonly error: unknown;
  readonly retry?: () => void;
}

/** What happened, what to do, and a reference that whoever runs the host can look up. */
export function Failed({ error, retry }: FailedProps) {
  const isRefused = error instanceof ApiError && error.status === 403;
  const title = error instanceof ApiError ? error.problem.title : 'This page has failed';
  const reference = error instanceof ApiError ? error.problem.reference : undefined;
  return (
    <Alert
      role="alert"
      variant="light"
      color={isRefused ? 'gray' : 'red'}
      icon={isRefused ? <IconLock size={18} /> : <IconAlertTriangle size={18} />}
      title={title}
    >
      <Stack gap="xs" align="start">
        <Text size="sm">{error instanceof Error ? error.message : 'Something unforeseen has happened.'}</Text>
        {reference !== undefined && (
          <Text size="sm">
            Reference for whoever runs the host: <Code>{reference}</Code>
          </Text>
        )}
        {retry !== undefined && !isRefused && (
          <Group>
            <Button size="compact-sm" variant="default" onClick={retry}>
              Try again
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
