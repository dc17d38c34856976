import type { StatusState } from '@castellan/api';
import type { TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { IntegrationReading } from '../integrations/integration-reading.js';
import { STORAGE } from '../storage/storage-token.js';

const BATCH = 50;
/** The one state that nobody's doing brings about: a host that dies says nothing. */
const INTERRUPTED: StatusState = 'interrupted';

/** Tells when an integration stands otherwise than before, in the words of the API: both read the status in one way. */
@Injectable()
export class StatusAnnouncer {
  readonly #storage: Storage;
  readonly #reading: IntegrationReading;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(IntegrationReading) reading: IntegrationReading) {
    this.#storage = storage;
    this.#reading = reading;
  }

  /** @param runner tells of each integration in trouble by its name: one must not silence the others */
  async announce(runner: TickRunner): Promise<void> {
    const { announcements } = this.#storage;
    await announcements.touchInterrupted(INTERRUPTED);
    for (const touched of await announcements.touched(BATCH))
      await runner.once(`status of integration ${touched.id}`, async () => {
        await announcements.announce(touched, () => this.#reading.status(touched.workspaceId, touched.id));
      });
  }
}
