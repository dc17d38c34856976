import { type ActionStep, SUBJECT } from '@castellan/playbooks';
import type { NewActionRequest, PlaybookRun, PlaybookWait, Storage, StoredItem, StoredStep } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { ActionAsking } from '../actions/action-asking.js';
import { ActionTicks } from '../actions/action-ticks.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { Problem } from '../problems/problem.js';
import { problemType } from '../problems/problem-catalogue.js';
import { STORAGE } from '../storage/storage-token.js';
import { NEEDS_AGREEMENT } from './agreement.js';
import { requestedItem, wishesOf } from './requested-item.js';
import { LOOK_AGAIN_MS, type Looked, type RunContext, SLOW_LOOK_MS } from './run-context.js';
import { answerKey, begunStep, endedStep, isSettled, withStep } from './step-log.js';
import { stepRecords, type StepRecord } from './step-records.js';
import { wantedAction } from './wanted-action.js';

/** Of the provider, and by itself over: the same is asked again. */
const PASSING = (['connector-rate-limit', 'connector-transient', 'connector-upstream'] as const).map((code) =>
  problemType(code),
);
/** After a passing problem. */
const TRY_AGAIN_MS = 30_000;

/** Steps that do something at the provider: each record becomes an ordinary request for an action. */
@Injectable()
export class ActionSteps {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ActionAsking) private readonly asking: ActionAsking,
    @Inject(ActionTicks) private readonly ticks: ActionTicks,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
  ) {}

  /** Names the records, once: what comes to be later is not of this run. */
  async begin(context: RunContext, step: ActionStep): Promise<StoredStep> {
    const records = await stepRecords(this.storage, context.run, step);
    if (records.length === 0) return endedStep(begunStep(step), 'skipped', { message: 'There is nothing to do it to.' });
    if (records.length > step.most) return begunStep(step, { items: [tooMany(context.run, step, records.length)] });
    return begunStep(step, { items: records.map((record) => itemOf(context, step, record)) });
  }

  /** Asks for what was not asked for yet, and looks what has become of the rest. */
  async look(context: RunContext, step: ActionStep, begun: StoredStep): Promise<Looked | undefined> {
    let entry = begun;
    let afterMs = SLOW_LOOK_MS;
    for (const { id } of begun.items) {
      const item = entry.items.find((one) => one.id === id);
      if (item === undefined || isSettled(item)) continue;
      const looked = await this.#lookAt(context, step, entry, item);
      // Somebody has stopped it, or it is driven by another host by now.
      if (looked === undefined) return undefined;
      entry = withItem(entry, looked.item);
      afterMs = Math.min(afterMs, looked.afterMs);
    }
    if (entry.items.every(isSettled)) return { entry: endedStep(entry, 'done'), to: null, waitsFor: null, afterMs: 0 };
    // Until they are, a run does not end; but only where the playbook says so, or where a person was asked, the next step waits.
    const isHeld =
      step.required || entry.items.some((one) => one.id === TOO_MANY) || entry.items.some(({ state }) => state === 'open');
    return { entry, to: isHeld ? undefined : null, waitsFor: waitOf(entry), afterMs };
  }

  /** What a step that is open waits for. */
  waitOf(entry: StoredStep): PlaybookWait {
    return waitOf(entry);
  }

  async #lookAt(context: RunContext, step: ActionStep, entry: StoredStep, item: StoredItem): Promise<LookedItem | undefined> {
    if (item.state === 'by_hand') {
      const answer = context.run.answers[answerKey(step.id, item.id)];
      if (answer === undefined) return { item, afterMs: SLOW_LOOK_MS };
      return { item: { ...item, state: 'done_by_hand', by: answer.by, note: answer.note }, afterMs: 0 };
    }
    if (item.requestId !== null) {
      const { workspaceId } = context.run;
      const request = await this.storage.actions.find(workspaceId, item.requestId);
      return { item: await requestedItem(this.storage, item, request, context.run), afterMs: LOOK_AGAIN_MS };
    }
    return this.#ask(context, step, entry, item);
  }

  /** @returns `undefined`: the run is not ours any more */
  async #ask(context: RunContext, step: ActionStep, entry: StoredStep, item: StoredItem): Promise<LookedItem | undefined> {
    const { run, integration } = context;
    const wish = wishOf(run, step, item);
    const known = await this.storage.actions.ofWish(run.workspaceId, wish);
    // Whoever asked was killed before it was written down.
    if (known !== undefined) return { item: { ...item, state: 'requested', requestId: known.id }, afterMs: 0 };
    const info = context.offered.find(({ name }) => name === step.action);
    if (info === undefined) return { item: byHand(item, `By hand: ${step.title}, of ${item.record.name}.`), afterMs: 0 };
    try {
      const { plan, canRun } = await this.asking.plan(integration, { action: step.action, input: item.input });
      if (plan.state === 'done') return { item: { ...item, state: 'done', message: plan.outcome }, afterMs: 0 };
      if (!canRun.ok) return { item: byHand(item, `By hand: ${canRun.message} ${info.byHand.join(' ')}`), afterMs: 0 };
      const effect = info.effect === 'destructive' ? 'destructive' : 'write';
      return await this.#request(context, entry, item, {
        integrationId: integration.id,
        action: step.action,
        title: info.title,
        effect,
        input: item.input,
        plan,
        reason: `Playbook "${context.playbook.title}": ${step.title}`,
        findingId: run.findingId,
        incidentId: run.incidentId,
        undoOf: null,
        byHand: false,
        batchId: null,
        requestedBy: run.startedBy,
        wish,
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (PASSING.includes(error.body.type))
        return { item: { ...item, message: `It is tried again: ${error.body.detail}` }, afterMs: TRY_AGAIN_MS };
      return { item: byHand(item, `By hand, or not at all: ${error.body.detail} ${info.byHand.join(' ')}`), afterMs: 0 };
    }
  }

  async #request(
    { run }: RunContext,
    entry: StoredStep,
    item: StoredItem,
    wanted: NewActionRequest,
  ): Promise<LookedItem | undefined> {
    const made = await this.storage.playbookLeases.during(run, async (stored) => {
      const created = await this.storage.actions.create(run.workspaceId, wanted);
      if (created === undefined) throw new Error('The integration was deleted.');
      const { request, is } = created;
      if (is === 'new')
        await this.trail.byHost(run.workspaceId, 'action.request', {
          target: { kind: 'action', id: request.id, name: `${request.title}: ${request.subject.name}` },
          after: {
            integration: run.integrationId,
            action: request.action,
            playbook: run.playbook,
            run: run.id,
            state: request.state,
          },
        });
      const requested: StoredItem = { ...item, state: 'requested', requestId: request.id, message: null };
      return { log: withStep(stored.log, withItem(entry, requested)), step: stored.step, request, requested };
    });
    if (made === undefined) return undefined;
    if (made.request.state === 'approved') this.ticks.begin(made.request);
    return { item: made.requested, afterMs: made.request.state === 'approved' ? 1_000 : LOOK_AGAIN_MS };
  }
}

interface LookedItem {
  readonly item: StoredItem;
  readonly afterMs: number;
}

/** The same for one record in one step of one run, whoever asks however often. */
function wishOf(run: PlaybookRun, step: ActionStep, item: StoredItem): string {
  return `${wishesOf(run)}${step.id} ${item.id}`;
}

const TOO_MANY = 'too-many';

function itemOf({ offered, known }: RunContext, step: ActionStep, record: StepRecord): StoredItem {
  const { kind, key, name } = record;
  const wanted = wantedAction({ offered, known }, step.action, record);
  const item: StoredItem = {
    id: createHash('sha256').update(`${kind} ${key}`).digest('base64url').slice(0, 16),
    record: { kind, key, name },
    input: wanted.input,
    state: 'open',
    requestId: null,
    message: null,
    note: null,
    by: null,
  };
  return 'byHand' in wanted ? byHand(item, wanted.byHand) : item;
}

function tooMany({ subject }: PlaybookRun, { title, most, on }: ActionStep, count: number): StoredItem {
  const what =
    on === SUBJECT ? title : `${title}: there are ${count}, and this step touches ${most} at most. Nothing was done.`;
  return {
    id: TOO_MANY,
    record: subject,
    input: {},
    state: 'by_hand',
    requestId: null,
    message: `By hand: ${what}`,
    note: null,
    by: null,
  };
}

function byHand(item: StoredItem, message: string): StoredItem {
  return { ...item, state: 'by_hand', message };
}

function withItem(entry: StoredStep, item: StoredItem): StoredStep {
  return { ...entry, items: entry.items.map((one) => (one.id === item.id ? item : one)) };
}

/** What a person can do comes first. */
function waitOf({ items }: StoredStep): PlaybookWait {
  if (items.some(({ state }) => state === 'by_hand')) return 'hand';
  return items.some(({ state, message }) => state === 'requested' && message === NEEDS_AGREEMENT) ? 'agreement' : 'action';
}
