import {
  AbortedError,
  ConnectorError,
  type HttpClient,
  type HttpHeaders,
  type HttpOptions,
  type HttpRequest,
  type HttpResponse,
  type Logger,
  RateLimitError,
} from '@castellan/connector-sdk';
import type { Dispatcher } from 'undici';
import { ACCEPT_ENCODING } from '../body/decode-body.js';
import { type Clock, pause } from '../clock.js';
import { answerError, rateLimited, redirectError, type Subject } from '../failure/answer-error.js';
import { brokenError, type Failure, foreignError, unreadableError } from '../failure/broken-error.js';
import { type Governor, isConcurrencyRefusal, type Wait } from '../governor/governor.js';
import type { Governors } from '../governor/governors.js';
import { readRetryAfter } from '../governor/rate-headers.js';
import type { Limits } from '../limits.js';
import { backoffMs, isTransientStatus } from '../retry/backoff.js';
import { Tries } from '../retry/tries.js';
import { sentSecrets } from './sent-secrets.js';
import { USER_AGENT } from '../user-agent.js';
import { AddressBook, hostOf } from './address.js';
import { readAnswer } from './answer.js';
import type { Envelope } from './exchange.js';
import { nextLink } from './next-link.js';
import { observedExchange, type OnExchange } from './observed-exchange.js';

/** What all clients of one factory share. */
export interface ClientSurroundings {
  readonly dispatcher: Dispatcher;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly onWait: (wait: Wait) => void;
  readonly governors: Governors;
  readonly onExchange: OnExchange | undefined;
}

/** One request on its way through its tries. */
interface Journey {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly bucket: string;
  readonly subject: { -readonly [Key in keyof Subject]: Subject[Key] };
  readonly tries: Tries;
}

type Attempt = { readonly response: HttpResponse } | { readonly failure: Failure };

const DEFAULT_ATTEMPTS = 5;

export class GuardedClient implements HttpClient {
  readonly #options: HttpOptions;
  readonly #around: ClientSurroundings;
  readonly #book: AddressBook;
  readonly #governor: Governor;

  constructor(options: HttpOptions, around: ClientSurroundings, allowedHosts: readonly string[]) {
    this.#options = options;
    this.#around = around;
    this.#book = new AddressBook({ origin: options.origin, linkHosts: options.linkHosts ?? [], allowedHosts });
    const { share, concurrency } = options;
    this.#governor = around.governors.of({ origin: this.#book.origin, share, concurrency });
  }

  forecast(bucket: string, calls: number): number | undefined {
    return this.#governor.forecast(bucket, calls);
  }

  limitOf(bucket: string): number | undefined {
    return this.#governor.limitOf(bucket);
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { signal } = this.#around;
    try {
      return await this.#travel(this.#depart(request));
    } catch (error) {
      // Whatever broke while the run was being stopped broke because of that.
      if (signal.aborted) throw AbortedError.of(signal);
      throw error;
    }
  }

  #depart(request: HttpRequest): Journey {
    const method = request.method ?? 'GET';
    const url = this.#book.resolve(request);
    if (url === undefined) {
      const foreign = hostOf(request.url, this.#book.origin.href);
      this.#around.logger.warn('security: a request for a foreign host was not sent', {
        host: this.#book.origin.host,
        foreign,
      });
      throw foreignError(this.#book.origin.host, foreign);
    }
    // A form is a question for a token, which may be asked again; what else is written may have taken effect unseen.
    const repeatable = method === 'GET' || request.form !== undefined || request.repeatable === true;
    const tries = new Tries(request.attempts ?? DEFAULT_ATTEMPTS, repeatable, this.#around.limits.maxWaitMs);
    const bucket = this.#options.bucketOf?.(method, url.pathname) ?? 'default';
    return {
      request,
      url,
      bucket,
      tries,
      subject: { method, host: url.host, path: url.pathname, secrets: [] },
    };
  }

  async #travel(journey: Journey): Promise<HttpResponse> {
    for (;;) {
      const attempt = await this.#attempt(journey);
      if ('failure' in attempt) {
        await this.#afterFailure(journey, attempt.failure);
        continue;
      }
      const { response } = attempt;
      if (response.status < 300)
        return { ...response, next: nextLink(journey.url, response, { ...this.#around, book: this.#book }) };
      if (await this.#comesAgain(journey, response)) continue;
      if (journey.request.accept?.includes(response.status)) return response;
      throw this.#errorOf(journey, response);
    }
  }

  /** Waits before another try, or throws when none is left. */
  async #afterFailure(journey: Journey, { error, again }: Failure): Promise<void> {
    const left = again === 'yes' ? journey.tries.fault() : again === 'few' && journey.tries.badBody();
    if (!left) throw error;
    await this.#rest(journey, backoffMs(journey.tries.faults, this.#around.limits, this.#around.random), 'retry');
  }

  /** Whether an error answer is worth another try; has waited for it by then. */
  async #comesAgain(journey: Journey, response: HttpResponse): Promise<boolean> {
    const { request, tries } = journey;
    const { limits, clock, random } = this.#around;
    const { status } = response;
    if (status === 401 && request.authorized !== false && this.#options.reauthorize !== undefined && tries.renew()) {
      return this.#options.reauthorize(response);
    }
    if (status !== 429 && !isTransientStatus(status)) return false;
    if (!request.accept?.includes(status) && this.#isFinal(response)) return false;
    if (status === 429) {
      if (!tries.limited(clock.now())) return false;
      if (!isConcurrencyRefusal(status, response.headers)) return true;
      const [least, most] = limits.concurrencyWaitMs;
      await this.#rest(journey, least + random() * (most - least), 'concurrency');
      return true;
    }
    if (!tries.fault()) return false;
    const asked = readRetryAfter(response.headers, this.#governor.serverClock.at(clock.now())) ?? 0;
    if (asked > limits.maxWaitMs) throw new RateLimitError(rateLimited(journey.url.host, new Date(clock.now() + asked)));
    await this.#rest(journey, Math.max(asked, backoffMs(tries.faults, limits, random)), 'retry');
    return true;
  }

  /** The connector's own reading says that another try is of no use. */
  #isFinal(response: HttpResponse): boolean {
    const error = this.#options.toError?.(response);
    return error !== undefined && !(ConnectorError.is(error) && (error.kind === 'transient' || error.kind === 'rate_limit'));
  }

  #errorOf({ subject, bucket }: Journey, response: HttpResponse): Error {
    if (response.status < 400 && response.headers['location'] !== undefined) return redirectError(subject, response);
    const now = this.#around.clock.now();
    return this.#options.toError?.(response) ?? answerError(subject, response, new Date(this.#governor.opensAt(bucket) ?? now));
  }

  async #rest(journey: Journey, ms: number, reason: Wait['reason']): Promise<void> {
    const { clock, onWait, signal } = this.#around;
    onWait({ bucket: journey.bucket, until: new Date(clock.now() + ms), reason });
    await pause(clock, ms, signal);
  }

  async #attempt(journey: Journey): Promise<Attempt> {
    const { request, url, subject, bucket } = journey;
    const { clock, logger } = this.#around;
    const askedAt = clock.now();
    const priority = request.authorized === false ? 'ahead' : (request.priority ?? 'normal');
    const permit = await this.#governor.acquire({ bucket, priority });
    try {
      const number = journey.tries.next();
      const authorization = await this.#authorization(journey, number);
      subject.secrets = sentSecrets(authorization, request);
      const startedAt = clock.now();
      const about = { askedAt, attempt: number, form: request.form, sentSecrets: subject.secrets };
      const options = { ...this.#around, onHead: permit.answered };
      const outcome = await observedExchange(this.#envelope(journey, authorization), options, about);
      const ms = clock.now() - startedAt;
      const status = outcome.kind === 'answer' ? outcome.status : outcome.phase;
      logger.debug('http attempt', { method: subject.method, path: url.pathname, status, ms, attempt: number });
      if (outcome.kind === 'broken') return { failure: this.#noted(brokenError(subject, outcome)) };
      const response = readAnswer(outcome.status, outcome.headers, outcome.text);
      if (response !== undefined) return { response };
      return { failure: unreadableError(subject, outcome.status, outcome.headers['content-type']?.[0]) };
    } finally {
      permit.release();
    }
  }

  #noted(failure: Failure): Failure {
    const { error } = failure;
    if (error.detail?.startsWith('security:'))
      this.#around.logger.warn('security: a connection was refused', { detail: error.detail });
    return failure;
  }

  async #authorization({ request, url }: Journey, number: number): Promise<HttpHeaders> {
    if (request.authorized === false || this.#options.authorize === undefined) return {};
    return this.#options.authorize({ method: request.method ?? 'GET', url: url.href, number });
  }

  #envelope({ request, url }: Journey, authorization: HttpHeaders): Envelope {
    const headers: Record<string, string> = {
      'user-agent': USER_AGENT,
      accept: 'application/json',
      'accept-encoding': ACCEPT_ENCODING,
    };
    // One spelling for each name: `Authorization` beside `authorization` would be sent twice.
    for (const [name, value] of Object.entries({ ...request.headers, ...authorization })) headers[name.toLowerCase()] = value;
    return { url, method: request.method ?? 'GET', headers, body: bodyOf(request, headers) };
  }
}

/** The text to send, and in `headers` what it is. */
function bodyOf({ form, json }: HttpRequest, headers: Record<string, string>): string | undefined {
  if (form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    return new URLSearchParams(form).toString();
  }
  if (json === undefined) return undefined;
  headers['content-type'] ??= 'application/json';
  return JSON.stringify(json);
}
