import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import type { IntegrationStatus } from './integration-status.js';
import {
  type IntegrationDetail,
  type IntegrationRows,
  integrationDetail,
  type IntegrationOverview,
  integrationOverview,
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
  async list({ workspaceId }: Caller): Promise<readonly IntegrationView[]> {
    return (await this.#all(workspaceId)).map(integrationView);
  }

  /** What people watch of all integrations of a workspace, whoever they are. */
  async overviews(workspaceId: string): Promise<readonly IntegrationOverview[]> {
    return (await this.#all(workspaceId)).map(integrationOverview);
  }

  /** @throws Problem (404) */
  async detail(caller: Caller, id: string): Promise<IntegrationDetail> {
    const integration = await this.#lookup.require(caller, id);
    const counts = await this.#storage.records.counts(caller.workspaceId, integration.id);
    return integrationDetail(await this.#rows(integration), counts);
  }

  /** `undefined`: there is no such integration. */
  async status(workspaceId: string, id: string): Promise<IntegrationStatus | undefined> {
    const integration = await this.#storage.integrations.get(workspaceId, id);
    return integration && integrationView(await this.#rows(integration)).status;
  }

  async #all(workspaceId: string): Promise<readonly IntegrationRows[]> {
    const all: IntegrationRows[] = [];
    // One after the other: a list of many must not take every connection of the pool.
    for (const integration of await this.#storage.integrations.list(workspaceId)) all.push(await this.#rows(integration));
    return all;
  }

  async #rows(integration: Integration): Promise<IntegrationRows> {
    const { runs, streams, holds } = this.#storage;
    const { id: integrationId, workspaceId } = integration;
    const latest = await runs.list(workspaceId, { integrationId, mode: 'full', limit: 1 });
    const poll = await runs.list(workspaceId, { integrationId, mode: 'poll', limit: 1 });
    const freshness = await streams.list(workspaceId, integrationId);
    const open = await holds.list(workspaceId, { integrationId, state: 'open' });
    const entry = this.#desk.entries.find((candidate) => candidate.id === integration.connectorId);
    return { integration, entry, run: latest.runs[0], poll: poll.runs[0], freshness, openHolds: open.length };
  }
}
