import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { JsonObject } from '../json/json.js';
import type { AccessTokens } from './access-tokens.js';
import type { OauthClient } from './clients.js';
import { sameSecret } from './clients.js';
import type { DpopProofs } from './dpop.js';
import { OauthError, invalidClient, invalidRequest } from './oauth-error.js';
import { covers, isOktaScope } from './scopes.js';

export interface TokenRequest {
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  readonly dpop: string | undefined;
  readonly body: string;
  /** The endpoint's own URL: the audience of assertions. */
  readonly url: string;
}

export interface TokenEndpointState {
  readonly clients: readonly OauthClient[];
  readonly tokens: AccessTokens;
  readonly proofs: DpopProofs;
  readonly now: () => Date;
  readonly lifetimeSeconds: number;
  grantedScopes: ReadonlySet<string>;
  /** False: the clients are revoked, and Okta does not know their ids any more. */
  clientsActive: boolean;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];
const LONGEST_ASSERTION_S = 3600;

/** `POST /oauth2/v1/token` of the org authorization server: client credentials and nothing else. */
export class TokenEndpoint {
  readonly #usedAssertions = new Set<string>();

  constructor(readonly state: TokenEndpointState) {}

  async issue(request: TokenRequest): Promise<JsonObject> {
    if (!request.contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
      throw invalidRequest('The Content-Type must be application/x-www-form-urlencoded.');
    }
    const form = new URLSearchParams(request.body);
    const client = await this.#authenticate(request, form);
    if (form.get('grant_type') !== 'client_credentials') {
      throw new OauthError(400, 'unsupported_grant_type', 'The authorization grant type is not supported by this client.');
    }
    const scopes = this.#scopesOf(form.get('scope') ?? '');
    const keyThumbprint = await this.#boundKey(client, request);
    const { lifetimeSeconds, tokens, now } = this.state;
    const expiresAt = now().getTime() + lifetimeSeconds * 1000;
    const bound = keyThumbprint === undefined ? {} : { keyThumbprint };
    const token = tokens.issue({ clientId: client.id, scopes: new Set(scopes), expiresAt, ...bound });
    const type = keyThumbprint === undefined ? 'Bearer' : 'DPoP';
    return { token_type: type, expires_in: lifetimeSeconds, access_token: token, scope: scopes.join(' ') };
  }

  async #authenticate(request: TokenRequest, form: URLSearchParams): Promise<OauthClient> {
    const basic = request.authorization?.toLowerCase().startsWith('basic ') ? request.authorization.slice(6).trim() : undefined;
    const given = [basic !== undefined, form.has('client_secret'), form.has('client_assertion')].filter(Boolean).length;
    if (given > 1)
      throw invalidRequest(
        "Can't supply multiple client credentials: use the header, the secret in the body, or an assertion.",
      );
    if (basic !== undefined) return this.#byBasic(basic);
    if (form.has('client_assertion')) return this.#byAssertion(request, form);
    if (form.has('client_secret')) throw this.#refusedSecret(this.#client(form.get('client_id') ?? ''));
    throw invalidClient('No client credentials found.');
  }

  #client(id: string): OauthClient {
    const client = this.state.clientsActive ? this.state.clients.find((one) => one.id === id) : undefined;
    if (!client) throw invalidClient("Invalid value for 'client_id' parameter.");
    return client;
  }

  #refusedSecret(client: OauthClient): OauthError {
    if (client.kind === 'integration') {
      return invalidClient(
        'OAuth Integration Client Credentials requests to the Org Authorization Server must use either private_key_jwt or client_secret_basic.',
      );
    }
    return invalidClient(
      'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
    );
  }

  #byBasic(basic: string): OauthClient {
    const [id, secret] = basicParts(basic);
    const client = this.#client(id);
    // Okta says this whatever the secret is: a custom app cannot use one here.
    if (client.kind === 'custom') throw this.#refusedSecret(client);
    if (!sameSecret(secret, client.secret))
      throw invalidClient('The client secret supplied for a confidential client is invalid.');
    return client;
  }

  async #byAssertion(request: TokenRequest, form: URLSearchParams): Promise<OauthClient> {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE)
      throw invalidRequest("Invalid value for 'client_assertion_type' parameter.");
    const assertion = form.get('client_assertion') ?? '';
    const { claims, kid } = readAssertion(assertion);
    if (claims.iss !== claims.sub) throw invalidClient("The 'iss' and 'sub' claims of the client_assertion must be the same.");
    const client = this.#client(claims.iss ?? '');
    const jwk = kid === undefined ? [...client.keys.values()][0] : client.keys.get(kid);
    if (!jwk) throw invalidClient("The client_assertion's 'kid' matches no key that is registered for the client.");
    this.#checkTimes(claims);
    await this.#checkSignature(assertion, jwk, request.url);
    this.#spend(claims);
    return client;
  }

  #checkTimes(claims: JWTPayload): void {
    const now = this.state.now().getTime() / 1000;
    if (claims.exp === undefined) throw invalidClient("The client_assertion has no 'exp' claim.");
    if (claims.exp <= now) throw invalidClient('The client_assertion token is expired.');
    if (claims.exp > now + LONGEST_ASSERTION_S)
      throw invalidClient('The client_assertion token has an expiration too far into the future.');
  }

  async #checkSignature(assertion: string, jwk: Parameters<typeof importJWK>[0], audience: string): Promise<void> {
    try {
      const key = await importJWK(jwk);
      await jwtVerify(assertion, key, { algorithms: ALGORITHMS, currentDate: this.state.now(), clockTolerance: 300 });
    } catch {
      throw invalidClient('The client_assertion signature is invalid.');
    }
    const { aud } = decodeJwt(assertion);
    const audiences = Array.isArray(aud) ? aud : [aud];
    if (!audiences.includes(audience))
      throw invalidClient('The audience claim for client_assertion must be the endpoint invoked for the request.');
  }

  #spend(claims: JWTPayload): void {
    if (claims.jti === undefined) return;
    if (this.#usedAssertions.has(claims.jti)) throw invalidClient('The client_assertion token has already been used.');
    this.#usedAssertions.add(claims.jti);
  }

  #scopesOf(text: string): readonly string[] {
    const asked = [...new Set(text.split(/\s+/).filter(Boolean))];
    if (asked.length === 0) throw new OauthError(400, 'invalid_scope', 'No scopes were requested.');
    const unknown = asked.find((scope) => !isOktaScope(scope));
    if (unknown !== undefined) {
      throw new OauthError(
        400,
        'invalid_scope',
        'One or more scopes are not configured for the authorization server resource.',
      );
    }
    const granted = asked.filter((scope) => covers(this.state.grantedScopes, scope));
    if (granted.length === 0) throw new OauthError(400, 'consent_required', 'You are not allowed any of the requested scopes.');
    return granted;
  }

  /** Key that the token is bound to. A proof sent to a client that needs none is accepted and ignored. */
  async #boundKey(client: OauthClient, request: TokenRequest): Promise<string | undefined> {
    if (!client.dpopRequired) return undefined;
    return this.state.proofs.verify(request.dpop, {
      method: 'POST',
      url: request.url,
      now: this.state.now(),
      nonceNeeded: true,
    });
  }
}

function basicParts(basic: string): readonly [string, string] {
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw invalidClient('No client credentials found.');
  return [formDecoded(text.slice(0, colon)), formDecoded(text.slice(colon + 1))];
}

/** RFC 6749 2.3.1: both halves are form-encoded before they are joined. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function readAssertion(assertion: string): { claims: JWTPayload; kid: string | undefined } {
  try {
    return { claims: decodeJwt(assertion), kid: decodeProtectedHeader(assertion).kid };
  } catch {
    throw invalidClient('The parsing of the client_assertion failed.');
  }
}
