import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { readId } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';
import { STORAGE } from './storage-token.js';

/** Every route below an integration begins here: what is below is only shown to callers of its workspace. */
@Injectable()
export class IntegrationLookup {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  /** @throws Problem (404) for an unknown id, for one of another workspace, and for a text that is none. */
  async require({ workspaceId }: Caller, id: string): Promise<Integration> {
    const integration = await this.#storage.integrations.get(workspaceId, readId(id, 'id', 'integration'));
    if (integration === undefined) throw notFound('id', 'integration with this id');
    return integration;
  }
}
