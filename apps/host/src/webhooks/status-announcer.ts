import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { IntegrationReading } from '../integrations/integration-reading.js';
import { STORAGE } from '../storage/storage-token.js';

const BATCH = 50;

/** Tells when an integration stands otherwise than before, in the words of the API: both read the status in one way. */
@Injectable()
export class StatusAnnouncer {
  readonly #storage: Storage;
  readonly #reading: IntegrationReading;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(IntegrationReading) reading: IntegrationReading) {
    this.#storage = storage;
    this.#reading = reading;
  }

  /** @throws Error after all, with the first failure: one integration in trouble must not silence the others. */
  async announce(): Promise<void> {
    const failures: string[] = [];
    for (const touched of await this.#storage.announcements.touched(BATCH)) {
      try {
        await this.#storage.announcements.announce(touched, () => this.#reading.status(touched.workspaceId, touched.id));
      } catch (error) {
        failures.push(`status of integration ${touched.id}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (failures[0] !== undefined) throw new Error(failures[0]);
  }
}
