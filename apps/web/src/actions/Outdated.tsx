import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';

interface OutdatedProps {
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** What was agreed to would be something else by now. */
export function Outdated({ onAgain, onClose }: OutdatedProps) {
  return (
    <Stack gap="md">
      <Alert
        color="orange"
        variant="light"
        icon={<IconRefresh size={18} aria-hidden />}
        title="Something has changed since"
        role="alert"
      >
        It is not as it was when this was shown. Nothing was done: look at what would be done now.
      </Alert>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={onAgain} data-autofocus>
          Look again
        </Button>
      </Group>
    </Stack>
  );
}
