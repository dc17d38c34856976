import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE, WORKSPACE } from '../storage/storage-token.js';
import {
  type IntegrationDetail,
  type IntegrationRows,
  integrationDetail,
  type IntegrationView,
  integrationView,
} from './integration-views.js';

/** Gathers what is known about integrations. Everything is read anew: the rows are the truth, and they change all the time. */
@Injectable()
export class IntegrationReading {
  readonly #storage: Storage;
  readonly #desk: ConnectorDesk;
  readonly #lookup: IntegrationLookup;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(ConnectorDesk) desk: ConnectorDesk,
    @Inject(IntegrationLookup) lookup: IntegrationLookup,
  ) {
    this.#storage = storage;
    this.#desk = desk;
    this.#lookup = lookup;
  }

  /** Without counts: they read every row. */
  async list(): Promise<readonly IntegrationView[]> {
    const views: IntegrationView[] = [];
    // One after the other: a list of many must not take every connection of the pool.
    for (const integration of await this.#storage.integrations.list(WORKSPACE))
      views.push(integrationView(await this.#rows(integration)));
    return views;
  }

  /** @throws Problem (404) */
  async detail(id: string): Promise<IntegrationDetail> {
    const integration = await this.#lookup.require(id);
    const counts = await this.#storage.records.counts(WORKSPACE, integration.id);
    return integrationDetail(await this.#rows(integration), counts);
  }

  async #rows(integration: Integration): Promise<IntegrationRows> {
    const { runs, streams, holds } = this.#storage;
    const integrationId = integration.id;
    const latest = await runs.list(WORKSPACE, { integrationId, mode: 'full', limit: 1 });
    const poll = await runs.list(WORKSPACE, { integrationId, mode: 'poll', limit: 1 });
    const freshness = await streams.list(WORKSPACE, integrationId);
    const open = await holds.list(WORKSPACE, { integrationId, state: 'open' });
    const entry = this.#desk.entries.find((candidate) => candidate.id === integration.connectorId);
    return { integration, entry, run: latest.runs[0], poll: poll.runs[0], freshness, openHolds: open.length };
  }
}
