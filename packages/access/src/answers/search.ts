import type { AccessHit, AccessNodeKind } from '@castellan/api';
import {
  ACCOUNTS_FIT,
  Bindings,
  inPattern,
  namingSql,
  type Queries,
  recordTable,
  searchConditions,
  wordCondition,
} from '@castellan/storage';
import { NAME, NAME_LENGTH } from './account-places.js';
import { compare } from './row.js';

const KINDS = ['account', 'group', 'application', 'role'] as const satisfies readonly AccessNodeKind[];
/** Of each kind. */
const SHOWN = 6;
/** So many that fit are looked at for the best. Where there are more, those whose name begins with what was typed are looked for. */
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

type Kind = (typeof KINDS)[number];

async function hitsOf(
  queries: Queries,
  workspaceId: string,
  kind: Kind,
  words: readonly string[],
): Promise<readonly AccessHit[]> {
  const fitting = await rowsOf(queries, workspaceId, kind, { words });
  const typed = words.join(' ');
  const beginning = fitting.length < LOOKED_AT ? [] : await rowsOf(queries, workspaceId, kind, { words, typed });
  const rows = new Map([...fitting, ...beginning].map((row) => [JSON.stringify([row.integrationId, row.key]), row]));
  return [...rows.values()]
    .toSorted(better(typed.toLowerCase()))
    .slice(0, SHOWN)
    .map(({ integrationId, integrationName, key, label, detail, status }) => ({
      integration: { id: integrationId, name: integrationName },
      node: { kind, key, label, detail, status, present: true },
    }));
}

/** With `typed` only those whose name begins with it, among the first the name itself; else any. */
async function rowsOf(
  queries: Queries,
  workspaceId: string,
  kind: Kind,
  { words, typed }: { readonly words: readonly string[]; readonly typed?: string },
): Promise<readonly HitRow[]> {
  const { bind, values } = new Bindings();
  const { label, detail } = namingSql(kind);
  const workspace = `${bind(workspaceId)}::uuid`;
  const conditions = [
    `t.integration_id IN (SELECT id FROM integrations WHERE workspace_id = ${workspace})`,
    't.removed_at IS NULL',
    ...searchConditions(kind, words, bind),
    // What has it among its first so many letters begins with it.
    ...(typed === undefined
      ? []
      : [wordCondition([`lower(left(${label}, ${bind([...typed].length)}::integer) COLLATE "C")`], typed, bind)]),
  ];
  const hasStatus = kind === 'account' || kind === 'application';
  const select = (where: readonly string[]): string =>
    `SELECT t.integration_id, t.key, ${label} AS label, ${detail} AS detail, ${hasStatus ? 't.status' : 'NULL'} AS status
     FROM "${recordTable(kind).table}" t WHERE ${where.join(' AND ')}`;
  // An index has all that a search of accounts looks at and shows, but for the few that do not fit in; and it is in the order
  // of the names, of which those that begin with what was typed lie together.
  const fitting = (where: readonly string[]): string =>
    typed === undefined || typed.length > NAME_LENGTH || /[^\x20-\x7e]/.test(typed)
      ? select([...where, ACCOUNTS_FIT])
      : `SELECT b.* FROM integrations w, LATERAL (
           ${select(['t.integration_id = w.id', 't.removed_at IS NULL', ACCOUNTS_FIT, `${NAME} LIKE ${bind(`${inPattern(typed.toLowerCase())}%`)}`])}
           ORDER BY ${NAME}, t.key LIMIT ${LOOKED_AT}) b WHERE w.workspace_id = ${workspace}
         UNION ALL ${select([...where, ACCOUNTS_FIT, `${NAME} IS NULL`])} UNION ALL ${select([...where, ACCOUNTS_FIT, `${NAME} = ''`])}`;
  const found =
    kind === 'account'
      ? `${fitting(conditions)} UNION ALL ${select([...conditions, `NOT (${ACCOUNTS_FIT})`])}`
      : select(conditions);
  const order = typed === undefined ? '' : 'ORDER BY length(f.label), f.key';
  return queries.query<HitRow>(
    `SELECT i.id AS "integrationId", i.name AS "integrationName", h.key, h.label, h.detail, h.status
     FROM (SELECT * FROM (${found}) f ${order} LIMIT ${LOOKED_AT}) h JOIN integrations i ON i.id = h.integration_id`,
    values,
  );
}

/** By name and what tells it apart; then short ones first. */
function better(typed: string): (one: HitRow, other: HitRow) => number {
  return (one, other) =>
    rank(one.label, typed) - rank(other.label, typed) ||
    rank(one.detail ?? '', typed) - rank(other.detail ?? '', typed) ||
    one.label.length - other.label.length ||
    compare(one.label.toLowerCase(), other.label.toLowerCase()) ||
    compare(one.key, other.key) ||
    compare(one.integrationName, other.integrationName);
}

/** Is it, begins with it, has a word that begins with it, has it. */
function rank(text: string, typed: string): number {
  const lowered = text.toLowerCase();
  if (lowered === typed) return 0;
  if (lowered.startsWith(typed)) return 1;
  return lowered.includes(` ${typed}`) ? 2 : 3;
}
