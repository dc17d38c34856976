import { streamSwitches } from '@castellan/connector-sdk';
import { ALL_CHECKS, type Check, type PostureQuestion, type Provider } from '@castellan/posture';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { notFound } from '../problems/problem.js';
import { readIntegration } from '../records/rows-lookup.js';
import { STORAGE } from '../storage/storage-token.js';

/** What a caller asks, as the package of the checks is asked. */
@Injectable()
export class PostureQuestions {
  readonly #storage: Storage;
  readonly #desk: ConnectorDesk;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(ConnectorDesk) desk: ConnectorDesk) {
    this.#storage = storage;
    this.#desk = desk;
  }

  /** @throws Problem (404) for an integration that is not there. */
  async of(caller: Caller, integration: string | undefined): Promise<PostureQuestion> {
    const integrationId = await readIntegration(this.#storage, caller, integration);
    return { workspaceId: caller.workspaceId, integrationId, checks: ALL_CHECKS, providers: this.providers };
  }

  /** @throws Problem (404) */
  check(id: string): Check {
    const check = ALL_CHECKS.find((candidate) => candidate.id === id);
    if (check === undefined) throw notFound('check', 'check with this id');
    return check;
  }

  /** Connectors of this host, by id. */
  get providers(): ReadonlyMap<string, Provider> {
    return new Map(
      this.#desk.entries.flatMap((entry) => {
        if (entry.status !== 'available') return [];
        const { displayName, streams } = entry.connector;
        return [[entry.id, { displayName, streams, switches: streamSwitches(entry.connector) }] as const];
      }),
    );
  }
}
