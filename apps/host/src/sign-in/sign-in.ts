import type { Storage, User } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { Metrics } from '../metrics/metrics.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { SignInTries } from './sign-in-tries.js';

/** Judges e-mail address and password. Nothing in answer or time tells which of the two was wrong. */
@Injectable()
export class SignIn {
  readonly #storage: Storage;
  readonly #hasher: PasswordHasher;
  readonly #tries: SignInTries;
  readonly #trail: AuditTrail;
  readonly #metrics: Metrics;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(PasswordHasher) hasher: PasswordHasher,
    @Inject(SignInTries) tries: SignInTries,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.#storage = storage;
    this.#hasher = hasher;
    this.#tries = tries;
    this.#trail = trail;
    this.#metrics = metrics;
  }

  /** @throws Problem (401, 429) */
  async withPassword(email: string, password: string, address: string): Promise<User> {
    await this.#tries.count(address, email);
    const found = await this.#storage.credentials.byEmail(email);
    const user = found?.user;
    const usable = user?.disabledAt === null ? (found?.passwordHash ?? null) : null;
    if (!(await this.#hasher.verify(usable, password)) || user === undefined) {
      // What was typed is not kept: it is often a password.
      const stranger = { kind: 'anonymous', name: '', address, workspaceId: user?.workspaceId ?? null } as const;
      const target = user && { kind: 'user', id: user.id, name: user.name };
      this.#metrics.signInFailures.inc({ reason: 'password' });
      await this.#trail.refused(stranger, 'session.create', { ...(target && { target }), after: { how: 'password' } });
      throw wrongCredentials();
    }
    await this.#tries.succeeded(address, email);
    return user;
  }

  /** Before something that a stolen session must not do. Who has no password has none to repeat. @throws Problem (401, 429) */
  async confirm({ id, workspaceId, address }: Caller, password: string | undefined): Promise<void> {
    const user = await this.#storage.users.get(workspaceId, id);
    if (user?.hasPassword === true) await this.again(id, password ?? '', address);
  }

  /** The signed-in user proves once more that it is he. @throws Problem (401, 429) */
  async again(userId: string, password: string, address: string): Promise<User> {
    const found = await this.#storage.credentials.byId(userId);
    if (found === undefined) throw wrongCredentials();
    return this.withPassword(found.user.email, password, address);
  }
}

function wrongCredentials(): Problem {
  const detail = 'The e-mail address or the password is wrong.';
  return new Problem({ code: 'wrong-credentials', detail });
}
