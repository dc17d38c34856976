import { type InvitationView, type InvitedUser, type Permission, permissionsOf } from '@castellan/api';
import type { Storage, User } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { newToken } from '../callers/token.js';
import { requireWithinOwn } from '../callers/within-own.js';
import { Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import type { UserInput } from './user-input.js';
import { withUserProblems } from './user-problems.js';
import { userView } from './user-views.js';

const VALID_SECONDS = 3 * 24 * 60 * 60;

/** Gives users the token with which they set their (first or new) password, or link their identity. */
@Injectable()
export class UserInvitation {
  readonly #storage: Storage;
  readonly #trail: AuditTrail;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(AuditTrail) trail: AuditTrail) {
    this.#storage = storage;
    this.#trail = trail;
  }

  /**
   * A new user and the first invitation. @throws Problem (409) when somebody has the address
   * @param grantable what the user may be given at most. @throws Problem (403)
   */
  async inviteNew(
    caller: Caller,
    workspaceId: string,
    { email, name, role }: UserInput,
    grantable: ReadonlySet<Permission>,
  ): Promise<InvitedUser> {
    requireWithinOwn(grantable, permissionsOf(role), 'role');
    return withUserProblems(() =>
      this.#trail.record(caller, 'user.create', async (notes) => {
        const user = await this.#storage.users.create(workspaceId, { email, name: name.trim(), role });
        const invitation = await this.#issue(user);
        const view = { ...userView(user), invitedUntil: invitation.expiresAt };
        notes.workspaceId = workspaceId;
        notes.target = { kind: 'user', id: user.id, name: user.name };
        notes.after = view;
        return { ...view, invitation };
      }),
    );
  }

  /** An earlier one is void. @throws Problem (409) for a disabled user, (403) for one who may more than the caller */
  async inviteAgain(caller: Caller, user: User): Promise<InvitationView> {
    requireWithinOwn(caller.permissions, permissionsOf(user.role, user.isOperator), 'id');
    return this.#trail.record(caller, 'user.invite', async (notes) => {
      notes.target = { kind: 'user', id: user.id, name: user.name };
      return this.#issue(user);
    });
  }

  async #issue({ workspaceId, id }: User): Promise<InvitationView> {
    const { token, hash } = newToken('');
    const expiresAt = await this.#storage.users.invite(workspaceId, id, hash, VALID_SECONDS);
    if (expiresAt === undefined) throw disabled();
    return { token, expiresAt: expiresAt.toISOString() };
  }
}

function disabled(): Problem {
  const detail = 'The user is disabled. Enable the user first.';
  return new Problem({ code: 'user-disabled', detail });
}
