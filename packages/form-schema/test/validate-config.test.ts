import { IsEmail } from 'class-validator';
import {
  describeForm,
  NumberField,
  OriginField,
  addressPaths,
  parseAllowedHosts,
  SecretField,
  secretPaths,
  SelectField,
  SwitchField,
  TextField,
  TextListField,
  validateConfig,
  VariantField,
} from '../src/index.js';

class KeyAuth {
  @TextField({ label: 'Client ID' }) readonly clientId!: string;
  @SecretField({ label: 'Key', multiline: true }) readonly key!: string;
}
class TokenAuth {
  @SecretField({ label: 'Token' }) readonly token!: string;
}
class Settings {
  @OriginField({
    label: 'Domain',
    placeholder: 'https://acme.provider.test',
    normalise: (host) =>
      host.startsWith('console.') ? { host: host.slice('console.'.length), why: 'Without "console.".' } : undefined,
    check: (host) => (host.startsWith('admin.') ? 'Not the admin host.' : undefined),
  })
  readonly domain!: string;
  @VariantField({
    label: 'Sign in with',
    discriminator: 'method',
    variants: [
      { value: 'key', label: 'Key', config: KeyAuth },
      { value: 'token', label: 'Token', config: TokenAuth, legacy: true },
    ],
  })
  readonly auth!: ({ readonly method: 'key' } & KeyAuth) | ({ readonly method: 'token' } & TokenAuth);
  @NumberField({ label: 'Days', min: 1, max: 90, optional: true, group: 'Advanced' }) readonly days: number = 7;
  @SwitchField({ label: 'Factors' }) readonly factors: boolean = true;
  @SelectField({
    label: 'Size',
    optional: true,
    options: [
      { value: 's', label: 'Small' },
      { value: 'l', label: 'Large' },
    ],
  })
  readonly size?: 's' | 'l';
  @TextListField({ label: 'Only', maxItems: 3, maxLength: 8 }) readonly only: readonly string[] = [];
  @IsEmail({}, { message: 'Must be an e-mail address.' })
  @TextField({ label: 'Contact', optional: true })
  readonly contact?: string;
}

const good = { domain: 'acme.provider.test', auth: { method: 'token', token: ' secret ' } };
const issuesOf = async (input: unknown, environment = {}) => {
  const result = await validateConfig(Settings, input, environment);
  return result.ok ? [] : result.issues.map((issue) => `${issue.field}: ${issue.message}`);
};

test('what is good is copied, normalised, completed with defaults and frozen', async () => {
  const result = await validateConfig(Settings, good);
  expect(result).toEqual({
    ok: true,
    config: {
      domain: 'https://acme.provider.test',
      auth: { method: 'token', token: 'secret' },
      days: 7,
      factors: true,
      only: [],
    },
    hints: [],
  });
  expect(result.ok && Object.isFrozen(result.config) && Object.isFrozen(result.config.auth)).toBe(true);
});

test.each([
  ['not an object', 'x', [': The configuration must be a JSON object.']],
  ['an array', [], [': The configuration must be a JSON object.']],
  ['nothing', {}, ['domain: Is required.', 'auth: Is required.']],
  ['an unknown key', { ...good, admin: true }, [expect.stringMatching(/^admin: Is no field here\. Fields: domain, auth/)]],
  [
    '__proto__',
    JSON.parse('{"__proto__":{"admin":true},"domain":"acme.provider.test","auth":{"method":"token","token":"t"}}'),
    [expect.stringMatching(/^__proto__: /)],
  ],
  [
    'an unknown key in a variant',
    { ...good, auth: { method: 'token', token: 't', clientId: 'x' } },
    [expect.stringMatching(/^auth\.clientId: /)],
  ],
  ['an unknown variant', { ...good, auth: { method: 'password' } }, ['auth.method: Must be one of: key, token.']],
  ['a variant that is text', { ...good, auth: 'token' }, [expect.stringMatching(/^auth: Must be an object/)]],
  ['a missing secret', { ...good, auth: { method: 'key', clientId: 'x', key: '  ' } }, ['auth.key: Is required.']],
  [
    'wrong types',
    { ...good, days: '7', factors: 'yes', size: 'm', contact: 'x' },
    [
      expect.stringMatching(/^days: Must be a whole number\./),
      'factors: Must be true or false.',
      'size: Must be one of: s, l.',
      'contact: Must be an e-mail address.',
    ],
  ],
  ['out of bounds', { ...good, days: 91 }, ['days: Must be at most 90.']],
  ["the connector's own rule", { ...good, domain: 'admin.acme.provider.test' }, ['domain: Not the admin host.']],
])('%s', async (_, input, expected) => {
  const issues = await issuesOf(input);
  for (const issue of expected) expect(issues).toContainEqual(issue);
  expect(issues.length).toBeGreaterThanOrEqual(expected.length);
});

test('no message repeats what was typed into a secret', async () => {
  const issues = await issuesOf({ ...good, auth: { method: 'token', token: 'canary'.repeat(5_000) } });
  expect(issues).toHaveLength(1);
  expect(issues.join()).not.toContain('canary');
});

describe('addresses', () => {
  test.each([
    ['http://acme.provider.test', 'https://'],
    ['ftp://acme.provider.test', 'https://'],
    ['https:/acme.provider.test', 'host name'],
    ['acme.provider.test@evil.test', '@'],
    ['https://user:pass@acme.provider.test', '@'],
    ['acme.provider.test/path', 'remove "/path"'],
    ['acme.provider.test?x', 'remove "?x"'],
    ['acme.provider.test#.evil', 'remove "#.evil"'],
    ['acme.provider.test:22', 'port'],
    ['acme.provider.test\n', 'not an address'],
    ['acme.provider.test\\@evil.test', 'not an address'],
    ['https://\u0430cme.provider.test', 'Contains characters'],
    ['127.0.0.1', 'IP address'],
    ['https://[::1]', 'IP address'],
    ['[::ffff:127.0.0.1]', 'IP address'],
    ['0x7f000001', 'IP address'],
    ['2130706433', 'IP address'],
    ['169.254.169.254', 'IP address'],
    ['localhost', 'complete host name'],
    ['acme.localhost', 'local machine'],
    ['metadata.google.internal', 'local machine'],
    [['acme.provider.test'], 'Must be text'],
  ])('%s is refused', async (domain, part) => {
    const issues = await issuesOf({ ...good, domain });
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(/^domain: /);
    expect(issues[0]).toContain(part);
  });

  test('blanks, capitals and a trailing slash are forgiven', async () => {
    const result = await validateConfig(Settings, { ...good, domain: ' https://ACME.provider.test/ ' });
    expect(result.ok ? result.config.domain : result.issues).toBe('https://acme.provider.test');
  });

  test('what the operator allows may be private and plain, for the port that was named', async () => {
    const environment = { allowedHosts: parseAllowedHosts('127.0.0.1:8080, directory.internal') };
    for (const domain of ['http://127.0.0.1:8080', 'https://directory.internal:8443', 'http://directory.internal']) {
      expect(await issuesOf({ ...good, domain }, environment)).toEqual([]);
    }
    for (const domain of ['http://127.0.0.1:8081', 'http://127.0.0.1', 'http://evil.directory.internal']) {
      expect(await issuesOf({ ...good, domain }, environment)).toHaveLength(1);
    }
  });
});

describe('a list of texts', () => {
  const listOf = async (only: unknown) => {
    const result = await validateConfig(Settings, { ...good, only });
    return result.ok ? result.config.only : result.issues.map((issue) => `${issue.field}: ${issue.message}`);
  };

  test.each([
    [
      ['a', ' b '],
      ['a', 'b'],
    ],
    ['a\r\nb, c,,\n', ['a', 'b', 'c']],
    [['a, b'], ['a, b']],
    [[], []],
    ['  ', []],
  ])('%j is taken', async (given, kept) => {
    const list = await listOf(given);
    expect(list).toEqual(kept);
    // What is stored is validated again before each use.
    expect(await listOf(list)).toEqual(kept);
  });

  test.each([
    [['a', 1], 'list of texts'],
    [7, 'list of texts'],
    [{ 0: 'a' }, 'list of texts'],
    ['a,b,c,d', 'at most 3 entries, not 4'],
    [['a', 'canary-word'], 'Entry 2 is longer than 8'],
    [['a\0'], 'Entry 1 holds'],
    [['\ud800'], 'Entry 1 holds'],
  ])('%j is refused', async (given, part) => {
    const issues = await listOf(given);
    expect(issues).toEqual([expect.stringContaining(`only: `)]);
    expect(issues[0]).toContain(part);
    expect(issues[0]).not.toContain('canary');
  });

  test('repetitions fall away, and that is said', async () => {
    expect(await validateConfig(Settings, { ...good, only: 'a,b,a,a' })).toMatchObject({
      ok: true,
      config: { only: ['a', 'b'] },
      hints: [{ field: 'only', message: '2 entries were in the list already and left out.' }],
    });
  });
});

describe('an address that means another', () => {
  test('is kept as what is meant, with the reason', async () => {
    expect(await validateConfig(Settings, { ...good, domain: 'CONSOLE.acme.provider.test/' })).toMatchObject({
      ok: true,
      config: { domain: 'https://acme.provider.test' },
      hints: [{ field: 'domain', message: 'Without "console.".' }],
    });
  });

  test('is judged as what is meant', async () => {
    expect(await issuesOf({ ...good, domain: 'console.admin.provider.test' })).toEqual(['domain: Not the admin host.']);
    expect(await issuesOf({ ...good, domain: 'http://console.acme.provider.test' })).toHaveLength(1);
  });
});

test('secrets and addresses are found by their type, in every variant', () => {
  expect(secretPaths(Settings)).toEqual(['auth.key', 'auth.token']);
  expect(addressPaths(Settings)).toEqual(['domain']);
});

test('two classes of one name keep their own fields', () => {
  const other = (() => {
    // oxlint-disable-next-line no-shadow -- one name for two classes is what this test is about
    class Settings {
      @TextField({ label: 'Only this' }) readonly only!: string;
    }
    return Settings;
  })();
  expect(describeForm(other).uiSchema['ui:order']).toEqual(['only']);
  expect(describeForm(Settings).uiSchema['ui:order']).toHaveLength(7);
});

test('the form is JSON Schema with the variants as oneOf, secrets write-only, defaults from the class', () => {
  const { schema, uiSchema } = JSON.parse(JSON.stringify(describeForm(Settings)));
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: ['domain', 'auth'],
    properties: {
      days: { type: 'integer', minimum: 1, maximum: 90, default: 7 },
      factors: { type: 'boolean', default: true },
      only: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 8 }, maxItems: 3, default: [] },
      auth: {
        oneOf: [
          {
            title: 'Key',
            required: ['method', 'clientId', 'key'],
            properties: { method: { const: 'key' }, key: { writeOnly: true } },
          },
          { title: 'Token', required: ['method', 'token'], properties: { token: { type: 'string', writeOnly: true } } },
        ],
      },
    },
  });
  expect(uiSchema.auth['ui:variants'].token['ui:legacy']).toBe(true);
  expect(uiSchema.only['ui:widget']).toBe('text-list');
  expect(uiSchema.days['ui:group']).toBe('Advanced');
});
