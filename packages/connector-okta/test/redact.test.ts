import fc from 'fast-check';
import { HarmlessNames, redactEvent, redactObject } from '../src/map/redact.js';
import { mapAppUser, mapApplication } from '../src/map/application.js';
import { mapFactor } from '../src/map/authenticator.js';
import { mapIdentityProvider } from '../src/map/identity-provider.js';
import { mapAccount } from '../src/map/account.js';
import { Drift } from '../src/map/drift.js';
import { RecordingLogger } from './support/recording-logger.js';

const C = 'CANARY-4711';

const redact = (value: unknown): ReturnType<typeof redactObject> => redactObject(value, new HarmlessNames());

/** Nothing counts as harmless: everything is looked at in its place. */
class Suspicious extends HarmlessNames {
  override has(): boolean {
    return false;
  }
}

describe('secrets', () => {
  const logger = new RecordingLogger();
  const drift = new Drift(logger);

  it.each<[string, () => unknown]>([
    [
      'an identity provider',
      () =>
        mapIdentityProvider(
          {
            id: '1',
            protocol: { credentials: { client: { client_id: 'x', client_secret: C }, signing: { privateKey: C, kid: 'k' } } },
            clientSecret: C,
            properties: { aalValue: null, apiToken: C },
          },
          new Map(),
          drift,
        ),
    ],
    [
      'an application',
      () =>
        mapApplication(
          {
            id: '1',
            credentials: { oauthClient: { client_id: 'x', client_secret: C }, password: { value: C }, signing: { kid: 'k' } },
            settings: {
              app: {
                adminPassword: C,
                integrationKey: C,
                skey: C,
                apiToken: C,
                oauthAccessToken: C,
                secretKeyEnc: C,
                url: `https://u:${C}@h.test`,
              },
              oauthClient: {
                jwks: {
                  keys: [
                    { kty: 'RSA', n: 'public', e: 'AQAB', d: C, p: C, q: C, dp: C, dq: C, qi: C },
                    { kty: 'oct', k: C },
                  ],
                },
              },
            },
            somethingNew: [{ nested: { sharedSecret: C, tokens: [C, { refresh_token: C }] } }],
          },
          drift,
        ),
    ],
    [
      'an app user',
      () =>
        mapAppUser(
          {
            id: '1',
            profile: { password: C, client_secret: C, api_key: C },
            credentials: { userName: 'u', password: { value: C } },
          },
          'a',
          drift,
        ),
    ],
    [
      'a factor',
      () =>
        mapFactor(
          {
            id: '1',
            factorType: 'question',
            profile: { question: 'pet', answer: C },
            sharedSecret: C,
            token: C,
            _embedded: {
              activation: {
                sharedSecret: C,
                timeStep: 30,
                _links: { qrcode: { href: `https://x.test/${C}`, type: 'image/png' } },
              },
            },
          },
          'u',
          drift,
        ),
    ],
    [
      'a user',
      () =>
        mapAccount(
          {
            id: '1',
            credentials: {
              password: { value: C, hash: { algorithm: 'BCRYPT', value: C, salt: C, workFactor: 10 } },
              recovery_question: { question: 'pet', answer: C },
            },
          },
          drift,
        ),
    ],
  ])('do not leave the parser with %s', (_, map) => {
    const record = map();
    expect(record).not.toBeNull();
    expect(JSON.stringify(record)).not.toContain('4711');
    expect(JSON.stringify(record)).toContain('[redacted]');
    expect(logger.text).not.toContain('4711');
  });

  it('are recognised by their look too', () => {
    const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${C}`;
    const raw = redact({
      note: `-----BEGIN RSA PRIVATE KEY-----\n${C}`,
      hint: jwt,
      link: `https://x.test/?access_token=${C}`,
    });
    expect(JSON.stringify(raw)).not.toContain('4711');
  });

  it.each(
    `authorization Authorization authHeader auth_header authorizationHeader cookie Set-Cookie connectionString dbConnectionString
    pat githubPat psk PSK ipsec_psk sessionToken accessToken refreshToken access_token`.split(/\s+/),
  )('are known by the name %s, beside a value and in a pair', (name) => {
    const raw = { settings: { app: { [name]: C, headers: [{ name, value: C }] } }, profile: { x: { Key: name, Value: [C] } } };
    expect(redact(raw)).toEqual({
      settings: { app: { [name]: '[redacted]', headers: [{ name, value: '[redacted]' }] } },
      profile: { x: { Key: name, Value: ['[redacted]'] } },
    });
  });

  it.each([
    'Authorization',
    'authHeader',
    'cookie',
    'connectionString',
    'pat',
    'psk',
    'sessionToken',
    'accessToken',
    'refresh_token',
  ])('in the debug data of an event are known by the name %s', (name) => {
    const event = { debugContext: { debugData: { [name]: C, list: [{ key: name, value: C }] } } };
    expect(JSON.stringify(redactEvent(event))).not.toContain('4711');
  });

  it.each([
    'Authorization: Bearer 2YotnFZFEjr1zCsicMWpAA',
    'curl -H "authorization: bearer abcdefgh1"',
    'send Basic dXNlcjpwYXNz with it',
    'SSWS 00QCjAl4MlV-WPXM',
    `token ghp_${'a1B2'.repeat(9)}`,
    `github_pat_${'a1B2'.repeat(9)}`,
    'xoxb-1234567890-abcdef',
    'xoxp-1234567890-abcdef',
    'see https://hooks.slack.com/services/T000/B000/XXXX',
  ])('are known by their look inside of text: %s', (text) => {
    expect(redact({ notes: text })).toEqual({ notes: '[redacted]' });
    expect(redactEvent({ displayMessage: text })).toEqual({ displayMessage: '[redacted]' });
  });

  it('are not seen in what only looks a little like them', () => {
    const kept = {
      label: 'Basic authentication',
      description: 'Basic JavaScript course; bearer tokens; Bearer',
      signOnMode: 'BASIC_AUTH',
      protocol: { endpoints: { authorization: { url: 'https://idp.test/authorize', binding: 'HTTP-REDIRECT' } } },
      profile: { name: 'ghp_team', patience: 'much', pattern: '^a$', cookieName: 'sid', authorizationUrl: 'https://x.test/a' },
      attributeStatements: [
        { name: 'department', value: 'user.department' },
        { name: 'tokenType', value: 'x' },
      ],
      links: ['https://slack.com/services', 'xox'],
    };
    expect(redact(kept)).toEqual(kept);
    const event = {
      authenticationContext: { externalSessionId: '102abc', rootSessionId: '102abc', credentialType: 'PASSWORD' },
      debugContext: { debugData: { tokenId: 't', authnRequestId: 'r', sessionTokenId: 's', requestUri: '/api/v1/authn' } },
      target: [{ type: 'access_token', alternateId: 'a' }],
    };
    expect(redactEvent(event)).toEqual(event);
  });

  it('leave their structure, and everything that only talks about them', () => {
    const kept = {
      credentials: {
        oauthClient: {
          token_endpoint_auth_method: 'private_key_jwt',
          dpop_bound_access_tokens: true,
          id_token_encrypted_response_enc: 'A256GCM',
        },
        userNameTemplate: { template: '${source.login}' },
        signing: { kid: 'abc', lastRotated: '2026-01-01' },
        revealPassword: false,
        password: {},
      },
      protocol: { endpoints: { token: { url: 'https://idp.test/token', binding: 'HTTP-POST' } } },
      settings: {
        oauthClient: { refresh_token: { rotation_type: 'STATIC', leeway: 30 } },
        app: { passwordField: 'pw', passwordSelector: '#pw', secretKey: null },
      },
      passwordChanged: '2026-01-01T00:00:00.000Z',
      tokenLifetimeInMinutes: 5,
      x5c: ['MIIC'],
      _links: { resetPassword: { href: 'https://acme.test/reset_password', method: 'POST' } },
      keys: [{ kty: 'RSA', kid: 'k', n: 'public', e: 'AQAB', x5c: ['MIIC'] }],
    };
    expect(redact(kept)).toEqual(kept);
  });

  it('in events are hashed by Okta: evidence stays as it is', () => {
    const event = {
      transaction: { detail: { requestApiTokenId: '00T1' } },
      debugContext: { debugData: { tokenId: 't1', dtHash: 'abc' } },
    };
    expect(redactEvent(event)).toEqual(event);
    expect(JSON.stringify(redactEvent({ target: [{ changeDetails: { from: { client_secret: C } } }] }))).not.toContain('4711');
  });

  it('survives what only an attacker sends', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`);
    expect(() => redact(deep)).not.toThrow();
    const odd: unknown = JSON.parse('{"__proto__": {"password": "x"}, "a": 1}');
    expect(JSON.stringify(redact(odd))).toBe('{"__proto__":{"password":"[redacted]"},"a":1}');
  });
});

it('what is left as it is holds no more than what is looked at member by member', () => {
  const names = fc.constantFrom(
    ...`id name value key Value kty d k _links href settings app provider configuration skey endpoints token authorization password
    passwordChanged pass_word clientSecret client_secret tokenEndpoint seed answer hash leeway cookie setCookie pat psk credentials profile
    __proto__ githubPat policy token_endpoint_auth_method secretKey public_key header field qrcode`.split(/\s+/),
  );
  const texts = fc.constantFrom(
    '',
    'x',
    'Bearer abcdefgh1',
    'https://u:p@h/',
    'https://h/a',
    'https://h/?sig=1',
    'Authorization',
    'eyJabcdefgh.eyJabcdefgh.x',
    'a@b.example',
  );
  const pair = fc.record({ name: texts, Value: texts });
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(
      names,
      fc.oneof(
        { depthSize: 'small' },
        texts,
        fc.integer(),
        fc.constant(null),
        fc.boolean(),
        pair,
        tie('tree'),
        fc.array(tie('tree'), { maxLength: 2 }),
        fc.array(texts, { maxLength: 2 }),
      ),
      { maxKeys: 5 },
    ),
  }));
  const harmless = new HarmlessNames();
  fc.assert(
    fc.property(tree, (value) => {
      expect(JSON.stringify(redactObject(value, harmless))).toBe(JSON.stringify(redactObject(value, new Suspicious())));
    }),
    { numRuns: 2_000 },
  );
});
