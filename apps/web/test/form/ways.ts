import { form } from './open-form.js';
import { FORM, OPTIONAL } from './sample-form.js';

const { page, role, show, settings, field, button } = form;
const ways = (): Promise<readonly (string | null)[]> =>
  page()
    .getByRole('radio')
    .evaluateAll((all) => all.map((one) => one.getAttribute('value')));

describe('ways to fill a part of the form', () => {
  test('those from before stand last', async () => {
    await show({ form: FORM });
    expect(await ways()).toEqual(['key', 'password', 'token']);
  });

  test('each keeps what was typed into it', async () => {
    await show({ form: FORM });
    await field('Client').fill('of the key');
    await role('radio', 'Password').check();
    expect(await field('Client').inputValue()).toBe('');
    await field('Client').fill('of the password');
    expect(await settings()).toMatchObject({ auth: { method: 'password', client: 'of the password' } });
    await role('radio', 'Key').check();
    expect(await settings()).toMatchObject({ auth: { method: 'key', client: 'of the key' } });
  });

  test('none is chosen where none is needed, and one that was chosen can be left out again', async () => {
    await show({ form: OPTIONAL });
    await button('Network').click();
    expect(await settings()).not.toHaveProperty('out');
    await role('radio', 'Over a proxy').check();
    await field('Proxy name').fill('p1');
    expect(await settings()).toMatchObject({ out: { kind: 'proxy', name: 'p1' } });
    await role('radio', 'Not set').check();
    expect(await settings()).not.toHaveProperty('out');
    expect(await field('Proxy name').count()).toBe(0);
  });

  test('the page knows which field of which way somebody is at, and when nobody is at any', async () => {
    const isAt = (key: string) => page().locator(`[data-entered="${key}"]`).waitFor();
    await show({ form: FORM });
    await field('Tenant').focus();
    await isAt('tenant');
    await page().keyboard.press('Tab');
    await isAt('auth=key');
    await field('Client').focus();
    await isAt('auth=key.client');
    await role('radio', 'Password').check();
    await isAt('auth=password');
    await field('Client').focus();
    await isAt('auth=password.client');
    await field('Client').blur();
    await isAt('');
    await role('radio', 'Password').focus();
    await isAt('auth=password');
    await role('radio', 'Password').blur();
    await isAt('');
  });

  test('a field is not left for a button of its own', async () => {
    await show({ form: FORM });
    await field('Private key').focus();
    await button('Show what is typed into Private key').focus();
    expect(await page().locator('#form').getAttribute('data-left')).toBe('');
    await field('Client').focus();
    await page().locator('[data-left="auth=key.privateKey"]').waitFor();
  });

  test('something stands below a field of one way, and below no other', async () => {
    await show({ form: FORM, below: { 'auth=key.privateKey': 'Make a key pair', tenant: 'Look it up', auth: 'Which one?' } });
    await page().getByText('Make a key pair').waitFor();
    await page().getByText('Look it up').waitFor();
    await page().getByText('Which one?').waitFor();
    await role('radio', 'Password').check();
    expect(await field('Private key').count()).toBe(1);
    expect(await page().getByText('Make a key pair').count()).toBe(0);
  });
});
