import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type JWK, type JWTPayload } from 'jose';

/** What a token answer is to look like. */
export interface Forgery {
  readonly claims?: JWTPayload;
  readonly sign?: 'right' | 'other key' | 'none' | 'HS256 with the public key';
  /** `iss` of the answer to the browser, for mix-ups. */
  readonly responseIssuer?: string;
}

/** An identity provider that answers as it is told to, right or wrong. */
export class MaliciousProvider {
  #server: Server;
  #keys: Awaited<ReturnType<typeof generateKeyPair>>;
  #jwk: JWK;
  nonce = '';
  forgery: Forgery = {};
  codes = 0;

  private constructor(server: Server, keys: Awaited<ReturnType<typeof generateKeyPair>>, jwk: JWK) {
    this.#server = server;
    this.#keys = keys;
    this.#jwk = jwk;
  }

  static async start(): Promise<MaliciousProvider> {
    const keys = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    const server = createServer();
    const provider = new MaliciousProvider(server, keys, jwk);
    server.on('request', (request, response) => void provider.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { issuer } = this;
    const json = (body: object): void => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/.well-known/openid-configuration')
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
      });
    if (request.url === '/keys') return json({ keys: [this.#jwk] });
    this.codes += 1;
    json({ access_token: 'x', token_type: 'Bearer', id_token: await this.#idToken() });
  }

  async #idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: this.issuer,
      aud: 'castellan',
      sub: 'mallory',
      nonce: this.nonce,
      iat: now,
      exp: now + 60,
      ...this.forgery.claims,
    };
    const { sign = 'right' } = this.forgery;
    if (sign === 'none') return new UnsecuredJWT(claims).encode();
    if (sign === 'HS256 with the public key') {
      const secret = new TextEncoder().encode(await exportSPKI(this.#keys.publicKey));
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
    }
    const key = sign === 'right' ? this.#keys.privateKey : (await generateKeyPair('RS256')).privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
  }
}
