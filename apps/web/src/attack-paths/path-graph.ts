import type { AccessGraph, AccessNode, AttackPath, PathNode, PathStep } from '@castellan/api';
import { endWords } from './step-words.js';

/** More boxes than these nobody reads. */
const MOST_NODES = 120;

const TIER_ZERO: AccessNode = {
  kind: 'role',
  key: '',
  label: 'Tier zero: everything',
  detail: null,
  status: null,
  present: true,
};

/** Pictures know no identity providers: they are drawn as the systems that they are. */
function drawn({ kind, ...node }: PathNode): AccessNode {
  return { ...node, kind: kind === 'identity_provider' ? 'application' : kind };
}

function idOf({ kind, key }: Pick<PathNode, 'kind' | 'key'>): string {
  return `${kind}:${key}`;
}

/** The ways together, from the left to tier zero on the right; as many of them as can be read. */
export function pathGraph(paths: readonly AttackPath[]): AccessGraph {
  const nodes = new Map<string, AccessNode>();
  const edges = new Map<string, AccessGraph['edges'][number]>();
  const put = (id: string, node: AccessNode): string => {
    if (!nodes.has(id)) nodes.set(id, node);
    return id;
  };
  for (const { steps } of paths) {
    if (nodes.size + 2 * steps.length > MOST_NODES) break;
    for (const [index, step] of steps.entries()) {
      const from = put(idOf(step.from), drawn(step.from));
      const to = put(...endOf(step));
      edges.set(`${from} ${to}`, { from, to, relation: 'role_assignment' });
      if (index === steps.length - 1) {
        put('tier-zero', TIER_ZERO);
        edges.set(`${to} zero`, { from: to, to: 'tier-zero', relation: 'role_assignment' });
      }
    }
  }
  return {
    subject: TIER_ZERO,
    nodes: [...nodes].map(([id, node]) => ({ id, node, kind: node.kind, count: 1 })),
    edges: [...edges.values()],
  };
}

function endOf(step: PathStep): [string, AccessNode] {
  if (step.to !== null) return [idOf(step.to), drawn(step.to)];
  const label = endWords(step);
  return [`over:${label}`, { kind: 'account', key: '', label, detail: null, status: null, present: true }];
}
