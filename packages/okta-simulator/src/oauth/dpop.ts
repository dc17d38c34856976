import { createHash, randomBytes } from 'node:crypto';
import { EmbeddedJWK, calculateJwkThumbprint, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { OauthError } from './oauth-error.js';

const PROOF_MAX_AGE_S = 300;

interface ProofContext {
  readonly method: string;
  /** URL of the request without query and fragment. */
  readonly url: string;
  readonly now: Date;
  /** The access token that the proof must name; absent at the token endpoint. */
  readonly accessToken?: string;
  readonly nonceNeeded: boolean;
}

const refused = (description: string): OauthError => new OauthError(400, 'invalid_dpop_proof', description);

/** Checks DPoP proofs (RFC 9449) as Okta does: a nonce at the token endpoint, every `jti` once. */
export class DpopProofs {
  readonly #used = new Set<string>();
  readonly nonce = randomBytes(16).toString('base64url');

  /** Thumbprint of the proof's key. */
  async verify(proof: string | undefined, context: ProofContext): Promise<string> {
    if (!proof) throw refused('The DPoP proof JWT header is missing.');
    const claims = await this.#claimsOf(proof, context);
    if (claims['htm'] !== context.method) throw refused("The 'htm' claim does not match the request's method.");
    if (claims['htu'] !== context.url) throw refused("The 'htu' claim does not match the request's URL.");
    if (context.nonceNeeded && claims['nonce'] !== this.nonce) {
      const headers = { 'dpop-nonce': this.nonce };
      throw new OauthError(400, 'use_dpop_nonce', 'Authorization server requires nonce in DPoP proof.', headers);
    }
    if (context.accessToken !== undefined && claims['ath'] !== hashOfToken(context.accessToken)) {
      throw refused("The 'ath' claim does not match the access token.");
    }
    if (!claims.jti || this.#used.has(claims.jti)) throw refused('The DPoP proof JWT has already been used.');
    this.#used.add(claims.jti);
    const { jwk } = decodeProtectedHeader(proof);
    if (!jwk) throw refused('The DPoP proof JWT has no key.');
    return calculateJwkThumbprint(jwk);
  }

  async #claimsOf(proof: string, context: ProofContext): Promise<JWTPayload> {
    try {
      const options = { typ: 'dpop+jwt', currentDate: context.now, maxTokenAge: PROOF_MAX_AGE_S, clockTolerance: 60 };
      const { payload } = await jwtVerify(proof, EmbeddedJWK, options);
      return payload;
    } catch {
      throw refused('The DPoP proof JWT is not valid.');
    }
  }
}

const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url');
