import type { FieldHint } from '@castellan/form-schema';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { RunStarter } from '../runs/run-starter.js';
import { STORAGE } from '../storage/storage-token.js';
import { requireConnection } from './connection-verdict.js';
import type { IntegrationInput } from './integration-input.js';
import { shownConfig } from './integration-views.js';
import { splitConfig } from './split-config.js';

/** Validate, test, and only then store: a refused connection leaves nothing behind. */
@Injectable()
export class IntegrationCreation {
  readonly #storage: Storage;
  readonly #desk: ConnectorDesk;
  readonly #starter: RunStarter;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(ConnectorDesk) desk: ConnectorDesk,
    @Inject(RunStarter) starter: RunStarter,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#desk = desk;
    this.#starter = starter;
    this.#trail = trail;
  }

  /** @returns the id, and what was changed in the settings. @throws Problem for an unknown connector (404), wrong settings and a refused connection (422). */
  async create(
    caller: Caller,
    input: IntegrationInput,
  ): Promise<{ readonly id: string; readonly hints: readonly FieldHint[] }> {
    const connector = this.#desk.connector(input.connector, 'connector');
    const { config, hints } = await this.#desk.validate(connector, input.config);
    const split = splitConfig(connector.config, config);
    const report = await this.#desk.test(connector, config);
    requireConnection(report, input.acceptIncomplete === true);
    const { integration, run } = await this.#trail.record(caller, 'integration.create', async (notes) => {
      const created = await this.#storage.integrations.create(caller.workspaceId, {
        connectorId: connector.id,
        name: input.name?.trim() ?? connector.displayName,
        owner: input.owner?.trim() ?? null,
        tenantId: report.tenant?.id ?? null,
        ...split,
      });
      notes.target = { kind: 'integration', id: created.id, name: created.name };
      notes.after = { connector: created.connectorId, name: created.name, owner: created.owner, config: shownConfig(created) };
      // With the integration, so that nobody ever sees it without its first run.
      return { integration: created, run: await this.#starter.make(caller.workspaceId, created.id, 'created') };
    });
    await this.#starter.announce(run.id);
    return { id: integration.id, hints };
  }
}
