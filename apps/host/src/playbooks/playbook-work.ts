import { holds, type Next, nextOf, type Playbook, type Step, unmet } from '@castellan/playbooks';
import type { Logger } from '@castellan/connector-sdk';
import type { PlaybookRun, PlaybookWait, RunPosition, Storage, StoredStep } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { STORAGE } from '../storage/storage-token.js';
import { ActionSteps } from './action-steps.js';
import { calledOff } from './called-off.js';
import { notified } from './notify-steps.js';
import { type Looked, type RunContext, SLOW_LOOK_MS } from './run-context.js';
import { RunEnds } from './run-ends.js';
import { begunStep, endedStep, withStep } from './step-log.js';
import { factsOf } from './subject-facts.js';
import { begunWait, lookAtApproval, lookAtWait } from './waiting-steps.js';

export const PLAYBOOK_LOG = Symbol('PlaybookLog');

/** Of the 60 s that a lease holds. */
const KEPT_EVERY_MS = 20_000;
/** What the run does not wait for, and shows. */
const BEHIND_MS = 15_000;
/** After something that nobody has foreseen. */
const TROUBLED_MS = 60_000;

/**
 * Drives a run as far as it goes. All that is known of it is in its row: whoever is killed leaves a lease that runs out, and the next
 * one goes on from what was written down.
 */
@Injectable()
export class PlaybookWork {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
    @Inject(ActionSteps) private readonly actions: ActionSteps,
    @Inject(RunEnds) private readonly ends: RunEnds,
    @Inject(PLAYBOOK_LOG) private readonly log: Logger,
  ) {}

  async execute(id: string, shutdown: AbortSignal): Promise<void> {
    const run = await this.storage.playbookLeases.take(id);
    // Somebody else has it, or it is over.
    if (run === undefined) return;
    const keeper = setInterval(() => void this.#keep(run), KEPT_EVERY_MS);
    try {
      await this.#drive(run, shutdown);
    } catch (cause) {
      this.log.warn('a step of a playbook failed', { run: id, error: cause instanceof Error ? cause.message : String(cause) });
      await this.storage.playbookLeases.later(run, run.waitsFor, shutdown.aborted ? 0 : TROUBLED_MS);
    } finally {
      clearInterval(keeper);
    }
  }

  async #keep(run: PlaybookRun): Promise<void> {
    await this.storage.playbookLeases.keep(run).catch((cause: unknown) => {
      this.log.warn('a lease was not renewed', { run: run.id, error: cause instanceof Error ? cause.message : String(cause) });
    });
  }

  async #drive(run: PlaybookRun, shutdown: AbortSignal): Promise<void> {
    const context = await this.#contextOf(run);
    // Deleted since: with it goes the run.
    if (context === undefined) return this.storage.playbookLeases.later(run, null, SLOW_LOOK_MS);
    if (run.deadlineAt.getTime() <= Date.now()) return this.ends.expire(context);
    const why = await calledOff(this.storage, run);
    if (why !== undefined) return this.ends.callOff(run, why);
    let position: RunPosition | undefined = await this.#lookBehind(context, { log: run.log, step: run.step });
    for (;;) {
      // It was stopped, or another host has it.
      if (position === undefined) return;
      const step = context.playbook.steps.find(({ id }) => id === position?.step);
      if (step === undefined) return this.#atEnd(context, position);
      if (shutdown.aborted) return this.storage.playbookLeases.later(run, null, 0);
      const looked: Moved | undefined = await this.#move(context, step, position);
      if (looked?.wait !== undefined) return this.#wait(context, step, looked.position, looked.wait);
      position = looked?.position;
    }
  }

  /** What the run has left behind and is not settled is looked at sooner. */
  #wait({ run }: RunContext, step: Step, { log }: RunPosition, { waitsFor, afterMs }: Wait): Promise<void> {
    const isMoreOpen = log.some((entry) => entry.state === 'open' && entry.step !== step.id);
    return this.storage.playbookLeases.later(run, waitsFor, isMoreOpen ? Math.min(afterMs, BEHIND_MS) : afterMs);
  }

  async #contextOf(run: PlaybookRun): Promise<RunContext | undefined> {
    const integration = await this.storage.integrations.get(run.workspaceId, run.integrationId);
    if (integration === undefined) return undefined;
    const connector = this.desk.connectorOf(integration);
    // It was one when it was written.
    const playbook = run.definition as Playbook;
    return { run, playbook, integration, offered: connector.actionsOf(integration.config), known: connector.actions };
  }

  /** Steps that the run has left behind, and of which something is to come still. */
  async #lookBehind(context: RunContext, position: RunPosition): Promise<RunPosition | undefined> {
    let now: RunPosition | undefined = position;
    for (const entry of position.log) {
      const step = context.playbook.steps.find(({ id }) => id === entry.step);
      if (entry.state !== 'open' || entry.step === position.step || step?.kind !== 'action') continue;
      const looked = await this.actions.look(context, step, entry);
      now = looked && (await this.#write(context, looked.entry, position.step));
      if (now === undefined) return undefined;
    }
    return now;
  }

  async #move(context: RunContext, step: Step, position: RunPosition): Promise<Moved | undefined> {
    const known = position.log.find((entry) => entry.step === step.id);
    if (known === undefined) {
      const begun = await this.#begin(context, step);
      return begun && { position: begun };
    }
    const looked = await this.#look(context, step, known);
    if (looked === undefined) return undefined;
    const { entry, to, waitsFor, afterMs } = looked;
    const written = await this.#write(
      context,
      entry,
      to === undefined ? step.id : placeOf(nextOf(context.playbook, step.id, to)),
    );
    if (written === undefined) return undefined;
    return to === undefined ? { position: written, wait: { waitsFor, afterMs } } : { position: written };
  }

  /** A step whose condition does not hold is left out. */
  async #begin(context: RunContext, step: Step): Promise<RunPosition | undefined> {
    const { run, playbook } = context;
    const { facts } = await factsOf(this.storage.queries, run, run.subject, new Set(Object.keys(step.when)));
    const next = placeOf(nextOf(playbook, step.id, null));
    if (!holds(step.when, facts)) {
      const message = `Left out: ${unmet(step.when, facts) ?? ''} is not as this step wants it.`;
      return this.#write(context, endedStep(begunStep(step), 'skipped', { message }), next);
    }
    if (step.kind === 'notify')
      return this.storage.playbookLeases.during(run, async ({ log }) => {
        return { log: withStep(log, await notified(this.storage, context, step)), step: next };
      });
    const begun = step.kind === 'action' ? await this.actions.begin(context, step) : begunWait(step);
    return this.#write(context, begun, begun.state === 'open' ? step.id : next);
  }

  async #look(context: RunContext, step: Step, entry: StoredStep): Promise<Looked | undefined> {
    switch (step.kind) {
      case 'action':
        return this.actions.look(context, step, entry);
      case 'approval':
        return lookAtApproval(context, step, entry);
      case 'wait':
        return lookAtWait(this.storage, context, step, entry);
      case 'notify':
        return { entry, to: null, waitsFor: null, afterMs: 0 };
    }
  }

  #write({ run }: RunContext, entry: StoredStep, step: string | null): Promise<RunPosition | undefined> {
    return this.storage.playbookLeases.during(run, async ({ log }) => ({ log: withStep(log, entry), step }));
  }

  /** All steps are behind it; what is to come still is waited for. */
  async #atEnd(context: RunContext, { log, step }: RunPosition): Promise<void> {
    const open = log.filter(({ state }) => state === 'open');
    if (open.length === 0) return this.ends.end(context, step ?? 'done');
    const waits = open.map((entry) => this.actions.waitOf(entry));
    const waitsFor: PlaybookWait = waits.find((one) => one === 'hand') ?? waits.find((one) => one === 'agreement') ?? 'action';
    await this.storage.playbookLeases.later(context.run, waitsFor, waitsFor === 'hand' ? SLOW_LOOK_MS : 5_000);
  }
}

interface Wait {
  readonly waitsFor: PlaybookWait | null;
  readonly afterMs: number;
}

interface Moved {
  readonly position: RunPosition;
  /** It goes on later. */
  readonly wait?: Wait;
}

/** Steps and ends have different names: a run that has come to an end stands there until all is settled. */
function placeOf(next: Next): string {
  return 'step' in next ? next.step.id : next.end;
}
