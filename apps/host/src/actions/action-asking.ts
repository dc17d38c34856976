import { randomUUID } from 'node:crypto';
import type { ActionPlanInput, ActionPlanView } from '@castellan/api';
import { type ActionInfo, type ComparablePlan, ConnectorError, PermissionError } from '@castellan/connector-sdk';
import type { Integration, NewActionRequest, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { StoredSettings } from '../integrations/stored-settings.js';
import { connectorProblem } from '../problems/connector-problem.js';
import { invalidRequest, notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { GrantedActions } from './granted-actions.js';
import { ActionConsequences } from './action-consequences.js';
import { type ActionRequestBody, readWanted } from './action-input.js';
import { planView } from './action-views.js';
import { planUnseen, requireInput } from './by-hand-plan.js';
import { ProviderActions } from './provider-actions.js';
import { whyNotUndoable } from './undoing.js';

export const OUTDATED = 'Something is not as it was when the plan was shown. Look at what would be done now.';

/** What somebody asks for, looked at before it is kept. */
@Injectable()
export class ActionAsking {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
    @Inject(StoredSettings) private readonly settings: StoredSettings,
    @Inject(ProviderActions) private readonly provider: ProviderActions,
    @Inject(ActionConsequences) private readonly consequences: ActionConsequences,
    @Inject(GrantedActions) private readonly granted: GrantedActions,
  ) {}

  offered(integration: Integration): readonly ActionInfo[] {
    return this.desk.connectorOf(integration).actionsOf(integration.config);
  }

  /** @param lost aborted when nobody waits for it any more. @throws Problem that says why it cannot be done */
  async plan(integration: Integration, wanted: ActionPlanInput, lost?: AbortSignal): Promise<ActionPlanView> {
    const info = this.#known(integration, wanted.action);
    const isOffered = this.offered(integration).includes(info);
    const plan = await this.#plan(integration, wanted, lost);
    return planView(plan, info, isOffered, await this.consequences.of(integration, info, plan));
  }

  /** @throws Problem (409) where the plan is not the one that was agreed to, or nothing is to be taken back */
  async toRequest(caller: Caller, integration: Integration, body: ActionRequestBody): Promise<NewActionRequest> {
    const wanted = readWanted(body);
    const byHand = body.byHand === true;
    const info = byHand ? this.#known(integration, body.action) : this.offeredAs(integration, body.action);
    if (body.undoOf !== undefined) await this.#requireUndoable(caller, integration, body.undoOf, wanted);
    const plan = byHand
      ? await this.#planByHand(integration, info, wanted, body.reason)
      : await this.#planAgreed(integration, wanted, body.fingerprint);
    const { title, effect } = info;
    const { kind, id, name } = caller;
    return {
      integrationId: integration.id,
      action: body.action,
      title,
      effect: effect === 'destructive' ? 'destructive' : 'write',
      input: wanted.input,
      plan,
      reason: body.reason?.trim() ?? null,
      findingId: await this.about(caller, 'finding', body.findingId),
      incidentId: await this.about(caller, 'incident', body.incidentId),
      undoOf: body.undoOf ?? null,
      byHand,
      requestedBy: { kind, id, name, userId: caller.userId },
      wish: wishOf(caller, body.wish),
      batchId: null,
    };
  }

  async #planAgreed(
    integration: Integration,
    wanted: ActionPlanInput,
    fingerprint: string | undefined,
  ): Promise<ComparablePlan> {
    if (fingerprint === undefined)
      throw invalidRequest([{ field: 'fingerprint', message: 'Is required: of the plan that was shown.' }]);
    const { lacks, ...plan } = await this.#plan(integration, wanted);
    if (plan.state === 'done') return plan;
    if (plan.fingerprint !== fingerprint) throw outdated();
    if (lacks !== undefined) throw connectorProblem(new PermissionError(lacks));
    return plan;
  }

  /** What is known of it: nothing is sent, so what cannot be looked at, or would be refused, is kept all the same. */
  async #planByHand(
    integration: Integration,
    info: ActionInfo,
    wanted: ActionPlanInput,
    reason: string | undefined,
  ): Promise<ComparablePlan> {
    if (reason === undefined) throw invalidRequest([{ field: 'reason', message: 'Is required: what was done by hand.' }]);
    await requireInput(info, wanted.input);
    try {
      const { lacks: _lacks, ...plan } = await this.#look(integration, wanted);
      return { ...plan, calls: [] };
    } catch (error) {
      if (!ConnectorError.is(error)) throw error;
      return planUnseen(info, wanted.input);
    }
  }

  /** @throws ConnectorError */
  async #look(integration: Integration, { action, input }: ActionPlanInput, lost?: AbortSignal): Promise<ComparablePlan> {
    const connector = this.desk.connectorOf(integration);
    const config = await this.settings.open(integration);
    return this.provider.plan({ connector, config, action, input, ...(lost !== undefined && { lost }) });
  }

  async #plan(integration: Integration, wanted: ActionPlanInput, lost?: AbortSignal): Promise<ComparablePlan> {
    try {
      const plan = await this.#look(integration, wanted, lost);
      await this.#learn(integration, wanted, plan.lacks?.missing ?? []);
      return plan;
    } catch (error) {
      if (!ConnectorError.is(error)) throw error;
      if (error instanceof PermissionError) await this.#learn(integration, wanted, error.missing);
      if (error.kind !== 'config') throw connectorProblem(error);
      const field = error.field === undefined ? 'input' : `input.${error.field}`;
      throw new Problem({ code: 'action-refused', detail: error.message, errors: [{ field, message: error.message }] });
    }
  }

  /** Without the switch nothing is asked for, so that nothing is known to be missing. */
  async #learn(integration: Integration, { action }: ActionPlanInput, missing: readonly string[]): Promise<void> {
    const info = this.offered(integration).find(({ name }) => name === action);
    if (info !== undefined) await this.granted.planned(integration, info, missing);
  }

  /** Whether or not it can be done from here. */
  #known(integration: Integration, name: string): ActionInfo {
    const found = this.desk.connectorOf(integration).actions.find((action) => action.name === name);
    if (found !== undefined) return found;
    throw notOffered(`${integration.name} knows no action "${name}".`);
  }

  /** @throws Problem (409) */
  offeredAs(integration: Integration, name: string): ActionInfo {
    const found = this.#known(integration, name);
    if (this.offered(integration).includes(found)) return found;
    throw notOffered(`The settings of ${integration.name} do not offer "${name}": do it by hand, or let them.`);
  }

  async #requireUndoable(caller: Caller, integration: Integration, undoOf: string, wanted: ActionPlanInput): Promise<void> {
    const detail = await this.whyNotUndone(caller, integration, undoOf, wanted);
    if (detail !== undefined) throw new Problem({ code: 'action-not-undoable', detail });
  }

  /** @returns why a request is not taken back by what is wanted; `undefined`: it is. @throws Problem (404) */
  async whyNotUndone(
    { workspaceId }: Caller,
    { id }: Integration,
    undoOf: string,
    wanted: ActionPlanInput,
    field = 'undoOf',
  ): Promise<string | undefined> {
    const original = await this.storage.actions.find(workspaceId, undoOf);
    if (original === undefined || original.integrationId !== id) throw notFound(field, 'request with this id');
    return whyNotUndoable(original, wanted);
  }

  /** Of what is not there nothing is said. */
  async about(
    { workspaceId }: Caller,
    kind: 'finding' | 'incident',
    id: string | undefined,
    field = `${kind}Id`,
  ): Promise<string | null> {
    if (id === undefined) return null;
    const found =
      kind === 'finding'
        ? await this.storage.findings.find(workspaceId, id)
        : await this.storage.incidents.find(workspaceId, id);
    if (found === undefined) throw notFound(field, `${kind} with this id`);
    return id;
  }
}

/** Of one caller: what another one calls the same is another wish. */
export function wishOf({ kind, id }: Caller, wish: string = randomUUID()): string {
  return `${kind} ${id} ${wish}`;
}

function notOffered(detail: string): Problem {
  return new Problem({ code: 'action-not-offered', detail, errors: [{ field: 'action', message: detail }] });
}

function outdated(): Problem {
  return new Problem({ code: 'action-outdated', detail: OUTDATED });
}
