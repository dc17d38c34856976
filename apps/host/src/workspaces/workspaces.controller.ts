import { type InvitedUser, type NewApiKeyView, permissionsOf, type WorkspaceView } from '@castellan/api';
import { DEFAULT_WORKSPACE_ID, type Storage, type Workspace } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { API_KEY_BODY, NEW_API_KEY } from '../api-keys/api-key-examples.js';
import { ApiKeyInput } from '../api-keys/api-key-input.js';
import { ApiKeyMaking } from '../api-keys/api-key-making.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { INVITED_ADMINISTRATOR } from '../users/user-examples.js';
import { UserInput } from '../users/user-input.js';
import { UserInvitation } from '../users/user-invitation.js';
import { WorkspaceInput } from './workspace-input.js';
import { WORKSPACE_EXAMPLE, workspaceView } from './workspace-views.js';

/**
 * The customers of a product. An operator makes them and hands out the first key or invitation; what is inside one can be
 * seen with a session or a key of that workspace only, not from here.
 */
@Controller('workspaces')
export class WorkspacesController {
  readonly #storage: Storage;
  readonly #keys: ApiKeyMaking;
  readonly #invitation: UserInvitation;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(ApiKeyMaking) keys: ApiKeyMaking,
    @Inject(UserInvitation) invitation: UserInvitation,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#keys = keys;
    this.#invitation = invitation;
    this.#trail = trail;
  }

  @Get()
  @Endpoint({ access: 'workspaces:manage', summary: 'List the workspaces', answer: { items: [WORKSPACE_EXAMPLE] } })
  async list(): Promise<{ readonly items: readonly WorkspaceView[] }> {
    return { items: (await this.#storage.workspaces.list()).map(workspaceView) };
  }

  @Get(':id')
  @Endpoint({ access: 'workspaces:manage', summary: 'Show a workspace', answer: WORKSPACE_EXAMPLE, problems: ['not-found'] })
  async get(@Param('id') id: string): Promise<WorkspaceView> {
    return workspaceView(await this.#require(id));
  }

  @Post()
  @Endpoint({
    access: 'workspaces:manage',
    summary: 'Make a workspace',
    body: { name: 'Globex' },
    answer: { ...WORKSPACE_EXAMPLE, users: 0, integrations: 0 },
  })
  create(@Asking() caller: Caller, @Body(new InputPipe(WorkspaceInput)) input: WorkspaceInput): Promise<WorkspaceView> {
    return this.#trail.record(caller, 'workspace.create', async (notes) => {
      const workspace = await this.#storage.workspaces.create(input.name.trim());
      notes.target = targetOf(workspace);
      notes.after = workspaceView(workspace);
      return workspaceView(workspace);
    });
  }

  @Patch(':id')
  @Endpoint({
    access: 'workspaces:manage',
    summary: 'Rename a workspace',
    body: { name: 'Globex Corporation' },
    answer: WORKSPACE_EXAMPLE,
    problems: ['not-found'],
  })
  async rename(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(WorkspaceInput)) input: WorkspaceInput,
  ): Promise<WorkspaceView> {
    return this.#trail.record(caller, 'workspace.update', async (notes) => {
      const workspace = await this.#storage.workspaces.getLocked(readId(id, 'id', 'workspace'));
      if (workspace === undefined) throw unknownWorkspace();
      const renamed = await this.#storage.workspaces.rename(workspace.id, input.name.trim());
      if (renamed === undefined) throw unknownWorkspace();
      notes.isUnchanged = renamed.name === workspace.name;
      notes.target = targetOf(workspace);
      notes.before = { name: workspace.name };
      notes.after = { name: renamed.name };
      return workspaceView(renamed);
    });
  }

  @Delete(':id')
  @Endpoint({
    access: 'workspaces:manage',
    summary: 'Delete a workspace with its users and keys',
    description: 'Its integrations must have been deleted before. The workspace of the operators stays.',
    problems: ['not-found', 'workspace-in-use'],
  })
  @HttpCode(204)
  async remove(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    const workspace = await this.#require(id);
    if (workspace.id === DEFAULT_WORKSPACE_ID) throw inUse('This is the workspace of the operators of this host.');
    await this.#trail.record(caller, 'workspace.delete', async (notes) => {
      const deleted = await this.#storage.workspaces.delete(workspace.id);
      if (deleted === 'unknown') throw unknownWorkspace();
      if (deleted === 'in use') throw inUse('The workspace has integrations. Delete them first, from inside the workspace.');
      notes.target = targetOf(workspace);
      notes.before = workspaceView(workspace);
    });
  }

  @Post(':id/api-keys')
  @Endpoint({
    access: 'workspaces:manage',
    summary: 'Make an API key for a workspace',
    description: 'For the product that serves this customer. The key is shown in this answer only.',
    body: API_KEY_BODY,
    answer: NEW_API_KEY,
    problems: ['not-found'],
  })
  async createKey(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(ApiKeyInput)) input: ApiKeyInput,
  ): Promise<NewApiKeyView> {
    const { id: workspaceId } = await this.#require(id);
    // What an administrator of that workspace may: an operator's own permissions stay above the workspaces.
    return this.#keys.make(caller, workspaceId, input, permissionsOf('administrator'));
  }

  @Post(':id/users')
  @Endpoint({
    access: 'workspaces:manage',
    summary: 'Invite a user into a workspace, e.g. its first administrator',
    body: { email: 'cy@globex.example', name: 'Cy Okafor', role: 'administrator' },
    answer: INVITED_ADMINISTRATOR,
    problems: ['not-found', 'email-taken'],
  })
  async inviteUser(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(UserInput)) input: UserInput,
  ): Promise<InvitedUser> {
    const { id: workspaceId } = await this.#require(id);
    return this.#invitation.inviteNew(caller, workspaceId, input, permissionsOf('administrator'));
  }

  async #require(id: string): Promise<Workspace> {
    const workspace = await this.#storage.workspaces.get(readId(id, 'id', 'workspace'));
    if (workspace === undefined) throw unknownWorkspace();
    return workspace;
  }
}

function unknownWorkspace(): Problem {
  return notFound('id', 'workspace with this id');
}

function inUse(detail: string): Problem {
  return new Problem({ code: 'workspace-in-use', detail });
}

function targetOf({ id, name }: Workspace) {
  return { kind: 'workspace', id, name };
}
