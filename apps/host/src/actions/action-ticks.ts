import type { Logger } from '@castellan/connector-sdk';
import { TickRunner } from '@castellan/scheduling';
import type { DueAction, Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';
import { ACTION_LOG, ActionWork } from './action-work.js';

const EVERY_MS = 5_000;
/**
 * Integrations that one host is busy with: it mostly waits for answers, and a few providers that hang must not hold up all others.
 * What is more waits for the next tick, or for another host.
 */
const AT_ONCE = 32;
/** Of one integration, before another one that waits may have its place: a long batch must not hold up somebody else's emergency. */
const MOST_IN_A_ROW = 20;
const MOST_ROW_MS = 30_000;

/**
 * Begins with what is to be done, or to be looked at again: in each integration one after another. Which host does it is settled by the row
 * (`ActionRequests.take`): a queue of its own would take connections from every host, and know nothing better.
 */
@Injectable()
export class ActionTicks implements OnModuleDestroy {
  readonly #runner: TickRunner;
  readonly #stop = new AbortController();
  /** By integration. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** Integrations that something was asked for while they were under way. */
  readonly #askedMeanwhile = new Set<string>();

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ActionWork) private readonly work: ActionWork,
    @Inject(ACTION_LOG) private readonly log: Logger,
  ) {
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  look(): Promise<void> {
    return this.#runner.once('actions', () => this.#beginDue());
  }

  /** Now, if there is room, and then with whatever else is due in its integration. */
  begin({ id, integrationId }: DueAction): void {
    if (this.#stop.signal.aborted) return;
    if (this.#underWay.has(integrationId)) return void this.#askedMeanwhile.add(integrationId);
    if (this.#underWay.size < AT_ONCE) this.#underWay.set(integrationId, this.#work(id, integrationId));
  }

  async #beginDue(): Promise<void> {
    for (const due of await this.storage.actions.due(AT_ONCE, { except: [...this.#underWay.keys()] })) this.begin(due);
  }

  async #work(first: string, integrationId: string): Promise<void> {
    try {
      // Given back before the next look, which may begin with this very integration again: that entry is not ours to remove.
      const isMoreDue = await this.#oneAfterAnother(first, integrationId).finally(() => this.#underWay.delete(integrationId));
      if (isMoreDue) await this.#beginDue();
    } catch (cause) {
      // The row says that it is due still, once its lease has run out.
      const error = cause instanceof Error ? cause.message : String(cause);
      this.log.warn('an action was given up', { integration: integrationId, error });
    }
  }

  /** @returns whether it was left off with more to do */
  async #oneAfterAnother(first: string, integrationId: string): Promise<boolean> {
    let next: string | undefined = first;
    const until = performance.now() + MOST_ROW_MS;
    for (let done = 0; next !== undefined && done < MOST_IN_A_ROW && !this.#stop.signal.aborted; done += 1) {
      if (performance.now() > until) return true;
      // Somebody else has it: whoever that is goes on with the rest.
      if (!(await this.work.execute(next, this.#stop.signal))) return false;
      next = await this.#nextIn(integrationId);
    }
    return next !== undefined;
  }

  async #nextIn(integrationId: string): Promise<string | undefined> {
    this.#askedMeanwhile.delete(integrationId);
    const [due] = await this.storage.actions.due(1, { only: integrationId });
    if (due !== undefined) return due.id;
    return this.#askedMeanwhile.has(integrationId) ? this.#nextIn(integrationId) : undefined;
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#runner.stop();
    await Promise.all(this.#underWay.values());
  }
}
