import { type ConfigClass, describeForm, fieldsOf } from '@castellan/form-schema';
import { connector } from '../src/index.js';

const auth = { method: 'bearer', token: 'canary-token' };
const good = { url: 'https://api.acme.example/scim/v2', auth };

const judged = async (input: unknown, allowedHosts: readonly string[] = []) => {
  const result = await connector.validateConfig(input, { allowedHosts });
  return result.ok ? result : result.issues.map(({ field, message }) => `${field}: ${message}`);
};

test('an address and a token are enough', async () => {
  expect(await judged(good)).toMatchObject({ ok: true, config: { ...good, pageSize: 100, paging: 'auto' }, hints: [] });
});

test.each(['Users', 'users/', 'Groups/7', 'ServiceProviderConfig', 'Users/x@y.example', 'Schemas/', 'Me', 'Users/Groups'])(
  'a pasted /%s is taken off, and that is said',
  async (end) => {
    expect(await judged({ ...good, url: `${good.url}/${end}` })).toMatchObject({
      ok: true,
      config: { url: good.url },
      hints: [{ field: 'url', message: expect.stringContaining('was removed') }],
    });
  },
);

test.each([
  'https://users.acme.example/scim',
  'https://acme.example/users/scim/v2',
  'https://acme.example/me/scim',
  'https://acme.example/users/scim',
])('%s is a base URL as it is', async (url) => {
  expect(await judged({ ...good, url })).toMatchObject({ ok: true, config: { url }, hints: [] });
});

test.each([
  ['http://api.acme.example/scim/v2', 'https://'],
  ['https://10.0.0.1/scim/v2', 'IP address'],
  ['https://api.acme.example/scim/v2?tenant=1', '"?"'],
  ['https://me:secret@api.acme.example/scim/v2', '@'],
  ['', 'Is required'],
])('%s is refused', async (url, part) => {
  expect(await judged({ ...good, url })).toEqual([expect.stringContaining(part)]);
});

test('private and plain addresses only where the operator names them, for tokens too', async () => {
  const url = 'http://127.0.0.1:8080/scim/v2';
  const oauth = { method: 'oauth', tokenUrl: 'http://127.0.0.1:8081/token', clientId: 'id', clientSecret: 'canary' };
  expect(await judged({ url, auth })).toHaveLength(1);
  expect(await judged({ url, auth }, ['127.0.0.1:8080'])).toMatchObject({ ok: true });
  expect(await judged({ url, auth: oauth }, ['127.0.0.1:8080'])).toEqual([expect.stringContaining('auth.tokenUrl: ')]);
  expect(await judged({ url, auth: oauth }, ['127.0.0.1'])).toMatchObject({ ok: true });
});

test.each([
  [{ method: 'basic', username: 'castellan', password: 'canary' }, true],
  [{ method: 'basic', username: 'cas:tellan', password: 'canary' }, 'auth.username: Must not contain a colon.'],
  [{ method: 'basic', username: 'castellan' }, 'auth.password: Is required.'],
  [{ method: 'oauth', tokenUrl: 'login.acme.example/token', clientId: 'id', clientSecret: 'canary', scope: 'scim' }, true],
  [
    {
      method: 'oauth',
      tokenUrl: 'https://login.acme.example/token',
      clientId: 'id',
      clientSecret: 'canary',
      clientAuthentication: 'jwt',
    },
    expect.stringContaining('auth.clientAuthentication: Must be one of: client_secret_basic, client_secret_post'),
  ],
  [{ method: 'bearer', token: ' ' }, 'auth.token: Is required.'],
])('%j', async (given, expected) => {
  const found = await judged({ ...good, auth: given });
  if (expected === true) expect(found).toMatchObject({ ok: true, config: { auth: { method: given.method } } });
  else expect(found).toEqual([expected]);
  if (Array.isArray(found)) expect(found.join()).not.toContain('canary');
});

test.each([
  [{ pageSize: 0 }, 'pageSize: Must be at least 1.'],
  [{ pageSize: 1_001 }, 'pageSize: Must be at most 1000.'],
  [{ paging: 'offset' }, 'paging: Must be one of: auto, index, cursor.'],
])('%j is refused', async (setting, expected) => {
  expect(await judged({ ...good, ...setting })).toEqual([expected]);
});

test('secrets are secret, and belong to the base URL and the token URL', () => {
  const form = describeForm(connector.config);
  expect(form.secrets).toEqual(['auth.token', 'auth.password', 'auth.clientSecret']);
  expect(form.addresses).toEqual(['url', 'auth.tokenUrl']);
});

test('every field and every way of the form says what to do at the service', () => {
  const withoutGuide = (config: ConfigClass): readonly string[] =>
    fieldsOf(config).flatMap((field) => {
      const own = field.guide === undefined ? [field.key] : [];
      if (field.widget !== 'variant') return own;
      const ways = field.variants.flatMap((way) => [
        ...(way.guide === undefined ? [way.value] : []),
        ...withoutGuide(way.config).map((key) => `${way.value}.${key}`),
      ]);
      return [...own, ...ways];
    });
  expect(withoutGuide(connector.config)).toEqual([]);
  const guides = JSON.stringify(describeForm(connector.config).uiSchema).match(/"ui:guide":\{.*?\}/g) ?? [];
  // Four settings, three ways, and the eight fields of those.
  expect(guides).toHaveLength(15);
  for (const guide of guides) expect(guide).not.toMatch(/[<>]|\.\.\.|TODO|TBD|example/);
});
