import { TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';
import { Deliverer } from './deliverer.js';
import { StatusAnnouncer } from './status-announcer.js';
import { WEBHOOK_SETTINGS, type WebhookSettings } from './webhook-settings.js';

/** A change of status needs one of these to be told and is on its way in the same: well below three seconds. */
const DELIVER_MS = 1_000;
const TIDY_MS = 600_000;
const BATCH = 200;
const PURGE_BATCH = 1_000;
/** What is left over is removed by the next tick: a long transaction would hold up the others. */
const PURGE_BATCHES = 20;

/** Finds what is to be told and tells it. Every host ticks; rows and leases see to it that things are done once. */
@Injectable()
export class WebhookTicks implements OnModuleDestroy {
  readonly #storage: Storage;
  readonly #announcer: StatusAnnouncer;
  readonly #deliverer: Deliverer;
  readonly #runner: TickRunner;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(StatusAnnouncer) announcer: StatusAnnouncer,
    @Inject(Deliverer) deliverer: Deliverer,
    @Inject(WEBHOOK_SETTINGS) { log }: WebhookSettings,
  ) {
    this.#storage = storage;
    this.#announcer = announcer;
    this.#deliverer = deliverer;
    this.#runner = new TickRunner(log);
  }

  @Interval(DELIVER_MS)
  async tell(): Promise<void> {
    await this.#runner.once('statuses', () => this.#announcer.announce(this.#runner));
    await this.#runner.once('events', () => this.#dispatch());
    await this.#runner.once('deliveries', () => this.#deliverer.fill());
  }

  @Interval(TIDY_MS)
  tidy(): Promise<void> {
    return this.#runner.once('tidy', async () => {
      const { deliveries, webhooks } = this.#storage;
      await deliveries.giveUpDisabled();
      await webhooks.forgetExpiredSecrets();
      await this.#purge();
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.#deliverer.stop();
    await this.#runner.stop();
  }

  async #dispatch(): Promise<void> {
    // A full batch says that more may wait.
    while ((await this.#storage.events.dispatch(BATCH)) === BATCH);
  }

  async #purge(): Promise<void> {
    for (let batch = 0; batch < PURGE_BATCHES && !this.#runner.isStopped; batch += 1)
      if ((await this.#storage.events.purge(PURGE_BATCH)) < PURGE_BATCH) return;
  }
}
