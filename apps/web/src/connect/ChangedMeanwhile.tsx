import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Failed } from '../states/Failed.js';

/** Somebody else was quicker: his settings are read, and the change is made anew on top of them. */
export function ChangedMeanwhile({ load }: { readonly load: () => Promise<void> }) {
  const loading = useMutation({ mutationFn: load });
  return (
    <Alert role="alert" color="orange" title="Somebody else has changed the settings meanwhile">
      <Stack gap="xs" align="start">
        <Text size="sm">
          Nothing of yours was stored. Load the newer settings, look at them, and make your change again: what you have typed
          here goes.
        </Text>
        <Button size="compact-sm" variant="default" loading={loading.isPending} onClick={() => loading.mutate()}>
          Load the newer settings
        </Button>
        {loading.error !== null && <Failed error={loading.error} />}
      </Stack>
    </Alert>
  );
}
