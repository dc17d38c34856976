import type { Storage, User } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { readId } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { INVITATION, INVITED_USER, USER, USERS } from './user-examples.js';
import { UserChangesInput, UserInput } from './user-input.js';
import { UserInvitation } from './user-invitation.js';
import { withUserProblems } from './user-problems.js';
import { type InvitationView, type InvitedUser, type UserView, userView } from './user-views.js';

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
    return this.#invitation.inviteNew(caller, caller.workspaceId, input);
  }

  @Patch(':id')
  @Endpoint({
    access: 'users:manage',
    summary: 'Change a user: name, role, disabled',
    body: { role: 'viewer' },
    answer: USER,
    problems: ['not-found', 'last-administrator'],
  })
  async change(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(UserChangesInput)) input: UserChangesInput,
  ): Promise<UserView> {
    const user = await this.#require(caller, id);
    const { role, disabled } = input;
    const name = input.name?.trim();
    const changes = {
      ...(name !== undefined && { name }),
      ...(role !== undefined && { role }),
      ...(disabled !== undefined && { disabled }),
    };
    return withUserProblems(() =>
      this.#trail.record(caller, 'user.update', async (notes) => {
        const changed = await this.#storage.users.update(caller.workspaceId, user.id, changes);
        if (changed === undefined) throw unknownUser();
        notes.target = targetOf(user);
        notes.before = userView(user);
        notes.after = userView(changed);
        return userView(changed);
      }),
    );
  }

  @Delete(':id')
  @Endpoint({ access: 'users:manage', summary: 'Remove a user', problems: ['not-found', 'last-administrator'] })
  @HttpCode(204)
  async remove(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    const user = await this.#require(caller, id);
    await withUserProblems(() =>
      this.#trail.record(caller, 'user.delete', async (notes) => {
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
