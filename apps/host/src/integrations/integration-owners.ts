import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';

/** Who may care for an integration: users of its workspace. */
@Injectable()
export class IntegrationOwners {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  /** @throws Problem (422) for a user of another workspace, an unknown one, and one who may not sign in any more. */
  async require({ workspaceId }: Caller, userId: string): Promise<string> {
    const user = await this.#storage.integrations.possibleOwner(workspaceId, userId);
    if (user === undefined) throw notAnOwner('Is not a user of this workspace.');
    if (user.disabledAt !== null) throw notAnOwner(`${user.name} is disabled and cannot become an owner.`);
    return user.id;
  }

  /** Who asks, or who made the key that asks, as far as that is still somebody here. */
  async standard({ workspaceId, userId }: Caller): Promise<string | null> {
    const user = userId === null ? undefined : await this.#storage.integrations.possibleOwner(workspaceId, userId);
    return user === undefined || user.disabledAt !== null ? null : user.id;
  }
}

function notAnOwner(message: string): Problem {
  const errors = [{ field: 'owner', message }];
  return new Problem({ code: 'not-an-owner', detail: `owner: ${message}`, errors });
}
