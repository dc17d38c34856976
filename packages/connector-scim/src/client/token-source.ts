import { type ConnectionMemory, type HttpClient, type HttpHeaders, MemorySlot } from '@castellan/connector-sdk';
import type { OAuthAuth } from '../config/scim-auth.js';
import { countIn, textIn } from '../map/member.js';
import { noToken, tokenError } from './token-error.js';

/** SECRET. */
interface AccessToken {
  readonly value: string;
  /** Milliseconds since 1970, on our clock. */
  readonly expiresAt: number;
}

const KEPT_TOKEN = new MemorySlot<AccessToken | undefined>('scim access token');
/** A token is replaced this long before it expires, in milliseconds, or after nine tenths of a short life. */
const EARLY_MS = 60_000;
/** A renewal this young answers for refusals of the token before it, in milliseconds. */
const YOUNG_MS = 5_000;
/** Where the service does not say (RFC 6749 only recommends it), in seconds. */
const USUAL_LIFE = 3_600;

export interface TokenSourceOptions {
  readonly auth: OAuthAuth;
  /** Sends without credentials of its own, to the host of the token URL. */
  readonly http: HttpClient;
  readonly now: () => Date;
  readonly memory: ConnectionMemory;
}

/** Keeps one access token fresh. However many ask at once, the token endpoint is asked once. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  #token: AccessToken | undefined;
  #pending: Promise<AccessToken> | undefined;
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
    this.#token = options.memory.recall(KEPT_TOKEN);
  }

  /** @throws ConnectorError that names the field to mend. */
  async current(): Promise<string> {
    const token = this.#token;
    const isGood = token !== undefined && this.#options.now().getTime() < token.expiresAt;
    return isGood ? token.value : (await this.#refresh()).value;
  }

  /** After a refusal. `true`: there is a new token, one more attempt is worth it. */
  async renew(): Promise<boolean> {
    // Requests that were in flight with the old token are refused one by one; only the first pays for a new token.
    if (this.#options.now().getTime() - this.#renewedAt < YOUNG_MS) return true;
    await this.#refresh();
    return true;
  }

  get secrets(): readonly string[] {
    const { clientSecret } = this.#options.auth;
    return this.#token === undefined ? [clientSecret] : [clientSecret, this.#token.value];
  }

  /** What was refused must not outlive this run. */
  forget(): void {
    const { memory } = this.#options;
    // Another client may have renewed it by now, and that one is good.
    if (memory.recall(KEPT_TOKEN)?.value === this.#token?.value) memory.keep(KEPT_TOKEN, undefined);
    this.#token = undefined;
  }

  #refresh(): Promise<AccessToken> {
    this.#pending ??= this.#request()
      .then((token) => {
        this.#token = token;
        this.#renewedAt = this.#options.now().getTime();
        this.#options.memory.keep(KEPT_TOKEN, token);
        return token;
      })
      .finally(() => {
        this.#pending = undefined;
      });
    return this.#pending;
  }

  async #request(): Promise<AccessToken> {
    const { auth, http, now } = this.#options;
    const { headers, form } = clientProof(auth);
    const response = await http.send({
      method: 'POST',
      url: auth.tokenUrl,
      headers,
      form: { grant_type: 'client_credentials', ...(auth.scope !== undefined && { scope: auth.scope }), ...form },
      accept: [400, 401, 403, 404],
      authorized: false,
    });
    const { host } = new URL(auth.tokenUrl);
    if (response.status >= 400) throw tokenError(response, host, [auth.clientSecret, ...Object.values(headers)]);
    const value = textIn(response.body, 'access_token');
    if (value === undefined) throw noToken(host);
    const lifeMs = 1_000 * (countIn(response.body, 'expires_in') ?? USUAL_LIFE);
    return { value, expiresAt: now().getTime() + Math.max(lifeMs - EARLY_MS, lifeMs * 0.9) };
  }
}

function clientProof({ clientId, clientSecret, clientAuthentication }: OAuthAuth): {
  readonly headers: HttpHeaders;
  readonly form: Readonly<Record<string, string>>;
} {
  if (clientAuthentication === 'client_secret_post')
    return { headers: {}, form: { client_id: clientId, client_secret: clientSecret } };
  return { headers: { authorization: basic(formEncoded(clientId), formEncoded(clientSecret)) }, form: {} };
}

/** RFC 7617, in UTF-8. */
export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

/** RFC 6749, section 2.3.1: both halves are form-encoded before they are joined. */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
