import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useCopy } from '../states/use-copy.js';

/** What the provider has sent, secrets removed. */
export function SourceObject({ raw }: { readonly raw: object }) {
  const text = JSON.stringify(raw, null, 2);
  const { isCopied, copy } = useCopy(text);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          As the provider has sent it, without secrets.
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={isCopied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={copy}
        >
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </Group>
      <Code block tabIndex={0} fz="xs">
        {text}
      </Code>
    </Stack>
  );
}
