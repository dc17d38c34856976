import type { AccessNodeKind, AccessNodeRef } from '@castellan/api';
import { heldSince, holds } from './holds.js';

export type Relation = 'membership' | 'app_assignment' | 'role_assignment';

/** An edge as the questions read it; `since` as the database gives it. */
export interface Edge {
  readonly relation: Relation;
  readonly from: AccessNodeRef;
  readonly to: AccessNodeRef;
  readonly since: Date;
  /** It was there when its stream was listed completely for the first time, or its stream has not been yet. */
  readonly orBefore: boolean;
  /** Of an account's app assignment: through a group that is not named. */
  readonly byGroup: boolean;
  /** Of a role: `null`, for the whole organisation. */
  readonly target: { readonly kind: string; readonly key: string } | null;
}

export interface EdgeRow {
  readonly relation: Relation;
  readonly fromKind: AccessNodeKind;
  readonly fromKey: string;
  readonly toKind: AccessNodeKind;
  readonly toKey: string;
  readonly since: Date;
  readonly orBefore: boolean;
  readonly byGroup: boolean;
  readonly targetKind: string | null;
  readonly targetKey: string | null;
}

const TABLES = { membership: 'memberships', app_assignment: 'app_assignments', role_assignment: 'role_assignments' } as const;

const COLUMNS: Readonly<Record<Relation, string>> = {
  membership: `t.member_kind AS "fromKind", t.member AS "fromKey", 'group' AS "toKind", t."group" AS "toKey",
    false AS "byGroup", NULL AS "targetKind", NULL AS "targetKey"`,
  app_assignment: `t.principal_kind AS "fromKind", t.principal AS "fromKey", 'application' AS "toKind", t.application AS "toKey",
    t.principal_kind = 'account' AND t.scope = 'group' AS "byGroup", NULL AS "targetKind", NULL AS "targetKey"`,
  role_assignment: `t.principal_kind AS "fromKind", t.principal AS "fromKey", 'role' AS "toKind", t.role AS "toKey",
    false AS "byGroup", t.target_kind AS "targetKind", t.target AS "targetKey"`,
};

/** Memberships of an account in so many groups are looked up one by one; in more it is sooner to go through all that it has. */
export const FEW_GROUPS = 8;

export interface EdgeSource {
  readonly relation: Relation;
  /** Tables of the statement of which each row is asked for its edges; they come before the edges' own, `t`. */
  readonly from?: string;
  /** All must hold, besides that the edge is the integration's and was there. */
  readonly where: readonly string[];
}

/** Edges of one relation that hold at an instant, as {@link EdgeRow} but for `orBefore`. */
export function edgesSql({ relation, from, where }: EdgeSource, integration: string, at: string | undefined): string {
  const conditions = [`t.integration_id = ${integration}::uuid`, ...where, holds('t', relation, at)];
  const own = `${TABLES[relation]} t WHERE ${conditions.join(' AND ')}`;
  // Each by itself, as in `accountsIn`: joined as a table all edges of the organisation would be read for a few.
  return `SELECT '${relation}' AS relation, ${COLUMNS[relation]}, ${heldSince('t', relation, at)} AS since, t.stream
    FROM ${from === undefined ? own : `${from}, LATERAL (SELECT * FROM ${own} OFFSET 0) t`}`;
}

/** The same with `orBefore`, of several sources together. */
export function selectEdges(sources: readonly EdgeSource[], integration: string, at: string | undefined): string {
  const all = sources.map((source) => edgesSql(source, integration, at)).join(' UNION ALL ');
  return `SELECT e.relation, e."fromKind", e."fromKey", e."toKind", e."toKey", e.since, e."byGroup", e."targetKind", e."targetKey",
      s.first_complete_at IS NULL OR e.since <= s.first_complete_at AS "orBefore"
    FROM (${all}) e LEFT JOIN stream_state s ON s.integration_id = ${integration}::uuid AND s.stream = e.stream`;
}

export function toEdge({
  relation,
  fromKind,
  fromKey,
  toKind,
  toKey,
  since,
  orBefore,
  byGroup,
  targetKind,
  targetKey,
}: EdgeRow): Edge {
  return {
    relation,
    from: { kind: fromKind, key: fromKey },
    to: { kind: toKind, key: toKey },
    since,
    orBefore,
    byGroup,
    target: targetKind === null || targetKey === null ? null : { kind: targetKind, key: targetKey },
  };
}

/**
 * Key of an edge in SQL, of two columns: as `edgeKey` of the SDK makes it. By it an edge is found along the primary key.
 */
export function edgeKeySql(...parts: readonly string[]): string {
  return parts.map((part) => `replace(replace(${part}, '%', '%25'), '|', '%7C')`).join(` || '|' || `);
}

/**
 * Edges of one group, application, role or identity provider: those whose key begins with it, which is how they lie in the table. The column as
 * well, because of a range of keys the planner knows nothing.
 */
export function isOf(t: string, column: 'group' | 'application' | 'role' | 'identity_provider', value: string): string {
  const encoded = edgeKeySql(value);
  return `${t}.key >= (${encoded} || '|') COLLATE "C" AND ${t}.key < (${encoded} || '}') COLLATE "C" AND ${t}."${column}" = ${value}`;
}

/**
 * Accounts in a group, `member`, for a join: along the keys of the one group after the other. Joined as a table the planner would
 * read all memberships of the organisation, since it cannot know how few there are between two keys.
 * @param group the expression of its key, of a table before this one
 */
export function accountsIn(group: string, integration: string, at?: string): string {
  return `LATERAL (SELECT e.member FROM memberships e WHERE e.integration_id = ${integration} AND ${isOf('e', 'group', group)}
    AND e.member_kind = 'account' AND ${holds('e', 'membership', at)} OFFSET 0)`;
}

/**
 * The step of a recursion `granting (<carried>, "group")` from groups to those that are in them, as they are now.
 * @param carried the column that each keeps: of which application, or role, they are
 */
export function nestedGroups(carried: string, integration: string): string {
  return `SELECT g.${carried}, m.member FROM granting g JOIN memberships m ON m.integration_id = ${integration} AND m."group" = g."group"
      AND m.member_kind = 'group' AND m.removed_at IS NULL`;
}
