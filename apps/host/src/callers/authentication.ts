import { permissionsOf } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import type { Request, Response } from 'express';
import type { Authentication } from './caller.guard.js';
import { addressOf } from '../edge/address-of.js';
import type { Caller } from './caller.js';
import type { CallerWatch } from './caller-watch.js';
import { isPermission } from './permissions.js';
import { clearSessionCookie, sessionTokenOf } from './session-cookie.js';
import { hashOf } from './token.js';

/** Longer is no token of ours: not worth a hash. */
const LONGEST = 200;

/** Sessions of people and keys of programs, looked up anew for each request: what was revoked is refused at once. */
export class StoredAuthentication implements Authentication, CallerWatch {
  readonly #storage: Storage;
  readonly #idleSeconds: number;

  constructor(storage: Storage, idleSeconds: number) {
    this.#storage = storage;
    this.#idleSeconds = idleSeconds;
  }

  /** A request that sends a key is judged by it alone: a wrong key never falls back on a cookie. */
  async authenticate(request: Request, response: Response): Promise<Caller | undefined> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.#byKey(authorization, request);
    const token = sessionTokenOf(request);
    if (token === undefined || token.length > LONGEST) return undefined;
    const session = await this.#storage.sessions.find(hashOf(token), this.#idleSeconds);
    if (session === undefined) {
      clearSessionCookie(response);
      return undefined;
    }
    const { userId, sessionId, workspaceId, name, role, isOperator } = session;
    const permissions = permissionsOf(role, isOperator);
    return { kind: 'user', id: userId, name, workspaceId, permissions, userId, sessionId, address: addressOf(request) };
  }

  async #byKey(authorization: string, request: Request): Promise<Caller | undefined> {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (token === undefined || token.length > LONGEST) return undefined;
    const key = await this.#storage.apiKeys.find(hashOf(token));
    if (key === undefined) return undefined;
    const { keyId, workspaceId, name, createdBy } = key;
    // A scope that this release does not know gives nothing.
    const permissions = new Set(key.scopes.filter(isPermission));
    const address = addressOf(request);
    return { kind: 'api_key', id: keyId, name, workspaceId, permissions, userId: createdBy, sessionId: null, address };
  }

  /** For answers that last: whether the caller could still ask. */
  isStillValid({ kind, id, sessionId }: Caller): Promise<boolean> {
    if (kind === 'api_key') return this.#storage.apiKeys.isLive(id);
    return sessionId === null ? Promise.resolve(false) : this.#storage.sessions.isLive(sessionId, this.#idleSeconds);
  }
}
