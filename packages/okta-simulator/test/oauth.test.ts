import { createHash, randomUUID } from 'node:crypto';
import { SignJWT, exportJWK, generateKeyPair, importPKCS8 } from 'jose';
import type { Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { askToken, basic, get, json, send } from './client.js';
import type { ErrorBody } from './client.js';

const SCOPE = 'okta.users.read okta.groups.read';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

interface TokenBody {
  access_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
}

interface OauthErrorBody {
  error: string;
  error_description: string;
}

interface AssertionParts {
  audience?: string;
  lifetime?: number;
  issuer?: string;
  jti?: string;
  keyId?: string;
}

async function assertionFor(simulator: Simulator, parts: AssertionParts = {}): Promise<Record<string, string>> {
  const { clientId, privateKey, keyId } = simulator.credentials.privateKey;
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({ jti: parts.jti ?? randomUUID() })
    .setProtectedHeader({ alg: 'RS256', kid: parts.keyId ?? keyId })
    .setIssuer(parts.issuer ?? clientId)
    .setSubject(clientId)
    .setAudience(parts.audience ?? `${simulator.url}/oauth2/v1/token`)
    .setExpirationTime(now + (parts.lifetime ?? 300))
    .sign(await importPKCS8(privateKey, 'RS256'));
  return { client_assertion_type: ASSERTION, client_assertion: assertion };
}

describe('token endpoint', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 20 });
  });
  afterAll(() => simulator.close());

  const secretHeader = () => basic(simulator.config.auth.clientId, simulator.config.auth.clientSecret);

  it('gives a token for the secret of an integration, and the token opens the API', async () => {
    const answer = await askToken(simulator, { scope: SCOPE }, secretHeader());
    expect(answer.status).toBe(200);
    const token = json<TokenBody>(answer);
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: SCOPE });
    const users = await get(simulator, '/api/v1/users', { authorization: `Bearer ${token.access_token}` });
    expect(users.status).toBe(200);
  });

  it('drops scopes that are not granted and says nothing', async () => {
    const answer = await askToken(simulator, { scope: `${SCOPE} okta.policies.read` }, secretHeader());
    expect(json<TokenBody>(answer).scope).toBe(SCOPE);
  });

  it.each([
    ['no granted scope', { scope: 'okta.policies.read' }, 400, 'consent_required'],
    ['an empty scope', { scope: '' }, 400, 'invalid_scope'],
    ['a scope Okta does not know', { scope: 'read:everything' }, 400, 'invalid_scope'],
    ['another grant type', { scope: SCOPE, grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['two kinds of credentials', { scope: SCOPE, client_secret: 'x' }, 400, 'invalid_request'],
  ])('refuses %s', async (_name, form, status, error) => {
    const answer = await askToken(simulator, form, secretHeader());
    expect([answer.status, json<OauthErrorBody>(answer).error]).toEqual([status, error]);
  });

  it.each([
    ['a wrong secret', () => basic(simulator.config.auth.clientId, 'wrong'), /secret supplied.*invalid/],
    ['an unknown client', () => basic('0oaunknown', 'x'), /client_id/],
    ['no credentials', () => ({}), /No client credentials/],
    [
      'the secret of a custom app',
      () => basic(simulator.credentials.customAppSecret.clientId, simulator.credentials.customAppSecret.clientSecret),
      /must use the private_key_jwt/,
    ],
  ])('answers 401 invalid_client to %s', async (_name, headers, wording) => {
    const answer = await askToken(simulator, { scope: SCOPE }, headers());
    expect(answer.status).toBe(401);
    const body = json<OauthErrorBody>(answer);
    expect(body.error).toBe('invalid_client');
    expect(body.error_description).toMatch(wording);
  });

  it('takes an assertion once', async () => {
    const form = { scope: SCOPE, ...(await assertionFor(simulator)) };
    expect((await askToken(simulator, form)).status).toBe(200);
    const again = await askToken(simulator, form);
    expect(json<OauthErrorBody>(again).error_description).toMatch(/already been used/);
  });

  it.each<[string, AssertionParts, RegExp]>([
    ['another audience', { audience: 'https://other.example/token' }, /audience/],
    ['a life of two hours', { lifetime: 7200 }, /too far/],
    ['a life that is over', { lifetime: -10 }, /expired/],
    ['an issuer that is not the subject', { issuer: '0oaother' }, /'iss' and 'sub'/],
    ['an unknown key', { keyId: 'other' }, /'kid'/],
  ])('refuses an assertion with %s', async (_name, parts, wording) => {
    const answer = await askToken(simulator, { scope: SCOPE, ...(await assertionFor(simulator, parts)) });
    expect(answer.status).toBe(401);
    expect(json<OauthErrorBody>(answer).error_description).toMatch(wording);
  });

  it('refuses an assertion signed by another key', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const { clientId, keyId } = simulator.credentials.privateKey;
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', kid: keyId })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(`${simulator.url}/oauth2/v1/token`)
      .setExpirationTime('5m')
      .sign(privateKey);
    const answer = await askToken(simulator, { scope: SCOPE, client_assertion_type: ASSERTION, client_assertion: assertion });
    expect(json<OauthErrorBody>(answer).error_description).toMatch(/signature/);
  });
});

describe('credentials at the API', () => {
  it('answers 401 E0000011 to a missing, wrong, expired or revoked credential', async () => {
    const simulator = await startSimulator({ users: 20, tokenLifetimeSeconds: 1 });
    try {
      const token = json<TokenBody>(
        await askToken(simulator, { scope: SCOPE }, basic(simulator.config.auth.clientId, simulator.config.auth.clientSecret)),
      );
      const bearer = { authorization: `Bearer ${token.access_token}` };
      expect((await get(simulator, '/api/v1/users', bearer)).status).toBe(200);
      simulator.revokeAccessTokens();
      for (const headers of [bearer, { authorization: 'SSWS wrong' }, { authorization: 'nothing' }]) {
        const answer = await get(simulator, '/api/v1/users', headers);
        expect(answer.status).toBe(401);
        expect(json<ErrorBody>(answer).errorCode).toBe('E0000011');
        expect(answer.headers['www-authenticate']).toBeDefined();
      }
    } finally {
      await simulator.close();
    }
  });

  it('names a missing scope in a header over an empty 403, and a missing role in E0000006', async () => {
    const simulator = await startSimulator({ users: 20, grantedScopes: ['okta.users.read', 'okta.groups.manage'] });
    try {
      const headers = basic(simulator.config.auth.clientId, simulator.config.auth.clientSecret);
      const asked = await askToken(simulator, { scope: 'okta.users.read okta.groups.manage' }, headers);
      const bearer = { authorization: `Bearer ${json<TokenBody>(asked).access_token}` };
      const apps = await get(simulator, '/api/v1/apps', bearer);
      expect([apps.status, apps.text]).toEqual([403, '']);
      expect(apps.headers['www-authenticate']).toContain('scope="okta.apps.read"');
      expect(apps.headers['www-authenticate']).toContain('error="insufficient_scope"');
      // manage includes read
      expect((await get(simulator, '/api/v1/groups', bearer)).status).toBe(200);
      simulator.setAdminRole(false);
      const users = await get(simulator, '/api/v1/users', bearer);
      expect([users.status, users.text]).toEqual([200, '[]']);
      const groups = await get(simulator, '/api/v1/groups', bearer);
      expect([groups.status, json<ErrorBody>(groups).errorCode]).toEqual([403, 'E0000006']);
    } finally {
      await simulator.close();
    }
  });

  it('does not know the clients of a removed integration', async () => {
    const simulator = await startSimulator({ users: 20 });
    try {
      simulator.setClientsActive(false);
      const headers = basic(simulator.config.auth.clientId, simulator.config.auth.clientSecret);
      expect((await askToken(simulator, { scope: SCOPE }, headers)).status).toBe(401);
    } finally {
      await simulator.close();
    }
  });
});

describe('DPoP', () => {
  it('asks for a proof, then for a nonce, then binds the token to the key', async () => {
    const simulator = await startSimulator({ users: 20, dpop: 'required' });
    try {
      const { publicKey, privateKey } = await generateKeyPair('ES256');
      const jwk = await exportJWK(publicKey);
      const proof = (claims: Record<string, string>): Promise<string> =>
        new SignJWT({ jti: randomUUID(), ...claims })
          .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
          .setIssuedAt()
          .sign(privateKey);
      const tokenClaims = { htm: 'POST', htu: `${simulator.url}/oauth2/v1/token` };
      const ask = async (dpop?: string) =>
        askToken(simulator, { scope: SCOPE, ...(await assertionFor(simulator)) }, dpop === undefined ? {} : { dpop });

      expect(json<OauthErrorBody>(await ask()).error).toBe('invalid_dpop_proof');
      const challenge = await ask(await proof(tokenClaims));
      expect(json<OauthErrorBody>(challenge).error).toBe('use_dpop_nonce');
      const nonce = String(challenge.headers['dpop-nonce']);
      const granted = json<TokenBody>(await ask(await proof({ ...tokenClaims, nonce })));
      expect(granted.token_type).toBe('DPoP');

      const ath = createHash('sha256').update(granted.access_token).digest('base64url');
      const resource = { htm: 'GET', htu: `${simulator.url}/api/v1/users`, ath };
      const used = await proof(resource);
      const call = (headers: Record<string, string>) => send(`${simulator.url}/api/v1/users?limit=1`, { headers });
      const scheme = { authorization: `DPoP ${granted.access_token}` };
      expect((await call({ ...scheme, dpop: used })).status).toBe(200);
      expect((await call({ ...scheme, dpop: used })).status).toBe(400);
      expect((await call({ ...scheme, dpop: await proof({ ...resource, htu: `${resource.htu}?limit=1` }) })).status).toBe(400);
      expect((await call({ authorization: `Bearer ${granted.access_token}` })).status).toBe(400);
    } finally {
      await simulator.close();
    }
  });
});
