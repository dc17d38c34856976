import { form } from './open-form.js';
import { FORM, OPTIONAL } from './sample-form.js';

const { page, role, show, say, settings, field, button, description, isFocused } = form;
const STORED = { 'auth.privateKey': 'Set 3 days ago by Ana' };
const isStored = () => page().getByText('Set 3 days ago by Ana').isVisible();

describe('a secret', () => {
  test('is not to be read over a shoulder, until it is asked for', async () => {
    await show({ form: FORM });
    const security = (): Promise<string> =>
      field('Private key').evaluate((input) => getComputedStyle(input).getPropertyValue('-webkit-text-security'));
    expect(await security()).toBe('disc');
    await button('Show what is typed into Private key').click();
    expect(await security()).toBe('none');
    await role('radio', 'Password').check();
    expect(await field('Password').getAttribute('type')).toBe('password');
  });

  test('of one line is shown by keyboard, too', async () => {
    await show({ form: FORM });
    await role('radio', 'Password').check();
    await field('Password').focus();
    await page().keyboard.press('Tab');
    expect(await isFocused('Show what is typed into Password')).toBe(true);
    await page().keyboard.press('Enter');
    expect(await field('Password').getAttribute('type')).toBe('text');
  });

  test('that is stored says since when, is left alone, and is replaced as a whole', async () => {
    await show({ form: FORM, stored: STORED });
    expect(await isStored()).toBe(true);
    await field('Client').fill('c1');
    expect(await settings()).toMatchObject({ auth: { method: 'key', client: 'c1' } });
    expect(JSON.stringify(await settings())).not.toContain('privateKey');
    await button('Replace Private key').click();
    await page().keyboard.type('new');
    expect(await settings()).toMatchObject({ auth: { privateKey: 'new' } });
  });

  test('that is stored and was replaced after all is kept by Cancel', async () => {
    await show({ form: FORM, stored: STORED });
    await button('Replace Private key').click();
    await page().keyboard.type('new');
    await button('Cancel: keep the stored Private key').click();
    expect(await isStored()).toBe(true);
    expect(JSON.stringify(await settings())).not.toContain('privateKey');
    expect(await isFocused('Replace Private key')).toBe(true);
  });

  test('that is being replaced by nothing is said to stay', async () => {
    await show({ form: FORM, stored: STORED });
    await button('Replace Private key').click();
    expect(await description('textbox', 'Private key')).toContain('stays while this is empty');
    await page().keyboard.type('n');
    expect(await description('textbox', 'Private key')).not.toContain('stays');
    await page().keyboard.press('Backspace');
    expect(await description('textbox', 'Private key')).toContain('stays while this is empty');
    expect(JSON.stringify(await settings())).not.toContain('privateKey');
  });

  test('that was typed anew is never shown as the stored one: another way and back', async () => {
    await show({ form: FORM, stored: STORED });
    await button('Replace Private key').click();
    await page().keyboard.type('new');
    await role('radio', 'Password').check();
    await role('radio', 'Key').check();
    expect(await isStored()).toBe(false);
    expect(await field('Private key').inputValue()).toBe('new');
    expect(await settings()).toMatchObject({ auth: { privateKey: 'new' } });
    expect(await field('Private key').evaluate((input) => input === document.activeElement)).toBe(false);
  });

  test('that was typed anew is never shown as the stored one: stored at another address and back', async () => {
    await show({ form: FORM, stored: STORED });
    await say({});
    await field('Private key').fill('new');
    await say({ stored: STORED });
    await button('Cancel: keep the stored Private key').waitFor();
    expect(await isStored()).toBe(false);
    expect(await settings()).toMatchObject({ auth: { privateKey: 'new' } });
  });

  test('that is stored with one way is none of another way that calls its own the same', async () => {
    await show({ form: FORM, settings: { auth: { method: 'password' } }, stored: STORED });
    expect(await isStored()).toBe(true);
    await role('radio', 'Key').check();
    expect(await isStored()).toBe(false);
    await field('Private key').fill('of the key');
    expect(await settings()).toMatchObject({ auth: { method: 'key', privateKey: 'of the key' } });
  });

  test('that is stored and not needed can be removed, and kept after all', async () => {
    await show({ form: OPTIONAL, stored: { extra: 'Set today' } });
    await button('Remove Extra secret').click();
    expect(await settings()).toMatchObject({ extra: null });
    await page().getByText('Will be removed').waitFor();
    await button('Keep Extra secret').click();
    await page().getByText('Set today').waitFor();
    expect(await settings()).not.toHaveProperty('extra');
  });

  test('that is stored and needed cannot be removed', async () => {
    await show({ form: FORM, stored: STORED });
    expect(await button('Remove Private key').count()).toBe(0);
  });

  test('that is stored and refused: its button says why', async () => {
    await show({ form: FORM, stored: STORED, issues: { 'auth.privateKey': 'Was refused.' } });
    expect(await description('button', 'Replace Private key')).toContain('Was refused.');
    expect(await role('group', 'Private key').getByRole('alert').textContent()).toBe('Was refused.');
  });
});
