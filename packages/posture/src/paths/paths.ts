import type { Queries } from '@castellan/storage';
import type { Reason } from '../evaluation/data-state.js';
import type { NodeId, NodeKind } from './attack-graph.js';
import type { Choke } from './choke-points.js';

/** A step as it is kept; sets are passed over. */
export interface KeptStep {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly step: string;
  readonly because: string | null;
}

export interface KeptPath {
  readonly from: NodeId;
  readonly steps: readonly KeptStep[];
  /** Further first steps that lead nearer to tier zero. */
  readonly otherSteps: number;
}

export interface Survey {
  readonly computedAt: Date;
  readonly starts: number;
  readonly tierZero: number;
  /** Starting points that no single step cuts off. */
  readonly uncut: number;
  readonly chokePoints: readonly Choke[];
  readonly reasons: readonly Reason[];
}

export interface PathsQuestion {
  readonly integrationId: string;
  /** Only this starting point. */
  readonly from?: NodeId | undefined;
  readonly offset?: number;
  readonly limit?: number;
}

interface NodeRow {
  readonly node: NodeId;
  readonly next: NodeId | null;
  readonly step: string | null;
  readonly because: string | null;
}

export interface KindCount {
  /** Nobody begins at a group or a set. */
  readonly kind: Exclude<NodeKind, 'group' | 'set'>;
  readonly count: number;
}

interface StartRow extends NodeRow {
  readonly otherSteps: number;
}

export async function readSurvey(queries: Queries, integrationId: string): Promise<Survey | undefined> {
  const [row] = await queries.query<Survey>(
    `SELECT computed_at AS "computedAt", starts, tier_zero AS "tierZero", uncut, choke_points AS "chokePoints", reasons
     FROM attack_surveys WHERE integration_id = $1`,
    [integrationId],
  );
  return row;
}

/** Shortest ways to tier zero, of the starting points that are nearest to it first. */
export async function readPaths(
  queries: Queries,
  { integrationId, from, offset = 0, limit = 100 }: PathsQuestion,
): Promise<readonly KeptPath[]> {
  const starts = await queries.query<StartRow>(
    `SELECT node, next, step, because, other_steps AS "otherSteps" FROM attack_nodes
     WHERE integration_id = $1 AND is_start AND ($2::text IS NULL OR node = $2) ORDER BY distance, kind, key OFFSET $3 LIMIT $4`,
    [integrationId, from ?? null, offset, limit],
  );
  const known = new Map<NodeId, NodeRow>(starts.map((row) => [row.node, row]));
  // Ways run together soon: each place is asked for once.
  for (;;) {
    const missing = [...known.values()].flatMap(({ next }) => (next === null || known.has(next) ? [] : [next]));
    if (missing.length === 0) break;
    const rows = await queries.query<NodeRow>(
      'SELECT node, next, step, because FROM attack_nodes WHERE integration_id = $1 AND node = ANY ($2::text[])',
      [integrationId, [...new Set(missing)]],
    );
    for (const row of rows) known.set(row.node, row);
    // A survey that was replaced in this moment has other places.
    for (const id of missing) if (!known.has(id)) known.set(id, { node: id, next: null, step: null, because: null });
  }
  return starts.map(({ node, otherSteps }) => ({ from: node, steps: stepsFrom(node, known), otherSteps }));
}

/** How many starting points there are of each kind, most first. */
export function readStarts(queries: Queries, integrationId: string): Promise<readonly KindCount[]> {
  return queries.query<KindCount>(
    `SELECT kind, count(*)::integer AS count FROM attack_nodes WHERE integration_id = $1 AND is_start
     GROUP BY kind ORDER BY count DESC, kind`,
    [integrationId],
  );
}

/** Who is of tier zero, by kind and key. */
export async function readTierZero(queries: Queries, integrationId: string, limit: number): Promise<readonly NodeId[]> {
  const rows = await queries.query<{ readonly node: NodeId }>(
    `SELECT node FROM attack_nodes WHERE integration_id = $1 AND distance = 0 AND kind <> 'set' ORDER BY kind, key LIMIT $2`,
    [integrationId, limit],
  );
  return rows.map(({ node }) => node);
}

/** A step to a set goes to what the set leads to. */
function stepsFrom(start: NodeId, known: ReadonlyMap<NodeId, NodeRow>): readonly KeptStep[] {
  const steps: KeptStep[] = [];
  let row = known.get(start);
  while (row !== undefined && row.next !== null && row.step !== null) {
    const next = known.get(row.next);
    const to = next?.step === 'in' ? (next.next ?? row.next) : row.next;
    steps.push({ from: row.node, to, step: row.step, because: row.because });
    row = known.get(to);
  }
  return steps;
}
