import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { readId } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';
import { STORAGE } from './storage-token.js';

export interface NamedIntegration {
  readonly id: string;
  readonly name: string;
}

/** Every route below an integration begins here: what is below is only shown to callers of its workspace. */
@Injectable()
export class IntegrationLookup {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  /** @throws Problem (404) for an unknown id, for one of another workspace, and for a text that is none. */
  async require({ workspaceId }: Caller, id: string): Promise<Integration> {
    return found(await this.#storage.integrations.get(workspaceId, readId(id, 'id', 'integration')));
  }

  /** Each row with its integration, for a list: what was deleted while the list was read is left out of it. */
  async withEach<Row extends { readonly integrationId: string }, Shown>(
    { workspaceId }: Caller,
    rows: readonly Row[],
    show: (row: Row, integration: NamedIntegration) => Shown,
  ): Promise<readonly Shown[]> {
    const names = await this.#storage.integrations.names(
      workspaceId,
      rows.map(({ integrationId }) => integrationId),
    );
    return rows.flatMap((row) => {
      const name = names.get(row.integrationId);
      return name === undefined ? [] : [show(row, { id: row.integrationId, name })];
    });
  }

  /** As it is until the end of the transaction around this: what the audit log says was there before really was. */
  async requireLocked({ workspaceId }: Caller, id: string): Promise<Integration> {
    return found(await this.#storage.integrations.getLocked(workspaceId, readId(id, 'id', 'integration')));
  }
}

function found(integration: Integration | undefined): Integration {
  if (integration === undefined) throw notFound('id', 'integration with this id');
  return integration;
}
