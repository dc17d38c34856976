import type { DeletionView } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { notFound, Problem } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { shownSettings } from './integration-views.js';

const STAYS = [
  'The audit log: who connected, changed and deleted it.',
  'For 30 days each: events and webhook deliveries that name it.',
  'Everything at the provider: Castellan only reads.',
];
const INSTEAD = 'Pause it: nothing is read any more, and everything that was collected stays.';

@Injectable()
export class IntegrationDeletion {
  readonly #storage: Storage;
  readonly #lookup: IntegrationLookup;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) lookup: IntegrationLookup,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#lookup = lookup;
    this.#trail = trail;
  }

  /** @throws Problem (404) */
  async preview(caller: Caller, id: string): Promise<DeletionView> {
    const integration = await this.#lookup.require(caller, id);
    const holdings = await this.#storage.integrations.holdings(caller.workspaceId, integration.id);
    if (holdings === undefined) throw notFound('id', 'integration with this id');
    const counts = await this.#storage.records.counts(caller.workspaceId, integration.id);
    const rows = counts.map(({ kind, present, removed }) => [kind, present + removed] as const);
    const records = Object.fromEntries(rows.filter(([, count]) => count > 0));
    return { name: integration.name, goes: { records, ...holdings }, stays: STAYS, instead: INSTEAD };
  }

  /**
   * @param confirm the name as a person typed it. Optional: a program that sends a random id of 122 bits together with the
   * right to manage has said which one it means, while a person in front of two tiles has not.
   * @throws Problem (404, 422)
   */
  async delete(caller: Caller, id: string, confirm: string | undefined): Promise<void> {
    await this.#trail.record(caller, 'integration.delete', async (notes) => {
      const integration = await this.#lookup.requireLocked(caller, id);
      if (confirm !== undefined && confirm.trim() !== integration.name) throw otherName(integration.name);
      notes.target = { kind: 'integration', id: integration.id, name: integration.name };
      notes.before = { connector: integration.connectorId, ...shownSettings(integration) };
      await this.#storage.integrations.delete(caller.workspaceId, integration.id);
    });
  }
}

function otherName(name: string): Problem {
  const detail = `The integration is named "${name}". Nothing was deleted.`;
  const errors = [{ field: 'confirm', message: `Must be the name of the integration: ${name}` }];
  return new Problem({ code: 'name-differs', detail, errors });
}
