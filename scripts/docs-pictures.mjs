/**
 * `npm run docs:pictures`: pictures of the form fields for the documentation, of the examples that it shows. `made-of.json` says
 * which forms they were made of, and a test says when that is no longer what the examples are.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { install, turbo } from './workspace.mjs';

install();
turbo('build', '--filter=@castellan/form-schema');
// The examples have decorators: they are loaded as the tests load them.
register('../test/typescript/hooks.mjs', import.meta.url);
const { describeForm } = await import('@castellan/form-schema');
const examples = await import('../docs/examples/form-fields.ts');
const { openGallery } = await import('../apps/web/gallery/open-gallery.mjs');

const folder = fileURLToPath(new URL('../docs/connectors/fields/', import.meta.url));
mkdirSync(folder, { recursive: true });
const gallery = await openGallery({ scale: 2 });
const madeOf = {};
for (const [name, config] of Object.entries(examples)) {
  if (!name.endsWith('Example')) continue;
  const decorator = name.slice(0, -'Example'.length);
  const form = describeForm(config);
  await gallery.show({ form });
  // A field of a group is to be seen, and not the name of its group only.
  for (const group of await gallery.page.locator('.mantine-Accordion-control').all()) await group.click();
  await gallery.page.evaluate(() => document.fonts.ready);
  await gallery.page.locator('#form').screenshot({ path: `${folder}${decorator}.png`, animations: 'disabled' });
  madeOf[decorator] = form;
}
writeFileSync(`${folder}made-of.json`, `${JSON.stringify(madeOf, null, 2)}\n`);
await gallery.close();
