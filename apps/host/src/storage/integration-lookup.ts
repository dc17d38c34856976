import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { readId } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';
import { STORAGE, WORKSPACE } from './storage-token.js';

/** Every route below an integration begins here: what is below is only shown to whoever may see the integration. */
@Injectable()
export class IntegrationLookup {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  /** @throws Problem (404) for an unknown id and for a text that is none. */
  async require(id: string): Promise<Integration> {
    const integration = await this.#storage.integrations.get(WORKSPACE, readId(id, 'id', 'integration'));
    if (integration === undefined) throw notFound('id', 'integration with this id');
    return integration;
  }
}
