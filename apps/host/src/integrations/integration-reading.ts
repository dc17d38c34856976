import type { IntegrationDetail, IntegrationStatus, IntegrationView, StatusState } from '@castellan/api';
import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { notFound } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { integrationDetail, type IntegrationOverview, integrationOverview, integrationView } from './integration-views.js';
import { POLL_SECONDS } from './poll-seconds.js';
import type { IntegrationRows, ShownRows } from './stream-views.js';

export interface IntegrationListQuery {
  readonly limit: number;
  readonly after: string | undefined;
  readonly status: StatusState | undefined;
}
export interface IntegrationList {
  readonly items: readonly IntegrationView[];
  /** The place after the last item; `null`: there are no more. */
  readonly next: string | null;
}

/** Most integrations whose rows are read together. */
const CHUNK = 200;
/** Most of them for one page: a status that nobody has must not cost a reading of the whole workspace. */
const MOST_CHUNKS = 5;

/** Gathers what is known about integrations. Everything is read anew: the rows are the truth, and they change all the time. */
@Injectable()
export class IntegrationReading {
  readonly #storage: Storage;
  readonly #desk: ConnectorDesk;
  readonly #lookup: IntegrationLookup;
  readonly #pollSeconds: number;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(ConnectorDesk) desk: ConnectorDesk,
    @Inject(IntegrationLookup) lookup: IntegrationLookup,
    @Inject(POLL_SECONDS) pollSeconds: number,
  ) {
    this.#storage = storage;
    this.#desk = desk;
    this.#lookup = lookup;
    this.#pollSeconds = pollSeconds;
  }

  /**
   * Six queries, however many there are; with a status, which no row holds, six for each 200 that are looked through, and
   * a page that is not full where that is enough.
   */
  async list({ workspaceId }: Caller, { limit, after, status }: IntegrationListQuery): Promise<IntegrationList> {
    const items: IntegrationView[] = [];
    for (let from = after, last: string | null = null, chunk = 1; ; chunk += 1) {
      const most = status === undefined ? limit : CHUNK;
      const page = await this.#storage.integrations.list(workspaceId, {
        limit: most,
        ...(from !== undefined && { after: from }),
      });
      for (const rows of await this.#shown(workspaceId, page.integrations)) {
        const view = integrationView(rows);
        if (status !== undefined && view.status.state !== status) continue;
        // There is one more: so the page ends before it.
        if (items.length === limit) return { items, next: last };
        items.push(view);
        last = rows.integration.position;
      }
      if (page.next === null || status === undefined || chunk === MOST_CHUNKS) return { items, next: page.next };
      from = page.next;
    }
  }

  /** What people watch of all integrations of a workspace, whoever they are. */
  async overviews(workspaceId: string): Promise<readonly IntegrationOverview[]> {
    const all: IntegrationOverview[] = [];
    for (let after: string | undefined; ; ) {
      const page = await this.#storage.integrations.list(workspaceId, { limit: CHUNK, ...(after !== undefined && { after }) });
      all.push(...(await this.#rows(workspaceId, page.integrations)).map(integrationOverview));
      if (page.next === null) return all;
      after = page.next;
    }
  }

  /** `undefined`: there is no such integration. */
  async status(workspaceId: string, id: string): Promise<IntegrationStatus | undefined> {
    const integration = await this.#storage.integrations.get(workspaceId, id);
    const [rows] = await this.#rows(workspaceId, integration === undefined ? [] : [integration]);
    return rows && integrationOverview(rows).status;
  }

  /** @throws Problem (404) */
  async detail(caller: Caller, id: string): Promise<IntegrationDetail> {
    const integration = await this.#lookup.require(caller, id);
    const { workspaceId } = caller;
    const [rows] = await this.#shown(workspaceId, [integration]);
    if (rows === undefined) throw notFound('id', 'integration with this id');
    const run = rows.facts.run && (await this.#storage.runs.get(workspaceId, rows.facts.run.id));
    return integrationDetail(rows, run);
  }

  async #shown(workspaceId: string, integrations: readonly Integration[]): Promise<readonly ShownRows[]> {
    const ids = integrations.map(({ id }) => id);
    const counts = await this.#storage.records.countsOf(workspaceId, ids);
    const rows = await this.#rows(workspaceId, integrations);
    return rows.map((row) => ({
      ...row,
      counts: counts.get(row.integration.id) ?? [],
      hostPollSeconds: this.#pollSeconds,
    }));
  }

  async #rows(workspaceId: string, integrations: readonly Integration[]): Promise<readonly IntegrationRows[]> {
    const ids = integrations.map(({ id }) => id);
    const known = await this.#storage.integrationFacts.read(workspaceId, ids);
    return integrations.flatMap((integration) => {
      const facts = known.get(integration.id);
      const entry = this.#desk.entries.find((candidate) => candidate.id === integration.connectorId);
      return facts === undefined ? [] : [{ integration, entry, facts }];
    });
  }
}
