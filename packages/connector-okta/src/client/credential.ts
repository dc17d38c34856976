import {
  type ConnectionMemory,
  type HttpAttempt,
  type HttpHeaders,
  type HttpResponse,
  MemorySlot,
} from '@castellan/connector-sdk';
import type { OktaAuth } from '../config/okta-auth.js';
import { errorCodeOf } from './api-errors.js';
import type { DpopProver } from './dpop.js';
import { type AccessToken, TokenSource, type TokenSourceOptions } from './token-source.js';

/** Whatever lets this connection speak to Okta's API. */
export interface Credential {
  /** Headers for one attempt. @throws ConnectorError that names the field or the permission to mend. */
  authorize(attempt: HttpAttempt): Promise<HttpHeaders>;
  /** After a 401 or a lost session: `true` when one more attempt is worth it. */
  renew(response: HttpResponse): Promise<boolean>;
  /** After the last refusal: what was refused must not outlive this run. */
  forget(): void;
  /** What Okta says it has granted; `null` when it does not say. `anew`: now, and not when an earlier run asked. */
  grantedScopes(anew: boolean): Promise<readonly string[] | null>;
  /** How Okta has issued the access token: `DPoP` is bound to a key. `null` when there is none. */
  tokenScheme(): Promise<AccessToken['scheme'] | null>;
}

export function credentialFor(auth: OktaAuth, options: Omit<TokenSourceOptions, 'auth'>): Credential {
  if (auth.method !== 'api_token') return new TokenCredential(new TokenSource({ ...options, auth }), options);
  // Whoever has copied it out of a command has the scheme as well.
  const token = auth.token.replace(/^SSWS\s+/i, '');
  return {
    authorize: () => Promise.resolve({ authorization: `SSWS ${token}` }),
    renew: () => Promise.resolve(false),
    forget: () => undefined,
    grantedScopes: () => Promise.resolve(null),
    tokenScheme: () => Promise.resolve(null),
  };
}

/** What the API last wanted to see in a proof; without it the first request of a run would be refused. */
const API_NONCE = new MemorySlot<string>('okta api nonce');

class TokenCredential implements Credential {
  readonly #source: TokenSource;
  readonly #prover: DpopProver;
  readonly #memory: ConnectionMemory | undefined;
  #nonce: string | undefined;

  constructor(source: TokenSource, { prover, memory }: Pick<TokenSourceOptions, 'prover' | 'memory'>) {
    this.#source = source;
    this.#prover = prover;
    this.#memory = memory;
    this.#nonce = memory?.recall(API_NONCE);
  }

  async authorize({ method, url }: HttpAttempt): Promise<HttpHeaders> {
    const token = await this.#source.current();
    if (token.scheme === 'Bearer') return { authorization: `Bearer ${token.value}` };
    const dpop = await this.#prover.proof(method, url, { accessToken: token.value, nonce: this.#nonce });
    return { authorization: `DPoP ${token.value}`, dpop };
  }

  async renew(response: HttpResponse): Promise<boolean> {
    // A feature that is not licensed is a 401 as well; a new token changes nothing about it.
    if (errorCodeOf(response) === 'E0000015') return false;
    const nonce = response.headers['dpop-nonce']?.[0];
    if (nonce !== undefined && nonce !== this.#nonce) {
      this.#nonce = nonce;
      this.#memory?.keep(API_NONCE, nonce);
      if ((response.headers['www-authenticate'] ?? []).some((challenge) => challenge.includes('use_dpop_nonce'))) return true;
    }
    return this.#source.renew();
  }

  forget(): void {
    this.#source.forget();
  }

  async grantedScopes(anew: boolean): Promise<readonly string[] | null> {
    return (await (anew ? this.#source.anew() : this.#source.current())).scopes;
  }

  async tokenScheme(): Promise<AccessToken['scheme']> {
    return (await this.#source.current()).scheme;
  }
}
