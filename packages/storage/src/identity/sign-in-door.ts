import type { Database } from '../database/database.js';
import { LOCKS } from '../database/lock-numbers.js';

export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whom the identity shall belong to; `null`: whoever it belongs to already. */
  readonly link: OidcLink | null;
}

/** What allows a link is asked for again at its end: ten minutes are long. */
export interface OidcLink {
  readonly userId: string;
  /** Of the signed-in user; else it is by an invitation. */
  readonly sessionId: string | null;
  readonly invitationHash: Buffer | null;
}

/** What stands between a stranger and a session: the token of the first set-up, counted tries, sign-ins under way. */
export class SignInDoor {
  constructor(private readonly database: Database) {}

  /** Whether there is a user; the first one is made with the token that the console shows. */
  async isSetUp(): Promise<boolean> {
    const rows = await this.database.query('SELECT FROM users LIMIT 1');
    return rows.length > 0;
  }

  async offerSetUp(tokenHash: Buffer, seconds: number): Promise<void> {
    await this.database.query(
      `INSERT INTO setup_tokens (token_hash, expires_at) VALUES ($1, now() + $2 * interval '1 second')
       ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at`,
      [tokenHash, seconds],
    );
  }

  /** Call it inside the transaction that makes the first user: of two at once, the second sees what the first has done. */
  async takeSetUp(tokenHash: Buffer): Promise<'taken' | 'wrong token' | 'done before'> {
    await this.database.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.setUp]);
    if (await this.isSetUp()) return 'done before';
    const found = await this.database.query('SELECT FROM setup_tokens WHERE token_hash = $1 AND expires_at > now()', [
      tokenHash,
    ]);
    if (found.length === 0) return 'wrong token';
    await this.database.query('DELETE FROM setup_tokens');
    return 'taken';
  }

  /** One more try. @returns how many there were in the window, this one included, and the seconds until it is over */
  async countTry(subject: string, windowSeconds: number): Promise<{ readonly tries: number; readonly secondsLeft: number }> {
    const [row] = await this.database.query<{ readonly tries: number; readonly secondsLeft: number }>(
      `INSERT INTO sign_in_tries AS t (subject, tries, began_at) VALUES ($1, 1, now())
       ON CONFLICT (subject) DO UPDATE SET
         tries = CASE WHEN t.began_at <= now() - $2 * interval '1 second' THEN 1 ELSE t.tries + 1 END,
         began_at = CASE WHEN t.began_at <= now() - $2 * interval '1 second' THEN now() ELSE t.began_at END
       RETURNING tries, ceil(extract(epoch FROM began_at + $2 * interval '1 second' - now()))::int AS "secondsLeft"`,
      [subject, windowSeconds],
    );
    if (row === undefined) throw new Error('The try was not counted.');
    return row;
  }

  async forgetTries(subject: string): Promise<void> {
    await this.database.query('DELETE FROM sign_in_tries WHERE subject = $1', [subject]);
  }

  /** A try that turned out well was none. */
  async takeBackTry(subject: string): Promise<void> {
    await this.database.query('UPDATE sign_in_tries SET tries = tries - 1 WHERE subject = $1 AND tries > 0', [subject]);
  }

  async beginOidc(tokenHash: Buffer, flow: OidcFlow, seconds: number): Promise<void> {
    await this.database.query(
      `INSERT INTO oidc_flows (token_hash, state, nonce, verifier, link, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 second')`,
      [tokenHash, flow.state, flow.nonce, flow.verifier, stored(flow.link), seconds],
    );
  }

  /** Once: a flow that was taken is gone, whatever comes of it. */
  async takeOidc(tokenHash: Buffer): Promise<OidcFlow | undefined> {
    const [row] = await this.database.query<FlowRow>(
      `DELETE FROM oidc_flows WHERE token_hash = $1 RETURNING state, nonce, verifier, link, expires_at > now() AS "isLive"`,
      [tokenHash],
    );
    if (row?.isLive !== true) return undefined;
    const { state, nonce, verifier, link } = row;
    return { state, nonce, verifier, link: link && { ...link, invitationHash: fromHex(link.invitationHash) } };
  }

  /** Rows that serve nobody any more. */
  async purge(windowSeconds: number, idleSeconds: number): Promise<void> {
    await this.database.query(`DELETE FROM sign_in_tries WHERE began_at <= now() - $1 * interval '1 second'`, [windowSeconds]);
    await this.database.query('DELETE FROM oidc_flows WHERE expires_at <= now()');
    await this.database.query('DELETE FROM setup_tokens WHERE expires_at <= now()');
    await this.database.query(`DELETE FROM invitations WHERE expires_at <= now()`);
    await this.database.query(
      `DELETE FROM sessions WHERE expires_at <= now() OR last_used_at <= now() - $1 * interval '1 second'`,
      [idleSeconds],
    );
  }
}

interface FlowRow extends Omit<OidcFlow, 'link'> {
  readonly isLive: boolean;
  readonly link: (Omit<OidcLink, 'invitationHash'> & { readonly invitationHash: string | null }) | null;
}

function stored(link: OidcLink | null): string | null {
  return link === null ? null : JSON.stringify({ ...link, invitationHash: link.invitationHash?.toString('hex') ?? null });
}

function fromHex(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text, 'hex');
}
