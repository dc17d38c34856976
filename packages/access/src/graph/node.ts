import type { AccessNodeRef } from '@castellan/api';

/** For maps and sets: two nodes are one when this is the same. */
export function nodeId({ kind, key }: AccessNodeRef): string {
  return `${kind}:${key}`;
}
