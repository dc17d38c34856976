import type { AccessNodeRef, EdgeChange, EdgeChanges } from '@castellan/api';
import { Bindings, type Queries } from '@castellan/storage';
import type { EdgeRow, Relation } from '../graph/edge.js';
import { nameNodes, type NodeNames, nodeOf } from '../names/name-nodes.js';

export interface EdgeChangesQuestion {
  readonly integrationId: string;
  readonly since: Date;
  readonly until?: Date | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit?: number;
}

type ChangeRow = Pick<EdgeRow, 'relation' | 'fromKind' | 'fromKey' | 'toKind' | 'toKey' | 'targetKind' | 'targetKey'> & {
  readonly what: 'gained' | 'lost';
  readonly at: Date;
  /** The instant as text of the database's own precision, for the next page. */
  readonly exactly: string;
  readonly key: string;
};

const EDGES: readonly { readonly relation: Relation; readonly table: string; readonly ends: string }[] = [
  { relation: 'membership', table: 'memberships', ends: `t.member_kind, t.member, 'group', t."group", NULL, NULL` },
  {
    relation: 'app_assignment',
    table: 'app_assignments',
    ends: `t.principal_kind, t.principal, 'application', t.application, NULL, NULL`,
  },
  {
    relation: 'role_assignment',
    table: 'role_assignments',
    ends: `t.principal_kind, t.principal, 'role', t.role, t.target_kind, t.target`,
  },
];

/**
 * Memberships, assignments and roles that came or went in an organisation, newest first. What came with the first complete
 * listing of its stream did not come then, and is left out.
 */
export async function edgeChanges(queries: Queries, question: EdgeChangesQuestion): Promise<EdgeChanges> {
  const { integrationId, since, until, after, limit = 100 } = question;
  const { bind, values } = new Bindings();
  const [integration, from, to] = [bind(integrationId), bind(since), bind(until ?? new Date(Date.now() + 60_000))];
  const within = (column: string): string => `${column} >= ${from}::timestamptz AND ${column} < ${to}::timestamptz`;
  // Not counted: who is assigned through a group has come, or gone, by the membership or the group's assignment.
  const own = (relation: Relation): string =>
    relation === 'app_assignment' ? ` AND NOT (t.principal_kind = 'account' AND t.scope = 'group')` : '';
  const isNew = (at: string): string =>
    `EXISTS (SELECT 1 FROM stream_state f WHERE f.integration_id = t.integration_id AND f.stream = t.stream AND ${at} > f.first_complete_at)`;
  const place =
    after === undefined
      ? undefined
      : placeOf(after).map((part, index) => `${bind(part)}::${index === 0 ? 'timestamptz' : 'text'}`);
  // Each part gives what a page can have of it, so that a page costs no more than that.
  const part = (what: ChangeRow['what'], at: string, { relation, ends }: (typeof EDGES)[number], rows: string): string =>
    `(SELECT '${what}' AS what, ${at} AS at, '${relation}' AS relation, ${ends}, t.key ${rows} AND ${within(at)}
      ${place === undefined ? '' : `AND (${at}, '${relation}'::text, t.key, '${what}'::text) < (${place.join(', ')})`}
      ORDER BY ${at} DESC, t.key DESC LIMIT ${limit + 1})`;
  const parts = EDGES.flatMap((edge) => {
    const rows = `FROM ${edge.table} t WHERE t.integration_id = ${integration}::uuid${own(edge.relation)}`;
    const past = `FROM past_presences p JOIN ${edge.table} t ON t.integration_id = p.integration_id AND t.key = p.key
      WHERE p.integration_id = ${integration}::uuid AND p.kind = '${edge.relation}'${own(edge.relation)}`;
    return [
      part('gained', 't.present_since', edge, `${rows} AND ${isNew('t.present_since')}`),
      part('lost', 't.removed_at', edge, rows),
      part('gained', 'p.since', edge, `${past} AND ${isNew('p.since')}`),
      part('lost', 'p.until', edge, past),
    ];
  });
  const rows = await queries.query<ChangeRow>(
    `SELECT what, at, at::text AS exactly, relation, from_kind AS "fromKind", from_key AS "fromKey", to_kind AS "toKind", to_key AS "toKey",
       target_kind AS "targetKind", target_key AS "targetKey", key
     FROM (${parts.join(' UNION ALL ')}) AS c (what, at, relation, from_kind, from_key, to_kind, to_key, target_kind, target_key, key)
     ORDER BY at DESC, relation DESC, key DESC, what DESC LIMIT ${limit + 1}`,
    values,
  );
  const shown = rows.slice(0, limit);
  const ends = shown.map(endsOf);
  const names = await nameNodes(
    queries,
    integrationId,
    ends.flatMap(({ from: one, to: other, target }) => [one, other, ...(target === null ? [] : [target])]),
  );
  const last = shown.at(-1);
  return {
    since: since.toISOString(),
    until: (until ?? new Date()).toISOString(),
    items: shown.map((row): EdgeChange => {
      const { from: one, to: other } = endsOf(row);
      return {
        what: row.what,
        at: row.at.toISOString(),
        relation: row.relation,
        from: nodeOf(names, one),
        to: nodeOf(names, other),
        target: targetOf(row, names),
      };
    }),
    next: rows.length > limit && last !== undefined ? JSON.stringify([last.exactly, last.relation, last.key, last.what]) : null,
  };
}

interface Ends {
  readonly from: AccessNodeRef;
  readonly to: AccessNodeRef;
  /** What a role is narrowed to, where there is a record of it. */
  readonly target: AccessNodeRef | null;
}

function endsOf({ fromKind, fromKey, toKind, toKey, targetKind: kind, targetKey: key }: ChangeRow): Ends {
  const target = key !== null && (kind === 'group' || kind === 'application') ? ({ kind, key } as const) : null;
  return { from: { kind: fromKind, key: fromKey }, to: { kind: toKind, key: toKey }, target };
}

function targetOf(row: ChangeRow, names: NodeNames): EdgeChange['target'] {
  const { targetKind: kind, targetKey: key } = row;
  if (kind === null || key === null) return null;
  const { target } = endsOf(row);
  return { kind, key, label: target === null ? key : nodeOf(names, target).label };
}

function placeOf(after: string): readonly string[] {
  // Whoever takes places from outside asks `isEdgeChangesPlace` before.
  return JSON.parse(after) as readonly string[];
}

/** Whether `after` is a place of these changes: an instant that is none must not reach the database. */
export function isEdgeChangesPlace(after: string): boolean {
  try {
    const place: unknown = JSON.parse(after);
    return (
      Array.isArray(place) &&
      place.length === 4 &&
      place.every((part) => typeof part === 'string' && !part.includes('\0')) &&
      isInstant(String(place[0]))
    );
  } catch {
    return false;
  }
}

const INSTANT = /^([12]\d{3}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)[+-](\d\d)(?::(\d\d))?$/;

/** As the database writes it, in whatever zone: the 31st of February would be an error there. */
function isInstant(text: string): boolean {
  const [, day = '', time = '', hours = '', minutes = '0'] = INSTANT.exec(text) ?? [];
  const noon = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(noon.getTime()) || noon.toISOString().slice(0, 10) !== day) return false;
  return !Number.isNaN(Date.parse(`${day}T${time.slice(0, 12)}Z`)) && Number(hours) < 15 && Number(minutes) < 60;
}
