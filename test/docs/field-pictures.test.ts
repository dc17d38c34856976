import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigClass, describeForm } from '@castellan/form-schema';
import { digest, rendererDigest } from '../../apps/web/gallery/picture-digests.mjs';
import * as examples from '../../docs/examples/form-fields.js';
import { ROOT } from '../planted-repository.js';

const FOLDER = join(ROOT, 'docs/connectors/fields');

describe('pictures of the form fields', () => {
  const forms = Object.entries<unknown>(examples)
    .filter(([name]) => name.endsWith('Example'))
    // Named Example: a class with field decorators.
    .map(([name, config]) => [name.slice(0, -'Example'.length), describeForm(config as ConfigClass)] as const);
  const madeOf: unknown = JSON.parse(readFileSync(join(FOLDER, 'made-of.json'), 'utf8'));
  const current = 'current';
  /** What a failing test says. */
  const unless = (holds: boolean): string => (holds ? current : 'Run `npm run docs:pictures`, and look at what has changed.');

  test('there is one of each', () => {
    const pictures = readdirSync(FOLDER).filter((file) => file.endsWith('.png'));
    expect(pictures.toSorted()).toEqual(forms.map(([name]) => `${name}.png`).toSorted());
  });

  test('they were made by the renderer as it is', () => {
    expect(unless(Object(madeOf).renderer === rendererDigest())).toBe(current);
  });

  test.each(forms)('that of %s shows the form as it is, and is the one that was made', (name, form) => {
    const made = Object(Object(madeOf).pictures)[name];
    expect(made?.form).toEqual(JSON.parse(JSON.stringify(form)));
    expect(unless(made?.png === digest(readFileSync(join(FOLDER, `${name}.png`))))).toBe(current);
  });
});
