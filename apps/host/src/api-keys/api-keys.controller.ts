import type { ApiKeyView, NewApiKeyView } from '@castellan/api';
import type { ApiKey, Storage } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { readId } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { API_KEY, API_KEY_BODY, API_KEYS, NEW_API_KEY } from './api-key-examples.js';
import { ApiKeyInput } from './api-key-input.js';
import { ApiKeyMaking } from './api-key-making.js';
import { apiKeyView } from './api-key-views.js';

/** Keys of programs that use this API. */
@Controller('api-keys')
export class ApiKeysController {
  readonly #storage: Storage;
  readonly #making: ApiKeyMaking;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(ApiKeyMaking) making: ApiKeyMaking,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#making = making;
    this.#trail = trail;
  }

  @Get()
  @Endpoint({
    access: 'api-keys:manage',
    summary: 'List the API keys, newest first',
    description: 'Keys that ended more than 90 days ago are left out.',
    answer: API_KEYS,
  })
  async list(@Asking() { workspaceId }: Caller): Promise<{ readonly items: readonly ApiKeyView[] }> {
    const keys = await this.#storage.apiKeys.list(workspaceId);
    return { items: keys.map((key) => apiKeyView(key)) };
  }

  @Get(':id')
  @Endpoint({ access: 'api-keys:manage', summary: 'Show an API key', answer: API_KEY, problems: ['not-found'] })
  async get(@Asking() caller: Caller, @Param('id') id: string): Promise<ApiKeyView> {
    return apiKeyView(await this.#require(caller, id));
  }

  @Post()
  @Endpoint({
    access: 'api-keys:manage',
    summary: 'Make an API key',
    description: 'The key is shown in this answer only. Send it as `Authorization: Bearer KEY`.',
    body: API_KEY_BODY,
    answer: NEW_API_KEY,
  })
  create(@Asking() caller: Caller, @Body(new InputPipe(ApiKeyInput)) input: ApiKeyInput): Promise<NewApiKeyView> {
    return this.#making.make(caller, caller.workspaceId, input, caller.permissions);
  }

  @Delete(':id')
  @Endpoint({ access: 'api-keys:manage', summary: 'Revoke an API key, from its next request on', problems: ['not-found'] })
  @HttpCode(204)
  async revoke(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    const apiKey = await this.#require(caller, id);
    await this.#trail.record(caller, 'api-key.revoke', async (notes) => {
      // Revoked before: the wish is fulfilled, and the first row of the audit log stands for it.
      notes.isUnchanged = !(await this.#storage.apiKeys.revoke(caller.workspaceId, apiKey.id));
      notes.target = targetOf(apiKey);
      notes.before = apiKeyView(apiKey);
    });
  }

  async #require({ workspaceId }: Caller, id: string): Promise<ApiKey> {
    const apiKey = await this.#storage.apiKeys.get(workspaceId, readId(id, 'id', 'API key'));
    if (apiKey === undefined) throw notFound('id', 'API key with this id');
    return apiKey;
  }
}

function targetOf({ id, name }: ApiKey) {
  return { kind: 'api_key', id, name };
}
