import type { Logger } from '@castellan/connector-sdk';
import { afterFailure, type RulesOfWorkspaces, watchBatch, type WatchedBatch } from '@castellan/incidents';
import { SetAside, type WorkExecutor } from '@castellan/scheduling';
import type { InboxPlace, Integration, Storage } from '@castellan/storage';
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
      this.#log.warn('new activity was not looked at', { integration: id, error: wordsOf(cause) });
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
      const batch = await this.#batch(integration, books, shutdown);
      if (batch !== undefined) this.#tell(integration, batch, performance.now() - began);
      isMore = batch?.isMore ?? true;
    }
  }

  /** @returns `undefined`: it has failed, and the next one is another. @throws what it has failed for: it is to be tried again after a while */
  async #batch(integration: Integration, books: RulesOfWorkspaces, shutdown: AbortSignal): Promise<WatchedBatch | undefined> {
    const { id, workspaceId, connectorId } = integration;
    const of = { workspaceId, integrationId: id, product: connectorId };
    const bounds = { mostMs: MOST_MS, unwanted: shutdown };
    let places: readonly InboxPlace[] = [];
    const onTaken = (taken: readonly InboxPlace[]): void => {
      places = taken;
    };
    try {
      return await this.#storage.bounded(bounds, () =>
        this.#storage.transaction(() => watchBatch(this.#storage.queries, of, books, { onTaken })),
      );
    } catch (cause) {
      if (shutdown.aborted) throw cause;
      const after = await this.#storage.bounded(bounds, () => afterFailure(this.#storage, of, books, { places, cause }));
      if (after.next === 'wait') throw cause;
      const facts = { integration: id, events: places.length, error: wordsOf(cause) };
      if (after.next === 'rules')
        this.#log.error('rules took too long and were switched off', { ...facts, rules: after.titles });
      else if (after.next === 'event')
        this.#log.error('an event was set aside: rules could not be shown it', { ...facts, event: after.event.key });
      else this.#log.warn('new activity was not looked at: the next batch is smaller', facts);
      return undefined;
    }
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

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
