import type { IntegrationView } from '@castellan/api';
import { Group, Text } from '@mantine/core';
import { counted } from '../records/kinds.js';
import type { RecordKind } from '../records/fields.js';

/** What people ask for first. */
const SHOWN: readonly RecordKind[] = ['account', 'group', 'application', 'role'];

export function CountsLine({ counts }: { readonly counts: IntegrationView['counts'] }) {
  const known = SHOWN.flatMap((kind) => {
    const count = counts[kind];
    return count === undefined ? [] : [[kind, count] as const];
  });
  if (known.every(([, count]) => count === 0)) return null;
  return (
    <Group gap="2px 16px">
      {known.map(([kind, count]) => (
        <Text key={kind} size="sm">
          {counted(kind, count)}
        </Text>
      ))}
    </Group>
  );
}
