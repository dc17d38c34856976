import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ActionPlanInput, ActionPlanView } from '@castellan/api';
import { type ActionInfo, type ComparablePlan, ConnectorError } from '@castellan/connector-sdk';
import type { ActionRequest, Integration, NewActionRequest, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { StoredSettings } from '../integrations/stored-settings.js';
import { connectorProblem } from '../problems/connector-problem.js';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { type ActionRequestBody, readWanted } from './action-input.js';
import { undoUntil } from './action-views.js';
import { ProviderActions } from './provider-actions.js';

/** What somebody asks for, looked at before it is kept. */
@Injectable()
export class ActionAsking {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
    @Inject(StoredSettings) private readonly settings: StoredSettings,
    @Inject(ProviderActions) private readonly provider: ProviderActions,
  ) {}

  offered(integration: Integration): readonly ActionInfo[] {
    return this.desk.connectorOf(integration).actionsOf(integration.config);
  }

  /** @throws Problem that says why it cannot be done */
  async plan(integration: Integration, wanted: ActionPlanInput): Promise<ActionPlanView> {
    const { effect } = this.#offeredAs(integration, wanted.action);
    return { plan: await this.#plan(integration, wanted), needsApproval: effect === 'destructive' };
  }

  /** @throws Problem (409) where the plan is not the one that was agreed to, or nothing is to be taken back */
  async toRequest(caller: Caller, integration: Integration, body: ActionRequestBody): Promise<NewActionRequest> {
    const wanted = readWanted(body);
    const { title, effect } = this.#offeredAs(integration, body.action);
    if (body.undoOf !== undefined) await this.#requireUndoable(caller, integration, body.undoOf, wanted);
    const plan = await this.#plan(integration, wanted);
    if (plan.state !== 'done' && plan.fingerprint !== body.fingerprint) throw outdated();
    const { kind, id, name } = caller;
    return {
      integrationId: integration.id,
      action: body.action,
      title,
      effect: effect === 'destructive' ? 'destructive' : 'write',
      input: wanted.input,
      plan,
      reason: body.reason?.trim() ?? null,
      findingId: await this.#known(caller, 'finding', body.findingId),
      incidentId: await this.#known(caller, 'incident', body.incidentId),
      undoOf: body.undoOf ?? null,
      requestedBy: { kind, id, name },
      wish: `${kind} ${id} ${body.wish ?? randomUUID()}`,
    };
  }

  async #plan(integration: Integration, { action, input }: ActionPlanInput): Promise<ComparablePlan> {
    const connector = this.desk.connectorOf(integration);
    const config = await this.settings.open(integration);
    try {
      return await this.provider.plan({ connector, config, action, input });
    } catch (error) {
      if (!ConnectorError.is(error)) throw error;
      if (error.kind !== 'config') throw connectorProblem(error);
      const field = error.field === undefined ? 'input' : `input.${error.field}`;
      throw new Problem({ code: 'action-refused', detail: error.message, errors: [{ field, message: error.message }] });
    }
  }

  #offeredAs(integration: Integration, name: string): ActionInfo {
    const found = this.offered(integration).find((action) => action.name === name);
    if (found !== undefined) return found;
    const detail = `${integration.name} offers no action "${name}".`;
    throw new Problem({ code: 'action-not-offered', detail, errors: [{ field: 'action', message: detail }] });
  }

  async #requireUndoable({ workspaceId }: Caller, { id }: Integration, undoOf: string, wanted: ActionPlanInput): Promise<void> {
    const original = await this.storage.actions.find(workspaceId, undoOf);
    if (original === undefined || original.integrationId !== id) throw notFound('undoOf', 'request with this id');
    if (isUndoable(original) && isDeepStrictEqual(original.plan.undo, wanted)) return;
    const detail = 'This cannot be taken back, not any more, or not by this action.';
    throw new Problem({ code: 'action-not-undoable', detail });
  }

  /** Of what is not there nothing is said. */
  async #known({ workspaceId }: Caller, kind: 'finding' | 'incident', id: string | undefined): Promise<string | null> {
    if (id === undefined) return null;
    const found =
      kind === 'finding'
        ? await this.storage.findings.find(workspaceId, id)
        : await this.storage.incidents.find(workspaceId, id);
    if (found === undefined) throw notFound(`${kind}Id`, `${kind} with this id`);
    return id;
  }
}

function isUndoable(original: ActionRequest): boolean {
  const until = undoUntil(original);
  return until !== null && until.getTime() > Date.now();
}

function outdated(): Problem {
  const detail = 'Something is not as it was when the plan was shown. Look at what would be done now.';
  return new Problem({ code: 'action-outdated', detail });
}
