import { type ActionStep, SUBJECT } from '@castellan/playbooks';
import type { NewActionRequest, PlaybookRun, Storage, StoredItem, StoredStep } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { ActionAsking } from '../actions/action-asking.js';
import { ActionTicks } from '../actions/action-ticks.js';
import { stepWish } from '../actions/step-wish.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { Problem } from '../problems/problem.js';
import { problemType } from '../problems/problem-catalogue.js';
import { STORAGE } from '../storage/storage-token.js';
import { isOwn, requestedItem } from './requested-item.js';
import { LOOK_AGAIN_MS, type Looked, type RunContext, SELDOM_LOOK_MS, SLOW_LOOK_MS } from './run-context.js';
import { answerKey, begunStep, endedStep, isSettled, outcomeOf, withStep } from './step-log.js';
import { stepRecords, type StepRecord } from './step-records.js';
import { wantedAction } from './wanted-action.js';

/** Of the provider, and by itself over: the same is asked again. */
const PASSING = (['connector-rate-limit', 'connector-transient'] as const).map((code) => problemType(code));
/** After a passing problem, and when it lasts later and later; then a person does it. */
const TRY_AGAIN_MS = 30_000;
const PATIENCE_MINUTES = 15;
/** What is asked for is written down by so many: whoever is killed in between leaves requests that are found by their wishes. */
const WRITTEN_BY = 25;

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

  /** Asks for what was not asked for yet, and looks what has become of the rest. @returns `undefined`: the run is not ours any more */
  async look(context: RunContext, step: ActionStep, begun: StoredStep): Promise<Looked | undefined> {
    let entry = begun;
    let afterMs = SELDOM_LOOK_MS;
    let asked = 0;
    for (const { id } of begun.items) {
      const item = entry.items.find((one) => one.id === id);
      if (item === undefined || isSettled(item)) continue;
      const looked = await this.#lookAt(context, step, item);
      // Somebody has stopped it, or it is driven by another host by now.
      if (looked === undefined) return undefined;
      entry = withItem(entry, looked.item);
      afterMs = Math.min(afterMs, looked.afterMs);
      if (looked.item.requestId === item.requestId || (asked += 1) % WRITTEN_BY > 0) continue;
      if (!(await this.#written(context, entry))) return undefined;
    }
    const troubled = this.#troubled(context, entry);
    if (troubled !== undefined) {
      entry = troubled.entry;
      afterMs = Math.min(afterMs, troubled.afterMs);
    }
    if (entry.items.every(isSettled)) {
      const outcome = outcomeOf(entry);
      return { entry: endedStep(entry, outcome), to: outcome === 'not_done' ? (step.refused ?? null) : null, afterMs: 0 };
    }
    // Until they are, a run does not end; but only where the playbook says so, or where a person was asked, the next step waits.
    const isHeld = step.required || entry.items.some((one) => one.id === TOO_MANY);
    return { entry, to: isHeld ? undefined : null, afterMs };
  }

  async #written({ run }: RunContext, entry: StoredStep): Promise<boolean> {
    const written = await this.storage.playbookLeases.during(run, async ({ log, step }) => ({
      log: withStep(log, entry),
      step,
    }));
    return written !== undefined;
  }

  /** What the provider could not be asked for: it is tried again for a while, then a person does it. */
  #troubled({ met: { trouble } }: RunContext, entry: StoredStep): Troubled | undefined {
    if (trouble === undefined || !entry.items.some(({ state }) => state === 'open')) return undefined;
    const now = new Date();
    const began = entry.items.flatMap(({ state, troubledSince }) => (state === 'open' && troubledSince ? [troubledSince] : []));
    const since = began.toSorted()[0] ?? now.toISOString();
    const lastsMs = now.getTime() - Date.parse(since);
    const isOver = lastsMs >= PATIENCE_MINUTES * 60_000;
    const items = entry.items.map((item): StoredItem => {
      if (item.state !== 'open') return item;
      if (isOver) return byHand(item, `By hand: the provider could not be asked for ${PATIENCE_MINUTES} minutes. ${trouble}`);
      return { ...item, troubledSince: since, message: `It is tried again: ${trouble}` };
    });
    return { entry: { ...entry, items }, afterMs: isOver ? SELDOM_LOOK_MS : Math.max(TRY_AGAIN_MS, lastsMs / 3) };
  }

  async #lookAt(context: RunContext, step: ActionStep, item: StoredItem): Promise<LookedItem | undefined> {
    const { run } = context;
    if (item.state === 'by_hand') {
      const answer = run.answers[answerKey(step.id, item.id)];
      if (answer === undefined) return { item, afterMs: SELDOM_LOOK_MS };
      return {
        item: { ...item, state: answer.is === 'left' ? 'not_done' : 'done_by_hand', by: answer.by, note: answer.note },
        afterMs: SELDOM_LOOK_MS,
      };
    }
    if (item.requestId === null) return this.#ask(context, step, item);
    const request = await this.storage.actions.find(run.workspaceId, item.requestId);
    const now = requestedItem(item, request, run);
    if (now.state === 'open') return this.#ask(context, step, now);
    return { item: now, afterMs: isOwn(run, request) ? SLOW_LOOK_MS : LOOK_AGAIN_MS };
  }

  /** @returns `undefined`: the run is not ours any more */
  async #ask(context: RunContext, step: ActionStep, item: StoredItem): Promise<LookedItem | undefined> {
    const { run, integration, lost, met } = context;
    const wish = stepWish(run, step.id, item.id);
    const known = await this.storage.actions.ofWish(run.workspaceId, wish);
    // Whoever asked was killed before it was written down.
    if (known !== undefined) return { item: { ...item, state: 'requested', requestId: known.id }, afterMs: 0 };
    const info = context.offered.find(({ name }) => name === step.action);
    if (info === undefined)
      return { item: byHand(item, `By hand: ${step.title}, of ${item.record.name}.`), afterMs: SELDOM_LOOK_MS };
    if (met.trouble !== undefined) return { item, afterMs: TRY_AGAIN_MS };
    try {
      const { plan, canRun } = await this.asking.plan(integration, { action: step.action, input: item.input }, lost);
      if (lost.aborted) return undefined;
      if (plan.state === 'done') return { item: { ...item, state: 'done', message: plan.outcome }, afterMs: SELDOM_LOOK_MS };
      if (!canRun.ok)
        return { item: byHand(item, `By hand: ${canRun.message} ${info.byHand.join(' ')}`), afterMs: SELDOM_LOOK_MS };
      const effect = info.effect === 'destructive' ? 'destructive' : 'write';
      return await this.#request(context, item, {
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
      // Nobody has an answer to what was broken off.
      if (lost.aborted) return undefined;
      if (!(error instanceof Problem)) throw error;
      const { type, detail } = error.body;
      if (!PASSING.includes(type))
        return { item: byHand(item, `By hand, or not at all: ${detail} ${info.byHand.join(' ')}`), afterMs: SELDOM_LOOK_MS };
      met.trouble = detail;
      return { item, afterMs: TRY_AGAIN_MS };
    }
  }

  async #request({ run }: RunContext, item: StoredItem, wanted: NewActionRequest): Promise<LookedItem | undefined> {
    const request = await this.storage.playbookLeases.whileOurs(run, async () => {
      const created = await this.storage.actions.create(run.workspaceId, wanted);
      if (created === undefined) throw new Error('The integration was deleted.');
      if (created.is === 'new')
        await this.trail.byHost(run.workspaceId, 'action.request', {
          target: { kind: 'action', id: created.request.id, name: `${created.request.title}: ${created.request.subject.name}` },
          after: {
            integration: run.integrationId,
            action: created.request.action,
            playbook: run.playbook,
            run: run.id,
            state: created.request.state,
          },
        });
      return created.request;
    });
    if (request === undefined) return undefined;
    if (request.state === 'approved') this.ticks.begin(request);
    const asked: StoredItem = { ...item, state: 'requested', requestId: request.id, message: null, troubledSince: undefined };
    return { item: requestedItem(asked, request, run), afterMs: isOwn(run, request) ? SLOW_LOOK_MS : LOOK_AGAIN_MS };
  }
}

interface Troubled {
  readonly entry: StoredStep;
  readonly afterMs: number;
}

interface LookedItem {
  readonly item: StoredItem;
  readonly afterMs: number;
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
