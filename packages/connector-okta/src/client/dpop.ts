import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';

/** SECRET. */
export interface DpopKey {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** Proofs of possession (RFC 9449) with a key pair of its own, unless it is handed the one that a kept token is bound to. */
export class DpopProver {
  readonly #now: () => Date;
  #key: Promise<DpopKey> | undefined;

  /** @param now Okta's clock as far as known: a proof older than five minutes is refused. */
  constructor(now: () => Date) {
    this.#now = now;
  }

  key(): Promise<DpopKey> {
    this.#key ??= createKey();
    return this.#key;
  }

  /** Takes over the key of a token that another client of this process has got: with any other the token is worth nothing. */
  adopt(key: DpopKey): void {
    this.#key = Promise.resolve(key);
  }

  /** A new proof with a `jti` of its own: Okta refuses one that it has seen before, also from a retry. */
  async proof(
    method: string,
    url: string,
    extra: { readonly nonce?: string | undefined; readonly accessToken?: string } = {},
  ): Promise<string> {
    const { privateKey, publicJwk } = await this.key();
    const target = new URL(url);
    const claims = {
      htm: method,
      // Without query and fragment (RFC 9449, 4.2): with them every page after the first would be refused.
      htu: `${target.origin}${target.pathname}`,
      ...(extra.nonce !== undefined && { nonce: extra.nonce }),
      ...(extra.accessToken !== undefined && { ath: createHash('sha256').update(extra.accessToken).digest('base64url') }),
    };
    return new SignJWT(claims)
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk })
      .setIssuedAt(Math.floor(this.#now().getTime() / 1000))
      .setJti(randomUUID())
      .sign(privateKey);
  }
}

async function createKey(): Promise<DpopKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { privateKey, publicJwk: await exportJWK(publicKey) };
}
