import type { Database } from '../database/database.js';
import { emailKey, type User, USER_COLUMNS } from './user-repository.js';

export interface PasswordUser {
  readonly user: User;
  readonly passwordHash: string | null;
}

/** How people prove who they are: passwords, invitations, and what an identity provider says. */
export class CredentialRepository {
  constructor(private readonly database: Database) {}

  /** Also a disabled user: the caller must spend the same time on everybody. */
  async byEmail(email: string): Promise<PasswordUser | undefined> {
    return this.one('u.email_key = $1', emailKey(email));
  }

  async byId(id: string): Promise<PasswordUser | undefined> {
    return this.one('u.id = $1', id);
  }

  /** The invited user; the invitation is used up by it, so of two who come at once the second finds none. */
  async takeInvitation(tokenHash: Buffer): Promise<User | undefined> {
    const [taken] = await this.database.query<{ readonly userId: string; readonly isLive: boolean }>(
      `DELETE FROM invitations WHERE token_hash = $1 RETURNING user_id AS "userId", expires_at > now() AS "isLive"`,
      [tokenHash],
    );
    return taken?.isLive === true
      ? this.one('u.disabled_at IS NULL AND u.id = $1', taken.userId).then((found) => found?.user)
      : undefined;
  }

  /** Whom an invitation is for, without taking it. */
  async byInvitation(tokenHash: Buffer): Promise<User | undefined> {
    const found = await this.one(
      'u.disabled_at IS NULL AND u.id = (SELECT user_id FROM invitations WHERE token_hash = $1 AND expires_at > now())',
      tokenHash,
    );
    return found?.user;
  }

  /** Whoever holds the identity, disabled or not. */
  async byIdentity(issuer: string, subject: string): Promise<User | undefined> {
    const [row] = await this.database.query<User>(
      `SELECT ${USER_COLUMNS} FROM users u JOIN user_identities i ON i.user_id = u.id WHERE i.issuer = $1 AND i.subject = $2`,
      [issuer, subject],
    );
    return row;
  }

  /** Sets a password; every session of the user ends, and his invitation is used up. `undefined`: he is gone or disabled. */
  async setPassword(userId: string, passwordHash: string): Promise<User | undefined> {
    return this.database.transaction(async (queries) => {
      await queries.query('UPDATE users SET password_hash = $2, password_changed_at = now() WHERE id = $1', [
        userId,
        passwordHash,
      ]);
      await queries.query('DELETE FROM sessions WHERE user_id = $1', [userId]);
      await queries.query('DELETE FROM invitations WHERE user_id = $1', [userId]);
      return (await this.one('u.disabled_at IS NULL AND u.id = $1', userId))?.user;
    });
  }

  /** Nobody signs in with an identity provider as this user any more. @returns how many identities there were */
  async unlink(userId: string): Promise<number> {
    const gone = await this.database.query('DELETE FROM user_identities WHERE user_id = $1 RETURNING subject', [userId]);
    return gone.length;
  }

  /** `false`: the identity belongs to somebody else already. */
  async link(userId: string, issuer: string, subject: string): Promise<boolean> {
    return this.database.transaction(async (queries) => {
      await queries.query(
        'INSERT INTO user_identities (issuer, subject, user_id) VALUES ($1, $2, $3) ON CONFLICT (issuer, subject) DO NOTHING',
        [issuer, subject, userId],
      );
      const mine = await queries.query('SELECT FROM user_identities WHERE issuer = $1 AND subject = $2 AND user_id = $3', [
        issuer,
        subject,
        userId,
      ]);
      if (mine.length === 0) return false;
      await queries.query('DELETE FROM invitations WHERE user_id = $1', [userId]);
      return true;
    });
  }

  private async one(condition: string, value: unknown): Promise<PasswordUser | undefined> {
    const [row] = await this.database.query<User & { readonly passwordHash: string | null }>(
      `SELECT ${USER_COLUMNS}, u.password_hash AS "passwordHash" FROM users u WHERE ${condition}`,
      [value],
    );
    if (row === undefined) return undefined;
    const { passwordHash, ...user } = row;
    return { user, passwordHash };
  }
}
