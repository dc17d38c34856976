import type { AccessGraph, AccessGraphNode, AccessLink } from '@castellan/api';
import { countedNodes } from './node-looks.js';

const RELATION_WORDS: Readonly<Record<AccessLink['relation'], readonly [one: string, many: string]>> = {
  membership: ['is in', 'are in'],
  app_assignment: ['was given', 'were given'],
  role_assignment: ['was given', 'were given'],
};

/** Between the two ends of a line. @param from of many, where it is not drawn one by one */
export function relationWords(relation: AccessLink['relation'], from: AccessGraphNode | undefined): string {
  return RELATION_WORDS[relation][from !== undefined && from.count > 1 ? 1 : 0];
}

/** A name, or how many there are of what is not drawn one by one. */
export function graphLabel({ node, kind, count }: AccessGraphNode): string {
  return node?.label ?? countedNodes(kind, count);
}

/** What the picture shows, for those who do not see it. */
export function graphSentence({ subject, nodes, edges }: AccessGraph): string {
  const kinds = new Map<AccessGraphNode['kind'], number>();
  for (const { kind, node } of nodes) if (node !== null) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const counts = [...kinds].map(([kind, count]) => countedNodes(kind, count)).join(', ');
  // Not added up: whoever is in two groups is in both numbers.
  const numbers = nodes.some(({ node }) => node === null)
    ? ` Many are shown as a number; who is in two groups is in both${subject.kind === 'group' ? '' : ', and who is switched off for good in none'}.`
    : '';
  return `Around ${subject.label}: ${counts}, with ${edges.length.toLocaleString('en')} connections.${numbers} The table has the same connections.`;
}
