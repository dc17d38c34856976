import {
  type ActionStep,
  type ApprovalStep,
  DONE,
  holds,
  type Next,
  nextOf,
  type NotifyStep,
  type Playbook,
  type Step,
  unmet,
  type WaitStep,
} from '@castellan/playbooks';
import type { Logger } from '@castellan/connector-sdk';
import type { Integration, PlaybookRun, RunPosition, Storage, StoredStep } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { keepLease } from '../actions/action-lease.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { STORAGE } from '../storage/storage-token.js';
import { ActionSteps } from './action-steps.js';
import { calledOff } from './called-off.js';
import { notified } from './notify-steps.js';
import { type Looked, type RunContext, SELDOM_LOOK_MS } from './run-context.js';
import { RunEnds } from './run-ends.js';
import { begunStep, endedStep, waitsFor, withStep } from './step-log.js';
import { factsOf } from './subject-facts.js';
import { begunWait, lookAtApproval, lookAtWait } from './waiting-steps.js';

export const PLAYBOOK_LOG = Symbol('PlaybookLog');

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

  /** @param run that was taken (see `PlaybookLeases.take`) */
  async execute(run: PlaybookRun, shutdown: AbortSignal): Promise<void> {
    const leases = this.storage.playbookLeases;
    const lease = keepLease(() => leases.keep(run), this.log, { run: run.id });
    try {
      await this.#drive(run, AbortSignal.any([lease.lost, shutdown]));
      if (shutdown.aborted) await leases.later(run, run.waitsFor, 0);
    } catch (cause) {
      this.log.warn('a step of a playbook failed', {
        run: run.id,
        error: cause instanceof Error ? cause.message : String(cause),
      });
      await leases.later(run, run.waitsFor, shutdown.aborted ? 0 : TROUBLED_MS);
    } finally {
      lease.end();
    }
  }

  async #drive(run: PlaybookRun, lost: AbortSignal): Promise<void> {
    const integration = await this.storage.integrations.get(run.workspaceId, run.integrationId);
    // Deleted since: with it goes the run.
    if (integration === undefined) return this.storage.playbookLeases.later(run, null, SELDOM_LOOK_MS);
    // For both no connector is needed, which may be missing on this host.
    if (run.deadlineAt.getTime() <= Date.now()) return this.ends.expire(run);
    const why = await calledOff(this.storage, run);
    if (why !== undefined) return this.ends.callOff(run, why);
    const context = this.#contextOf(run, integration, lost);
    let position: RunPosition | undefined = await this.#lookBehind(context, { log: run.log, step: run.step });
    for (;;) {
      // It was stopped, or another host has it.
      if (position === undefined || lost.aborted) return;
      const step = context.playbook.steps.find(({ id }) => id === position?.step);
      if (step === undefined) return this.#atEnd(context, position);
      const moved: Moved | undefined = await this.#move(context, step, position);
      if (moved?.isWaiting === true) return this.#wait(context, moved.position);
      position = moved?.position;
    }
  }

  /** Until the first of all that is open is looked at again. */
  #wait({ run, met }: RunContext, { log }: RunPosition): Promise<void> {
    return this.storage.playbookLeases.later(run, waitsFor(log), met.afterMs);
  }

  #contextOf(run: PlaybookRun, integration: Integration, lost: AbortSignal): RunContext {
    const connector = this.desk.connectorOf(integration);
    // It was one when it was written.
    const playbook = run.definition as Playbook;
    const offered = connector.actionsOf(integration.config);
    return { run, playbook, integration, offered, known: connector.actions, lost, met: { afterMs: SELDOM_LOOK_MS } };
  }

  /** Steps that the run has left behind, and of which something is to come still. */
  async #lookBehind(context: RunContext, position: RunPosition): Promise<RunPosition | undefined> {
    let now: RunPosition | undefined = position;
    for (const entry of position.log) {
      const step = context.playbook.steps.find(({ id }) => id === entry.step);
      if (entry.state !== 'open' || entry.step === position.step || step?.kind !== 'action') continue;
      const looked: Looked | undefined = await this.#look(context, step, entry);
      now = looked && (await this.#write(context, now, looked.entry, position.step));
      if (now === undefined) return undefined;
    }
    return now;
  }

  async #move(context: RunContext, step: Step, position: RunPosition): Promise<Moved | undefined> {
    const known = position.log.find((entry) => entry.step === step.id);
    if (known === undefined) {
      const begun = await this.#begin(context, step, position);
      return begun && { position: begun, isWaiting: false };
    }
    if (step.kind === 'approval') return this.#decide(context, step, known);
    const looked = await this.#look(context, step, known);
    const written = looked && (await this.#write(context, position, looked.entry, after(context, step, looked)));
    return written && { position: written, isWaiting: looked?.to === undefined };
  }

  /** With what people have said up to now: nobody answers in time and is called late. */
  async #decide(context: RunContext, step: ApprovalStep, entry: StoredStep): Promise<Moved | undefined> {
    return this.storage.playbookLeases
      .during(context.run, async ({ log, answers }) => {
        const looked = noted(context, lookAtApproval({ answers }, step, entry));
        return { log: withStep(log, looked.entry), step: after(context, step, looked), isWaiting: looked.to === undefined };
      })
      .then((done) => done && { position: done, isWaiting: done.isWaiting });
  }

  /** A step whose condition does not hold is left out. */
  async #begin(context: RunContext, step: Step, position: RunPosition): Promise<RunPosition | undefined> {
    const { run, playbook } = context;
    const { facts } = await factsOf(this.storage.queries, run, run.subject, new Set(Object.keys(step.when)));
    const next = placeOf(nextOf(playbook, step.id, null));
    if (!holds(step.when, facts)) {
      const message = `Left out: ${unmet(step.when, facts) ?? ''} is not as this step wants it.`;
      return this.#write(context, position, endedStep(begunStep(step), 'skipped', { message }), next);
    }
    if (step.kind === 'notify')
      return this.storage.playbookLeases.during(run, async ({ log }) => {
        return { log: withStep(log, await notified(this.storage, context, step)), step: next };
      });
    const begun = step.kind === 'action' ? await this.actions.begin(context, step) : begunWait(step);
    return this.#write(context, position, begun, begun.state === 'open' ? step.id : next);
  }

  async #look(context: RunContext, step: ActionStep | WaitStep | NotifyStep, entry: StoredStep): Promise<Looked | undefined> {
    switch (step.kind) {
      case 'action': {
        const looked = await this.actions.look(context, step, entry);
        return looked && noted(context, looked);
      }
      case 'wait':
        return noted(context, await lookAtWait(this.storage, context, step, entry));
      case 'notify':
        return { entry, to: null, afterMs: 0 };
    }
  }

  /** Only what has changed: an entry is made of the one that is known, with its fields in the same order. */
  async #write(
    { run }: RunContext,
    now: RunPosition | undefined,
    entry: StoredStep,
    step: string | null,
  ): Promise<RunPosition | undefined> {
    const known = now?.log.find((one) => one.step === entry.step);
    if (now !== undefined && now.step === step && JSON.stringify(known) === JSON.stringify(entry)) return now;
    return this.storage.playbookLeases.during(run, async ({ log }) => ({ log: withStep(log, entry), step }));
  }

  /** All steps are behind it; what is to come still is waited for. */
  async #atEnd(context: RunContext, position: RunPosition): Promise<void> {
    const isOpen = position.log.some(({ state }) => state === 'open');
    return isOpen ? this.#wait(context, position) : this.ends.end(context, position.step ?? DONE, position.log);
  }
}

interface Moved {
  readonly position: RunPosition;
  /** It goes on later. */
  readonly isWaiting: boolean;
}

/** What is open still is looked at again. */
function noted({ met }: RunContext, looked: Looked): Looked {
  if (looked.entry.state === 'open') met.afterMs = Math.min(met.afterMs, looked.afterMs);
  return looked;
}

function after({ playbook }: RunContext, step: Step, { to }: Looked): string {
  return to === undefined ? step.id : placeOf(nextOf(playbook, step.id, to));
}

/** Steps and ends have different names: a run that has come to an end stands there until all is settled. */
function placeOf(next: Next): string {
  return 'step' in next ? next.step.id : next.end;
}
