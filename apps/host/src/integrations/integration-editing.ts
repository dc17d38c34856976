import type { Edited } from '@castellan/api';
import { isDeepStrictEqual } from 'node:util';
import type { Integration, IntegrationChanges, Run, Storage } from '@castellan/storage';
import type { RunCause } from '@castellan/sync-engine';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { invalidRequest, notFound } from '../problems/problem.js';
import { RunStarter } from '../runs/run-starter.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import type { IntegrationEdit, ReconnectInput } from './integration-input.js';
import { IntegrationOwners } from './integration-owners.js';
import { changedMeanwhile, storing } from './integration-problems.js';
import { IntegrationSettings, type TriedSettings } from './integration-settings.js';
import { shownSettings } from './integration-views.js';
import { readSchedule } from './schedule-input.js';

/** Changes an integration that exists. Its id, its data and its history stay. */
@Injectable()
export class IntegrationEditing {
  readonly #storage: Storage;
  readonly #lookup: IntegrationLookup;
  readonly #settings: IntegrationSettings;
  readonly #owners: IntegrationOwners;
  readonly #starter: RunStarter;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) lookup: IntegrationLookup,
    @Inject(IntegrationSettings) settings: IntegrationSettings,
    @Inject(IntegrationOwners) owners: IntegrationOwners,
    @Inject(RunStarter) starter: RunStarter,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#lookup = lookup;
    this.#settings = settings;
    this.#owners = owners;
    this.#starter = starter;
    this.#trail = trail;
  }

  /** @throws Problem; the integration is then as it was. */
  async edit(caller: Caller, id: string, input: IntegrationEdit): Promise<Edited> {
    const integration = await this.#lookup.require(caller, id);
    const { config, owner } = input;
    const labels: IntegrationChanges = {
      ...(typeof input.name === 'string' && { name: input.name.trim() }),
      ...(await readSchedule(input.schedule ?? undefined)),
      ...(owner !== undefined && { ownerId: owner }),
    };
    if (Object.keys(labels).length === 0 && isMissing(config)) throw nothingToChange();
    if (typeof owner === 'string') await this.#owners.require(caller, owner);
    if (typeof input.revision === 'number' && input.revision !== integration.configRevision) throw changedMeanwhile();
    const tried = isMissing(config)
      ? undefined
      : await this.#settings.edited(integration, config, input.acceptIncomplete === true);
    await this.#store(caller, 'integration.update', integration, labels, tried);
    return { hints: tried?.hints ?? [] };
  }

  /** @throws Problem; the integration is then as it was. */
  async reconnect(caller: Caller, id: string, input: ReconnectInput): Promise<Edited> {
    const integration = await this.#lookup.require(caller, id);
    const tried = await this.#settings.replaced(integration, input.config, input.acceptIncomplete === true);
    await this.#store(caller, 'integration.reconnect', integration, {}, tried);
    return { hints: tried.hints };
  }

  async #store(
    caller: Caller,
    action: keyof typeof CAUSES,
    seen: Integration,
    labels: IntegrationChanges,
    tried: TriedSettings | undefined,
  ): Promise<void> {
    const run = await this.#trail.record(caller, action, async (notes) => {
      if (typeof labels.ownerId === 'string') await this.#owners.require(caller, labels.ownerId);
      const before = shownSettings(await this.#lookup.requireLocked(caller, seen.id));
      const integration = await this.#update(caller, seen, labels, tried);
      const after = shownSettings(integration);
      notes.isUnchanged = tried === undefined && isDeepStrictEqual(before, after);
      notes.target = { kind: 'integration', id: integration.id, name: integration.name };
      notes.before = before;
      notes.after = after;
      return tried === undefined ? undefined : this.#beginAnew(caller, integration, CAUSES[action]);
    });
    if (run !== undefined) await this.#starter.announce(run.id);
  }

  async #update(
    { workspaceId }: Caller,
    { id, configRevision }: Integration,
    labels: IntegrationChanges,
    tried: TriedSettings | undefined,
  ): Promise<Integration> {
    const settings = tried && { config: tried.config, secrets: tried.secrets, tenantId: tried.tenantId };
    // What was tried is what is stored: were the settings others by now, secrets of theirs would stay beside these.
    const updated = await storing(() =>
      this.#storage.integrations.update(workspaceId, id, { ...labels, ...settings }, tried && configRevision),
    );
    if (updated === undefined) throw notFound('id', 'integration with this id');
    // Of other settings something else may be granted.
    if (tried !== undefined) await this.#storage.actionGrants.note(id, tried.actionGrants);
    return updated;
  }

  /**
   * A run under way is ended and another one begins: it reads with settings, and perhaps a credential, that no longer hold,
   * and taken up after a crash it would list the rest of a pass with the new ones.
   */
  async #beginAnew({ workspaceId }: Caller, { id, paused }: Integration, cause: RunCause): Promise<Run | undefined> {
    await this.#storage.runs.endLive(workspaceId, id);
    if (!paused) return this.#starter.make(workspaceId, id, cause);
    await this.#storage.integrations.update(workspaceId, id, { isDue: true });
    return undefined;
  }
}

/** Why the run after it is made. */
const CAUSES = { 'integration.update': 'edited', 'integration.reconnect': 'reconnected' } as const satisfies Record<
  string,
  RunCause
>;

function isMissing(config: unknown): boolean {
  return config === undefined || config === null;
}

function nothingToChange() {
  return invalidRequest([{ field: '', message: 'Send at least one of name, owner, config, schedule.' }]);
}
