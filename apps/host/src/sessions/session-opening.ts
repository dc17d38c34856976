import { permissionsOf, type SessionView } from '@castellan/api';
import { type SessionLimits, SessionRefusedError, type Storage, type User } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuditTrail } from '../audit/audit-trail.js';
import { addressOf } from '../edge/address-of.js';
import type { Caller } from '../callers/caller.js';
import { sessionTokenOf, setSessionCookie } from '../callers/session-cookie.js';
import { hashOf, newToken } from '../callers/token.js';
import { Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { sessionView } from './session-views.js';

export const SESSION_LIMITS = Symbol('SessionLimits');

/** Opens sessions: always with a new token, whatever the browser brought along. */
@Injectable()
export class SessionOpening {
  readonly #storage: Storage;
  readonly #trail: AuditTrail;
  readonly #limits: SessionLimits;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(SESSION_LIMITS) limits: SessionLimits,
  ) {
    this.#storage = storage;
    this.#trail = trail;
    this.#limits = limits;
  }

  /**
   * The session, its cookie, and its row in the audit log. A session that the browser had before ends: nobody goes on with a
   * token that somebody may have planted.
   * @param how what the user has proved himself with
   */
  async open(user: User, how: 'password' | 'oidc' | 'set-up' | 'invitation', request: Request, response: Response) {
    const { token, hash } = newToken('');
    const address = addressOf(request);
    const agent = (request.headers['user-agent'] ?? '').slice(0, 200);
    const caller = callerFor(user, address);
    const planted = sessionTokenOf(request);
    const session = await this.#trail.record(caller, 'session.create', async (notes) => {
      if (planted !== undefined) await this.#endPlanted(planted);
      const created = await this.#create(user, { tokenHash: hash, address, agent });
      notes.target = { kind: 'session', id: created.id };
      notes.after = { how, agent };
      return created;
    });
    setSessionCookie(response, token, session.expiresAt);
    return this.view({ ...caller, sessionId: session.id });
  }

  /** @throws Problem (401) when the user has changed since he proved who he is */
  async #create(user: User, session: { readonly tokenHash: Buffer; readonly address: string; readonly agent: string }) {
    try {
      return await this.#storage.sessions.create(user, session, this.#limits);
    } catch (error) {
      if (!(error instanceof SessionRefusedError)) throw error;
      const detail = 'Your account has changed in this moment. Sign in again.';
      throw new Problem({ code: 'not-signed-in', detail });
    }
  }

  async view(caller: Caller): Promise<SessionView> {
    const workspace = await this.#storage.workspaces.get(caller.workspaceId);
    if (workspace === undefined) throw new Error('The workspace of a caller is gone.');
    const user = caller.kind === 'user' ? await this.#storage.users.get(caller.workspaceId, caller.id) : undefined;
    return sessionView(caller, workspace, user);
  }

  async #endPlanted(token: string): Promise<void> {
    const session = await this.#storage.sessions.find(hashOf(token), this.#limits.idleSeconds);
    if (session !== undefined) await this.#storage.sessions.end(session.userId, session.sessionId);
  }
}

/** The user, as the caller that he is about to be. */
function callerFor(user: User, address: string): Caller {
  const { id, name, workspaceId, role, isOperator } = user;
  const permissions = permissionsOf(role, isOperator);
  return { kind: 'user', id, name, workspaceId, permissions, userId: id, sessionId: null, address };
}
