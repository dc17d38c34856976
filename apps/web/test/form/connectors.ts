import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Shown } from '../../gallery/gallery.js';
import { type FormField, readForm } from '../../src/form/form-schema.js';
import { form } from './open-form.js';

const { role, show, button } = form;
const packages = fileURLToPath(new URL('../../../../packages/', import.meta.url));
const forms = readdirSync(packages)
  .map((name) => `${name}/form.json`)
  .filter((file) => existsSync(packages + file));

const ROLES = {
  text: 'textbox',
  origin: 'textbox',
  secret: 'textbox',
  'multiline-secret': 'textbox',
  'text-list': 'textbox',
  number: 'textbox',
  switch: 'switch',
  select: 'combobox',
  variant: 'radiogroup',
} as const;

/** Each field is one control by its role and name; those of a way when it is chosen. */
async function expectControls(fields: readonly FormField[]): Promise<void> {
  for (const field of fields) {
    const name = field.label;
    expect({ name, controls: await role(ROLES[field.widget], name).count() }).toEqual({ name, controls: 1 });
    if (field.widget !== 'variant') continue;
    for (const variant of field.variants) {
      await role('radio', variant.label).check();
      await expectControls(variant.fields);
    }
  }
}

test.each(forms)('every field of %s is there by its name, those of every way included', async (file) => {
  const schema: Shown['form'] = JSON.parse(readFileSync(packages + file, 'utf8'));
  const fields = readForm(schema);
  await show({ form: schema });
  for (const group of new Set(fields.map((field) => field.group))) if (group !== undefined) await button(group).click();
  await expectControls(fields);
});

test('there are forms to look at', () => {
  expect(forms.length).toBeGreaterThan(1);
});
