import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { notFound } from '../problems/problem.js';
import { RunStarter } from '../runs/run-starter.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';

/** Stops reading for as long as a person wishes. Who asks for what is so already is not told off, and leaves no audit row. */
@Injectable()
export class IntegrationPause {
  readonly #storage: Storage;
  readonly #lookup: IntegrationLookup;
  readonly #starter: RunStarter;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) lookup: IntegrationLookup,
    @Inject(RunStarter) starter: RunStarter,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#lookup = lookup;
    this.#starter = starter;
    this.#trail = trail;
  }

  /** A run under way is given back: it ends, and is due as soon as the integration is resumed. */
  async pause(caller: Caller, id: string): Promise<void> {
    const { workspaceId } = caller;
    await this.#trail.record(caller, 'integration.pause', async (notes) => {
      const integration = await this.#lookup.requireLocked(caller, id);
      notes.isUnchanged = integration.paused;
      if (integration.paused) return;
      await this.#set(caller, integration, true);
      const ended = await this.#storage.runs.endLive(workspaceId, integration.id);
      if (ended.includes('full')) await this.#storage.integrations.update(workspaceId, integration.id, { isDue: true });
      notes.target = { kind: 'integration', id: integration.id, name: integration.name };
      notes.before = { paused: false };
      notes.after = { paused: true, runsEnded: ended.length };
    });
  }

  /** What was due meanwhile begins at once, and not at the next date. */
  async resume(caller: Caller, id: string): Promise<void> {
    const begun = await this.#trail.record(caller, 'integration.resume', async (notes) => {
      const integration = await this.#lookup.requireLocked(caller, id);
      notes.isUnchanged = !integration.paused;
      if (!integration.paused) return [];
      await this.#set(caller, integration, false);
      notes.target = { kind: 'integration', id: integration.id, name: integration.name };
      notes.before = { paused: true };
      notes.after = { paused: false };
      return this.#storage.schedule.enqueueDue(1, integration.id);
    });
    for (const { runId } of begun) await this.#starter.announce(runId);
  }

  async #set({ workspaceId }: Caller, { id }: Integration, paused: boolean): Promise<void> {
    const updated = await this.#storage.integrations.update(workspaceId, id, { paused });
    if (updated === undefined) throw notFound('id', 'integration with this id');
  }
}
