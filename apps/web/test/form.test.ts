import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeForm, SecretField, SelectField, TextField, TextListField, VariantField } from '@castellan/form-schema';
import type { Shown } from '../gallery/gallery.js';
import { type Gallery, loadGallery } from './load-gallery.js';

class KeyLogin {
  readonly method = 'key';
  @TextField({ label: 'Client' }) readonly client!: string;
  @SecretField({ label: 'Private key', multiline: true }) readonly privateKey!: string;
}
class TokenLogin {
  readonly method = 'token';
  @TextField({ label: 'Client' }) readonly client!: string;
  @SecretField({ label: 'Token' }) readonly token!: string;
}
class Settings {
  @TextField({ label: 'Tenant', help: 'The first part of your address.' }) readonly tenant!: string;
  @VariantField({
    label: 'Sign in with',
    discriminator: 'method',
    variants: [
      { value: 'token', label: 'Token', config: TokenLogin, legacy: true },
      { value: 'key', label: 'Key', config: KeyLogin },
    ],
  })
  readonly auth!: KeyLogin | TokenLogin;
  @SelectField({
    label: 'Region',
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'America' },
    ],
  })
  readonly region!: string;
  @TextListField({ label: 'Only these groups', group: 'Scope' }) readonly groups: readonly string[] = ['Sales'];
}
const FORM = describeForm(Settings);

describe('the form of a connector', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    const { openGallery } = await loadGallery();
    gallery = await openGallery();
  }, 60_000);
  afterAll(() => gallery.close());

  const show = (shown: Omit<Shown, 'form'> = {}): Promise<void> => gallery.show({ form: FORM, ...shown });
  const field = (name: string) => gallery.page.getByRole('textbox', { name, exact: true });
  const settings = (): Promise<unknown> => gallery.page.evaluate(() => window.settings());

  test('an untouched form sends what counts when nobody touches it, and nothing that is empty', async () => {
    await show();
    expect(await settings()).toEqual({ auth: { method: 'key' }, groups: ['Sales'] });
  });

  test('what is typed and chosen is what is sent', async () => {
    await show();
    await field('Tenant').fill('acme');
    await field('Client').fill('c1');
    await field('Private key').fill('-----BEGIN\nabc');
    await gallery.page.getByRole('combobox', { name: 'Region' }).click();
    await gallery.page.getByRole('option', { name: 'America' }).click();
    await gallery.page.getByRole('button', { name: 'Scope' }).click();
    await field('Only these groups').fill(' Sales \n\nSupport');
    expect(await settings()).toEqual({
      tenant: 'acme',
      auth: { method: 'key', client: 'c1', privateKey: '-----BEGIN\nabc' },
      region: 'us',
      groups: ['Sales', 'Support'],
    });
  });

  test('a way to sign in from before comes last, and each way keeps what was typed into it', async () => {
    await show();
    expect(await gallery.page.getByRole('radio').evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toEqual([
      'key',
      'token',
    ]);
    await field('Client').fill('of the key');
    await gallery.page.getByRole('radio', { name: 'Token' }).check();
    await field('Client').fill('of the token');
    expect(await settings()).toMatchObject({ auth: { method: 'token', client: 'of the token' } });
    await gallery.page.getByRole('radio', { name: 'Key' }).check();
    expect(await settings()).toMatchObject({ auth: { method: 'key', client: 'of the key' } });
  });

  test('a secret is not to be read over a shoulder, until it is asked for', async () => {
    await show();
    const security = (): Promise<string> =>
      field('Private key').evaluate((input) => getComputedStyle(input).getPropertyValue('-webkit-text-security'));
    expect(await security()).toBe('disc');
    await gallery.page.getByRole('button', { name: 'Show what is typed' }).click();
    expect(await security()).toBe('none');
    await gallery.page.getByRole('radio', { name: 'Token' }).check();
    await expect(gallery.page.getByRole('textbox', { name: 'Token' }).getAttribute('type')).resolves.toBe('password');
  });

  test('a stored secret says since when, is left alone, and is replaced as a whole', async () => {
    await show({ stored: { 'auth.privateKey': 'Set 3 days ago by Ana' } });
    await gallery.page.getByText('Set 3 days ago by Ana').waitFor();
    await field('Client').fill('c1');
    expect(await settings()).toMatchObject({ auth: { method: 'key', client: 'c1' } });
    expect(JSON.stringify(await settings())).not.toContain('privateKey');
    await gallery.page.getByRole('button', { name: 'Replace' }).click();
    await gallery.page.keyboard.type('new');
    expect(await settings()).toMatchObject({ auth: { privateKey: 'new' } });
  });

  test('what is wrong stands at its field, also inside of a group that was folded away', async () => {
    await show({ issues: { tenant: 'Is required.', 'auth.client': 'Is too long.', groups: 'Has no such group.' } });
    const saidAt = async (label: string): Promise<string> => {
      const ids = (await field(label).getAttribute('aria-describedby')) ?? '';
      return gallery.page.evaluate(
        (all) => all.map((id) => document.querySelector(`[id="${id}"]`)?.textContent).join(' '),
        ids.split(' '),
      );
    };
    expect(await saidAt('Tenant')).toContain('Is required.');
    expect(await saidAt('Client')).toContain('Is too long.');
    expect(await saidAt('Only these groups')).toContain('Has no such group.');
    expect(await field('Only these groups').isVisible()).toBe(true);
  });

  test('the page knows which field somebody is at', async () => {
    await show();
    await field('Tenant').focus();
    await gallery.page.keyboard.press('Tab');
    await gallery.page.keyboard.press('Tab');
    await gallery.page.locator('[data-entered="auth.client"]').waitFor();
  });

  test('a field that it cannot show is said, and not left out', async () => {
    const strange = { ...FORM, uiSchema: { ...FORM.uiSchema, tenant: { 'ui:widget': 'hologram' } } };
    const failed = gallery.page.waitForEvent('pageerror');
    await gallery.page.evaluate((form) => window.show({ form: JSON.parse(form) }), JSON.stringify(strange));
    expect(String(await failed)).toContain('The field "tenant" is a "hologram"');
  });

  const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));
  const forms = readdirSync(packages)
    .map((name) => `${name}/form.json`)
    .filter((file) => existsSync(packages + file));

  test.each(forms)('every field of %s has its label', async (file) => {
    const form: Shown['form'] = JSON.parse(readFileSync(packages + file, 'utf8'));
    await gallery.show({ form });
    for (const group of await gallery.page.locator('.mantine-Accordion-control').all()) await group.click();
    for (const title of titlesOf(form)) await gallery.page.getByText(title).first().waitFor();
  });
});

function titlesOf({ schema }: Shown['form']): readonly string[] {
  return Object.values(Object(schema['properties'])).map((property) => String(Object(property).title));
}
