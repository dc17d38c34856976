import { form } from './open-form.js';
import { FORM, OPTIONAL } from './sample-form.js';

const { page, role, show, settings, field, button } = form;

describe('what a form sends', () => {
  test('untouched: what counts when nobody touches it, and nothing that is empty', async () => {
    await show({ form: FORM });
    expect(await settings()).toEqual({ auth: { method: 'key' }, groups: ['Sales'] });
  });

  test('what is typed and chosen; a list as it was typed, for the host to part it', async () => {
    await show({ form: FORM });
    await field('Tenant').fill('acme');
    await field('Client').fill('c1');
    await field('Private key').fill('-----BEGIN\nabc');
    await role('combobox', 'Region').click();
    await role('option', 'America').click();
    await button('Scope').click();
    await field('Only these groups').fill('Sales, Support\nOps');
    expect(await settings()).toEqual({
      tenant: 'acme',
      auth: { method: 'key', client: 'c1', privateKey: '-----BEGIN\nabc' },
      region: 'us',
      groups: 'Sales, Support\nOps',
    });
  });

  test('an emptied list is an empty list, not the one that counts when nobody says anything', async () => {
    await show({ form: FORM });
    await button('Scope').click();
    await field('Only these groups').fill('');
    expect(await settings()).toMatchObject({ groups: [] });
  });

  test('a list whose entries have commas is not parted at them', async () => {
    await show({ form: FORM, settings: { groups: ['Research, Berlin', 'Ops'] } });
    expect(await settings()).toMatchObject({ groups: ['Research, Berlin', 'Ops'] });
    await button('Scope').click();
    await field('Only these groups').fill('Research, Berlin\nOps\nSales');
    expect(await settings()).toMatchObject({ groups: ['Research, Berlin', 'Ops', 'Sales'] });
  });

  test('all of what is pasted, for the host to say that it is too long', async () => {
    await show({ form: FORM });
    await field('Client').focus();
    await page().keyboard.insertText('client-of-acme');
    expect(await settings()).toMatchObject({ auth: { client: 'client-of-acme' } });
  });

  test('the browser keeps no form from being sent', async () => {
    await show({ form: FORM });
    const judged = await page()
      .locator('input, textarea')
      .evaluateAll((all) =>
        // Asked of elements that all have it.
        all.map((one) => (one as HTMLInputElement).checkValidity()),
      );
    expect(judged.length).toBeGreaterThan(5);
    expect(judged).not.toContain(false);
    expect(await field('Tenant').getAttribute('aria-required')).toBe('true');
  });

  test.each([
    ['1.50', 1.5],
    ['12.', 12],
    ['500', 500],
  ])('the number %s, before and after the field is left', async (typed, sent) => {
    await show({ form: OPTIONAL });
    await field('Share').fill('');
    await field('Share').pressSequentially(typed);
    expect(await settings()).toMatchObject({ share: sent });
    await page().keyboard.press('Tab');
    expect(await settings()).toMatchObject({ share: sent });
  });

  test('an emptied number is left out, and what counts instead is shown', async () => {
    await show({ form: OPTIONAL });
    await field('Share').fill('');
    expect(await settings()).not.toHaveProperty('share');
    expect(await field('Share').getAttribute('placeholder')).toBe('7');
  });

  test('a switch is on or off', async () => {
    await show({ form: OPTIONAL });
    expect(await settings()).toMatchObject({ skipGuests: false });
    await role('switch', 'Skip guests').click();
    expect(await role('switch', 'Skip guests').isChecked()).toBe(true);
    expect(await settings()).toMatchObject({ skipGuests: true });
  });

  test('an option that is chosen again goes away where none is needed, and stays where one counts', async () => {
    await show({ form: OPTIONAL });
    const choose = async (name: string, option: string): Promise<void> => {
      await role('combobox', name).click();
      await role('option', option).click();
    };
    await choose('Colour', 'Blue');
    expect(await settings()).toMatchObject({ colour: 'blue' });
    await choose('Colour', 'Blue');
    expect(await settings()).not.toHaveProperty('colour');
    await choose('Paging', 'Pages');
    expect(await role('combobox', 'Paging').inputValue()).toBe('Pages');
    expect(await settings()).toMatchObject({ paging: 'pages' });
  });

  test('settings that are stored are shown, and come back as they were', async () => {
    const stored = {
      tenant: 'acme',
      auth: { method: 'token', client: 'c1' },
      region: 'us',
      groups: ['Ops', 'Sales'],
    };
    await show({
      form: FORM,
      settings: { ...stored, auth: { ...stored.auth, token: { isSet: true, changedAt: '2026-01-01' } } },
    });
    expect(await field('Client').inputValue()).toBe('c1');
    expect(await role('radio', 'Token').isChecked()).toBe(true);
    expect(await role('combobox', 'Region').inputValue()).toBe('America');
    expect(await settings()).toEqual(stored);
  });

  test('stored numbers, switches and ways that need not be chosen come back as they were', async () => {
    const stored = { share: 0.5, skipGuests: true, paging: 'cursor', colour: 'red', out: { kind: 'proxy', name: 'p1' } };
    await show({ form: OPTIONAL, settings: stored });
    expect(await role('switch', 'Skip guests').isChecked()).toBe(true);
    expect(await settings()).toEqual(stored);
  });
});

test('a field that the form cannot show is said, and not left out', async () => {
  const strange = { ...FORM, uiSchema: { ...FORM.uiSchema, tenant: { 'ui:widget': 'hologram' } } };
  const failed = page().waitForEvent('pageerror');
  await page().evaluate((text) => window.show({ form: JSON.parse(text) }), JSON.stringify(strange));
  expect(String(await failed)).toContain('The field "tenant" is a "hologram"');
});
