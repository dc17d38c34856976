import { generateKeyPairSync } from 'node:crypto';
import { streamSwitches } from '@castellan/connector-sdk';
import { describeForm } from '@castellan/form-schema';
import { OKTA_SUFFIXES } from '../src/config/okta-domain.js';
import { connector, OKTA_SCOPES, POSTURE_SCOPES, wantedScopes } from '../src/index.js';

const secret = { method: 'client_secret', clientId: '0oa1', clientSecret: 's3cret-canary' };
const pem = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

async function issuesOf(input: unknown): Promise<readonly string[]> {
  const result = await connector.validateConfig(input);
  return result.ok ? [] : result.issues.map(({ field, message }) => `${field}: ${message}`);
}

describe('the domain', () => {
  it.each([
    ['login-admin.okta.com', /site of Okta itself/],
    ['http://acme-admin.okta.com', /https:\/\//],
    ['acme-admin.okta.com/admin/users', /remove "\/admin\/users"/],
    ['acme-admin.okta.com.evil.test', /not an address of Okta/],
    ['http://acme.okta.com', /https:\/\//],
    ['acme.okta.com.evil.test', /not an address of Okta/],
    ['acme.okta.com.com', /not an address of Okta/],
    ['https://acme.xn--okt-8cd.com', /Looks like an address below "okta.com"/],
    ['acme.okta.com@evil.test', /user name/],
    ['https://acme.okta.com:secret@evil.test', /user name/],
    ['192.0.2.7', /IP address/],
    ['https://[2001:db8::1]', /IP address/],
    ['acme.okta.com/admin', /remove "\/admin"/],
    ['https://acme.okta.com?x=1', /remove/],
    ['https://{yourOktaDomain}', /host name/],
    ['yourOktaDomain.okta.com', /(host name|placeholder)/],
    ['okta.com', /site of Okta itself/],
    ['www.okta.com', /site of Okta itself/],
    ['login.okta.com', /site of Okta itself/],
    ['localhost', /host name/],
  ])('X6: refuses %s and says the way out', async (domain, message) => {
    const issues = await issuesOf({ domain, auth: secret });
    expect(issues).toEqual([expect.stringMatching(message)]);
    expect(issues[0]).toMatch(/^domain: .*(acme|example)/s);
    expect(issues[0]).not.toContain('s3cret');
  });

  it.each([
    ['acme.okta.com', 'https://acme.okta.com'],
    [' https://ACME.okta.com/ ', 'https://acme.okta.com'],
    ['dev-123456.okta-emea.com', 'https://dev-123456.okta-emea.com'],
    ['agency.okta.mil', 'https://agency.okta.mil'],
    ['login.acme.example', 'https://login.acme.example'],
    ['login.xn--bcher-kva.example', 'https://login.xn--bcher-kva.example'],
    ['acme-admin.example', 'https://acme-admin.example'],
    ['admin-acme.okta.com', 'https://admin-acme.okta.com'],
  ])('takes %s', async (domain, origin) => {
    const result = await connector.validateConfig({ domain, auth: secret });
    expect(result).toMatchObject({ ok: true, config: { domain: origin, activityDays: 7 }, hints: [] });
  });

  it.each(OKTA_SUFFIXES)('takes the admin console below %s for its organisation, and says so', async (suffix) => {
    for (const domain of [`acme-admin.${suffix}`, ` https://ACME-admin.${suffix}/ `, `acme-admin-admin.${suffix}`]) {
      const result = await connector.validateConfig({ domain, auth: secret });
      expect(result).toMatchObject({
        ok: true,
        config: { domain: `https://acme.${suffix}` },
        hints: [{ field: 'domain', message: expect.stringContaining(`uses https://acme.${suffix} instead`) }],
      });
    }
    // What is stored is validated again before each use.
    const again = await connector.validateConfig({ domain: `https://acme.${suffix}`, auth: secret });
    expect(again).toMatchObject({ ok: true, config: { domain: `https://acme.${suffix}` }, hints: [] });
  });
});

describe('the credentials', () => {
  it('names unknown settings, at the top and inside', async () => {
    const issues = await issuesOf({ domain: 'acme.okta.com', auth: { ...secret, token: 'x' }, days: 3 });
    expect(issues.map((issue) => issue.split(':')[0]).toSorted()).toEqual(['auth.token', 'days']);
  });

  it.each([
    ['a key that is too short', () => pem(1024), /1024 bits.*2048/],
    ['no key at all', () => 'hello-canary', /BEGIN PRIVATE KEY/],
    [
      'the public half',
      () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      /public half/,
    ],
    [
      'the public half as JWK',
      () => JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })),
      /no "d"/,
    ],
    [
      'a curve that Okta does not take',
      () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      /RSA.*EC/,
    ],
    ['broken JSON', () => '{"kty": ', /not complete JSON/],
    ['a set of keys', () => '{"keys": [{}]}', /set of keys/],
  ])('refuses %s', async (_, privateKey, message) => {
    const issues = await issuesOf({
      domain: 'acme.okta.com',
      auth: { method: 'private_key', clientId: '0oa1', privateKey: privateKey() },
    });
    expect(issues).toEqual([expect.stringMatching(message)]);
    expect(issues[0]).toMatch(/^auth\.privateKey: /);
    expect(issues[0]).not.toContain('canary');
  });

  it.each([
    ['PKCS#8', () => pem(2048)],
    ['PKCS#8 with \\n for line breaks', () => pem(2048).replaceAll('\n', '\\n')],
    [
      'PKCS#1',
      () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    ],
    [
      'SEC 1',
      () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
    ],
    [
      'JWK',
      () =>
        JSON.stringify({
          ...generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' }),
          kid: 'k1',
        }),
    ],
  ])('takes a key as %s', async (_, privateKey) => {
    expect(
      await issuesOf({ domain: 'acme.okta.com', auth: { method: 'private_key', clientId: '0oa1', privateKey: privateKey() } }),
    ).toEqual([]);
  });

  it('asks for what is missing, by its name', async () => {
    expect(await issuesOf({ auth: { method: 'api_token' } })).toEqual([
      expect.stringMatching(/^domain: /),
      expect.stringMatching(/^auth\.token: .*required/),
    ]);
    expect(await issuesOf({ domain: 'acme.okta.com', auth: { method: 'password' } })).toEqual([
      expect.stringMatching(/^auth\.method: .*client_secret/),
    ]);
  });

  it('bounds the days of activity', async () => {
    expect(await issuesOf({ domain: 'acme.okta.com', auth: secret, activityDays: 91 })).toEqual([
      expect.stringMatching(/^activityDays: .*90/),
    ]);
  });
});

describe('what else can be set', () => {
  const configOf = async (more: object) => {
    const result = await connector.validateConfig({ domain: 'acme.okta.com', auth: secret, ...more });
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    return result.config;
  };

  it('has a default for everything', async () => {
    expect(await configOf({})).toMatchObject({
      rateLimitShare: 80,
      includeGroups: [],
      excludeGroups: [],
      includeApplications: [],
      excludeApplications: [],
      skipAppGroups: false,
      skipFactors: false,
      skinnyUsers: false,
      posture: false,
    });
  });

  it.each([4, 101, 50.5, '80'])('refuses %j percent', async (rateLimitShare) => {
    expect(await issuesOf({ domain: 'acme.okta.com', auth: secret, rateLimitShare })).toEqual([
      expect.stringMatching(/^rateLimitShare: Must be/),
    ]);
  });

  it('takes patterns as a list or as lines, up to 200', async () => {
    expect(await configOf({ includeGroups: ['Eng, all', 'S*'], excludeApplications: 'Test*\n*old*' })).toMatchObject({
      includeGroups: ['Eng, all', 'S*'],
      excludeApplications: ['Test*', '*old*'],
    });
    const many = Array.from({ length: 201 }, (_, index) => `g${index}`);
    expect(await issuesOf({ domain: 'acme.okta.com', auth: secret, includeGroups: many })).toEqual([
      expect.stringMatching(/^includeGroups: .*200/),
    ]);
  });

  it('asks for more scopes only when more is to be read', async () => {
    expect(wantedScopes(await configOf({}))).toEqual(OKTA_SCOPES);
    expect(wantedScopes(await configOf({ posture: true }))).toEqual([...OKTA_SCOPES, ...POSTURE_SCOPES]);
  });

  it('is in the form, in its groups, each with label and help', () => {
    const { schema, uiSchema } = JSON.parse(JSON.stringify(describeForm(connector.config)));
    expect(schema.properties.rateLimitShare).toMatchObject({ type: 'integer', minimum: 5, maximum: 100, default: 80 });
    expect(schema.properties.includeGroups).toMatchObject({ type: 'array', maxItems: 200, default: [] });
    expect(uiSchema.includeGroups).toMatchObject({ 'ui:widget': 'text-list', 'ui:group': 'Scope' });
    expect(uiSchema.posture).toMatchObject({ 'ui:widget': 'switch', 'ui:group': 'More data' });
    for (const [key, value] of Object.entries<{ title: string; description?: string }>(schema.properties)) {
      expect(value.title).not.toBe('');
      if (key !== 'auth') expect(value.description).toMatch(/\.$/);
    }
  });
});

test.each([
  ['policies', { setting: 'posture', title: 'Policies and security settings', group: 'More data', on: true }],
  ['token-grants', { setting: 'eachAccount', title: 'Devices and tokens of each account', group: 'More data', on: true }],
  ['client-secrets', { setting: 'secretAges', title: 'Age of client secrets', group: 'More data', on: true }],
  ['authenticators', { setting: 'skipFactors', title: "Leave out people's factors", group: 'Scope', on: false }],
  ['accounts', undefined],
])('the setting that has %s read is found', (stream, expected) => {
  expect(streamSwitches(connector).get(stream)).toEqual(expected);
});
