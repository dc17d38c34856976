import type { AccessGraph, AccessGraphNode, AccessLink } from '@castellan/api';
import { countedNodes } from './node-looks.js';

export const RELATION_WORDS: Readonly<Record<AccessLink['relation'], string>> = {
  membership: 'is in',
  app_assignment: 'was given',
  role_assignment: 'was given',
};

/** A name, or how many there are of what is not drawn one by one. */
export function graphLabel({ node, kind, count }: AccessGraphNode): string {
  return node?.label ?? countedNodes(kind, count);
}

/** What the picture shows, for those who do not see it. */
export function graphSentence({ subject, nodes, edges }: AccessGraph): string {
  const kinds = new Map<AccessGraphNode['kind'], number>();
  for (const { kind, count, node } of nodes) kinds.set(kind, (kinds.get(kind) ?? 0) + (node === null ? count : 1));
  const counts = [...kinds].map(([kind, count]) => countedNodes(kind, count)).join(', ');
  return `Around ${subject.label}: ${counts}, with ${edges.length.toLocaleString('en')} connections. The table has each of them.`;
}
