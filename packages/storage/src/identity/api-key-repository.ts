import type { Database } from '../database/database.js';

export interface ApiKey {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdBy: { readonly id: string; readonly name: string } | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewApiKey {
  readonly name: string;
  readonly tokenHash: Buffer;
  readonly scopes: readonly string[];
  readonly createdBy: string | null;
  readonly expiresInSeconds: number;
}

/** What a request with a key may do. */
export interface KeyHolder {
  readonly keyId: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdBy: string | null;
  readonly isStale: boolean;
}

/** Keys of programs. Only their hashes are here. */
export class ApiKeyRepository {
  constructor(private readonly database: Database) {}

  async create(workspaceId: string, key: NewApiKey): Promise<ApiKey> {
    const [row] = await this.database.query<{ readonly id: string }>(
      `INSERT INTO api_keys (workspace_id, name, token_hash, scopes, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 second') RETURNING id`,
      [workspaceId, key.name, key.tokenHash, key.scopes, key.createdBy, key.expiresInSeconds],
    );
    const created = row && (await this.get(workspaceId, row.id));
    if (created === undefined) throw new Error('The API key was not stored.');
    return created;
  }

  async get(workspaceId: string, id: string): Promise<ApiKey | undefined> {
    const [row] = await this.database.query<ApiKey>(`${SELECT} WHERE k.workspace_id = $1 AND k.id = $2`, [workspaceId, id]);
    return row;
  }

  /** Newest first; those that are over for 90 days are left out. */
  async list(workspaceId: string): Promise<readonly ApiKey[]> {
    return this.database.query<ApiKey>(
      `${SELECT} WHERE k.workspace_id = $1 AND least(k.expires_at, k.revoked_at) > now() - interval '90 days'
       ORDER BY k.created_at DESC, k.id`,
      [workspaceId],
    );
  }

  /** From the next request on, on every host. `false`: no such key, or it was revoked before. */
  async revoke(workspaceId: string, id: string): Promise<boolean> {
    const rows = await this.database.query(
      'UPDATE api_keys SET revoked_at = now() WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING id',
      [workspaceId, id],
    );
    return rows.length > 0;
  }

  /** `undefined`: no such key, or it is over. Notes the use, at most once a minute. */
  async find(tokenHash: Buffer): Promise<KeyHolder | undefined> {
    const [row] = await this.database.query<KeyHolder>(FIND, [tokenHash]);
    if (row?.isStale === true) await this.database.query('UPDATE api_keys SET last_used_at = now() WHERE id = $1', [row.keyId]);
    return row;
  }

  async isLive(id: string): Promise<boolean> {
    const rows = await this.database.query(`SELECT FROM api_keys k WHERE id = $1 AND ${LIVE}`, [id]);
    return rows.length > 0;
  }
}

const SELECT = `SELECT k.id, k.workspace_id AS "workspaceId", k.name, k.scopes,
    CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('id', u.id, 'name', u.name) END AS "createdBy",
    k.created_at AS "createdAt", k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt"
  FROM api_keys k LEFT JOIN users u ON u.id = k.created_by`;

const LIVE = `k.revoked_at IS NULL AND k.expires_at > now()`;

const FIND = {
  name: 'api_key_find',
  text: `SELECT k.id AS "keyId", k.workspace_id AS "workspaceId", k.name, k.scopes, k.created_by AS "createdBy",
      (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute') AS "isStale"
    FROM api_keys k WHERE k.token_hash = $1 AND ${LIVE}`,
};
