import type { ActionBatchPlanned, ActionBatchPlanView } from '@castellan/api';
import {
  type ActionInfo,
  type AnyConnectorError,
  type ComparablePlan,
  type JsonObject,
  PermissionError,
} from '@castellan/connector-sdk';
import type { ActionProblem, BatchRefused, Integration, NewActionBatch } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../callers/caller.js';
import { ConnectorDesk } from '../../connectors/connector-desk.js';
import { StoredSettings } from '../../integrations/stored-settings.js';
import { connectorProblem } from '../../problems/connector-problem.js';
import { Problem } from '../../problems/problem.js';
import { ActionAsking, OUTDATED, wishOf } from '../action-asking.js';
import { GrantedActions } from '../granted-actions.js';
import { ActionConsequences } from '../action-consequences.js';
import { planView } from '../action-views.js';
import { type Looked, ProviderActions } from '../provider-actions.js';
import { type BatchBody, type BatchItem, readItems } from './batch-input.js';

/** What the next object would be refused for as well. */
const OF_ALL: readonly string[] = ['auth', 'permission', 'internal'];

/** To so many one person may do what is not destructive: a slip of the hand must not reach half of an organisation. */
const MOST_ALONE = 10;

function needsApproval({ effect }: ActionInfo, many: number): boolean {
  return effect === 'destructive' || many > MOST_ALONE;
}

type Accepted = NewActionBatch['items'][number];

/** What an object says of itself, beside its input. */
interface Known extends Pick<Accepted, 'findingId' | 'incidentId' | 'undoOf'> {
  readonly notUndone: ActionProblem | undefined;
}

const NOT_UNDOABLE = 'not-undoable';

/** The same for many objects, each looked at before it is kept. */
@Injectable()
export class BatchAsking {
  constructor(
    @Inject(ActionAsking) private readonly asking: ActionAsking,
    @Inject(ActionConsequences) private readonly consequences: ActionConsequences,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
    @Inject(StoredSettings) private readonly settings: StoredSettings,
    @Inject(ProviderActions) private readonly provider: ProviderActions,
    @Inject(GrantedActions) private readonly granted: GrantedActions,
  ) {}

  /** @throws Problem where it is not the one or other object that it cannot be done to */
  async plan(
    integration: Integration,
    name: string,
    inputs: readonly JsonObject[],
    gone: AbortSignal,
  ): Promise<ActionBatchPlanView> {
    const action = this.asking.offeredAs(integration, name);
    const items: ActionBatchPlanned[] = [];
    for (const [index, { plan, error }] of (await this.#look(integration, name, inputs, gone)).entries()) {
      const input = inputs[index] ?? {};
      if (error !== undefined) items.push({ input, planned: null, problem: problemOf(error) });
      else {
        const consequences = await this.consequences.of(integration, action, plan);
        const { needsApproval: _ofAll, ...planned } = planView(plan, action, true, consequences);
        items.push({ input, planned, problem: null });
      }
    }
    const open = items.filter(({ planned }) => planned !== null && planned.plan.state !== 'done' && planned.canRun.ok);
    return { items, needsApproval: needsApproval(action, open.length) };
  }

  /** @throws Problem where nothing of it can be done as it was agreed to */
  async toBatch(caller: Caller, integration: Integration, body: BatchBody, gone: AbortSignal): Promise<NewActionBatch> {
    const info = this.asking.offeredAs(integration, body.action);
    const items = await readItems(body.items);
    const [known, looked] = [
      await this.#known(caller, integration, body.action, items),
      await this.#look(
        integration,
        body.action,
        items.map(({ input }) => input),
        gone,
      ),
    ];
    const accepted: Accepted[] = [];
    const refused: BatchRefused[] = [];
    for (const [index, item] of items.entries()) {
      const { plan, error = undefined } = looked[index] ?? {};
      const { notUndone, ...about } = known[index] ?? NOTHING;
      const problem = notUndone ?? (error === undefined ? outdatedOf(item, plan) : problemOf(error));
      if (problem !== undefined) refused.push({ input: item.input, problem });
      else if (plan !== undefined) accepted.push({ input: item.input, plan: agreed(plan), ...about });
    }
    if (accepted.length === 0) throw nothingLeft(items, refused);
    const { kind, id, name } = caller;
    return {
      integrationId: integration.id,
      action: body.action,
      title: info.title,
      needsApproval: needsApproval(info, accepted.length),
      effect: info.effect === 'destructive' ? 'destructive' : 'write',
      reason: body.reason?.trim() ?? null,
      requestedBy: { kind, id, name, userId: caller.userId },
      wish: wishOf(caller, body.wish),
      items: accepted,
      refused,
    };
  }

  async #look(
    integration: Integration,
    action: string,
    inputs: readonly JsonObject[],
    gone: AbortSignal,
  ): Promise<readonly Looked[]> {
    const connector = this.desk.connectorOf(integration);
    const config = await this.settings.open(integration);
    const looked = await this.provider.planEach({ connector, config, action }, inputs, gone);
    const ofAll = looked.find(({ error }) => error !== undefined && OF_ALL.includes(error.kind))?.error;
    const missing = looked.flatMap(
      ({ plan, error }) => plan?.lacks?.missing ?? (error instanceof PermissionError ? error.missing : []),
    );
    const info = this.asking.offered(integration).find(({ name }) => name === action);
    // What none could be looked at for says nothing.
    const isKnown = missing.length > 0 || looked.some(({ plan }) => plan !== undefined);
    if (info !== undefined && isKnown) await this.granted.planned(integration, info, missing);
    if (ofAll !== undefined) throw connectorProblem(ofAll);
    return looked;
  }

  async #known(
    caller: Caller,
    integration: Integration,
    action: string,
    items: readonly BatchItem[],
  ): Promise<readonly Known[]> {
    const known: Known[] = [];
    for (const [index, { input, findingId, incidentId, undoOf }] of items.entries()) {
      const field = (name: string): string => `items.${index}.${name}`;
      const why =
        undoOf === undefined
          ? undefined
          : await this.asking.whyNotUndone(caller, integration, undoOf, { action, input }, field('undoOf'));
      known.push({
        findingId: await this.asking.about(caller, 'finding', findingId, field('findingId')),
        incidentId: await this.asking.about(caller, 'incident', incidentId, field('incidentId')),
        undoOf: undoOf ?? null,
        notUndone: why === undefined ? undefined : { kind: NOT_UNDOABLE, message: why },
      });
    }
    return known;
  }
}

/** @throws Problem where the connection lacks what it takes: then it does so for each. */
function agreed({ lacks, ...plan }: ComparablePlan): ComparablePlan {
  if (lacks !== undefined && plan.state !== 'done') throw connectorProblem(new PermissionError(lacks));
  return plan;
}

const NOTHING: Known = { findingId: null, incidentId: null, undoOf: null, notUndone: undefined };

function problemOf(error: AnyConnectorError): ActionProblem {
  return error.view();
}

function outdatedOf({ fingerprint }: BatchItem, plan: ComparablePlan | undefined): ActionProblem | undefined {
  if (plan === undefined || plan.state === 'done' || plan.fingerprint === fingerprint) return undefined;
  return { kind: 'outdated', message: OUTDATED, outdated: plan };
}

/** Where all are refused for the same. */
const CODES: Readonly<Record<string, 'action-outdated' | 'action-not-undoable'>> = {
  outdated: 'action-outdated',
  [NOT_UNDOABLE]: 'action-not-undoable',
};

function nothingLeft(items: readonly BatchItem[], refused: readonly BatchRefused[]): Problem {
  const errors = refused.map(({ input, problem }) => {
    const field = `items.${items.findIndex((item) => item.input === input)}`;
    return { field, message: problem.message };
  });
  const kinds = [...new Set(refused.map(({ problem }) => problem.kind))];
  const code = (kinds.length === 1 && CODES[kinds[0] ?? '']) || 'action-refused';
  const detail =
    code === 'action-not-undoable'
      ? 'None of these can be taken back.'
      : 'It cannot be done to any of these objects as it was agreed to.';
  return new Problem({ code, detail, errors });
}
