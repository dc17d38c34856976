import { createHash, randomBytes } from 'node:crypto';

export interface Grant {
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  readonly expiresAt: number;
  /** Thumbprint of the key that the token is bound to. */
  readonly keyThumbprint?: string;
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The access tokens that are out. They are kept as digests: a dump of the simulator holds no usable token. */
export class AccessTokens {
  readonly #grants = new Map<string, Grant>();

  issue(grant: Grant): string {
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT' })).toString('base64url');
    const claims = {
      cid: grant.clientId,
      sub: grant.clientId,
      scp: [...grant.scopes],
      exp: Math.floor(grant.expiresAt / 1000),
    };
    const payload = Buffer.from(JSON.stringify({ ...claims, jti: randomBytes(9).toString('hex') })).toString('base64url');
    // Looks like a JWT, as Okta's does, but only the simulator judges it: the signature is random.
    const token = `${header}.${payload}.${randomBytes(64).toString('base64url')}`;
    this.#grants.set(digestOf(token), grant);
    return token;
  }

  find(token: string, now: number): Grant | undefined {
    const key = digestOf(token);
    const grant = this.#grants.get(key);
    if (!grant || grant.expiresAt > now) return grant;
    this.#grants.delete(key);
    return undefined;
  }

  revokeAll(): void {
    this.#grants.clear();
  }
}
