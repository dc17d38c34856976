import type { AccessChange, AccessChanges, AccessNode, EdgeChange } from '@castellan/api';
import type { ExportTable } from '../exports/export-format.js';
import { walkPages } from '../exports/page-walk.js';
import { labelsOf, nodeCells, nodeColumns, wayOf } from './access-file.js';

interface ChangeRow {
  readonly subject: AccessNode;
  readonly change: AccessChange;
  readonly way: string;
}

export const CHANGES_TABLE: ExportTable<ChangeRow> = {
  columns: ['change', ...nodeColumns('subject'), ...nodeColumns('other'), 'shortestChain'],
  cells: ({ subject, change: { what, node }, way }) => [what, ...nodeCells(subject), ...nodeCells(node), way],
  object: ({ subject, change, way }) => ({ subject, ...change, way }),
};

export async function* changePages(
  first: AccessChanges,
  ask: (after: string) => Promise<AccessChanges | undefined>,
): AsyncGenerator<readonly ChangeRow[], void, void> {
  for await (const { subject, items, nodes } of walkPages(first, ask)) {
    const labels = labelsOf([subject, ...nodes, ...items.map(({ node }) => node)]);
    yield items.map((change) => ({ subject, change, way: wayOf(change.chains[0], labels) }));
  }
}

export const EDGE_CHANGES_TABLE: ExportTable<EdgeChange> = {
  columns: ['at', 'change', 'relation', ...nodeColumns('from'), ...nodeColumns('to'), 'narrowedTo'],
  cells: ({ at, what, relation, from, to, target }) => [
    at,
    what,
    relation,
    ...nodeCells(from),
    ...nodeCells(to),
    target?.label,
  ],
  object: (change) => change,
};
