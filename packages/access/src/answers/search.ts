import type { AccessHit, AccessNodeKind } from '@castellan/api';
import { ACCOUNTS_FIT, Bindings, namingSql, type Queries, recordTable, searchConditions } from '@castellan/storage';

const KINDS = ['account', 'group', 'application', 'role'] as const satisfies readonly AccessNodeKind[];
/** Of each kind. */
const SHOWN = 6;
/** So many that fit are looked at for the best; one that has the word inside of a name may be behind them. */
const LOOKED_AT = 200;

interface HitRow {
  readonly integrationId: string;
  readonly integrationName: string;
  readonly key: string;
  readonly label: string;
  readonly detail: string | null;
  readonly status: string | null;
}

/**
 * People, groups, applications and roles that have all the words in what they are searched by, over a workspace: a few of each
 * kind, those first whose name begins with what was typed. What is gone is not found.
 */
export async function search(queries: Queries, workspaceId: string, text: string): Promise<readonly AccessHit[]> {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  const hits = await Promise.all(KINDS.map((kind) => hitsOf(queries, workspaceId, kind, words)));
  return hits.flat();
}

async function hitsOf(
  queries: Queries,
  workspaceId: string,
  kind: (typeof KINDS)[number],
  words: readonly string[],
): Promise<readonly AccessHit[]> {
  const { bind, values } = new Bindings();
  const { label, detail } = namingSql(kind);
  const conditions = [
    `t.integration_id IN (SELECT id FROM integrations WHERE workspace_id = ${bind(workspaceId)}::uuid)`,
    't.removed_at IS NULL',
    ...searchConditions(kind, words, bind),
  ];
  const typed = bind(words.join(' ').toLowerCase());
  const hasStatus = kind === 'account' || kind === 'application';
  const select = (where: readonly string[]): string =>
    `SELECT t.integration_id, t.key, ${label} AS label, ${detail} AS detail, ${hasStatus ? 't.status' : 'NULL'} AS status
     FROM "${recordTable(kind).table}" t WHERE ${where.join(' AND ')}`;
  // An index has all that a search of accounts looks at and shows, but for the few that do not fit in.
  const found =
    kind === 'account'
      ? `${select([...conditions, ACCOUNTS_FIT])} UNION ALL ${select([...conditions, `NOT (${ACCOUNTS_FIT})`])}`
      : select(conditions);
  const rows = await queries.query<HitRow>(
    `SELECT i.id AS "integrationId", i.name AS "integrationName", h.key, h.label, h.detail, h.status
     FROM (${found} LIMIT ${LOOKED_AT}) h JOIN integrations i ON i.id = h.integration_id
     ORDER BY ${rank('h.label', typed)}, ${rank('h.detail', typed)}, length(h.label), lower(h.label COLLATE "C"), h.key, i.name LIMIT ${SHOWN}`,
    values,
  );
  return rows.map(({ integrationId, integrationName, key, label: name, detail: more, status }) => ({
    integration: { id: integrationId, name: integrationName },
    node: { kind, key, label: name, detail: more, status, present: true },
  }));
}

/** Is it, begins with it, has a word that begins with it, has it. */
function rank(column: string, typed: string): string {
  const text = `lower(coalesce(${column}, '') COLLATE "C")`;
  return `CASE WHEN ${text} = ${typed} THEN 0 WHEN starts_with(${text}, ${typed}) THEN 1 WHEN position(' ' || ${typed} IN ${text}) > 0 THEN 2 ELSE 3 END`;
}
