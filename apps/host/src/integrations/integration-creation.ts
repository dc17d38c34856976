import type { ConnectionReport } from '@castellan/connector-sdk';
import type { FieldHint } from '@castellan/form-schema';
import type { Integration, NewIntegration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { sameOrganisationHints } from '../connectors/same-organisation.js';
import { RunStarter } from '../runs/run-starter.js';
import { STORAGE } from '../storage/storage-token.js';
import { requireConnection } from './connection-verdict.js';
import type { IntegrationInput } from './integration-input.js';
import { IntegrationOwners } from './integration-owners.js';
import { storing } from './integration-problems.js';
import { shownSettings } from './integration-views.js';
import { readSchedule } from './schedule-input.js';
import { splitConfig } from './split-config.js';

/** Validate, test, and only then store: a refused connection leaves nothing behind. */
@Injectable()
export class IntegrationCreation {
  readonly #storage: Storage;
  readonly #desk: ConnectorDesk;
  readonly #owners: IntegrationOwners;
  readonly #starter: RunStarter;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(ConnectorDesk) desk: ConnectorDesk,
    @Inject(IntegrationOwners) owners: IntegrationOwners,
    @Inject(RunStarter) starter: RunStarter,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#desk = desk;
    this.#owners = owners;
    this.#starter = starter;
    this.#trail = trail;
  }

  /**
   * @returns the id, and what was changed in the settings. @throws Problem for an unknown connector (404), a name that is taken
   * (409), wrong settings, a refused connection and an owner who cannot be one (422).
   */
  async create(
    caller: Caller,
    input: IntegrationInput,
  ): Promise<{ readonly id: string; readonly hints: readonly FieldHint[] }> {
    const connector = this.#desk.connector(input.connector, 'connector');
    const schedule = await readSchedule(input.schedule ?? undefined);
    // Asked before the provider is: who has to repeat the request should know at once.
    if (typeof input.owner === 'string') await this.#owners.require(caller, input.owner);
    const { config, hints } = await this.#desk.validate(connector, input.config);
    const split = splitConfig(connector.config, config);
    const report = await this.#desk.test(connector, config);
    requireConnection(report, input.acceptIncomplete === true);
    const twice = await sameOrganisationHints(this.#storage, caller, connector, report);
    const wanted: NewIntegration = {
      connectorId: connector.id,
      name: input.name?.trim() ?? connector.displayName,
      isNameChosen: typeof input.name === 'string',
      tenantId: report.tenant?.id ?? null,
      ...split,
      ...schedule,
    };
    const integration = await this.#store(caller, input.owner, wanted, report);
    await this.#starter.announce(integration.runId);
    return { id: integration.id, hints: [...hints, ...twice] };
  }

  /** The integration and its first run, or neither. @param owner `undefined`: who asks; `null`: nobody */
  #store(
    caller: Caller,
    owner: string | null | undefined,
    input: NewIntegration,
    { actionGrants }: Pick<ConnectionReport, 'actionGrants'>,
  ): Promise<Integration & { readonly runId: string }> {
    return this.#trail.record(caller, 'integration.create', async (notes) => {
      // Again, since inside the transaction he stays a user until its end.
      const ownerId = typeof owner === 'string' ? await this.#owners.require(caller, owner) : owner;
      const chosen = ownerId === undefined ? await this.#owners.standard(caller) : ownerId;
      const created = await storing(() => this.#storage.integrations.create(caller.workspaceId, { ...input, ownerId: chosen }));
      if (actionGrants !== undefined) await this.#storage.actionGrants.note(created.id, actionGrants);
      notes.target = { kind: 'integration', id: created.id, name: created.name };
      notes.after = { connector: created.connectorId, ...shownSettings(created) };
      const run = await this.#starter.make(caller.workspaceId, created.id, 'created');
      return { ...created, runId: run.id };
    });
  }
}
