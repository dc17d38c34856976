import type { Database } from '../database/database.js';

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly users: number;
  readonly integrations: number;
}

/** Above the workspaces: for the operator of the host alone. */
export class WorkspaceRepository {
  constructor(private readonly database: Database) {}

  async create(name: string): Promise<Workspace> {
    const [row] = await this.database.query<Workspace>(
      `INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), $1)
       RETURNING id, name, created_at AS "createdAt", 0 AS users, 0 AS integrations`,
      [name],
    );
    if (row === undefined) throw new Error('The workspace was not stored.');
    return row;
  }

  async get(id: string): Promise<Workspace | undefined> {
    const [row] = await this.database.query<Workspace>(`${SELECT} WHERE w.id = $1`, [id]);
    return row;
  }

  /** As it is and stays until the end of the transaction that the caller is in. */
  async getLocked(id: string): Promise<Workspace | undefined> {
    await this.database.query('SELECT FROM workspaces WHERE id = $1 FOR NO KEY UPDATE', [id]);
    return this.get(id);
  }

  async list(): Promise<readonly Workspace[]> {
    return this.database.query<Workspace>(`${SELECT} ORDER BY w.created_at, w.id`);
  }

  async rename(id: string, name: string): Promise<Workspace | undefined> {
    await this.database.query('UPDATE workspaces SET name = $2 WHERE id = $1', [id, name]);
    return this.get(id);
  }

  /** With its users and keys; only one without integrations, since their data goes by a command of its own. */
  async delete(id: string): Promise<'deleted' | 'unknown' | 'in use'> {
    return this.database.transaction(async (queries) => {
      const locked = await queries.query('SELECT FROM workspaces WHERE id = $1 FOR UPDATE', [id]);
      if (locked.length === 0) return 'unknown';
      const used = await queries.query('SELECT FROM integrations WHERE workspace_id = $1 LIMIT 1', [id]);
      if (used.length > 0) return 'in use';
      await queries.query('DELETE FROM workspaces WHERE id = $1', [id]);
      return 'deleted';
    });
  }
}

const SELECT = `SELECT w.id, w.name, w.created_at AS "createdAt",
    (SELECT count(*)::int FROM users u WHERE u.workspace_id = w.id) AS users,
    (SELECT count(*)::int FROM integrations i WHERE i.workspace_id = w.id) AS integrations
  FROM workspaces w`;
