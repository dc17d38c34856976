import * as client from 'openid-client';
import { Problem } from '../problems/problem.js';
import type { OidcSettings } from './oidc-settings.js';

const TIMEOUT_SECONDS = 10;

/** Who the provider says that somebody is. */
export interface OidcIdentity {
  /** Together the only thing that an account is found by. */
  readonly issuer: string;
  readonly subject: string;
  /** Only when the provider says that it has verified it. */
  readonly verifiedEmail: string | undefined;
  readonly name: string | undefined;
}

export interface OidcSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The organisation's identity provider: authorization code with PKCE (RFC 9700), ID token checked against its keys. */
export class OidcProvider {
  readonly settings: OidcSettings;
  readonly #redirectUri: () => string;
  #discovery: Promise<client.Configuration> | undefined;

  /** @param redirectUri where the provider sends the browser back to, once the host listens */
  constructor(settings: OidcSettings, redirectUri: () => string) {
    this.settings = settings;
    this.#redirectUri = redirectUri;
  }

  /** Where to send the browser, and what its answer is checked with. @throws Problem (502) when the provider is away */
  async begin(): Promise<{ readonly url: URL; readonly secrets: OidcSecrets }> {
    const configuration = await this.#configuration();
    const secrets = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri(),
      scope: 'openid email profile',
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(secrets.verifier),
      code_challenge_method: 'S256',
    });
    return { url, secrets };
  }

  /**
   * Redeems the code of the browser's answer.
   * @param query of the callback, as it came
   * @throws Problem (403) when anything about it is wrong, whatever that is
   */
  async finish(query: string, { state, nonce, verifier }: OidcSecrets): Promise<OidcIdentity> {
    const configuration = await this.#configuration();
    const callback = new URL(this.#redirectUri());
    callback.search = query;
    let claims: client.IDToken | undefined;
    try {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      claims = (await client.authorizationCodeGrant(configuration, callback, checks)).claims();
    } catch (cause) {
      throw refused(cause);
    }
    if (claims === undefined) throw refused(undefined);
    const { iss, sub, email, email_verified: verified, name } = claims;
    return {
      issuer: iss,
      subject: sub,
      verifiedEmail: verified === true && typeof email === 'string' ? email : undefined,
      name: typeof name === 'string' ? name : undefined,
    };
  }

  /** Read once; a provider that was away is asked again at the next try. */
  async #configuration(): Promise<client.Configuration> {
    this.#discovery ??= this.#discover();
    try {
      return await this.#discovery;
    } catch (cause) {
      this.#discovery = undefined;
      throw away(cause);
    }
  }

  #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
    const server = new URL(issuer);
    // The settings allow http for this machine only; the library has to be told.
    const execute = [client.enableNonRepudiationChecks, ...(server.protocol === 'http:' ? [client.allowInsecureRequests] : [])];
    return client.discovery(server, clientId, undefined, authentication, { execute, timeout: TIMEOUT_SECONDS });
  }
}

function away(cause: unknown): Problem {
  const detail =
    'The identity provider cannot be reached, or does not answer as one. Try again later, or sign in with a password.';
  return new Problem({ code: 'identity-provider-away', detail, cause });
}

/** One text for all reasons: whoever tampers learns nothing. */
function refused(cause: unknown): Problem {
  const detail = 'The sign-in at the identity provider was not completed, or its answer is not valid. Begin again.';
  return new Problem({ code: 'oidc-refused', detail, cause });
}
