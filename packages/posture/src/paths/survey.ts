import type { Queries } from '@castellan/storage';
import { type AttackGraph, type Edge, kindOfNode, type NodeId } from './attack-graph.js';
import { Predecessors } from './predecessors.js';
import { readSurroundings } from './surroundings.js';

/** A way of more steps is none that anybody would go; and a circle of sets must end. */
const MOST_STEPS = 12;
/** Asked for together: one statement each for so many places. */
const BATCH = 5_000;

/** Goes back from tier zero, level by level, to everything from which it can be reached. */
export async function surveyAttackPaths(queries: Queries, integrationId: string, signal?: AbortSignal): Promise<AttackGraph> {
  const around = await readSurroundings(queries, integrationId);
  const predecessors = new Predecessors(queries, integrationId, around);
  const distances = new Map<NodeId, number>([...around.tierZero].map((id) => [id, 0]));
  const edges: Edge[] = [];
  // A set is no step of its own: what comes from it is as near as it is.
  let level = [...around.tierZero];
  for (let distance = 0; level.length > 0 && distance < MOST_STEPS; distance++) {
    const next: NodeId[] = [];
    const queue = level;
    while (queue.length > 0) {
      signal?.throwIfAborted();
      const batch = queue.splice(0, BATCH);
      for (const edge of await predecessors.of(batch)) {
        if (around.tierZero.has(edge.from)) continue;
        edges.push(edge);
        if (distances.has(edge.from)) continue;
        const isSet = kindOfNode(edge.from) === 'set';
        distances.set(edge.from, isSet ? distance : distance + 1);
        (isSet ? queue : next).push(edge.from);
      }
    }
    level = next;
  }
  return { distances, edges };
}
