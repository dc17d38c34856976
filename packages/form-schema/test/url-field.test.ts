import { addressPaths, chosenAddresses, describeForm, parseAllowedHosts, UrlField, validateConfig } from '../src/index.js';

class Settings {
  @UrlField({
    label: 'Base URL',
    placeholder: 'https://api.provider.test/v2',
    normalise: (path) =>
      path.endsWith('/things') ? { path: path.slice(0, -'/things'.length), why: 'Without "/things".' } : undefined,
  })
  readonly url!: string;
}

const kept = async (url: unknown, environment = {}) => {
  const result = await validateConfig(Settings, { url }, environment);
  return result.ok ? result.config.url : result.issues.map(({ field, message }) => `${field}: ${message}`).join(' ');
};

test.each([
  ['https://api.provider.test/v2', 'https://api.provider.test/v2'],
  ['api.provider.test/v2/', 'https://api.provider.test/v2'],
  [' https://API.provider.test/Tenant%20One/v2// ', 'https://api.provider.test/Tenant%20One/v2'],
  ['https://api.provider.test', 'https://api.provider.test'],
  ['https://api.provider.test/', 'https://api.provider.test'],
  ["https://api.provider.test/a:b@c;d=e,f!g$h&i'j(k)*+~_.-", "https://api.provider.test/a:b@c;d=e,f!g$h&i'j(k)*+~_.-"],
])('%s is kept as %s', async (given, expected) => {
  expect(await kept(given)).toBe(expected);
  // What is stored is validated again before each use.
  expect(await kept(expected)).toBe(expected);
});

test.each([
  ['http://api.provider.test/v2', 'https://'],
  ['https://api.provider.test:8443/v2', 'port'],
  ['https://127.0.0.1/v2', 'IP address'],
  ['https://user:pass@api.provider.test/v2', '@'],
  ['https://api.provider.test/v2?tenant=1', '"?"'],
  ['https://api.provider.test/v2#top', '"#"'],
  ['https://api.provider.test?x', '"?"'],
  ['https://api.provider.test/v2/../admin', 'path that is none'],
  ['https://api.provider.test/v2/%2e%2E/admin', 'path that is none'],
  ['https://api.provider.test/./v2', 'path that is none'],
  ['https://api.provider.test//v2', 'path that is none'],
  ['https://api.provider.test/v 2', 'not an address'],
  ['https://api.provider.test/%zz', 'path that is none'],
  ['https://api.provider.test/v\u0456', 'path that is none'],
  ['https://api.provider.test\\v2', 'not an address'],
  ['https:/api.provider.test/v2', 'host name'],
  ['javascript://api.provider.test/v2', 'https://'],
  [`https://api.provider.test/${'a'.repeat(1_000)}`, 'at most 1000'],
  [7, 'Must be text'],
])('%s is refused', async (given, part) => {
  const said = await kept(given);
  expect(said).toMatch(/^url: /);
  expect(said).toContain(part);
});

test('a path that means another is kept as what is meant, with the reason', async () => {
  expect(await validateConfig(Settings, { url: 'api.provider.test/v2/things/' })).toMatchObject({
    ok: true,
    config: { url: 'https://api.provider.test/v2' },
    hints: [{ field: 'url', message: 'Without "/things".' }],
  });
});

test('what the operator allows may be private and plain', async () => {
  const environment = { allowedHosts: parseAllowedHosts('127.0.0.1:8080') };
  expect(await kept('http://127.0.0.1:8080/v2/things', environment)).toBe('http://127.0.0.1:8080/v2');
  expect(await kept('http://127.0.0.1:8081/v2', environment)).toContain('CASTELLAN_ALLOW_HOSTS');
});

test('it is an address: secrets belong to it, path included', async () => {
  expect(addressPaths(Settings)).toEqual(['url']);
  const [same, other] = await Promise.all(
    ['https://API.provider.test/v2/', 'https://api.provider.test/v3'].map((url) => chosenAddresses(Settings, { url })),
  );
  expect(same?.get('url')).toBe('https://api.provider.test/v2');
  expect(other?.get('url')).not.toBe(same?.get('url'));
});

test('in the form it is a text', () => {
  const { schema, uiSchema } = JSON.parse(JSON.stringify(describeForm(Settings)));
  expect(schema.properties.url).toEqual({ title: 'Base URL', type: 'string', minLength: 1, maxLength: 1_000 });
  expect(uiSchema.url).toEqual({ 'ui:widget': 'text', 'ui:placeholder': 'https://api.provider.test/v2' });
});
