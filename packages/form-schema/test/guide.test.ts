import { generateKeyPairSync } from 'node:crypto';
import { describeForm, type FieldGuide, SecretField, SwitchField, TextField, VariantField } from '../src/index.js';

const TOKEN: FieldGuide = {
  steps: ['Open **Settings > API clients**.', 'Choose **New client**, and copy what is shown.'],
  copy: [{ label: 'Scopes to grant', text: 'users:read\ngroups:read' }],
};

class TokenAuth {
  @SecretField({ label: 'Token', guide: { steps: ['It is shown once.'] } }) readonly token!: string;
}
class KeyAuth {
  @TextField({ label: 'Client' }) readonly client!: string;
}
class Settings {
  @TextField({ label: 'Tenant', placeholder: 'acme', group: 'Where', guide: { steps: ['Look at the address.'], copy: [] } })
  readonly tenant!: string;
  @VariantField({
    label: 'Sign in with',
    discriminator: 'method',
    guide: { steps: ['Take the first that you have.'] },
    variants: [
      { value: 'token', label: 'Token', config: TokenAuth, guide: TOKEN },
      { value: 'key', label: 'Key', config: KeyAuth },
    ],
  })
  readonly auth!: ({ readonly method: 'token' } & TokenAuth) | ({ readonly method: 'key' } & KeyAuth);
  @SwitchField({ label: 'Guests' }) readonly guests: boolean = false;
}

test('guides stand in the uiSchema at their field and at their way, and nowhere else', () => {
  const { schema, uiSchema } = describeForm(Settings);
  expect(JSON.parse(JSON.stringify(uiSchema))).toEqual({
    'ui:order': ['tenant', 'auth', 'guests'],
    tenant: {
      'ui:widget': 'text',
      'ui:placeholder': 'acme',
      'ui:group': 'Where',
      'ui:guide': { steps: ['Look at the address.'] },
    },
    auth: {
      'ui:widget': 'variant',
      'ui:discriminator': 'method',
      'ui:guide': { steps: ['Take the first that you have.'] },
      'ui:variants': {
        token: {
          'ui:title': 'Token',
          'ui:legacy': false,
          'ui:guide': {
            steps: ['Open **Settings > API clients**.', 'Choose **New client**, and copy what is shown.'],
            copy: [{ label: 'Scopes to grant', text: 'users:read\ngroups:read' }],
          },
          'ui:order': ['token'],
          token: { 'ui:widget': 'secret', 'ui:guide': { steps: ['It is shown once.'] } },
        },
        key: { 'ui:title': 'Key', 'ui:legacy': false, 'ui:order': ['client'], client: { 'ui:widget': 'text' } },
      },
    },
    guests: { 'ui:widget': 'switch' },
  });
  expect(JSON.stringify(schema)).not.toMatch(/guide|API clients|users:read/);
});

/** What is said when a class has this guide at a field, and when it has it at a way. */
function refused(guide: FieldGuide): readonly string[] {
  const field = (): void => TextField({ label: 'Tenant', guide })({}, 'tenant');
  const way = (): PropertyDecorator =>
    VariantField({
      label: 'Sign in with',
      discriminator: 'method',
      variants: [{ value: 'key', label: 'Key', config: KeyAuth, guide }],
    });
  return [field, way].map((described) => {
    try {
      described();
      return '';
    } catch (error) {
      return String(error);
    }
  });
}

/** Made where it is used: nobody's key, and in no file. */
const pem = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const jwk = (): string =>
  JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));
const jwt = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.e30.c2lnbmF0dXJl`;

test.each<[what: string, guide: () => FieldGuide, said: string]>([
  ['no steps', () => ({ steps: [] }), 'has no steps'],
  ['an empty step', () => ({ steps: ['Sign in.', ' '] }), 'Step 2 of the guide of'],
  ['a step that nobody reads', () => ({ steps: ['a'.repeat(401)] }), '400 characters'],
  ['a step of several lines', () => ({ steps: ['Sign in.\nOpen it.'] }), 'line break'],
  ['a name that does not end', () => ({ steps: ['Open **Settings.'] }), 'double asterisks'],
  ['a name that is none', () => ({ steps: ['Open ****.'] }), 'double asterisks'],
  ['a name with a blank in front', () => ({ steps: ['Open ** Settings**.'] }), 'double asterisks'],
  ['nothing to copy', () => ({ steps: ['Sign in.'], copy: [{ label: 'Scopes', text: '' }] }), 'text to copy'],
  ['a copy without a name', () => ({ steps: ['Sign in.'], copy: [{ label: '', text: 'users:read' }] }), 'text to copy'],
  ['a key', () => ({ steps: ['Sign in.'], copy: [{ label: 'Key', text: pem() }] }), 'secret'],
  ['a key as JWK', () => ({ steps: ['Sign in.'], copy: [{ label: 'Key', text: jwk() }] }), 'secret'],
  ['a signed token', () => ({ steps: [`Enter ${jwt} there.`] }), 'secret'],
  ['a header', () => ({ steps: ['Sign in.'], copy: [{ label: `Bearer ${'k'.repeat(20)}`, text: 'x' }] }), 'secret'],
])('a guide with %s is refused at a field and at a way', (_, guide, said) => {
  const given = guide();
  const [field, way] = refused(given);
  expect(field).toMatch(/^TypeError: .*"tenant"/);
  expect(way).toMatch(/^TypeError: .*the way "key"/);
  for (const message of [field, way]) {
    expect(message).toContain(said);
    for (const { text } of given.copy ?? []) if (text !== '') expect(message).not.toContain(text);
    expect(message).not.toContain(jwt);
  }
});

test('words that only sound like secrets are welcome', () => {
  const steps = [
    'Without the word "Bearer" in front.',
    'Paste the **Private key** as PEM.',
    'Its "kid" and "d" stay together.',
  ];
  expect(refused({ steps, copy: [{ label: 'Basic settings', text: 'users:read' }] })).toEqual(['', '']);
});
