import type { JsonObject } from '@castellan/connector-sdk';
import type { Integration, Storage } from '@castellan/storage';
import { SecretsLockedError } from '@castellan/sync-engine';
import { Inject, Injectable } from '@nestjs/common';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';

/** Settings with their secrets in the clear: for the address that they were stored with, and for nothing else. */
@Injectable()
export class StoredSettings {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  /** @throws Problem when the integration is gone (404) or its secrets were sealed with another key (409). */
  async open({ id }: Integration): Promise<JsonObject> {
    try {
      const opened = await this.#storage.integrationStore.open(id);
      if (opened === undefined) throw notFound('id', 'integration with this id');
      return opened.config;
    } catch (error) {
      if (error instanceof SecretsLockedError) throw locked();
      throw error;
    }
  }
}

function locked(): Problem {
  const detail =
    'The stored secrets cannot be opened. Reconnect the integration with new ones, or start the host with the key that sealed them.';
  return new Problem({ code: 'secrets-locked', detail });
}
