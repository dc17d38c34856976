import type { RunCounts } from '@castellan/api';
import { Group, Text, VisuallyHidden } from '@mantine/core';

const NUMBER = new Intl.NumberFormat('en');

/** `+2 ~14 −3`: the signs for the eye, the words for the ear and for who points at them. */
export function Changes({ counts }: { readonly counts: Pick<RunCounts, 'created' | 'changed' | 'removed'> }) {
  const { created, changed, removed } = counts;
  const parts = [
    { sign: '+', count: created, word: 'new', color: 'green' },
    { sign: '~', count: changed, word: 'changed', color: 'amber' },
    { sign: '−', count: removed, word: 'removed', color: 'red' },
  ].filter(({ count }) => count > 0);
  if (parts.length === 0)
    return (
      <Text component="span" size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        No changes
      </Text>
    );
  return (
    <Group component="span" gap={8} wrap="nowrap" display="inline-flex">
      {parts.map(({ sign, count, word, color }) => (
        <Text key={word} component="span" size="sm" c={`var(--castellan-${color})`} title={`${NUMBER.format(count)} ${word}`}>
          <span aria-hidden>{sign}</span>
          {NUMBER.format(count)}
          <VisuallyHidden> {word}</VisuallyHidden>
        </Text>
      ))}
    </Group>
  );
}
