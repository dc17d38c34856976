import type { AccessNode } from '@castellan/api';
import { Text } from '@mantine/core';
import { Word } from '../records/FieldValue.js';
import { statusMeaning } from './node-looks.js';

/** Below a name: a status that is not the usual one, and what it means for who was given it. */
export function NodeStatus({ node: { kind, status } }: { readonly node: Pick<AccessNode, 'kind' | 'status'> }) {
  if (status === null || status === 'active') return null;
  const meaning = statusMeaning(kind, status);
  return (
    <Text size="xs" component="div">
      <Word value={status} />
      {meaning !== undefined && `: ${meaning}`}
    </Text>
  );
}
