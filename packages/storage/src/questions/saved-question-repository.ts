import type { Database } from '../database/database.js';
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

/** A workspace has as many questions as it may have. */
export class QuestionLimitError extends Error {
  constructor(readonly most: number) {
    super(`A workspace can keep ${most} questions.`);
    this.name = 'QuestionLimitError';
  }
}

const MOST = 500;

export class SavedQuestionRepository {
  constructor(private readonly database: Database) {}

  /** @throws QuestionNameTakenError, QuestionLimitError */
  async create(workspaceId: string, { name, address, createdBy }: NewSavedQuestion): Promise<SavedQuestionRow> {
    return this.database.transaction(async (queries) => {
      // One at a time for a workspace: two that do not see each other would both find room.
      await queries.query('SELECT FROM workspaces WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
      try {
        const [row] = await queries.query<SavedQuestionRow>(
          `WITH q AS (
             INSERT INTO saved_questions (workspace_id, name, address, created_by)
             SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM saved_questions WHERE workspace_id = $1) < $5 RETURNING *)
           SELECT ${COLUMNS} FROM q LEFT JOIN users u ON u.id = q.created_by`,
          [workspaceId, name, address, createdBy, MOST],
        );
        if (row === undefined) throw new QuestionLimitError(MOST);
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

const COLUMNS = `q.id, q.name, q.address, CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('id', u.id, 'name', u.name) END AS "createdBy",
  q.created_at AS "createdAt"`;
const SELECT = `SELECT ${COLUMNS} FROM saved_questions q LEFT JOIN users u ON u.id = q.created_by`;
