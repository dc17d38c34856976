import type { Logger } from '@castellan/connector-sdk';
import { type RulesOfWorkspaces, watchBatch, type WatchedBatch } from '@castellan/incidents';
import { SetAside, type WorkExecutor } from '@castellan/scheduling';
import type { Integration, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '../metrics/metrics.js';
import { STORAGE } from '../storage/storage-token.js';
import { RuleBooks } from './rule-books.js';

export const DETECTION_LOG = Symbol('DetectionLog');

/** Of one statement: a batch takes far less than a second. */
const MOST_MS = 60_000;
/** Batches of one organisation in a row take so long: then it is the turn of others. */
const TURN_MS = 10_000;
/** Whose events could not be shown to rules is left alone for so long: the others must not wait for what fails each time. */
const AGAIN_MS = 60_000;

/** Shows rules what is new in the log of an organisation, batch by batch, each in a transaction of its own. */
@Injectable()
export class DetectionWork implements WorkExecutor {
  readonly #storage: Storage;
  readonly #books: RuleBooks;
  readonly #metrics: Metrics;
  readonly #log: Logger;
  readonly setAside = new SetAside(AGAIN_MS);

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(RuleBooks) books: RuleBooks,
    @Inject(Metrics) metrics: Metrics,
    @Inject(DETECTION_LOG) log: Logger,
  ) {
    this.#storage = storage;
    this.#books = books;
    this.#metrics = metrics;
    this.#log = log;
  }

  async execute(id: string, shutdown: AbortSignal): Promise<void> {
    try {
      await this.#watch(id, shutdown);
      this.setAside.delete(id);
    } catch (cause) {
      // Nothing is lost: what was taken out of the inbox is back in it.
      if (shutdown.aborted) return;
      this.setAside.add(id);
      this.#log.warn('new activity was not looked at', {
        integration: id,
        error: cause instanceof Error ? cause.message : String(cause),
      });
    }
  }

  async #watch(id: string, shutdown: AbortSignal): Promise<void> {
    const integration = await this.#storage.integrations.find(id);
    // Deleted while it waited.
    if (integration === undefined) return;
    const books = await this.#books.all;
    const ends = performance.now() + TURN_MS;
    // What is left is found again by the next tick, behind those who wait already.
    for (let isMore = true; isMore && !shutdown.aborted && performance.now() < ends; ) {
      const began = performance.now();
      const batch = await this.#storage.bounded({ mostMs: MOST_MS, unwanted: shutdown }, () => this.#batch(integration, books));
      this.#tell(integration, batch, performance.now() - began);
      isMore = batch.isMore;
    }
  }

  #batch({ id, workspaceId, connectorId }: Integration, books: RulesOfWorkspaces): Promise<WatchedBatch> {
    const of = { workspaceId, integrationId: id, product: connectorId };
    return this.#storage.transaction(() => watchBatch(this.#storage.queries, of, books));
  }

  #tell({ id, connectorId: connector }: Integration, { isOurs, events, findings }: WatchedBatch, ms: number): void {
    if (!isOurs) return;
    this.#metrics.watchSeconds.observe({ connector }, ms / 1_000);
    this.#metrics.watchedEvents.inc({ connector }, events);
    const opened = findings.filter(({ isNew }) => isNew).length;
    this.#log[opened > 0 ? 'info' : 'debug']('new activity looked at', {
      integration: id,
      events,
      findings: opened,
      ms: Math.round(ms),
    });
  }
}
