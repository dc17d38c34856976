import type { Database } from '../database/database.js';
import type { User, UserRole } from './user-repository.js';

export interface SessionLimits {
  /** Without a request for so long, it is over. */
  readonly idleSeconds: number;
  /** So long after sign-in it is over in any case. */
  readonly absoluteSeconds: number;
}

/** Who a session or a key speaks for, read anew for every request: a sign-out counts at once, on every host. */
export interface SessionUser {
  readonly sessionId: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly role: UserRole;
  readonly isOperator: boolean;
  readonly isStale: boolean;
}

export interface Session {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly address: string;
  readonly agent: string;
}

/** The user was disabled or removed, or has another password, since he proved who he is. */
export class SessionRefusedError extends Error {
  constructor() {
    super('The sign-in is not valid any more.');
    this.name = 'SessionRefusedError';
  }
}

export class SessionRepository {
  constructor(private readonly database: Database) {}

  /**
   * The user's sessions that are over go with it. @throws SessionRefusedError
   * @param user as he was when he proved who he is
   */
  async create(
    user: Pick<User, 'id' | 'passwordVersion'>,
    session: { readonly tokenHash: Buffer; readonly address: string; readonly agent: string },
    limits: SessionLimits,
  ): Promise<Session> {
    const userId = user.id;
    return this.database.transaction(async (queries) => {
      const still = await queries.query(
        `SELECT FROM users WHERE id = $1 AND disabled_at IS NULL AND password_changed_at::text IS NOT DISTINCT FROM $2 FOR UPDATE`,
        [userId, user.passwordVersion],
      );
      if (still.length === 0) throw new SessionRefusedError();
      await queries.query(
        `DELETE FROM sessions WHERE user_id = $1 AND (expires_at <= now() OR last_used_at <= now() - $2 * interval '1 second')`,
        [userId, limits.idleSeconds],
      );
      await queries.query('UPDATE users SET last_sign_in_at = now() WHERE id = $1', [userId]);
      const [row] = await queries.query<Session>(
        `INSERT INTO sessions AS s (token_hash, user_id, address, agent, expires_at)
         VALUES ($1, $2, $3, $4, now() + $5 * interval '1 second') RETURNING ${COLUMNS}`,
        [session.tokenHash, userId, session.address, session.agent, limits.absoluteSeconds],
      );
      if (row === undefined) throw new Error('The session was not stored.');
      return row;
    });
  }

  /** `undefined`: no such session, or it is over, or its user is disabled. Notes the use now and then: at most once a minute. */
  async find(tokenHash: Buffer, idleSeconds: number): Promise<SessionUser | undefined> {
    const [row] = await this.database.query<SessionUser>(FIND, [tokenHash, idleSeconds]);
    if (row?.isStale === true)
      await this.database.query('UPDATE sessions SET last_used_at = now() WHERE id = $1', [row.sessionId]);
    return row;
  }

  async isLive(sessionId: string, idleSeconds: number): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND ${LIVE}`,
      [sessionId, idleSeconds],
    );
    return rows.length > 0;
  }

  /** Newest first. */
  async list(userId: string, idleSeconds: number): Promise<readonly Session[]> {
    return this.database.query<Session>(
      `SELECT ${COLUMNS} FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.user_id = $1 AND ${LIVE} ORDER BY s.created_at DESC, s.id`,
      [userId, idleSeconds],
    );
  }

  async endAll(userId: string): Promise<void> {
    await this.database.query('DELETE FROM sessions WHERE user_id = $1', [userId]);
  }

  async end(userId: string, sessionId: string): Promise<boolean> {
    const gone = await this.database.query('DELETE FROM sessions WHERE user_id = $1 AND id = $2 RETURNING id', [
      userId,
      sessionId,
    ]);
    return gone.length > 0;
  }
}

const COLUMNS = `s.id, s.created_at AS "createdAt", s.last_used_at AS "lastUsedAt", s.expires_at AS "expiresAt", s.address, s.agent`;

/** On the database's clock: hosts may disagree about the time. */
const LIVE = `s.expires_at > now() AND s.last_used_at > now() - $2 * interval '1 second' AND u.disabled_at IS NULL`;

const FIND = {
  name: 'session_find',
  text: `SELECT s.id AS "sessionId", u.id AS "userId", u.workspace_id AS "workspaceId", u.name, u.role,
      u.is_operator AS "isOperator", s.last_used_at < now() - least(60, $2 / 4.0) * interval '1 second' AS "isStale"
    FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND ${LIVE}`,
};
