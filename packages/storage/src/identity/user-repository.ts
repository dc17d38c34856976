import type { Database } from '../database/database.js';
import { sqlState } from '../database/sql-state.js';

export type UserRole = 'administrator' | 'analyst' | 'viewer';

export interface User {
  readonly id: string;
  readonly workspaceId: string;
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  readonly isOperator: boolean;
  readonly hasPassword: boolean;
  /** Another one after each change of the password: who was let in by the old one must not get a session by it. */
  readonly passwordVersion: string | null;
  readonly hasIdentity: boolean;
  /** An invitation that was not taken up yet, and until when it can be. */
  readonly invitedUntil: Date | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  readonly isOperator?: boolean;
  readonly passwordHash?: string;
}

export interface UserChanges {
  readonly name?: string;
  readonly role?: UserRole;
  readonly isOperator?: boolean;
  readonly disabled?: boolean;
}

/** One address is one user, whatever the workspace: it is what people sign in with. */
export class EmailTakenError extends Error {
  constructor() {
    super('There is already a user with this e-mail address on this host.');
    this.name = 'EmailTakenError';
  }
}

/** Workspaces could be made by nobody any more, and nobody could make another operator. */
export class LastOperatorError extends Error {
  constructor() {
    super('This is the last operator of the host.');
    this.name = 'LastOperatorError';
  }
}

/** A workspace that nobody can administer could not be repaired by anybody in it. */
export class LastAdministratorError extends Error {
  constructor() {
    super('This is the last administrator of the workspace.');
    this.name = 'LastAdministratorError';
  }
}

export const USER_COLUMNS = `u.id, u.workspace_id AS "workspaceId", u.email, u.name, u.role, u.is_operator AS "isOperator",
  u.password_hash IS NOT NULL AS "hasPassword", u.password_changed_at::text AS "passwordVersion",
  EXISTS (SELECT FROM user_identities x WHERE x.user_id = u.id) AS "hasIdentity",
  (SELECT max(expires_at) FROM invitations v WHERE v.user_id = u.id AND v.expires_at > now()) AS "invitedUntil",
  u.disabled_at AS "disabledAt", u.created_at AS "createdAt", u.last_sign_in_at AS "lastSignInAt"`;

/** The people of each workspace. */
export class UserRepository {
  constructor(private readonly database: Database) {}

  /** @throws EmailTakenError */
  async create(workspaceId: string, user: NewUser): Promise<User> {
    try {
      const [row] = await this.database.query<{ readonly id: string }>(
        `INSERT INTO users (workspace_id, email, email_key, name, role, is_operator, password_hash, password_changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $7::text IS NULL THEN NULL ELSE now() END) RETURNING id`,
        [
          workspaceId,
          user.email.trim(),
          emailKey(user.email),
          user.name,
          user.role,
          user.isOperator ?? false,
          user.passwordHash ?? null,
        ],
      );
      const created = row && (await this.get(workspaceId, row.id));
      if (created === undefined) throw new Error('The user was deleted while it was being created.');
      return created;
    } catch (error) {
      if (sqlState(error) === '23505') throw new EmailTakenError();
      throw error;
    }
  }

  async get(workspaceId: string, id: string): Promise<User | undefined> {
    const [row] = await this.database.query<User>(
      `SELECT ${USER_COLUMNS} FROM users u WHERE u.workspace_id = $1 AND u.id = $2`,
      [workspaceId, id],
    );
    return row;
  }

  /** As it is and stays until the end of the transaction that the caller is in. */
  async getLocked(workspaceId: string, id: string): Promise<User | undefined> {
    await this.lockWorkspace(workspaceId);
    return this.get(workspaceId, id);
  }

  async list(workspaceId: string): Promise<readonly User[]> {
    return this.database.query<User>(
      `SELECT ${USER_COLUMNS} FROM users u WHERE u.workspace_id = $1 ORDER BY u.created_at, u.id`,
      [workspaceId],
    );
  }

  /**
   * Who was disabled, or has another role now, is signed out: a session must not outlive what it was given for.
   * What was begun to let him in is void. `undefined`: no such user. @throws LastAdministratorError, LastOperatorError
   */
  async update(workspaceId: string, id: string, { name, role, isOperator, disabled }: UserChanges): Promise<User | undefined> {
    return this.database.transaction(async (queries) => {
      const before = await this.getLocked(workspaceId, id);
      if (before === undefined) return undefined;
      await queries.query(
        `UPDATE users SET name = coalesce($2, name), role = coalesce($3, role), is_operator = coalesce($5, is_operator),
           disabled_at = CASE WHEN $4::boolean IS NULL THEN disabled_at WHEN $4 THEN coalesce(disabled_at, now()) END
         WHERE id = $1`,
        [id, name ?? null, role ?? null, disabled ?? null, isOperator ?? null],
      );
      await this.requireAdministrator(workspaceId);
      if (before.isOperator) await this.requireOperator();
      const isOther =
        (role !== undefined && role !== before.role) || (isOperator !== undefined && isOperator !== before.isOperator);
      if (disabled === true || isOther) await queries.query('DELETE FROM sessions WHERE user_id = $1', [id]);
      if (disabled === true) await queries.query('DELETE FROM invitations WHERE user_id = $1', [id]);
      return this.get(workspaceId, id);
    });
  }

  /** @throws LastAdministratorError, LastOperatorError */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    return this.database.transaction(async (queries) => {
      await this.lockWorkspace(workspaceId);
      const [gone] = await queries.query<{ readonly isOperator: boolean }>(
        'DELETE FROM users WHERE workspace_id = $1 AND id = $2 RETURNING is_operator AS "isOperator"',
        [workspaceId, id],
      );
      if (gone === undefined) return false;
      await this.requireAdministrator(workspaceId);
      if (gone.isOperator) await this.requireOperator();
      return true;
    });
  }

  /** A new invitation; an earlier one of the user is void. `undefined`: no such user, or a disabled one. */
  async invite(workspaceId: string, id: string, tokenHash: Buffer, seconds: number): Promise<Date | undefined> {
    const [row] = await this.database.query<{ readonly expiresAt: Date }>(
      `INSERT INTO invitations (user_id, token_hash, expires_at)
       SELECT id, $3, now() + $4 * interval '1 second' FROM users
       WHERE workspace_id = $1 AND id = $2 AND disabled_at IS NULL
       ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = now(), expires_at = excluded.expires_at
       RETURNING expires_at AS "expiresAt"`,
      [workspaceId, id, tokenHash, seconds],
    );
    return row?.expiresAt;
  }

  /** Two changes at once must not each leave the other as the last administrator. */
  private async lockWorkspace(workspaceId: string): Promise<void> {
    await this.database.query('SELECT FROM workspaces WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
  }

  private async requireAdministrator(workspaceId: string): Promise<void> {
    const left = await this.database.query(
      `SELECT FROM users WHERE workspace_id = $1 AND role = 'administrator' AND disabled_at IS NULL LIMIT 1`,
      [workspaceId],
    );
    if (left.length === 0) throw new LastAdministratorError();
  }

  private async requireOperator(): Promise<void> {
    const operators = await this.database.query('SELECT FROM users WHERE is_operator AND disabled_at IS NULL LIMIT 1');
    if (operators.length === 0) throw new LastOperatorError();
  }
}

/** How addresses are compared: as people mean them, not as they type them. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}
