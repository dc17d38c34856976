import { invalidToken } from '../http/okta-error.js';
import type { AccessTokens } from './access-tokens.js';
import { sameSecret } from './clients.js';
import type { DpopProofs } from './dpop.js';
import { invalidRequest } from './oauth-error.js';

export interface Caller {
  /** Client id, or `ssws`: rate limits are counted for each caller. */
  readonly id: string;
  /** `all` for an API token: it has the rights of its owner and knows no scopes. */
  readonly scopes: ReadonlySet<string> | 'all';
}

export interface Authentication {
  readonly tokens: AccessTokens;
  readonly proofs: DpopProofs;
  readonly apiToken: string;
  readonly now: () => Date;
}

export interface ResourceRequest {
  readonly method: string;
  /** Without query. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly dpop: string | undefined;
}

/** Who asks, by the Authorization header. Throws Okta's 401 for everything that is not a live credential. */
export async function authenticate(request: ResourceRequest, parts: Authentication): Promise<Caller> {
  const [scheme = '', credential = ''] = (request.authorization ?? '').split(/\s+(.*)/s);
  const kind = scheme.toLowerCase();
  if (kind === 'ssws') {
    if (!sameSecret(credential, parts.apiToken)) throw invalidToken('SSWS');
    return { id: 'ssws', scopes: 'all' };
  }
  if (kind !== 'bearer' && kind !== 'dpop') throw invalidToken('Bearer');
  const grant = parts.tokens.find(credential, parts.now().getTime());
  if (!grant) throw invalidToken(kind === 'dpop' ? 'DPoP' : 'Bearer');
  if (grant.keyThumbprint === undefined) {
    if (kind === 'dpop') throw invalidToken('Bearer');
    return { id: grant.clientId, scopes: grant.scopes };
  }
  if (kind === 'bearer') throw invalidRequest('The resource request requires a DPoP proof.');
  const context = { method: request.method, url: request.url, now: parts.now(), accessToken: credential, nonceNeeded: false };
  const thumbprint = await parts.proofs.verify(request.dpop, context);
  if (thumbprint !== grant.keyThumbprint) throw invalidToken('DPoP');
  return { id: grant.clientId, scopes: grant.scopes };
}
