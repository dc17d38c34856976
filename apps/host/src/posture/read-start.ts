import { type NodeId, nodeId } from '@castellan/posture';
import { invalidRequest } from '../problems/problem.js';

const STARTS = ['account', 'client', 'application', 'identity_provider'] as const;

/**
 * `kind:key`; a key may have a colon in it. The pattern of the query has let it through.
 * @throws Problem (400) for a kind that no way begins at
 */
export function readStart(text: string): NodeId {
  const colon = text.indexOf(':');
  const kind = STARTS.find((candidate) => candidate === text.slice(0, colon));
  if (kind !== undefined) return nodeId(kind, text.slice(colon + 1));
  const message = `${text.slice(0, colon)} is nothing that a way begins at. Write kind:key, with one of these kinds: ${STARTS.join(', ')}.`;
  throw invalidRequest([{ field: 'from', message }]);
}
