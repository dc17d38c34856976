import type { AccessNodeRef, AccessPage, AccessPrincipalKind } from '@castellan/api';
import { Bindings, type Queries, type RowFilter } from '@castellan/storage';
import { ChainGraph, type Chains } from '../graph/chains.js';
import { granting, type Granting } from '../graph/downward.js';
import { type Edge, edgeKeySql, type EdgeRow, FEW_GROUPS, selectEdges, toEdge } from '../graph/edge.js';
import { nodeId } from '../graph/node.js';
import { prepared } from '../graph/prepared.js';
import { isKnown } from '../names/is-known.js';
import { canBeEnd, nameNodes, type NodeNames, nodeOf } from '../names/name-nodes.js';
import { objectOf, pairId, usageOf, useOf } from '../usage/usage-of.js';
import { ReachingAccounts, type ReachingSort } from './reaching-accounts.js';
import type { ReachingQuestion } from './reaching-question.js';
import { accessRow, byName, COUNTED_CHAINS, SHOWN_CHAINS, USUAL_PAGE } from './row.js';
import { nameChains } from './view.js';

export interface ReachedByQuestion {
  readonly integrationId: string;
  readonly to: AccessNodeRef;
  readonly from: AccessPrincipalKind;
  readonly at?: Date | undefined;
  /** Of accounts: in login, e-mail, name or key; of others: in label or key. */
  readonly words?: readonly string[];
  /** Of accounts only. */
  readonly filters?: readonly RowFilter[];
  /** Of accounts only: who has not used it since. */
  readonly unusedSince?: Date | undefined;
  /** Of accounts only: through this group. */
  readonly via?: string | undefined;
}

export interface ReachedByPage extends ReachedByQuestion {
  readonly sort?: ReachingSort;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit?: number;
}

/** Who can reach this application, role or group? `undefined`: there is no such thing. */
export async function reachedBy(queries: Queries, question: ReachedByPage): Promise<AccessPage | undefined> {
  const { integrationId, to, from, at, after, limit = USUAL_PAGE, sort = 'name' } = question;
  const through = await granting(queries, integrationId, to, at, question.via);
  const found =
    from === 'account'
      ? await accountsPage(queries, question, through, { sort, after, limit })
      : await othersPage(queries, question, through, Number(after ?? 0), limit);
  const rows = found.principals.map((principal) => ({ principal, found: found.graph.chains(principal, to, COUNTED_CHAINS) }));
  const names = await namesOf(queries, question, rows);
  if (rows.length === 0 && !(await isKnown(queries, integrationId, names, to))) return undefined;
  // Named with the page and not before it: as a rule a target is there, and each statement costs the asker a round trip.
  return canBeEnd(names, to) ? write(queries, question, names, rows, found.next) : write(queries, question, names, [], null);
}

/** How many accounts reach it, under the same conditions. `undefined`: there is no such thing. */
export async function reachedByTotal(queries: Queries, question: Omit<ReachedByQuestion, 'from'>): Promise<number | undefined> {
  const { integrationId, to, at } = question;
  const names = await nameNodes(queries, integrationId, [to], at);
  if (!canBeEnd(names, to)) return 0;
  const through = await granting(queries, integrationId, to, at, question.via);
  if (through.edges.length === 0 && !(await isKnown(queries, integrationId, names, to))) return undefined;
  return ReachingAccounts.total(queries, reaching(question, through));
}

interface Found {
  readonly principals: readonly AccessNodeRef[];
  readonly graph: ChainGraph;
  readonly next: string | null;
}

function reaching(question: Omit<ReachedByQuestion, 'from'>, { groups }: Granting): ReachingQuestion {
  const { integrationId, to, at, words, filters, unusedSince, via } = question;
  return {
    integrationId,
    to,
    groups,
    direct: via === undefined,
    at,
    ...(words !== undefined && { words }),
    ...(filters !== undefined && { filters }),
    unusedSince,
  };
}

async function accountsPage(
  queries: Queries,
  question: ReachedByQuestion,
  through: Granting,
  page: { readonly sort: ReachingSort; readonly after: string | undefined; readonly limit: number },
): Promise<Found> {
  const { keys, next } = await ReachingAccounts.page(queries, reaching(question, through), page);
  // A page that is narrowed to one group shows all ways of those that it finds.
  const all = question.via === undefined ? through : await granting(queries, question.integrationId, question.to, question.at);
  const edges = await edgesOfAccounts(queries, question, all.groups, keys);
  return { principals: keys.map((key) => ({ kind: 'account', key })), graph: new ChainGraph([...all.edges, ...edges]), next };
}

/** Edges from these accounts to the target, and into the groups that grant it. */
export async function edgesOfAccounts(
  queries: Queries,
  { integrationId, to, at }: Pick<ReachedByQuestion, 'integrationId' | 'to' | 'at'>,
  groups: readonly string[],
  accounts: readonly string[],
): Promise<readonly Edge[]> {
  if (accounts.length === 0) return [];
  const { bind, values } = new Bindings();
  const [integration, keys, granted] = [bind(integrationId), bind(accounts), bind(groups)];
  const target = to.kind === 'group' ? '' : `${bind(to.key)}::text`;
  const instant = at === undefined ? undefined : bind(at);
  const each = `unnest(${keys}::text[]) AS k (key)`;
  const member = {
    relation: 'membership',
    from: groups.length > FEW_GROUPS ? each : `${each}, unnest(${granted}::text[]) AS g (key)`,
    where: [
      ...(groups.length > FEW_GROUPS
        ? ['t.member = k.key', `t."group" = ANY (${granted}::text[])`]
        : [`t.key = ${edgeKeySql('g.key', 'k.key')}`]),
      `t.member_kind = 'account'`,
    ],
  } as const;
  const assigned = {
    relation: 'app_assignment',
    from: each,
    where: [`t.key = ${edgeKeySql(target, 'k.key')}`, `t.principal_kind = 'account'`],
  } as const;
  const held = {
    relation: 'role_assignment',
    from: each,
    where: ['t.principal = k.key', `t.principal_kind = 'account'`, `t.role = ${target}`],
  } as const;
  const sources = to.kind === 'group' ? [member] : to.kind === 'role' ? [member, held] : [member, assigned];
  return (await queries.query<EdgeRow>(prepared(selectEdges(sources, integration, instant)), values)).map(toEdge);
}

/** Groups, or clients: few enough to be looked at together. */
async function othersPage(
  queries: Queries,
  { integrationId, to, from, at, words = [] }: ReachedByQuestion,
  { edges, groups }: Granting,
  offset: number,
  limit: number,
): Promise<Found> {
  const clients = edges.flatMap(({ from: end }) => (end.kind === 'client' ? [end.key] : []));
  const keys = from === 'group' ? groups : [...new Set(clients)];
  const refs = keys.map((key): AccessNodeRef => ({ kind: from, key })).filter((ref) => nodeId(ref) !== nodeId(to));
  const names = await nameNodes(queries, integrationId, refs, at);
  const rows = refs
    .filter((ref) => canBeEnd(names, ref))
    .map((ref) => nodeOf(names, ref))
    .filter(({ label, key }) => words.every((word) => `${label}\n${key}`.toLowerCase().includes(word.toLowerCase())))
    .toSorted(byName);
  const shown = rows.slice(offset, offset + limit);
  const next = rows.length > offset + limit ? String(offset + limit) : null;
  return { principals: shown.map(({ key }) => ({ kind: from, key })), graph: new ChainGraph(edges), next };
}

interface FoundRow {
  readonly principal: AccessNodeRef;
  readonly found: Chains;
}

function shownOf(rows: readonly FoundRow[]): readonly Chains['chains'][number][] {
  return rows.flatMap(({ found }) => found.chains.slice(0, SHOWN_CHAINS));
}

/** Of the target, of those who reach it, and of what their chains go through. */
function namesOf(
  queries: Queries,
  { integrationId, to, at }: ReachedByQuestion,
  rows: readonly FoundRow[],
): Promise<NodeNames> {
  const passed = shownOf(rows).flatMap((chain) => chain.map(({ from: end }) => end));
  return nameNodes(queries, integrationId, [to, ...rows.map(({ principal }) => principal), ...passed], at);
}

async function write(
  queries: Queries,
  { integrationId, to, from }: ReachedByQuestion,
  names: NodeNames,
  rows: readonly FoundRow[],
  next: string | null,
): Promise<AccessPage> {
  const principals = rows.map(({ principal }) => principal);
  const shown = shownOf(rows);
  const chained = await nameChains(queries, integrationId, shown, [to, ...principals], names);
  const use = useOf(from, to.kind);
  const object = objectOf(use, to);
  const pairs = principals.map(({ key }) => ({ principal: key, object }));
  const { usage, coverage } = await usageOf(queries, integrationId, use, pairs);
  return {
    subject: nodeOf(names, to),
    items: rows
      // Between two statements an edge may have gone.
      .filter(({ found }) => found.chains.length > 0)
      .map(({ principal, found }) => {
        const used = usage.get(pairId({ principal: principal.key, object })) ?? null;
        return accessRow(nodeOf(names, principal), found, used, chained);
      }),
    nodes: chained.nodes,
    next,
    coverage,
  };
}
