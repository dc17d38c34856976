import { generateKeyPairSync } from 'node:crypto';
import {
  type ConnectorError,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  TransientError,
} from '@castellan/connector-sdk';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { DpopProver } from '../src/client/dpop.js';
import { TokenSource } from '../src/client/token-source.js';
import type { ClientSecretAuth, PrivateKeyAuth } from '../src/index.js';
import { OKTA_SCOPES } from '../src/streams/scopes.js';

const clientSecret: ClientSecretAuth = { method: 'client_secret', clientId: '0oa1', clientSecret: 'CANARY-secret' };
const privateKey: PrivateKeyAuth = {
  method: 'private_key',
  clientId: '0oa1',
  privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  keyId: 'kid-1',
};

type Answer = Partial<HttpResponse> | Error;
const issued = (value: string, more: object = {}): Answer => ({
  body: { access_token: value, token_type: 'Bearer', expires_in: 3600, scope: 'okta.users.read', ...more },
});
const refused = (error: string, description: string, status = 401): Answer => ({
  status,
  body: { error, error_description: description },
});

function setUp(
  answers: readonly Answer[],
  auth: ClientSecretAuth | PrivateKeyAuth = clientSecret,
): { source: TokenSource; sent: HttpRequest[]; clock: { now: number } } {
  const sent: HttpRequest[] = [];
  const clock = { now: Date.parse('2026-11-23T12:00:00.000Z') };
  const now = (): Date => new Date(clock.now);
  const http: HttpClient = {
    send: async (request) => {
      sent.push(request);
      await new Promise((resolve) => setImmediate(resolve));
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      if (answer instanceof Error) throw answer;
      return { status: 200, headers: {}, body: undefined, next: undefined, date: undefined, ...answer };
    },
  };
  const source = new TokenSource({
    auth,
    http,
    origin: 'https://acme.okta.com',
    scopes: OKTA_SCOPES,
    prover: new DpopProver(now),
    now,
    oktaNow: now,
    signal: new AbortController().signal,
  });
  return { source, sent, clock };
}

async function failure(
  answers: readonly Answer[],
  auth: ClientSecretAuth | PrivateKeyAuth = clientSecret,
): Promise<ConnectorError> {
  const { source } = setUp(answers, auth);
  // Every error of this package is one of the SDK's.
  return source.current().then(
    () => Promise.reject(new Error('no failure')),
    (error: unknown) => error as ConnectorError,
  );
}

describe('the access token', () => {
  it('is asked for once, however many ask', async () => {
    const { source, sent } = setUp([issued('t1')]);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => source.current()));
    expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['t1']));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: '/oauth2/v1/token',
      method: 'POST',
      authorized: false,
      attempts: 1,
      form: { grant_type: 'client_credentials' },
    });
    expect(sent[0]?.form?.['scope']?.split(' ')).toHaveLength(6);
    expect(sent[0]?.form).not.toHaveProperty('client_secret');
    expect(sent[0]?.headers?.['authorization']).toBe(`Basic ${Buffer.from('0oa1:CANARY-secret').toString('base64')}`);
  });

  it('is replaced a minute before it expires, not sooner', async () => {
    const { source, sent, clock } = setUp([issued('t1'), issued('t2')]);
    await source.current();
    clock.now += 3_539_000;
    expect((await source.current()).value).toBe('t1');
    clock.now += 2_000;
    expect((await source.current()).value).toBe('t2');
    expect(sent).toHaveLength(2);
  });

  it('stays in use while a new one cannot be had', async () => {
    const down = new TransientError({ message: 'down' });
    const { source, sent, clock } = setUp([issued('t1'), down]);
    await source.current();
    clock.now += 3_550_000;
    expect((await source.current()).value).toBe('t1');
    const tries = sent.length;
    expect((await source.current()).value).toBe('t1');
    expect(sent).toHaveLength(tries);
    clock.now += 60_000;
    await expect(source.current()).rejects.toThrow('down');
  }, 30_000);

  it('is renewed once for many refusals of the one before', async () => {
    const { source, sent } = setUp([issued('t1'), issued('t2'), issued('t3')]);
    await source.current();
    expect(sent).toHaveLength(1);
    await Promise.all([source.renew(), source.renew(), source.renew()]);
    await source.renew();
    expect(sent.length).toBeLessThanOrEqual(2);
  });

  it('is asked for with a new assertion and a new proof at every try', async () => {
    const { source, sent } = setUp([new TransientError({ message: 'reset' }), issued('t1')], privateKey);
    await source.current();
    const assertions = sent.map(({ form }) => form?.['client_assertion'] ?? '');
    const [first, second] = assertions.map((assertion) => decodeJwt(assertion));
    expect(first).toMatchObject({ iss: '0oa1', sub: '0oa1', aud: 'https://acme.okta.com/oauth2/v1/token' });
    expect((first?.exp ?? 0) - (first?.iat ?? 0)).toBe(300);
    expect(first?.jti).not.toBe(second?.jti);
    expect(decodeProtectedHeader(assertions[0] ?? '')).toEqual({ alg: 'RS256', kid: 'kid-1' });
    const proofs = sent.map(({ headers }) => decodeJwt(headers?.['dpop'] ?? ''));
    expect(proofs[0]).toMatchObject({ htm: 'POST', htu: 'https://acme.okta.com/oauth2/v1/token' });
    expect(proofs[0]?.jti).not.toBe(proofs[1]?.jti);
    expect(sent[0]?.headers).not.toHaveProperty('authorization');
  });

  it('is bound to a key when Okta wants it so, with the nonce that it gives', async () => {
    const challenge: Answer = { status: 400, headers: { 'dpop-nonce': ['n1'] }, body: { error: 'use_dpop_nonce' } };
    const { source, sent } = setUp([challenge, issued('t1', { token_type: 'DPoP' })]);
    expect(await source.current()).toMatchObject({ scheme: 'DPoP', value: 't1' });
    expect(decodeJwt(sent[1]?.headers?.['dpop'] ?? '')).toMatchObject({ nonce: 'n1' });
  });

  it('does not loop when Okta keeps asking for another proof', async () => {
    const challenge: Answer = { status: 400, headers: { 'dpop-nonce': ['n1'] }, body: { error: 'use_dpop_nonce' } };
    const { source, sent } = setUp([challenge]);
    await expect(source.current()).rejects.toMatchObject({ kind: 'auth' });
    expect(sent.length).toBeLessThanOrEqual(3);
  });
});

describe('a refused credential', () => {
  it.each([
    [
      'a wrong secret',
      clientSecret,
      refused('invalid_client', 'The client secret supplied for a confidential client is invalid.'),
      'auth.clientSecret',
      /client secret/,
    ],
    [
      'the secret of a custom app',
      clientSecret,
      refused(
        'invalid_client',
        'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
      ),
      'auth.method',
      /demands a key.*Private key/s,
    ],
    [
      'an unknown client',
      clientSecret,
      refused('invalid_client', "Invalid value for 'client_id' parameter."),
      'auth.clientId',
      /client ID.*domain/s,
    ],
    [
      'an app for people',
      clientSecret,
      refused('invalid_client', "Only clients with 'application_type' of 'service' can use this."),
      'auth.clientId',
      /wrong type/,
    ],
    ['a wrong grant', clientSecret, refused('unauthorized_client', 'x', 400), 'auth.clientId', /wrong type/],
    [
      'a wrong key',
      privateKey,
      refused('invalid_client', 'The client_assertion signature is invalid.'),
      'auth.privateKey',
      /public half/,
    ],
    [
      'a clock that is wrong',
      privateKey,
      refused('invalid_client', 'The client_assertion token is expired.'),
      undefined,
      /clock/,
    ],
    [
      'a network zone',
      clientSecret,
      refused('access_denied', "The request is made from outside the client's permitted network zones.", 403),
      'auth.clientId',
      /network zones/,
    ],
  ] as const)('%s: names what to mend', async (_, auth, answer, field, message) => {
    const error = await failure([answer], auth);
    expect(error.view()).toMatchObject({ kind: 'auth', message: expect.stringMatching(message) });
    expect(error.view().field).toBe(field);
    expect(JSON.stringify([error.view(), error.detail])).not.toMatch(/CANARY|PRIVATE KEY/);
  });

  it('without any scope names all six', async () => {
    const error = await failure([refused('consent_required', 'You are not allowed any of the requested scopes.', 400)]);
    expect(error.view()).toMatchObject({
      kind: 'permission',
      missing: expect.arrayContaining(['okta.users.read', 'okta.logs.read']),
    });
  });
});
