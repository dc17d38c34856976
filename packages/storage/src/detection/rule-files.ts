import type { AuditActor } from '../audit/audit-log.js';
import type { Queries } from '../database/database.js';
import { sqlState } from '../database/sql-state.js';
import { oneAtATime } from './one-at-a-time.js';

/** Rules and filters of a workspace's own. */
export interface NewRuleFile {
  readonly name: string;
  /** YAML, as it was written. */
  readonly content: string;
  readonly enabled: boolean;
}

export interface StoredRuleFile extends NewRuleFile {
  readonly id: string;
  readonly changedBy: AuditActor;
  readonly changedAt: Date;
}

/** Another file of the workspace has the name. */
export class RuleFileNameTakenError extends Error {
  constructor(readonly fileName: string) {
    super(`There is a file of rules of the name ${fileName}.`);
    this.name = 'RuleFileNameTakenError';
  }
}

/** A workspace has as many files as it may have, or as much in them. */
export class RuleFileLimitError extends Error {
  override readonly name = 'RuleFileLimitError';
}

const MOST_FILES = 100;
/** Of all files together, in characters: all of them are compiled anew whenever one has changed. */
const MOST_TOGETHER = 5_000_000;

const COLUMNS = `id, name, content, enabled, changed_by AS "changedBy", changed_at AS "changedAt"`;

/** Those come first that were uploaded first: an id is that of the first who has it. */
export function ruleFiles(queries: Queries, workspaceId: string): Promise<readonly StoredRuleFile[]> {
  return queries.query<StoredRuleFile>(
    `SELECT ${COLUMNS} FROM detection_rule_files WHERE workspace_id = $1 ORDER BY made_at, name`,
    [workspaceId],
  );
}

export async function ruleFile(queries: Queries, workspaceId: string, id: string): Promise<StoredRuleFile | undefined> {
  const [row] = await queries.query<StoredRuleFile>(
    `SELECT ${COLUMNS} FROM detection_rule_files WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, id],
  );
  return row;
}

/** In the caller's transaction. @throws RuleFileNameTakenError, RuleFileLimitError */
export async function createRuleFile(
  queries: Queries,
  workspaceId: string,
  { name, content, enabled }: NewRuleFile,
  by: AuditActor,
): Promise<StoredRuleFile> {
  await requireRoom(queries, workspaceId, content, undefined);
  const [row] = await named(name, () =>
    queries.query<StoredRuleFile>(
      `INSERT INTO detection_rule_files (workspace_id, name, content, enabled, changed_by) VALUES ($1, $2, $3, $4, $5)
       RETURNING ${COLUMNS}`,
      [workspaceId, name, content, enabled, JSON.stringify(by)],
    ),
  );
  if (row === undefined) throw new Error('An INSERT gave no row.');
  return row;
}

/** In the caller's transaction. @returns `undefined`: it is not there @throws RuleFileNameTakenError, RuleFileLimitError */
export async function changeRuleFile(
  queries: Queries,
  workspaceId: string,
  id: string,
  { name, content, enabled }: NewRuleFile,
  by: AuditActor,
): Promise<StoredRuleFile | undefined> {
  await requireRoom(queries, workspaceId, content, id);
  const [row] = await named(name, () =>
    queries.query<StoredRuleFile>(
      `UPDATE detection_rule_files SET name = $3, content = $4, enabled = $5, changed_by = $6, changed_at = now()
       WHERE workspace_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [workspaceId, id, name, content, enabled, JSON.stringify(by)],
    ),
  );
  return row;
}

export async function removeRuleFile(queries: Queries, workspaceId: string, id: string): Promise<void> {
  await queries.query('DELETE FROM detection_rule_files WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}

/** @param instead of which file; `undefined`: it is a new one */
async function requireRoom(queries: Queries, workspaceId: string, content: string, instead: string | undefined): Promise<void> {
  await oneAtATime(queries, workspaceId);
  const [others = { files: 0, characters: 0 }] = await queries.query<{ readonly files: number; readonly characters: number }>(
    `SELECT count(*)::int AS files, coalesce(sum(length(content)), 0)::int AS characters
     FROM detection_rule_files WHERE workspace_id = $1 AND id IS DISTINCT FROM $2::uuid`,
    [workspaceId, instead ?? null],
  );
  if (others.files >= MOST_FILES) throw new RuleFileLimitError(`A workspace can have ${MOST_FILES} files of rules.`);
  if (others.characters + content.length > MOST_TOGETHER)
    throw new RuleFileLimitError(`All files of rules of a workspace can have ${MOST_TOGETHER} characters together.`);
}

async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) === '23505') throw new RuleFileNameTakenError(name);
    throw error;
  }
}
