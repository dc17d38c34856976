import type { NewApiKeyView, Permission } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { newToken } from '../callers/token.js';
import { requireWithinOwn } from '../callers/within-own.js';
import { STORAGE } from '../storage/storage-token.js';
import type { ApiKeyInput } from './api-key-input.js';
import { apiKeyView } from './api-key-views.js';

const STANDARD_DAYS = 90;
const DAY_SECONDS = 86_400;

/** Makes keys; nobody gives away what he does not have. */
@Injectable()
export class ApiKeyMaking {
  readonly #storage: Storage;
  readonly #trail: AuditTrail;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(AuditTrail) trail: AuditTrail) {
    this.#storage = storage;
    this.#trail = trail;
  }

  /** @param grantable what the maker may give. @throws Problem (403) that names what he may not */
  async make(
    caller: Caller,
    workspaceId: string,
    input: ApiKeyInput,
    grantable: ReadonlySet<Permission>,
  ): Promise<NewApiKeyView> {
    requireWithinOwn(grantable, input.scopes, 'scopes');
    const { token, hash } = newToken('cst_');
    return this.#trail.record(caller, 'api-key.create', async (notes) => {
      const apiKey = await this.#storage.apiKeys.create(workspaceId, {
        name: input.name.trim(),
        tokenHash: hash,
        scopes: input.scopes,
        // A user of another workspace would be named to people who must not know of him.
        createdBy: workspaceId === caller.workspaceId ? caller.userId : null,
        expiresInSeconds: (input.expiresInDays ?? STANDARD_DAYS) * DAY_SECONDS,
      });
      const view = apiKeyView(apiKey);
      notes.workspaceId = workspaceId;
      notes.target = { kind: 'api_key', id: apiKey.id, name: apiKey.name };
      notes.after = view;
      return { ...view, key: token };
    });
  }
}
