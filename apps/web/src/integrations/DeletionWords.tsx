import type { DeletionView } from '@castellan/api';
import { List, Stack, Text } from '@mantine/core';
import { ALL_KINDS, counted } from '../records/kinds.js';

/** What a deletion would take along, and what it would not. */
export function DeletionWords({ deletion: { goes, stays, instead } }: { readonly deletion: DeletionView }) {
  const rows = ALL_KINDS.flatMap((kind) => {
    const count = goes.records[kind] ?? 0;
    return count === 0 ? [] : [counted(kind, count)];
  });
  const rest = [several(goes.runs, 'run'), several(goes.holds, 'held removal'), several(goes.secrets, 'stored secret')];
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={600}>
          What goes
        </Text>
        <Text size="sm">{[...rows, ...rest.filter((words) => words !== '')].join(', ')}.</Text>
      </div>
      <div>
        <Text size="sm" fw={600}>
          What stays
        </Text>
        <List size="sm">
          {stays.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      </div>
      <div>
        <Text size="sm" fw={600}>
          Or only be quiet
        </Text>
        <Text size="sm">{instead}</Text>
      </div>
    </Stack>
  );
}

function several(count: number, one: string): string {
  if (count === 0) return '';
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}
