import { type InvitationView, type InvitedUser, permissionsOf, type UserView } from '@castellan/api';
import { isDeepStrictEqual } from 'node:util';
import type { Storage, User } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { requireWithinOwn } from '../callers/within-own.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { readId } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { INVITATION, INVITED_USER, USER, USERS } from './user-examples.js';
import { UserChangesInput, UserInput } from './user-input.js';
import { UserInvitation } from './user-invitation.js';
import { withUserProblems } from './user-problems.js';
import { userView } from './user-views.js';

/** The people of the caller's workspace. */
@Controller('users')
export class UsersController {
  readonly #storage: Storage;
  readonly #invitation: UserInvitation;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(UserInvitation) invitation: UserInvitation,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#invitation = invitation;
    this.#trail = trail;
  }

  @Get()
  @Endpoint({ access: 'users:read', summary: 'List the users of the workspace', answer: USERS })
  async list(@Asking() { workspaceId }: Caller): Promise<{ readonly items: readonly UserView[] }> {
    return { items: (await this.#storage.users.list(workspaceId)).map(userView) };
  }

  @Get(':id')
  @Endpoint({ access: 'users:read', summary: 'Show a user', answer: USER, problems: ['not-found'] })
  async get(@Asking() caller: Caller, @Param('id') id: string): Promise<UserView> {
    return userView(await this.#require(caller, id));
  }

  @Post()
  @Endpoint({
    access: 'users:manage',
    summary: 'Invite a user',
    description: 'The invitation is shown in this answer only. Hand its token to the person, who sets a password with it.',
    body: { email: 'bo@acme.example', name: 'Bo Lindqvist', role: 'analyst' },
    answer: INVITED_USER,
    problems: ['email-taken'],
  })
  invite(@Asking() caller: Caller, @Body(new InputPipe(UserInput)) input: UserInput): Promise<InvitedUser> {
    return this.#invitation.inviteNew(caller, caller.workspaceId, input, caller.permissions);
  }

  @Patch(':id')
  @Endpoint({
    access: 'users:manage',
    summary: 'Change a user: name, role, operator, disabled',
    description: 'Nobody can give more than he has, nor change somebody who may more. A new role signs the user out.',
    body: { role: 'viewer' },
    answer: USER,
    problems: ['not-found', 'last-administrator', 'last-operator'],
  })
  async change(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(UserChangesInput)) input: UserChangesInput,
  ): Promise<UserView> {
    const changes = { ...input, ...(input.name !== undefined && { name: input.name.trim() }) };
    return withUserProblems(() =>
      this.#trail.record(caller, 'user.update', async (notes) => {
        const user = await this.#requireBelow(caller, id);
        const { role = user.role, isOperator = user.isOperator } = input;
        requireWithinOwn(caller.permissions, permissionsOf(role, isOperator), input.role === undefined ? 'isOperator' : 'role');
        const changed = await this.#storage.users.update(caller.workspaceId, user.id, changes);
        if (changed === undefined) throw unknownUser();
        const [before, after] = [userView(user), userView(changed)];
        notes.isUnchanged = isDeepStrictEqual(before, after);
        notes.target = targetOf(user);
        notes.before = before;
        notes.after = after;
        return after;
      }),
    );
  }

  @Delete(':id')
  @Endpoint({
    access: 'users:manage',
    summary: 'Remove a user',
    problems: ['not-found', 'last-administrator', 'last-operator'],
  })
  @HttpCode(204)
  async remove(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    await withUserProblems(() =>
      this.#trail.record(caller, 'user.delete', async (notes) => {
        const user = await this.#requireBelow(caller, id);
        if (!(await this.#storage.users.delete(caller.workspaceId, user.id))) throw unknownUser();
        notes.target = targetOf(user);
        notes.before = userView(user);
      }),
    );
  }

  @Post(':id/invitation')
  @Endpoint({
    access: 'users:manage',
    summary: 'Give a user a new invitation, e.g. for a forgotten password',
    answer: INVITATION,
    problems: ['not-found', 'user-disabled'],
  })
  @UseGuards(NoBody)
  async inviteAgain(@Asking() caller: Caller, @Param('id') id: string): Promise<InvitationView> {
    return this.#invitation.inviteAgain(caller, await this.#require(caller, id));
  }

  @Delete(':id/identities')
  @Endpoint({
    access: 'users:manage',
    summary: 'Unlink a user from the identity provider',
    description: 'Nobody signs in as this user over it any more, and the sessions of the user end.',
    problems: ['not-found'],
  })
  @HttpCode(204)
  async unlink(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.#trail.record(caller, 'user.unlink-identities', async (notes) => {
      const user = await this.#requireBelow(caller, id);
      notes.target = targetOf(user);
      notes.before = { identities: await this.#storage.credentials.unlink(user.id) };
      await this.#storage.sessions.endAll(user.id);
    });
  }

  /**
   * A user who may no more than the caller: else whoever changes him could become him. Inside the transaction that changes
   * him: he stays as he is until its end. @throws Problem (403, 404)
   */
  async #requireBelow(caller: Caller, id: string): Promise<User> {
    const user = await this.#storage.users.getLocked(caller.workspaceId, readId(id, 'id', 'user'));
    if (user === undefined) throw unknownUser();
    requireWithinOwn(caller.permissions, permissionsOf(user.role, user.isOperator), 'id');
    return user;
  }

  async #require({ workspaceId }: Caller, id: string): Promise<User> {
    const user = await this.#storage.users.get(workspaceId, readId(id, 'id', 'user'));
    if (user === undefined) throw unknownUser();
    return user;
  }
}

function unknownUser() {
  return notFound('id', 'user with this id');
}

function targetOf({ id, name }: User) {
  return { kind: 'user', id, name };
}
