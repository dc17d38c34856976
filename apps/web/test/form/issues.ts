import { form } from './open-form.js';
import { FORM, OPTIONAL } from './sample-form.js';

const { page, role, show, say, field, description } = form;
const alerts = () => page().getByRole('alert').allTextContents();

describe('what the host says of settings', () => {
  test('what is wrong stands at its field, also inside of a group that was folded away', async () => {
    await show({ form: FORM, issues: { tenant: 'Is required.', 'auth.client': 'Is too long.', groups: 'Has no such group.' } });
    expect(await description('textbox', 'Tenant')).toContain('Is required.');
    expect(await description('textbox', 'Client')).toContain('Is too long.');
    expect(await description('textbox', 'Only these groups')).toContain('Has no such group.');
    await field('Only these groups').waitFor();
    expect(await alerts()).toEqual(['Is required.', 'Is too long.', 'Has no such group.']);
  });

  test('what is wrong with a field of a way inside of a group that was folded away', async () => {
    await show({ form: OPTIONAL, settings: { out: { kind: 'proxy' } }, issues: { 'out.name': 'Is required.' } });
    await field('Proxy name').waitFor();
    expect(await description('textbox', 'Proxy name')).toContain('Is required.');
  });

  test.each(['auth', 'auth.method'])('what is wrong with the way itself (%s)', async (path) => {
    await show({ form: FORM, issues: { [path]: 'Is no way here.' } });
    expect(await description('radiogroup', 'Sign in with')).toContain('Is no way here.');
    expect(await alerts()).toEqual(['Is no way here.']);
  });

  test('what is wrong with one way is not said of another', async () => {
    await show({ form: FORM, issues: { 'auth.client': 'Is too long.' } });
    await role('radio', 'Password').check();
    expect(await alerts()).toEqual([]);
    await role('radio', 'Key').check();
    expect(await alerts()).toEqual(['Is too long.']);
  });

  test('what is wrong with no field in particular stands above all of them', async () => {
    await show({ form: FORM, issues: { '': 'Cannot be read.', colour: 'Is no field here.', 'auth.shape': 'Neither.' } });
    expect(await alerts()).toEqual(['Cannot be read.colour: Is no field here.auth.shape: Neither.']);
    const [alert, first] = await Promise.all([page().getByRole('alert').boundingBox(), field('Tenant').boundingBox()]);
    expect(alert?.y).toBeLessThan(first?.y ?? 0);
  });

  test.each([
    ['textbox', 'Share', 'share'],
    ['switch', 'Skip guests', 'skipGuests'],
    ['combobox', 'Paging', 'paging'],
    ['textbox', 'Extra secret', 'extra'],
  ] as const)('%s %s is invalid, and says why', async (kind, name, path) => {
    await show({ form: OPTIONAL, issues: { [path]: 'Is wrong.' } });
    expect(await role(kind, name).getAttribute('aria-invalid')).toBe('true');
    expect(await description(kind, name)).toContain('Is wrong.');
  });

  test('what was understood otherwise is said where somebody is, and read with the field', async () => {
    await show({ form: FORM });
    const status = page().getByRole('status');
    const before = await status.count();
    // A region that comes together with its text is often not read out.
    expect(before).toBeGreaterThan(4);
    await say({ hints: { tenant: 'acme is used.', 'auth.client': 'c1 is used.', auth: 'Key is used.' } });
    await status.getByText('acme is used.').waitFor();
    expect(await status.count()).toBe(before);
    expect(await description('textbox', 'Tenant')).toContain('acme is used.');
    expect(await description('textbox', 'Client')).toContain('c1 is used.');
    expect(await description('radiogroup', 'Sign in with')).toContain('Key is used.');
    await role('radio', 'Password').check();
    expect(await description('textbox', 'Client')).not.toContain('c1 is used.');
  });
});
