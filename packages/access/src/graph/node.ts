import type { AccessNodeKind, AccessNodeRef } from '@castellan/api';

/** For maps and sets: two nodes are one when this is the same. */
export function nodeId({ kind, key }: AccessNodeRef): string {
  return `${kind}:${key}`;
}

export function isOf<K extends AccessNodeKind>(node: AccessNodeRef, kind: K): node is AccessNodeRef & { readonly kind: K } {
  return node.kind === kind;
}
