import { createPoster, type Posted, type Poster, type PosterOptions } from '@castellan/http-client';
import type { SchedulingLog } from '@castellan/scheduling';
import { type Attempt, type DueDelivery, SecretsError, type Storage } from '@castellan/storage';
import { eventName } from './event-payload.js';
import { deliveryBody } from './formats/delivery-body.js';
import { askedDelayMs, retryDelayMs } from './retry-delay.js';
import { signedHeaders } from './signing-secret.js';

export interface DelivererOptions {
  readonly storage: Storage;
  readonly log: SchedulingLog;
  readonly allowedHosts: readonly string[];
  /** Origin of this host, for links in messages. */
  readonly publicUrl?: string | undefined;
  /** Longer than a request may take, else another host would make the same attempt. Short in tests only. */
  readonly leaseMs?: number;
  readonly requestMs?: number;
  readonly retryDelay?: (failures: number, askedMs: number) => number;
  readonly resolve?: PosterOptions['resolve'];
}

const MOST = 32;
/** A receiver that needs 15 s for every answer takes this many places, and leaves the rest to others. */
const MOST_PER_WEBHOOK = 4;
/** Two such receivers of one customer leave three quarters to others, and a third one waits for them. */
const MOST_PER_WORKSPACE = 8;
const REQUEST_MS = 15_000;
const LEASE_MS = 30_000;

/** Makes the deliveries that are due, many at a time, until it is stopped. */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #poster: Poster;
  readonly #shutdown = new AbortController();
  readonly #atWork = new Set<Promise<void>>();
  #filling: Promise<void> | undefined;
  #again = false;

  constructor(options: DelivererOptions) {
    this.#options = options;
    const { allowedHosts, requestMs = REQUEST_MS, resolve } = options;
    const { signal } = this.#shutdown;
    this.#poster = createPoster({ allowedHosts, signal, totalMs: requestMs, ...(resolve !== undefined && { resolve }) });
  }

  /** Takes what is due, as far as there is room. Resolves when it is begun. @throws what the database says */
  fill(): Promise<void> {
    this.#again = true;
    this.#filling ??= this.#takeDue().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  /** Aborts the attempts at work, and waits until they are given back. */
  async stop(): Promise<void> {
    this.#shutdown.abort(new Error('the host stops'));
    await this.#filling?.catch(() => undefined);
    await Promise.all(this.#atWork);
    await this.#poster.close();
  }

  async #takeDue(): Promise<void> {
    const { storage, leaseMs = LEASE_MS } = this.#options;
    // What ends while it is asked for has made room for more.
    while (this.#again && !this.#shutdown.signal.aborted && this.#atWork.size < MOST) {
      this.#again = false;
      const most = MOST - this.#atWork.size;
      const limits = { mostPerWebhook: MOST_PER_WEBHOOK, mostPerWorkspace: MOST_PER_WORKSPACE };
      const due = await storage.deliveries.claim({ most, ...limits, leaseMs });
      for (const delivery of due) this.#begin(delivery);
    }
  }

  #begin(delivery: DueDelivery): void {
    const work = this.#deliver(delivery)
      .catch((error: unknown) => this.#warn(delivery, error))
      .finally(() => {
        this.#atWork.delete(work);
        // Without a database the next tick asks again.
        this.fill().catch(() => undefined);
      });
    this.#atWork.add(work);
  }

  async #deliver(delivery: DueDelivery): Promise<void> {
    const { storage } = this.#options;
    const attempt = await this.#attempt(delivery);
    if (attempt === 'stopped') return storage.deliveries.giveBack(delivery);
    await storage.transaction(async () => {
      const state = await storage.deliveries.record(delivery, attempt);
      if (attempt.outcome === 'gone' && state !== 'lost') await this.#disable(delivery);
    });
    const { deliveryId, webhookId } = delivery;
    this.#options.log.debug('delivery attempted', { delivery: deliveryId, webhook: webhookId, outcome: attempt.outcome });
  }

  /** `stopped`: it was not made, or its answer was not waited for. */
  async #attempt(delivery: DueDelivery): Promise<Attempt | 'stopped'> {
    const at = new Date();
    const began = performance.now();
    const posted = await this.#post(delivery, at);
    if (posted === undefined) return 'stopped';
    const { outcome, error } = judged(posted);
    const status = posted.kind === 'answer' ? posted.status : null;
    const retryAfter = posted.kind === 'answer' ? posted.headers['retry-after']?.[0] : undefined;
    const { retryDelay = (failures, askedMs) => retryDelayMs(failures, askedMs, Math.random) } = this.#options;
    const retryAfterMs = retryDelay(delivery.attempts + 1, askedDelayMs(retryAfter, new Date()));
    return { outcome, retryAfterMs, at, ms: performance.now() - began, status, error };
  }

  async #post(delivery: DueDelivery, at: Date): Promise<Posted | undefined> {
    const { workspaceId, webhookId, url, event } = delivery;
    const { publicUrl } = this.#options;
    try {
      const secrets = await this.#options.storage.webhooks.openSecrets(workspaceId, webhookId);
      // The webhook was deleted a moment ago. Nothing goes out unsigned.
      if (secrets.length === 0) return undefined;
      const body = deliveryBody(delivery, publicUrl);
      const headers = { 'content-type': 'application/json', ...signedHeaders({ id: eventName(event.id), at, body }, secrets) };
      return await this.#poster.post(new URL(url), body, headers);
    } catch (error) {
      if (this.#shutdown.signal.aborted) return undefined;
      if (error instanceof SecretsError)
        return { kind: 'none', reason: 'The signing secret cannot be opened with the key of this host. Make a new secret.' };
      throw error;
    }
  }

  async #disable(delivery: DueDelivery): Promise<void> {
    const { storage } = this.#options;
    const { workspaceId, webhookId, url } = delivery;
    if (!(await storage.deliveries.disableGone(delivery))) return;
    await storage.audit.append({
      workspaceId,
      actor: { kind: 'host', id: null, name: 'Castellan' },
      address: null,
      action: 'webhook.disable',
      outcome: 'done',
      target: { kind: 'webhook', id: webhookId, name: new URL(url).host },
      before: { isEnabled: true },
      after: { isEnabled: false, disabledReason: 'gone' },
    });
  }

  #warn({ deliveryId }: DueDelivery, error: unknown): void {
    // Its lease runs out, and another attempt is made.
    this.#options.log.warn('delivery not recorded', { delivery: deliveryId, error: String(error) });
  }
}

function judged(posted: Posted): Pick<Attempt, 'outcome' | 'error'> {
  if (posted.kind === 'none') return { outcome: 'failed', error: posted.reason };
  const { status } = posted;
  if (status >= 200 && status < 300) return { outcome: 'delivered', error: null };
  if (status === 410)
    return { outcome: 'gone', error: 'It answered 410: the receiver is there no more. The webhook was disabled.' };
  const redirect = status >= 300 && status < 400;
  const way = redirect ? ': redirects are not followed. Enter the address that it leads to.' : '.';
  return { outcome: 'failed', error: `It answered ${status}${way}` };
}
