import { Text } from '@mantine/core';

/** A sentence below a field that is no error. Read out when it appears. */
export function FieldNote({ text }: { readonly text: string | undefined }) {
  return (
    <Text size="xs" c="dimmed" mt={4} role="status" hidden={text === undefined}>
      {text}
    </Text>
  );
}
