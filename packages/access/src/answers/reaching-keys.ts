import type { AccessNodeRef } from '@castellan/api';
import { edgeKey } from '@castellan/connector-sdk';
import type { Bind } from '@castellan/storage';
import { accountsIn, isOf } from '../graph/edge.js';
import { holds } from '../graph/holds.js';

interface Granted {
  readonly to: AccessNodeRef;
  readonly groups: readonly string[];
  readonly direct: boolean;
}

interface Place {
  readonly bind: Bind;
  readonly integration: string;
  readonly instant: string | undefined;
}

/** So many groups are named one by one: of keys that stand in the statement the planner knows how many there are. */
const NAMED_GROUPS = 20;

/**
 * SQL of the keys of accounts that have an edge to the target or to one of its groups, each once, or with `ALL` as often as
 * they have one.
 */
export function reachingKeys({ to, groups, direct }: Granted, place: Place, all: 'ALL' | ''): string {
  const members = membersOf(groups, place);
  if (!direct || to.kind === 'group') return all === 'ALL' ? members : `SELECT DISTINCT key FROM (${members}) m`;
  const { bind, integration, instant } = place;
  const [table, kind, column] =
    to.kind === 'role'
      ? (['role_assignments', 'role_assignment', 'role'] as const)
      : (['app_assignments', 'app_assignment', 'application'] as const);
  const given = `SELECT e.principal AS key FROM ${table} e WHERE e.integration_id = ${integration}
    AND ${isOf('e', column, `${bind(to.key)}::text`)} AND e.principal_kind = 'account' AND ${holds('e', kind, instant)}`;
  return `${given} UNION ${all} (${members})`;
}

function membersOf(groups: readonly string[], { bind, integration, instant }: Place): string {
  if (groups.length === 0 || groups.length > NAMED_GROUPS) {
    const granted = bind(groups);
    return `SELECT m.member AS key FROM unnest(${granted}::text[]) AS g (key), ${accountsIn('g.key', integration, instant)} m`;
  }
  const ofOne = groups.map((group) => {
    const [from, to] = [bind(`${edgeKey(group)}|`), bind(`${edgeKey(group)}}`)];
    return `SELECT e.member AS key FROM memberships e WHERE e.integration_id = ${integration} AND e.key >= ${from}::text COLLATE "C"
      AND e.key < ${to}::text COLLATE "C" AND e.member_kind = 'account' AND ${holds('e', 'membership', instant)}`;
  });
  return ofOne.join(' UNION ALL ');
}
