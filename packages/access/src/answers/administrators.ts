import type {
  AccessNode,
  AccessNodeKind,
  AccessNodeRef,
  AccessPrincipalKind,
  Administrator,
  Administrators,
} from '@castellan/api';
import { namingSql, type Queries, recordTable } from '@castellan/storage';
import { isUsable } from '../graph/holds.js';
import { nameNodes, nodeOf } from '../names/name-nodes.js';
import { objectOf, pairId, usageOf, useOf } from '../usage/usage-of.js';
import { ADMINISTRATORS } from './unused.js';

export interface AdministratorsQuestion {
  readonly workspaceId: string;
  readonly kind: AccessPrincipalKind;
  /** One of the workspace; otherwise all of them, one after the other. */
  readonly integrationId?: string | undefined;
  readonly offset?: number;
  readonly limit?: number;
}

interface Integration {
  readonly id: string;
  readonly name: string;
}

/** Who holds a role, directly or through groups, by name: the accounts that the overview counts, groups, or programs. */
export async function administrators(
  queries: Queries,
  { workspaceId, kind, integrationId, offset = 0, limit = 100 }: AdministratorsQuestion,
): Promise<Administrators> {
  const integrations = await queries.query<Integration>(
    'SELECT id, name FROM integrations WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY created_at, id',
    [workspaceId, integrationId ?? null],
  );
  const items: Administrator[] = [];
  let total = 0;
  for (const integration of integrations) {
    const { count, keys } = await keysOf(queries, integration.id, kind, Math.max(0, offset - total), limit - items.length);
    if (keys.length > 0) items.push(...(await administratorsOf(queries, integration, kind, keys)));
    total += count;
  }
  return { items, total, next: offset + limit < total ? String(offset + limit) : null };
}

/** How many of a kind hold any role in an integration. */
export async function countAdministrators(queries: Queries, integrationId: string, kind: AccessPrincipalKind): Promise<number> {
  const [row] = await queries.query<{ readonly count: number }>(
    `${ADMINISTRATORS} SELECT count(*)::integer AS count ${principals(kind)}`,
    [integrationId],
  );
  return row?.count ?? 0;
}

// A client is known as the application that it is.
const RECORDS = { account: 'account', group: 'group', client: 'application' } as const;

// As `holders` leaves it out: a role that was read and is gone is held by nobody.
const ROLE_IS_THERE = `NOT EXISTS (SELECT 1 FROM roles r WHERE r.integration_id = $1 AND r.key = h.role AND r.removed_at IS NOT NULL)`;

const HOLDERS: Readonly<Record<AccessPrincipalKind, string>> = {
  account: 'SELECT DISTINCT h.account AS key FROM holders h',
  group: `SELECT DISTINCT h."group" AS key FROM granting h WHERE ${ROLE_IS_THERE}`,
  client: `SELECT DISTINCT h.principal AS key FROM role_assignments h
    WHERE h.integration_id = $1 AND h.principal_kind = 'client' AND h.removed_at IS NULL AND ${ROLE_IS_THERE}`,
};

/** From `ADMINISTRATORS`: each principal `k`, with its record `t`. An account must be there and usable, all others must not be known to be gone. */
function principals(kind: AccessPrincipalKind): string {
  const { table } = recordTable(RECORDS[kind]);
  const isThere = kind === 'account' ? `t.key IS NOT NULL AND ${isUsable('t', undefined)}` : 'true';
  return `FROM (${HOLDERS[kind]}) k LEFT JOIN "${table}" t ON t.integration_id = $1 AND t.key = k.key
    WHERE t.removed_at IS NULL AND ${isThere}`;
}

async function administratorsOf(
  queries: Queries,
  integration: Integration,
  kind: AccessPrincipalKind,
  keys: readonly string[],
): Promise<readonly Administrator[]> {
  const held = await heldRoles(queries, integration.id, kind, keys);
  const byPrincipal = new Map<string, HeldRole[]>(keys.map((key) => [key, []]));
  for (const one of held) byPrincipal.get(one.key)?.push(one);
  const ref = (of: AccessNodeKind, key: string): AccessNodeRef => ({ kind: of, key });
  const use = useOf(kind, 'role');
  const object = objectOf(use, ref('role', ''));
  const names = await nameNodes(queries, integration.id, [
    ...keys.map((key) => ref(kind, key)),
    ...held.flatMap(({ role, via }) => [ref('role', role), ...(via === null ? [] : [ref('group', via)])]),
  ]);
  const pairs = keys.map((key) => ({ principal: key, object }));
  const { usage, coverage } = await usageOf(queries, integration.id, use, pairs);
  const named = (of: AccessNodeKind, key: string): AccessNode => nodeOf(names, ref(of, key));
  return keys.map((key) => {
    const own = byPrincipal.get(key) ?? [];
    return {
      integration,
      principal: named(kind, key),
      roles: [...new Set(own.map(({ role }) => role))].map((role) => {
        const ways = own.filter((one) => one.role === role).map(({ via }) => via);
        const through = ways.flatMap((via) => (via === null ? [] : named('group', via)));
        return { role: named('role', role), direct: ways.includes(null), through };
      }),
      usage: usage.get(pairId({ principal: key, object })) ?? null,
      coverage,
    };
  });
}

interface KeysRow {
  readonly count: number;
  readonly keys: readonly string[];
}

/** A part of them by name, and how many there are: who holds what is worked out once for both. */
async function keysOf(
  queries: Queries,
  integrationId: string,
  kind: AccessPrincipalKind,
  offset: number,
  limit: number,
): Promise<KeysRow> {
  const { label } = namingSql(RECORDS[kind]);
  const [row] = await queries.query<KeysRow>(
    `${ADMINISTRATORS}, counted AS MATERIALIZED (
       SELECT k.key, lower(coalesce(${label}, k.key) COLLATE "C") AS name ${principals(kind)})
     SELECT (SELECT count(*) FROM counted)::integer AS count,
       ARRAY(SELECT c.key FROM counted c ORDER BY c.name, c.key COLLATE "C" OFFSET $2 LIMIT $3) AS keys`,
    [integrationId, offset, limit],
  );
  return row ?? { count: 0, keys: [] };
}

interface HeldRole {
  readonly key: string;
  readonly role: string;
  /** The group that it is in and that has the role, by itself or through others; `null`: it was given the role itself. */
  readonly via: string | null;
}

async function heldRoles(
  queries: Queries,
  integrationId: string,
  kind: AccessPrincipalKind,
  keys: readonly string[],
): Promise<readonly HeldRole[]> {
  if (keys.length === 0) return [];
  return queries.query<HeldRole>(
    `${ADMINISTRATORS}
     SELECT h.key, h.role, h.via FROM (
       SELECT m.member AS key, g.role, m."group" AS via FROM memberships m JOIN granting g ON g."group" = m."group"
       WHERE m.integration_id = $1 AND m.member = ANY ($2::text[]) AND m.member_kind = $3 AND m.removed_at IS NULL
       UNION
       SELECT s.principal, s.role, NULL FROM role_assignments s
       WHERE s.integration_id = $1 AND s.principal = ANY ($2::text[]) AND s.principal_kind = $3 AND s.removed_at IS NULL) h
     WHERE ${ROLE_IS_THERE} ORDER BY h.role, h.via`,
    [integrationId, keys, kind],
  );
}
