import type { Queries } from '@castellan/storage';
import type { Reason } from '../evaluation/data-state.js';
import { type AttackGraph, type Edge, keyOfNode, kindOfNode, type NodeId } from './attack-graph.js';
import { chokePoints, isStart } from './choke-points.js';

/** A statement each for so many rows: one text for all would be as large as the organisation. */
const ROWS = 10_000;

interface NodeRow {
  readonly node: NodeId;
  readonly kind: string;
  readonly key: string;
  readonly distance: number;
  readonly isStart: boolean;
  readonly next: NodeId | null;
  readonly step: string | null;
  readonly because: string | null;
  readonly otherSteps: number;
}

export interface KeptSurvey {
  /** Starting points from which tier zero can be reached. */
  readonly starts: number;
  readonly tierZero: number;
}

/** Puts a survey in the place of the one before: to be called in a transaction. */
export async function keepSurvey(
  queries: Queries,
  integrationId: string,
  graph: AttackGraph,
  reasons: readonly Reason[],
): Promise<KeptSurvey> {
  const rows = nodeRows(graph);
  const starts = rows.filter((row) => row.isStart).length;
  const tierZero = rows.filter(({ kind, distance }) => distance === 0 && kind !== 'set').length;
  const { points, uncut } = chokePoints(graph);
  await queries.query('DELETE FROM attack_nodes WHERE integration_id = $1', [integrationId]);
  for (let n = 0; n < rows.length; n += ROWS)
    await queries.query(
      `INSERT INTO attack_nodes (integration_id, node, kind, key, distance, is_start, next, step, because, other_steps)
       SELECT $1, n.node, n.kind, n.key, n.distance, n."isStart", n.next, n.step, n.because, n."otherSteps" FROM jsonb_to_recordset($2::jsonb)
         AS n (node text, kind text, key text, distance integer, "isStart" boolean, next text, step text, because text, "otherSteps" integer)`,
      [integrationId, JSON.stringify(rows.slice(n, n + ROWS))],
    );
  await queries.query(
    `INSERT INTO attack_surveys (integration_id, computed_at, starts, tier_zero, uncut, choke_points, reasons, is_broken) VALUES ($1, now(), $2, $3, $4, $5, $6, false)
     ON CONFLICT (integration_id) DO UPDATE SET computed_at = excluded.computed_at, starts = excluded.starts,
       tier_zero = excluded.tier_zero, uncut = excluded.uncut, choke_points = excluded.choke_points, reasons = excluded.reasons, is_broken = false`,
    [integrationId, starts, tierZero, uncut, JSON.stringify(points), JSON.stringify(reasons)],
  );
  return { starts, tierZero };
}

/** The last survey has failed: what is kept is older than it says, or nothing. */
export async function noteBroken(queries: Queries, integrationId: string): Promise<void> {
  await queries.query('UPDATE attack_surveys SET is_broken = true WHERE integration_id = $1', [integrationId]);
}

function nodeRows({ distances, edges }: AttackGraph): readonly NodeRow[] {
  const nearest = new Map<NodeId, Edge>();
  const nearer = new Map<NodeId, number>();
  for (const edge of edges) {
    // One that leads no nearer may come back to where it began.
    const isNearing = (distances.get(edge.to) ?? 0) < (distances.get(edge.from) ?? 0);
    if (isNearing) nearer.set(edge.from, (nearer.get(edge.from) ?? 0) + 1);
    const known = nearest.get(edge.from);
    if (known === undefined || isNearer(edge, known, distances)) nearest.set(edge.from, edge);
  }
  return [...distances].map(([node, distance]) => {
    const edge = distance === 0 && kindOfNode(node) !== 'set' ? undefined : nearest.get(node);
    const { to: next = null, step = null, because = null } = edge ?? {};
    return {
      node,
      kind: kindOfNode(node),
      key: keyOfNode(node),
      distance,
      isStart: isStart(node, distance),
      next,
      step,
      because,
      otherSteps: Math.max((nearer.get(node) ?? 0) - 1, 0),
    };
  });
}

/** Of two ways the shorter; of two as short always the same, so that a path does not change from look to look. */
function isNearer(edge: Edge, known: Edge, distances: AttackGraph['distances']): boolean {
  const [one, other] = [distances.get(edge.to) ?? 0, distances.get(known.to) ?? 0];
  return one === other ? `${edge.to} ${edge.step}` < `${known.to} ${known.step}` : one < other;
}
