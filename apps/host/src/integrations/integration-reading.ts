import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
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

  /** Without counts: a list shows how each stands, not what it holds. */
  async list({ workspaceId }: Caller): Promise<readonly IntegrationView[]> {
    const integrations = await this.#storage.integrations.list(workspaceId);
    return (await this.#rows(workspaceId, integrations)).map(integrationView);
  }

  /** @throws Problem (404) */
  async detail(caller: Caller, id: string): Promise<IntegrationDetail> {
    const integration = await this.#lookup.require(caller, id);
    const counts = await this.#storage.records.counts(caller.workspaceId, integration.id);
    const [rows] = await this.#rows(caller.workspaceId, [integration]);
    // As many as were asked for.
    if (rows === undefined) throw new Error('The rows of an integration are missing.');
    return integrationDetail(rows, counts);
  }

  /** The same few questions however many there are: a list of twenty must not ask a hundred times. */
  async #rows(workspaceId: string, integrations: readonly Integration[]): Promise<readonly IntegrationRows[]> {
    const ids = integrations.map(({ id }) => id);
    const latest = await this.#storage.runs.latest(workspaceId, ids);
    const streams = await this.#storage.streams.byIntegration(workspaceId, ids);
    const holds = await this.#storage.holds.openCounts(workspaceId, ids);
    return integrations.map((integration) => {
      const runs = latest.filter(({ integrationId }) => integrationId === integration.id);
      return {
        integration,
        entry: this.#desk.entries.find(({ id }) => id === integration.connectorId),
        run: runs.find(({ mode }) => mode === 'full'),
        poll: runs.find(({ mode }) => mode === 'poll'),
        freshness: streams.get(integration.id) ?? [],
        openHolds: holds.get(integration.id) ?? 0,
      };
    });
  }
}
