import type { AccessNode, AccessNodeKind, AccessNodeRef } from '@castellan/api';
import { Bindings, namingSql, type Queries, recordTable } from '@castellan/storage';
import { holds, isUsable } from '../graph/holds.js';
import { nodeId } from '../graph/node.js';
import { prepared } from '../graph/prepared.js';

/** Whose record names a node. A client is known as the application that it is. */
const RECORDS = {
  account: 'account',
  group: 'group',
  application: 'application',
  role: 'role',
  client: 'application',
} as const satisfies Record<AccessNodeKind, string>;

const WITH_STATUS: readonly string[] = ['account', 'application'];

interface NamedRow {
  readonly kind: AccessNodeKind;
  readonly key: string;
  readonly label: string;
  readonly detail: string | null;
  readonly status: string | null;
  readonly present: boolean;
  readonly there: boolean;
  readonly usable: boolean;
}

/** A node, and whether it was there at the instant that was asked for (`undefined`: never read). */
export interface NamedNode {
  readonly node: AccessNode;
  readonly there: boolean | undefined;
  /** `false`: an account that was switched off for good, which can use nothing of what it was given. */
  readonly usable: boolean;
}

export type NodeNames = ReadonlyMap<string, NamedNode>;

/** Whether a principal reaches anything of this kind at the instant: who is switched off for good is still in its groups, and uses nothing. */
export function canReach(names: NodeNames, from: AccessNodeRef, to: AccessNodeKind): boolean {
  return canBeEnd(names, from) && (to === 'group' || names.get(nodeId(from))?.usable === true);
}

/** What people call these nodes, by {@link nodeId}. */
export async function nameNodes(
  queries: Queries,
  integrationId: string,
  refs: Iterable<AccessNodeRef>,
  at?: Date,
): Promise<NodeNames> {
  const wanted = new Map<AccessNodeKind, Map<string, AccessNodeRef>>();
  for (const ref of refs) wanted.set(ref.kind, (wanted.get(ref.kind) ?? new Map<string, AccessNodeRef>()).set(ref.key, ref));
  const rows = new Map((await namesOf(queries, integrationId, wanted, at)).map((row) => [nodeId(row), row]));
  const named = new Map<string, NamedNode>();
  for (const keys of wanted.values())
    for (const ref of keys.values()) named.set(nodeId(ref), toNamed(ref, rows.get(nodeId(ref))));
  return named;
}

/**
 * Whether it can be an end of a chain at the instant: an account must be there, all others must not be known to be gone. What
 * is gone reached nothing, and was reached by nobody, whatever edges of it are left.
 */
export function canBeEnd(names: NodeNames, ref: AccessNodeRef): boolean {
  const there = names.get(nodeId(ref))?.there;
  return ref.kind === 'account' ? there === true : there !== false;
}

/** Of a node that was asked to be named. */
export function nodeOf(names: NodeNames, ref: AccessNodeRef): AccessNode {
  return names.get(nodeId(ref))?.node ?? toNamed(ref, undefined).node;
}

async function namesOf(
  queries: Queries,
  integrationId: string,
  wanted: ReadonlyMap<AccessNodeKind, ReadonlyMap<string, AccessNodeRef>>,
  at: Date | undefined,
): Promise<readonly NamedRow[]> {
  if (wanted.size === 0) return [];
  const { bind, values } = new Bindings();
  const integration = bind(integrationId);
  const instant = at === undefined ? undefined : bind(at);
  // Always in one order, so that few different statements come of it.
  const parts = [...wanted]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, keys]) => {
      const record = RECORDS[kind];
      const { label, detail } = namingSql(record);
      return `SELECT '${kind}' AS kind, t.key, ${label} AS label, ${detail} AS detail, ${WITH_STATUS.includes(record) ? 't.status' : 'NULL'} AS status,
       t.removed_at IS NULL AS present, ${holds('t', record, instant)} AS there, ${record === 'account' ? isUsable('t', instant) : 'true'} AS usable
     FROM "${recordTable(record).table}" t WHERE t.integration_id = ${integration}::uuid AND t.key = ANY (${bind([...keys.keys()])}::text[])`;
    });
  return queries.query<NamedRow>(prepared(parts.join(' UNION ALL ')), values);
}

function toNamed({ kind, key }: AccessNodeRef, row: NamedRow | undefined): NamedNode {
  if (row === undefined)
    return { node: { kind, key, label: key, detail: null, status: null, present: false }, there: undefined, usable: true };
  const { label, detail, status, present, there, usable } = row;
  return { node: { kind, key, label, detail, status, present }, there, usable };
}
