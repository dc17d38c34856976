import { describeForm, type FieldGuide, type FormSchema, SecretField, TextField, VariantField } from '@castellan/form-schema';
import { type FormField, readForm } from '../../src/form/form-schema.js';
import { form } from './open-form.js';
import { FORM } from './sample-form.js';

const CLIENT: FieldGuide = {
  steps: ['Open **Settings > API clients**.', 'Choose **New client**.'],
  copy: [{ label: 'Scopes to tick', text: 'users:read\ngroups:read' }],
};
const SHOWN_ONCE: FieldGuide = { steps: ['It is shown once.'] };

class TokenLogin {
  readonly method = 'token';
  @SecretField({ label: 'Token', guide: SHOWN_ONCE }) readonly token!: string;
}
class KeyLogin {
  readonly method = 'key';
  @TextField({ label: 'Client' }) readonly client!: string;
}
class Settings {
  @TextField({ label: 'Tenant', guide: SHOWN_ONCE }) readonly tenant!: string;
  @VariantField({
    label: 'Sign in with',
    discriminator: 'method',
    guide: SHOWN_ONCE,
    variants: [
      { value: 'token', label: 'Token', config: TokenLogin, guide: CLIENT },
      { value: 'key', label: 'Key', config: KeyLogin },
    ],
  })
  readonly auth!: TokenLogin | KeyLogin;
}

/** Every place that may have a guide, by its key. */
function guidesOf(fields: readonly FormField[]): Readonly<Record<string, FieldGuide | undefined>> {
  const places = fields.flatMap((field): readonly [string, FieldGuide | undefined][] => {
    const own = [[field.key, field.guide] as [string, FieldGuide | undefined]]; // a pair, and no list
    if (field.widget !== 'variant') return own;
    const ways = field.variants.flatMap((way): readonly [string, FieldGuide | undefined][] => [
      [way.key, way.guide],
      ...Object.entries(guidesOf(way.fields)),
    ]);
    return [...own, ...ways];
  });
  return Object.fromEntries(places);
}

/** As it comes over HTTP, with another guide at the tenant. */
function withGuide(guide: unknown): FormSchema {
  const described: FormSchema = JSON.parse(JSON.stringify(FORM));
  return {
    ...described,
    uiSchema: { ...described.uiSchema, tenant: JSON.parse(JSON.stringify({ 'ui:widget': 'text', 'ui:guide': guide })) },
  };
}

describe('guides', () => {
  test('are read at their field and at their way', () => {
    expect(guidesOf(readForm(JSON.parse(JSON.stringify(describeForm(Settings)))))).toEqual({
      tenant: SHOWN_ONCE,
      auth: SHOWN_ONCE,
      'auth=token': CLIENT,
      'auth=token.token': SHOWN_ONCE,
      'auth=key': undefined,
      'auth=key.client': undefined,
    });
  });

  test('a form without any is read as before', () => {
    const fields = readForm(FORM);
    expect(fields.length).toBeGreaterThan(3);
    for (const field of fields) expect(field).not.toHaveProperty('guide');
  });

  test.each<[what: string, guide: unknown]>([
    ['a text', 'Sign in.'],
    ['a list', ['Sign in.']],
    ['nothing', null],
    ['steps that are one text', { steps: 'Sign in.' }],
    ['no steps', { steps: [], copy: CLIENT.copy }],
    ['steps that are numbers', { steps: [1, 2] }],
  ])('%s is no guide, and costs nothing else', (_, guide) => {
    const [tenant] = readForm(withGuide(guide));
    expect(tenant).toMatchObject({ key: 'tenant', widget: 'text', label: 'Tenant' });
    expect(tenant).not.toHaveProperty('guide');
  });

  test.each<[what: string, copy: unknown]>([
    ['are one text', 'users:read'],
    ['have no label', [{ text: 'users:read' }]],
    ['are numbers', [{ label: 'Scopes', text: 7 }, 7, null]],
  ])('texts to copy that %s are left out, and the steps stay', (_, copy) => {
    const [tenant] = readForm(withGuide({ steps: ['Sign in.', 5, ''], copy }));
    expect(tenant?.guide).toEqual({ steps: ['Sign in.'] });
  });

  test('one odd text to copy does not cost the others', () => {
    const copy = [{ label: 'Scopes' }, ...(CLIENT.copy ?? [])];
    const [tenant] = readForm(withGuide({ ...CLIENT, copy, link: 'https://elsewhere.example' }));
    expect(tenant?.guide).toEqual(CLIENT);
  });

  test('a form that has some is shown as it was', async () => {
    await form.show({ form: describeForm(Settings) });
    await form.field('Tenant').fill('acme');
    expect(await form.settings()).toEqual({ tenant: 'acme', auth: { method: 'token' } });
  });
});
