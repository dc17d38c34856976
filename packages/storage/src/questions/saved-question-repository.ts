import type { Database, Queries } from '../database/database.js';
import { sqlState } from '../database/sql-state.js';

/** A question that somebody has kept for all of a workspace. */
export interface SavedQuestionRow {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** `null`: removed since. */
  readonly createdBy: { readonly id: string; readonly name: string } | null;
  readonly createdAt: Date;
}

export interface NewSavedQuestion {
  readonly name: string;
  readonly address: string;
  readonly createdBy: string | null;
}

/** Another question of the workspace has the name. */
export class QuestionNameTakenError extends Error {
  constructor(readonly questionName: string) {
    super(`There is a question of the name ${questionName}.`);
    this.name = 'QuestionNameTakenError';
  }
}

/** A workspace, or one person of it, has as many questions as it may have. */
export class QuestionLimitError extends Error {
  constructor(
    readonly whose: 'workspace' | 'person',
    readonly most: number,
  ) {
    super(whose === 'person' ? `One person can keep ${most} questions.` : `A workspace can keep ${most} questions.`);
    this.name = 'QuestionLimitError';
  }
}

const MOST = 500;
/** So that nobody fills the workspace alone. */
const MOST_OF_ONE = 100;

export class SavedQuestionRepository {
  constructor(private readonly database: Database) {}

  /** @throws QuestionNameTakenError, QuestionLimitError */
  async create(workspaceId: string, { name, address, createdBy }: NewSavedQuestion): Promise<SavedQuestionRow> {
    return this.database.transaction(async (queries) => {
      // One at a time for a workspace: two that do not see each other would both find room.
      await queries.query('SELECT FROM workspaces WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
      await requireRoom(queries, workspaceId, createdBy);
      try {
        const [row] = await queries.query<SavedQuestionRow>(
          `WITH q AS (INSERT INTO saved_questions (workspace_id, name, address, created_by) VALUES ($1, $2, $3, $4) RETURNING *)
           SELECT ${COLUMNS} FROM q LEFT JOIN users u ON u.id = q.created_by`,
          [workspaceId, name, address, createdBy],
        );
        if (row === undefined) throw new Error('The question was not kept.');
        return row;
      } catch (error) {
        if (sqlState(error) === '23505') throw new QuestionNameTakenError(name);
        throw error;
      }
    });
  }

  /** By name; all of them. */
  async list(workspaceId: string): Promise<readonly SavedQuestionRow[]> {
    return this.database.query<SavedQuestionRow>(`${SELECT} WHERE q.workspace_id = $1 ORDER BY lower(q.name), q.name`, [
      workspaceId,
    ]);
  }

  async get(workspaceId: string, id: string): Promise<SavedQuestionRow | undefined> {
    const [row] = await this.database.query<SavedQuestionRow>(`${SELECT} WHERE q.workspace_id = $1 AND q.id = $2`, [
      workspaceId,
      id,
    ]);
    return row;
  }

  /** `false`: it was deleted before. */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    const rows = await this.database.query('DELETE FROM saved_questions WHERE workspace_id = $1 AND id = $2 RETURNING id', [
      workspaceId,
      id,
    ]);
    return rows.length > 0;
  }
}

/** Those of programs, and of people who were removed, count for the workspace alone. @throws QuestionLimitError */
async function requireRoom(queries: Queries, workspaceId: string, createdBy: string | null): Promise<void> {
  const [kept = { all: 0, own: 0 }] = await queries.query<{ readonly all: number; readonly own: number }>(
    `SELECT count(*)::int AS "all", count(*) FILTER (WHERE created_by = $2)::int AS own FROM saved_questions WHERE workspace_id = $1`,
    [workspaceId, createdBy],
  );
  if (kept.own >= MOST_OF_ONE) throw new QuestionLimitError('person', MOST_OF_ONE);
  if (kept.all >= MOST) throw new QuestionLimitError('workspace', MOST);
}

const COLUMNS = `q.id, q.name, q.address, CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('id', u.id, 'name', u.name) END AS "createdBy",
  q.created_at AS "createdAt"`;
const SELECT = `SELECT ${COLUMNS} FROM saved_questions q LEFT JOIN users u ON u.id = q.created_by`;
