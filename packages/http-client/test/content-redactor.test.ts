import { ContentRedactor, REDACTED, soundsSecret } from '../src/index.js';

const SECRET = 'p@ss/wörd+"42"';
const redactor = new ContentRedactor([SECRET]);

test.each([
  'password',
  'userPassword',
  'passwordHash',
  'hashed_password',
  'unicodePwd',
  'clientSecret',
  'totp_secret',
  'mfaSeed',
  'X-Api-Key',
  'accessToken',
  'refresh_token',
  'sessionToken',
  'Set-Cookie',
  'X-Auth',
  'Proxy-Authorization',
  'recoveryCodes',
  'salt',
  'webhookSignature',
  'private_key',
  'bearer',
  'otp',
  'activationToken',
  'credential',
])('%s holds a secret', (name) => expect(soundsSecret(name)).toBe(true));

test.each([
  'passwordChanged',
  'token_type',
  'tokenUrl',
  'token_endpoint_auth_method',
  'passwordPolicy',
  'expires_in',
  'id',
  'status',
  'displayName',
  'compass',
  'passenger',
  'authenticatorId',
  'hostname',
  'authority',
  'design',
  'spinner',
  'x-rate-limit-reset',
  'pathname',
  'factorType',
])('%s holds none', (name) => expect(soundsSecret(name)).toBe(false));

test('bodies: by value, by name and by form; the rest stays as it was, however deep', () => {
  let deep: unknown = { note: `near ${SECRET}` };
  for (let depth = 0; depth < 40; depth += 1) deep = { deep };
  const clean = redactor.json({
    id: '00u1',
    profile: { login: 'ana@acme.example', notes: `keep ${encodeURIComponent(SECRET)} out` },
    passwordChanged: '2026-01-01T00:00:00.000Z',
    credentials: {
      password: { hash: { algorithm: 'BCRYPT', workFactor: 10, salt: 'canary-a', value: 'canary-b' } },
      provider: { type: 'ACME', name: 'ACME' },
    },
    settings: [
      { name: 'apiKey', value: 'canary-c' },
      { name: 'region', value: 'eu' },
    ],
    jwk: { kty: 'RSA', n: 'public', d: 'canary-d', p: 'canary-e' },
    forms: [
      '$2b$12$canarycanarycanary',
      '{SSHA}canary==',
      'eyJhbGciOiJub25lIn0.canarycanary.canary',
      'call with Bearer canary-f',
      'see https://a.test/cb?code=canary&x=1#y',
      'https://ana:canary@a.test/x',
    ],
    pin: 1234,
    active: true,
    none: null,
    deep,
  });
  const text = JSON.stringify(clean);
  expect(text).not.toMatch(/canary|42|p%40ss/);
  expect(clean).toMatchObject({
    id: '00u1',
    profile: { login: 'ana@acme.example', notes: `keep ${REDACTED} out` },
    passwordChanged: '2026-01-01T00:00:00.000Z',
    credentials: { provider: { type: 'ACME', name: 'ACME' } },
    settings: [
      { name: 'apiKey', value: REDACTED },
      { name: 'region', value: 'eu' },
    ],
    jwk: { kty: 'RSA', n: 'public' },
    pin: REDACTED,
    active: true,
    none: null,
  });
});

test('an answer to a request for a token: nothing that may be one', () => {
  const answer = {
    access_token: 'canary',
    device: 'canary',
    nested: { any: ['canary'] },
    token_type: 'Bearer',
    scope: 'a b',
    expires_in: 3600,
    ok: true,
  };
  expect(redactor.tokenAnswer(answer)).toEqual({
    access_token: REDACTED,
    device: REDACTED,
    nested: { any: [REDACTED] },
    token_type: 'Bearer',
    scope: 'a b',
    expires_in: 3600,
    ok: true,
  });
  expect(redactor.tokenAnswer('canary')).toBe(REDACTED);
});

test('addresses stay addresses, without what is secret in their query, path and user', () => {
  const clean = redactor.url(
    new URL(
      `https://u:canary@a.test/hook/${encodeURIComponent(SECRET)}/x?limit=5&client_secret=canary&code=canary&q=${encodeURIComponent(SECRET)}&a=b%20c`,
    ),
  );
  expect(clean).toBe(
    `https://a.test/hook/${encodeURIComponent(REDACTED)}/x?limit=5&client_secret=${encodeURIComponent(REDACTED)}&code=${encodeURIComponent(REDACTED)}&q=${encodeURIComponent(REDACTED)}&a=b%20c`,
  );
});

test('headers: by name, and addresses in them', () => {
  expect(redactor.header('set-cookie', 'sid=canary')).toBe(REDACTED);
  expect(redactor.header('link', '<https://a.test/x?after=1&token=canary>; rel="next"')).toBe(
    `<https://a.test/x?after=1&token=${encodeURIComponent(REDACTED)}>; rel="next"`,
  );
  expect(redactor.header('location', 'https://a.test/cb#access_token=canary')).toBe('https://a.test/cb');
  expect(redactor.header('content-type', 'application/json')).toBe('application/json');
});

test('prose: what a form holds is not read by people', () => {
  const page = `<html><title>Sign in</title><script>var csrf = "canary"</script><input name="t" value="canary"><p>Failed, token=canary for ${SECRET}`;
  const clean = redactor.prose(page);
  expect(clean).not.toMatch(/canary|wörd/);
  expect(clean).toContain('Sign in');
  expect(clean).toContain(`token=${REDACTED}`);
});
