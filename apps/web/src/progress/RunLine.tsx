import type { RunProgressView } from '@castellan/api';
import { Group, Stack, Text } from '@mantine/core';
import { ProgressBar } from './ProgressBar.js';
import { runWords } from './progress-words.js';

/** A run under way: what is being read, how far it is, and how long it still takes where that is known. */
export function RunLine({ run, of }: { readonly run: RunProgressView; readonly of: string }) {
  const { title, rows, left, share } = runWords(run);
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
        <Text size="sm">
          {title}
          {rows !== null && <>: {rows}</>}
        </Text>
        <Text size="sm" c="dimmed" flex="none">
          {left}
        </Text>
      </Group>
      <ProgressBar label={`${title} of ${of}`} share={share} />
    </Stack>
  );
}
