import { createPoster, type Poster, type PosterOptions } from '@castellan/http-client';
import type { SchedulingLog } from '@castellan/scheduling';
import { type Attempt, type DueDelivery, type DueMail, type DuePost, SecretsError, type Storage } from '@castellan/storage';
import type { Mailer } from '../mail/mail.js';
import { MAIL_VARIABLES, type MailSettings } from '../mail/mail-settings.js';
import { createMailer } from '../mail/smtp-mailer.js';
import { eventName } from './event-payload.js';
import { deliveryBody } from './formats/delivery-body.js';
import { mailMessage } from './formats/mail-message.js';
import { failed, type Judgement, judgedMail, judgedPost } from './judgement.js';
import { retryDelayMs } from './retry-delay.js';
import { signedHeaders } from './signing-secret.js';
import { receiverName } from './webhook-receiver.js';

export interface DelivererOptions {
  readonly storage: Storage;
  readonly log: SchedulingLog;
  readonly allowedHosts: readonly string[];
  /** Origin of this host, for links in messages. */
  readonly publicUrl?: string | undefined;
  /** `undefined`: no mail is sent. */
  readonly mail?: MailSettings | undefined;
  /** Longer than a request may take, else another host would make the same attempt. Short in tests only. */
  readonly leaseMs?: number;
  readonly requestMs?: number;
  readonly retryDelay?: (failures: number, askedMs: number) => number;
  readonly resolve?: PosterOptions['resolve'];
  /** PEM: of a mail server that has made its own. */
  readonly mailCertificates?: string;
}

const MOST = 32;
/** A receiver that needs 15 s for every answer takes this many places, and leaves the rest to others. */
const MOST_PER_WEBHOOK = 4;
/** Two such receivers of one customer leave three quarters to others, and a third one waits for them. */
const MOST_PER_WORKSPACE = 8;
const REQUEST_MS = 15_000;
const LEASE_MS = 30_000;
const NOTHING_SENT = { accepted: [], refused: [], status: null, error: null } as const;

/** Makes the deliveries that are due, many at a time, until it is stopped. */
export class Deliverer {
  readonly #options: DelivererOptions;
  readonly #poster: Poster;
  readonly #mailer: Mailer | undefined;
  readonly #shutdown = new AbortController();
  readonly #atWork = new Set<Promise<void>>();
  #filling: Promise<void> | undefined;
  #again = false;

  constructor(options: DelivererOptions) {
    this.#options = options;
    const { allowedHosts, requestMs = REQUEST_MS, resolve, mail, mailCertificates: certificates } = options;
    const { signal } = this.#shutdown;
    this.#poster = createPoster({ allowedHosts, signal, totalMs: requestMs, ...(resolve !== undefined && { resolve }) });
    this.#mailer = mail && createMailer(mail, { signal, certificates, totalMs: options.requestMs });
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
    this.#mailer?.close();
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
      if (delivery.kind === 'http' && attempt.outcome === 'gone' && state !== 'lost') await this.#disable(delivery);
    });
    const { deliveryId, webhookId } = delivery;
    this.#options.log.debug('delivery attempted', { delivery: deliveryId, webhook: webhookId, outcome: attempt.outcome });
  }

  /** `stopped`: it was not made, or its answer was not waited for. */
  async #attempt(delivery: DueDelivery): Promise<Attempt | 'stopped'> {
    const at = new Date();
    const began = performance.now();
    const judgement = delivery.kind === 'mail' ? await this.#mail(delivery, at) : await this.#post(delivery, at);
    if (judgement === undefined) return 'stopped';
    const { askedMs, ...judged } = judgement;
    const { retryDelay = (failures, asked) => retryDelayMs(failures, asked, Math.random) } = this.#options;
    return { ...judged, retryAfterMs: retryDelay(delivery.attempts + 1, askedMs), at, ms: performance.now() - began };
  }

  async #post(delivery: DuePost, at: Date): Promise<Judgement | undefined> {
    const { workspaceId, webhookId, url, event } = delivery;
    const { publicUrl } = this.#options;
    try {
      const secrets = await this.#options.storage.webhooks.openSecrets(workspaceId, webhookId);
      // The webhook was deleted a moment ago. Nothing goes out unsigned.
      if (secrets.length === 0) return undefined;
      const body = deliveryBody(delivery, publicUrl);
      const headers = { 'content-type': 'application/json', ...signedHeaders({ id: eventName(event.id), at, body }, secrets) };
      return judgedPost(await this.#poster.post(new URL(url), body, headers));
    } catch (error) {
      if (this.#shutdown.signal.aborted) return undefined;
      if (error instanceof SecretsError)
        return failed('The signing secret cannot be opened with the key of this host. Make a new secret.');
      throw error;
    }
  }

  async #mail(delivery: DueMail, at: Date): Promise<Judgement | undefined> {
    const { mail, publicUrl } = this.#options;
    if (mail === undefined || this.#mailer === undefined)
      return failed(`This host has no mail server. Whoever runs it sets ${MAIL_VARIABLES}.`);
    try {
      const message = mailMessage(delivery, mail.from, publicUrl, at);
      // Who did not have it yet was taken off the list meanwhile.
      if (message.deliverTo.length === 0) return judgedMail(delivery, NOTHING_SENT);
      return judgedMail(delivery, await this.#mailer.send(message));
    } catch (error) {
      if (this.#shutdown.signal.aborted) return undefined;
      throw error;
    }
  }

  async #disable(delivery: DuePost): Promise<void> {
    const { storage } = this.#options;
    const { workspaceId, webhookId } = delivery;
    if (!(await storage.deliveries.disableGone(delivery))) return;
    await storage.audit.append({
      workspaceId,
      actor: { kind: 'host', id: null, name: 'Castellan' },
      address: null,
      action: 'webhook.disable',
      outcome: 'done',
      target: { kind: 'webhook', id: webhookId, name: receiverName(delivery) },
      before: { isEnabled: true },
      after: { isEnabled: false, disabledReason: 'gone' },
    });
  }

  #warn({ deliveryId }: DueDelivery, error: unknown): void {
    // Its lease runs out, and another attempt is made.
    this.#options.log.warn('delivery not recorded', { delivery: deliveryId, error: String(error) });
  }
}
