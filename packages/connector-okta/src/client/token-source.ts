import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbortedError,
  type ConnectionMemory,
  ConnectorError,
  type HttpClient,
  type HttpResponse,
  MemorySlot,
  RateLimitError,
} from '@castellan/connector-sdk';
import type { ClientSecretAuth, PrivateKeyAuth } from '../config/okta-auth.js';
import { OKTA_SCOPES } from '../config/scopes.js';
import { textAt, unavailable } from './api-errors.js';
import { type ClientAuthentication, clientAuthentication } from './client-authentication.js';
import type { DpopKey, DpopProver } from './dpop.js';
import { tokenError } from './token-errors.js';

export interface AccessToken {
  readonly scheme: 'Bearer' | 'DPoP';
  readonly value: string;
  /** Milliseconds since 1970, on our clock. */
  readonly expiresAt: number;
  /** What Okta says it has granted; `null` when it does not say. */
  readonly scopes: readonly string[] | null;
}

export interface TokenSourceOptions {
  readonly auth: ClientSecretAuth | PrivateKeyAuth;
  /** Sends without credentials of its own: must not be the client that waits for this token, or both would wait for ever. */
  readonly http: HttpClient;
  readonly origin: string;
  readonly prover: DpopProver;
  readonly now: () => Date;
  /** Okta's clock as far as known, for what is signed. */
  readonly oktaNow: () => Date;
  readonly signal: AbortSignal;
  /** What is asked for. Default: the six. */
  readonly scopes?: readonly string[];
  /** Where a token outlives this client. Default: nowhere. */
  readonly memory?: ConnectionMemory;
}

/** SECRET. A token and the key that it is bound to are kept as one: apart they are worth nothing. */
interface KeptToken {
  readonly token: AccessToken;
  readonly key: DpopKey;
  /** What the token endpoint last wanted to see in a proof. */
  readonly nonce: string | undefined;
}

const KEPT_TOKEN = new MemorySlot<KeptToken | undefined>('okta access token');
const TOKEN_PATH = '/oauth2/v1/token';
/** A token is replaced this long before it expires, in milliseconds. */
const EARLY_MS = 60_000;
/** A renewal this young answers for refusals of the token before it, in milliseconds. */
const YOUNG_MS = 5_000;
/** How long a failed renewal is left alone while the old token is still good, in milliseconds. */
const PATIENCE_MS = 15_000;
/** Tries in all for one token, each with a new assertion and a new proof. */
const MOST_TRIES = 5;
/** The longest wait that a 429 of the token endpoint may ask for, in milliseconds. */
const LONGEST_WAIT_MS = 90_000;

/** Keeps one access token fresh. However many ask at once, Okta is asked once. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  readonly #authenticate: ClientAuthentication;
  #token: AccessToken | undefined;
  #pending: Promise<AccessToken> | undefined;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;
  #nonce: string | undefined;
  #scopes: readonly string[];
  /** The token was got by another client, some time ago: what it may do can have changed since. */
  #isOld = false;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
    this.#authenticate = clientAuthentication(options.auth);
    this.#scopes = options.scopes ?? OKTA_SCOPES;
    this.#recall();
  }

  /** @throws ConnectorError that names the field or the permission to mend. */
  async current(): Promise<AccessToken> {
    const token = this.#token;
    const now = this.#options.now().getTime();
    // After a failed try the old token serves a while without another: or every request would wait for the tries of its own.
    const patient = now - this.#failedAt < PATIENCE_MS && token !== undefined && now < token.expiresAt;
    if (token !== undefined && (patient || now < token.expiresAt - EARLY_MS)) return token;
    try {
      return await this.#refresh();
    } catch (error) {
      // The old token stays until a new one is in hand: a client that drops it first goes on without any.
      const lasting = !ConnectorError.is(error) || (error.kind !== 'transient' && error.kind !== 'rate_limit');
      if (lasting || token === undefined || now >= token.expiresAt) throw error;
      this.#failedAt = this.#options.now().getTime();
      return token;
    }
  }

  /** A token that this client has got itself: it has what is granted now. @throws like `current`. */
  async anew(): Promise<AccessToken> {
    return this.#isOld ? this.#refresh() : this.current();
  }

  /** Okta does not take the token: no other client may begin with it. */
  forget(): void {
    const { memory } = this.#options;
    // Another client may have renewed it by now, and that one is good.
    if (memory?.recall(KEPT_TOKEN)?.token.value === this.#token?.value) memory?.keep(KEPT_TOKEN, undefined);
  }

  /** After a refusal. `true`: there is a new token, one more attempt is worth it. */
  async renew(): Promise<boolean> {
    // Requests that were in flight with the old token are refused one by one; only the first pays for a new token.
    if (this.#options.now().getTime() - this.#renewedAt < YOUNG_MS) return true;
    this.forget();
    await this.#refresh();
    return true;
  }

  #refresh(): Promise<AccessToken> {
    this.#pending ??= this.#request()
      .then(async (token) => {
        this.#token = token;
        this.#isOld = false;
        this.#renewedAt = this.#options.now().getTime();
        const { memory, prover } = this.#options;
        memory?.keep(KEPT_TOKEN, { token, key: await prover.key(), nonce: this.#nonce });
        return token;
      })
      .finally(() => {
        this.#pending = undefined;
      });
    return this.#pending;
  }

  #recall(): void {
    const { memory, prover } = this.#options;
    const kept = memory?.recall(KEPT_TOKEN);
    if (kept === undefined) return;
    prover.adopt(kept.key);
    this.#token = kept.token;
    this.#nonce = kept.nonce;
    this.#isOld = true;
  }

  async #request(): Promise<AccessToken> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#attempt();
      if ('token' in outcome) return outcome.token;
      if (tries >= MOST_TRIES || outcome.waitMs === undefined || outcome.waitMs > LONGEST_WAIT_MS) throw outcome.error;
      await this.#wait(outcome.waitMs * tries);
    }
  }

  async #attempt(): Promise<{ token: AccessToken } | { error: unknown; waitMs: number | undefined }> {
    const { http, origin, prover, oktaNow, auth } = this.#options;
    const url = `${origin}${TOKEN_PATH}`;
    const { headers, form } = await this.#authenticate(url, oktaNow());
    // Sent unasked: an app that does not demand it answers as ever, and one that does would log a failed grant every hour.
    const proof = await prover.proof('POST', url, { nonce: this.#nonce });
    try {
      const response = await http.send({
        method: 'POST',
        url: TOKEN_PATH,
        headers: { ...headers, dpop: proof },
        form: { grant_type: 'client_credentials', scope: this.#scopes.join(' '), ...form },
        accept: [400, 401, 403],
        authorized: false,
        // Not repeated below us: assertion and proof may be used once only.
        attempts: 1,
      });
      if (response.status < 400) return { token: this.#read(response) };
      return this.#refused(response, tokenError(response, auth));
    } catch (error) {
      return { error, waitMs: this.#waitAfter(error) };
    }
  }

  #refused(response: HttpResponse, error: ConnectorError): { error: unknown; waitMs: number | undefined } {
    const nonce = response.headers['dpop-nonce']?.[0];
    const code = textAt(response.body, 'error');
    if (nonce !== undefined && (code === 'use_dpop_nonce' || code === 'invalid_dpop_proof') && nonce !== this.#nonce) {
      this.#nonce = nonce;
      return { error, waitMs: 0 };
    }
    if (code === 'invalid_scope' && this.#scopes.length > OKTA_SCOPES.length) {
      // An organisation that does not know one of the optional scopes must not lose the six for it; the rest reads "not granted".
      this.#scopes = OKTA_SCOPES;
      return { error, waitMs: 0 };
    }
    return { error, waitMs: this.#waitAfter(error) };
  }

  /** `undefined`: not worth another try. */
  #waitAfter(error: unknown): number | undefined {
    if (!ConnectorError.is(error)) return undefined;
    if (error.kind === 'transient') return 300 + Math.random() * 700;
    if (error instanceof RateLimitError)
      return Math.max(0, error.retryAt.getTime() - this.#options.now().getTime()) + Math.random() * 500;
    return undefined;
  }

  async #wait(ms: number): Promise<void> {
    const { signal } = this.#options;
    await sleep(ms, undefined, { signal }).catch(() => {
      throw AbortedError.of(signal);
    });
  }

  #read(response: HttpResponse): AccessToken {
    const value = textAt(response.body, 'access_token');
    if (value === undefined || value === '') throw unavailable('token endpoint: answer without access_token');
    const nonce = response.headers['dpop-nonce']?.[0];
    if (nonce !== undefined) this.#nonce = nonce;
    const scope = textAt(response.body, 'scope');
    return {
      scheme: textAt(response.body, 'token_type')?.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer',
      value,
      expiresAt: this.#options.now().getTime() + secondsOf(response.body) * 1000,
      scopes: scope === undefined ? null : scope.split(' ').filter((name) => name !== ''),
    };
  }
}

/** `expires_in`; Okta's tokens for its own API live an hour, whatever is asked. */
function secondsOf(body: unknown): number {
  const value: unknown = typeof body === 'object' && body !== null && 'expires_in' in body ? body.expires_in : undefined;
  return typeof value === 'number' && value > 0 ? value : 3600;
}
