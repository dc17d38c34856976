/**
 * `npm run docs:pictures`: pictures of the form fields for the documentation, of the examples that it shows. `made-of.json` says
 * which forms and which renderer they were made of, and a test says when those are no longer what there is.
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
const { digest, rendererDigest } = await import('../apps/web/gallery/picture-digests.mjs');

const folder = fileURLToPath(new URL('../docs/connectors/fields/', import.meta.url));
mkdirSync(folder, { recursive: true });
const gallery = await openGallery({ scale: 2 });
try {
  const pictures = {};
  for (const [name, config] of Object.entries(examples)) {
    if (!name.endsWith('Example')) continue;
    const decorator = name.slice(0, -'Example'.length);
    const form = describeForm(config);
    const picture = await take(gallery, form);
    writeFileSync(`${folder}${decorator}.png`, picture);
    pictures[decorator] = { png: digest(picture), form };
  }
  writeFileSync(`${folder}made-of.json`, `${JSON.stringify({ renderer: rendererDigest(), pictures }, null, 2)}\n`);
} finally {
  await gallery.close();
}

async function take({ page, show }, form) {
  await show({ form });
  // A field of a group is to be seen, and not the name of its group only.
  for (const group of await page.locator('.mantine-Accordion-control').all()) await group.click();
  await page.evaluate(() => document.fonts.ready);
  return page.locator('#form').screenshot({ animations: 'disabled' });
}
