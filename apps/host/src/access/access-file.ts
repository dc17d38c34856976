import type { AccessChain, AccessNode, AccessNodeRef, AccessPage, AccessRow, UsageCoverage } from '@castellan/api';
import type { Integration } from '@castellan/storage';
import type { AuditNotes } from '../audit/audit-trail.js';
import type { ExportTable } from '../exports/export-format.js';
import { plainWords } from '../exports/file-name.js';
import { walkPages } from '../exports/page-walk.js';
import { OBSERVED_COLUMNS, observedCells, observedFields } from './observed-use.js';

/** One that reaches and one that is reached, each by its part in the question. */
export interface FileRow {
  readonly subject: AccessNode;
  readonly row: AccessRow;
  readonly who: AccessNode;
  readonly what: AccessNode;
  /** The shortest chain as people read it. */
  readonly way: string;
  readonly coverage: UsageCoverage | null;
}

/** Who has what, why, since when, and whether it is used. */
export const ACCESS_TABLE: ExportTable<FileRow> = {
  columns: [
    ...nodeColumns('who'),
    ...nodeColumns('what'),
    'since',
    'orBefore',
    'chains',
    'moreChains',
    'shortestChain',
    'firstUsedAt',
    'lastUsedAt',
    'uses',
    ...OBSERVED_COLUMNS,
  ],
  cells: ({ who, what, way, coverage, row: { since, orBefore, chainCount, more, usage } }) => [
    ...nodeCells(who),
    ...nodeCells(what),
    since,
    orBefore,
    chainCount,
    more,
    way,
    usage?.firstAt,
    usage?.lastAt,
    usage?.times,
    ...observedCells(coverage),
  ],
  object: ({ subject, row, way, coverage }) => ({ subject, ...row, way, ...observedFields(coverage) }),
};

/** @param subject who of the two the page is about: `who` of what is reached, `what` of those who reach it */
export function fileRows({ subject, items, nodes, coverage }: AccessPage, is: 'who' | 'what'): readonly FileRow[] {
  // A chain may go through what is a row of its own, and that is not among the nodes.
  const labels = labelsOf([subject, ...nodes, ...items.map(({ node }) => node)]);
  return items.map((row) => ({
    subject,
    row,
    who: is === 'who' ? subject : row.node,
    what: is === 'who' ? row.node : subject,
    way: wayOf(row.chains[0], labels),
    coverage,
  }));
}

/** All pages of a question, the first of which is there already. */
export async function* filePages(
  first: AccessPage,
  ask: (after: string) => Promise<AccessPage | undefined>,
  is: 'who' | 'what',
): AsyncGenerator<readonly FileRow[], void, void> {
  for await (const page of walkPages(first, ask)) yield fileRows(page, is);
}

/** In the name of a file: what it is called, or its key where no letter of that can be in one. */
export function titleOf({ label, key }: Pick<AccessNode, 'label' | 'key'>): string {
  return plainWords(label) === '' ? key : label;
}

/** What the audit log says of a file: of what it was made, and what was asked. */
export function exportNotes({ id, name }: Integration, question: string, query: object): AuditNotes {
  return { target: { kind: 'integration', id, name }, after: { question, query: { ...query } } };
}

/** Of a node in a table, and its cells below. */
export function nodeColumns(name: string): readonly string[] {
  return [`${name}Kind`, `${name}Key`, name, `${name}Detail`, `${name}Status`];
}

export function nodeCells({ kind, key, label, detail, status }: AccessNode): readonly unknown[] {
  return [kind, key, label, detail, status];
}

export function labelsOf(nodes: Iterable<AccessNode>): ReadonlyMap<string, string> {
  return new Map([...nodes].map((node) => [idOf(node), node.label]));
}

/** `Ana Diaz > Engineering > AWS` */
export function wayOf(chain: AccessChain | undefined, labels: ReadonlyMap<string, string>): string {
  const [first] = chain?.links ?? [];
  if (chain === undefined || first === undefined) return '';
  const labelOf = (ref: AccessNodeRef): string => labels.get(idOf(ref)) ?? ref.key;
  const steps = chain.links.flatMap(({ to, byUnknownGroup }) => [
    ...(byUnknownGroup ? ['(a group that the provider does not name)'] : []),
    labelOf(to),
  ]);
  return [labelOf(first.from), ...steps].join(' > ');
}

function idOf({ kind, key }: AccessNodeRef): string {
  return `${kind}:${key}`;
}
