import type { RunView } from '@castellan/api';
import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, post } from '../api/ask.js';
import { integrationKeys } from '../integrations/integration-queries.js';

/** What was read stays, so nothing has to be asked first. */
export function CancelRun({ run: { id, integration, cancelRequested } }: { readonly run: RunView }) {
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => post(at('integrations', integration, 'runs', id, 'cancel')),
    onSettled: () => queries.invalidateQueries({ queryKey: integrationKeys.one(integration) }),
    onError: (error) => notifications.show({ color: 'red', title: 'The run was not cancelled', message: error.message }),
  });
  if (cancelRequested)
    return (
      <Text size="sm" c="dimmed">
        Is being cancelled
      </Text>
    );
  return (
    <Button size="compact-sm" variant="default" loading={isPending} onClick={() => mutate()}>
      Cancel
    </Button>
  );
}
